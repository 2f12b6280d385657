#include "cli/commands/list_command.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

ListOfThings list_of_formats() {
  ListOfThings list{"usagectl.formats/1", "formats", {"id", "description"}, {}};
  for (const auto& format : builtin_knowledge().formats) {
    list.rows.push_back({std::string(format->id), std::string(format->description)});
  }
  return list;
}

Run set_up(OptionSet set) { return set_up_list(set, list_of_formats); }

}  // namespace

extern const Command command_formats;
const Command command_formats{"formats", "List the known file formats", set_up};

}  // namespace usagectl
