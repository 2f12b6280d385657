#include "render/parts/answer_text.hpp"

#include <fmt/format.h>

#include "render/text/number_text.hpp"

namespace usagectl {

std::string answer_text(const Answer& answer) {
  const std::uint64_t informative = answer.supporting + answer.opposing;
  switch (answer.by) {
    case Proof::arithmetic:
    case Proof::pairing:
      return fmt::format("{} {}/{}{}", answer.value, answer.supporting, informative,
                         answer.by == Proof::pairing ? " pairs" : "");
    case Proof::price:
      return fmt::format("{} by price {}/{}", answer.value, answer.supporting, informative);
    case Proof::dialect: return answer.value + " (dialect)";
    case Proof::none: break;
  }
  return answer.value;
}

}  // namespace usagectl
