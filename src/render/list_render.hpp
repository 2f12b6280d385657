#pragma once

#include <string>
#include <vector>

#include "render/text/style.hpp"

namespace usagectl {

/// A list such as the known formats or rules. Every row has one text per column.
struct ListOfThings {
  std::string schema;  ///< "usagectl.formats/1"
  std::string name;    ///< "formats": the key of the list in JSON
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

/// The whole list as text, with a newline at its end.
std::string render(const ListOfThings& list, OutputFormat format, const Style& style);

}  // namespace usagectl
