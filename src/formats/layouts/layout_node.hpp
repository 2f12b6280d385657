#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layouts/layout.hpp"
#include "formats/layouts/layout_reader.hpp"

namespace usagectl {

/// What a layout says of a place, and of those below it.
struct LayoutReader::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> named;
  std::unique_ptr<Node> any;
  std::vector<std::size_t> records;      ///< the first one whose conditions hold is read
  std::vector<std::size_t> values;       ///< that claims look at
  std::vector<std::size_t> line_values;  ///< that claims about other lines look at
  std::vector<const IgnoredPlace*> ignored;

  const Node* below(std::string_view token) const {
    const auto found = named.find(token);
    return found != named.end() ? found->second.get() : any.get();
  }
  bool is_passed_over() const { return ignored.size() == 1 && ignored.front()->rule.empty(); }
};

}  // namespace usagectl
