#pragma once

#include <cstddef>
#include <optional>
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
  /// After the last one.
  void finish();

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  void follow(const SeenNode& row);

  void index_rows();
  void index(std::size_t row);
  void find_largest();
  void fold(SeenNode&& row);

  SeenNode& list_;
  bool has_row_ = false;
  bool are_numbers_alike_ = false;
  bool is_indexed_ = false;
  std::unordered_map<std::string, std::size_t>
      index_;  ///< of rows in the list, by what tells them apart
  // The largest row may be the sum of all others, and stays one for itself.
  std::optional<SeenNode> largest_;
  std::size_t largest_in_list_ = kNone;
  Count largest_size_ = 0;
};

}  // namespace usagectl
