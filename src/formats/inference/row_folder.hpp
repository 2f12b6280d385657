#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "formats/inference/usage_census.hpp"

namespace usagectl {

/// Takes the rows of a list in their order. Of a long list, rows that nothing shows apart but their
/// numbers become one, so that memory grows with what can be told apart, not with the rows.
class RowFolder {
 public:
  explicit RowFolder(SeenNode& list) : list_(list) {}

  void add(SeenNode&& row);

 private:
  void follow(const SeenNode& row);

  void index_rows();

  SeenNode& list_;
  bool has_row_ = false;
  bool are_numbers_alike_ = false;
  bool is_indexed_ = false;
  std::unordered_map<std::string, std::size_t>
      index_;  ///< of rows in the list, by what tells them apart
};

}  // namespace usagectl
