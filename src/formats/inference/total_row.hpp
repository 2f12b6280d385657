#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "input/json/json.hpp"
#include "model/counts.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// The rows of a table, of which some may be called totals: the sum of all rows above them, of
/// those since the last total, or of those of one name ("gpt-4o total").
class TotalRows {
 public:
  /// A sum may have no name where all rows above it have one.
  /// Looks at the records of a row, which begin at `first`. One that is a sum is not counted; one
  /// that is called so and is none is counted, with a warning.
  void look(const Json& row, std::size_t first, Observations& observations);

 private:
  struct Sums {
    Counts counts;
    std::size_t rows = 0;

    void add(const Counts& more);
    bool are(const Counts& row) const;
  };
  bool is_sum_of_name(const Json& row, const Counts& counts) const;

  static constexpr std::size_t kMostNames = 4096;

  Sums all_;
  Sums since_total_;
  bool is_any_end_ = false;                           ///< a row that counts is called one
  bool are_all_named_ = true;                         ///< rows that count say what they are about
  Sums all_but_statistics_;                           ///< an average above a total is no part of it
  std::map<std::string, Sums, std::less<>> by_name_;  ///< by the texts in the rows
};

}  // namespace usagectl
