#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "model/observations.hpp"

namespace usagectl {

/// Reports when a call has the numbers of the one before, within a second, and no id shows whether
/// it is another one. Some loggers write a call once more when they fail on its answer, or under
/// the other name of its model. So do a client and its gateway, which may tell no time: where most
/// calls of a log stand in such pairs, they are doubted.
class RepeatedCalls {
 public:
  static constexpr std::string_view kInPairs =
      "may be counted twice: the calls of the log stand in pairs with the same counts, and no id "
      "shows whether they are two";

  /// Looks at the records from that one on: those of the next line.
  void check(std::size_t first_record, Observations& observations);
  /// The same of the last one, which is a call told again.
  void check_call_again(Observations& observations);
  /// After the last line.
  void finish(Observations& observations) const;

 private:
  /// What is looked at of a record.
  struct Call {
    bool is_request = false;
    std::string_view id;
    std::string_view time;
    const Counts& counts;
    FileId file = 0;
    std::uint64_t line = 0;
    std::string_view pointer;

    Place place() const { return {file, line, std::string(pointer)}; }
  };

  void check(const Call& call, Observations& observations);
  /// Whether it was reported.
  bool check_moment(const Call& call, Observations& observations);
  void look_for_pair(const Call& call);

  bool is_known_ = false;  ///< the call before, which has no id
  Counts counts_;
  std::string time_;
  Place place_;

  bool is_open_ = false;  ///< the last call, which is the second one of no pair
  Count input_ = 0;
  Count output_ = 0;
  std::string id_;
  std::uint64_t pairs_ = 0;
  std::uint64_t others_ = 0;   ///< calls of no pair
  std::set<Count> different_;  ///< outputs of pairs, as far as it matters
  Place first_pair_;
};

}  // namespace usagectl
