#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/observations.hpp"

namespace usagectl {

/// Paths of layouts that persons gave which lead nowhere in any file of the run: a key that is
/// misspelt would lose its numbers in silence. Merges in any order but for the file it names.
class UnfoundPaths {
 public:
  void add(LayoutPaths&& read);
  bool knows(std::string_view layout) const { return layouts_.find(layout) != layouts_.end(); }
  /// A warning for each.
  std::vector<Finding> findings() const;

 private:
  std::map<std::string, LayoutPaths, std::less<>> layouts_;
};

}  // namespace usagectl
