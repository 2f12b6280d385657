#include "cli/commands/list_command.hpp"
#include "model/cause.hpp"

namespace usagectl {
namespace {

ListOfThings list_of_causes() {
  ListOfThings list{"usagectl.causes/1", "causes", {"id", "the numbers show"}, {}};
  for (const Cause& cause : causes())
    list.rows.push_back({std::string(cause.id), std::string(cause.shows)});
  return list;
}

Run set_up(OptionSet set) { return set_up_list(set, list_of_causes); }

}  // namespace

extern const Command command_causes;
const Command command_causes{"causes", "List the causes that reconcile can name", set_up};

}  // namespace usagectl
