#include "cli/commands/list_command.hpp"
#include "model/finding.hpp"

namespace usagectl {
namespace {

ListOfThings list_of_rules() {
  ListOfThings list{"usagectl.rules/1", "rules", {"id", "holds when"}, {}};
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const auto rule = static_cast<Rule>(i);
    list.rows.push_back({std::string(name_of(rule)), std::string(meaning_of(rule))});
  }
  return list;
}

Run set_up(OptionSet set) { return set_up_list(set, list_of_rules); }

}  // namespace

extern const Command command_rules;
const Command command_rules{"rules", "List the rules that reconcile checks", set_up};

}  // namespace usagectl
