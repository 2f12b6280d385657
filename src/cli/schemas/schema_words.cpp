#include "cli/schemas/schema_words.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "analysis/diff/client.hpp"
#include "dialects/meaning.hpp"
#include "ledger/books/group_key.hpp"
#include "model/cause.hpp"
#include "model/counter.hpp"
#include "model/finding.hpp"
#include "render/reconcile/reconcile_render.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json one_of(std::string_view description, ordered_json words) {
  return {{"description", description}, {"enum", std::move(words)}};
}

template <typename List, typename Name>
ordered_json words_of(const List& list, Name name_of_item) {
  ordered_json words = ordered_json::array();
  for (const auto& item : list) words.push_back(name_of_item(item));
  return words;
}

ordered_json rules() {
  ordered_json words = ordered_json::array();
  for (std::size_t i = 0; i < kRuleCount; ++i) words.push_back(name_of(static_cast<Rule>(i)));
  return words;
}

constexpr auto kItself = [](std::string_view word) { return word; };

}  // namespace

std::optional<ordered_json> definition_of_words(std::string_view name) {
  if (name == "rule") return one_of("A rule; see usagectl rules.", rules());
  if (name == "cause") {
    return one_of("A cause; see usagectl causes.",
                  words_of(causes(), [](const Cause& cause) { return cause.id; }));
  }
  if (name == "counter") return one_of("A counter.", words_of(kCounterNames, kItself));
  if (name == "quantity") {
    return one_of("A counter, or a part of one.", words_of(kQuantityNames, kItself));
  }
  if (name == "group_key") {
    return one_of("A key of --by.",
                  words_of(grouping_keys(), [](const GroupingKey& key) { return key.name; }));
  }
  if (name == "report_format") {
    return one_of(
        "A format of reports.",
        words_of(reconcile_formats(), [](const ReconcileFormat& format) { return format.name; }));
  }
  constexpr std::string_view kWays = "ways_of_";
  if (name.starts_with(kWays)) {
    const auto ways = ways_of(name.substr(kWays.size()));
    if (!ways.empty())
      return one_of("A way in which clients make the number.", words_of(ways, kItself));
  }
  return std::nullopt;
}

}  // namespace usagectl
