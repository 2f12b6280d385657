#include "render/parts/cost_json.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace usagectl {

using nlohmann::ordered_json;

ordered_json currency_json(Currency currency) {
  return currency.is_known() ? ordered_json(std::string(currency.code())) : ordered_json(nullptr);
}

ordered_json compared_cost_json(const ComparedCost& cost) {
  return {{"asserted", cost.asserted.text()},
          {"calculated", cost.calculated.text()},
          {"difference", cost.difference().text()},
          {"currency", currency_json(cost.currency)}};
}

}  // namespace usagectl
