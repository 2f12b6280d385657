#include "dialects/dialect_list.hpp"

#include <fmt/format.h>

#include "base/input_error.hpp"

namespace usagectl {

Json dialect_list_in(const Json& root, std::string_view file) {
  if (root.is_array()) return root;
  if (!root.has("dialects")) return Json();
  root.each_member([&](std::string_view key, const Json&) {
    if (key != "dialects" && key != "$schema" && key != "schema" && key != "tool")
      throw InputError(fmt::format("{}: has a key beside \"dialects\" that is unknown", file));
  });
  const Json list = root["dialects"];
  if (!list.is_array())
    throw InputError(fmt::format("{}: \"dialects\" is not a list of dialects", file));
  return list;
}

}  // namespace usagectl
