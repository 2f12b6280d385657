#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/layouts/claims/claim_parts.hpp"
#include "formats/layouts/claims/number_course.hpp"
#include "formats/layouts/layout.hpp"
#include "input/json/json.hpp"
#include "model/observations.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// Checks what a line of a log claims about other lines of its file: a summary at the end, a total
/// of each session, a numbering. Keeps sums by session or the like and what tells calls apart, not
/// lines.
class LineClaims {
 public:
  /// What a line is to one of the claims.
  struct Line {
    std::string key;        ///< what it has in common with those that belong to it
    bool may_claim = true;  ///< it meets the conditions of a line that claims
    bool begins = false;    ///< what it claims, or others behind it, is about lines from here on
  };

  explicit LineClaims(const Layout& layout);

  bool empty() const { return states_.empty(); }
  /// The claims, in the order in which begin_line() wants to know of them.
  std::vector<const LayoutClaim*> claims() const;
  /// Patterns of numbers and other values that the claims are about, beside records.
  const std::vector<PathPattern>& values() const { return values_; }

  /// Whether or not the line is one of the layout. One entry for each claim.
  void begin_line(std::vector<Line> line);
  void begin_call(std::size_t index, const PlaceTokens& tokens, const UsageRecord& record);
  void record(const ClaimedRecord& record, Observations& observations);
  void rejected(std::size_t index);
  void value(std::size_t index, const PlaceTokens& tokens, const Json& value);
  /// Returns whether the line claims anything.
  bool end_line(const Place& line, Observations& observations);
  /// A line could not be read: what it holds is missing in sums that it may be a part of.
  void missed_line() { ++missed_; }
  void finish(Observations& observations);

 private:
  using Span = ClaimedLines::Span;

  /// What was reported of a call that may be reported again.
  struct Told {
    Counts given;
    Counts solved;
  };
  /// The parts of one claim.
  struct Parts {
    // Records.
    GroupId group = 0;
    bool is_closed = false;  ///< a claim was made about the group: what follows is only in the sums
    Tally given;
    Tally solved;
    std::unordered_map<std::string, Told> told;  ///< of calls whose reports grow
    // Numbers.
    ExactSum sum;
    std::uint64_t number = 0;
    std::optional<Count> last;
    bool is_sound = true;
  };
  /// Those with one key, since they began.
  struct PartsOfKey {
    std::map<std::string, Parts> by;  ///< the value that a claim tells records apart by
    bool has_begun = false;           ///< the line with which they begin was read
    bool misses_parts = false;        ///< one was rejected
    bool is_crowded = false;          ///< see kCrowded
    std::uint64_t missed_before = 0;  ///< lines of the file
  };
  /// Of all keys. Claims may share them: those of one line are about the same.
  struct SharedParts {
    const LayoutClaim* claim = nullptr;  ///< the first one
    std::vector<std::size_t> records;
    std::vector<std::size_t> values;
    std::map<std::string, PartsOfKey> by_key;
    PartsOfKey beginning;                      ///< what a new key begins with
    std::unordered_set<std::uint64_t> copies;  ///< hashes of calls and their numbers
    std::string key;                           ///< of the line
    bool is_claimed = false;                   ///< by the line
  };
  struct Number {
    Place place;
    std::string name;
    Count asserted = 0;
  };
  struct State {
    const LayoutClaim* claim = nullptr;
    std::size_t parts = 0;  ///< in parts_
    std::vector<std::size_t> about_records;
    std::optional<std::size_t> about_value;
    Line line;
    std::vector<ClaimedPart> about;  ///< in the line
    std::vector<ClaimedPart> added;
    /// Of records, by key and what they are told apart by: of the line, or of all.
    std::map<std::pair<std::string, std::string>, ClaimedSum> sums;
    std::map<std::string, std::vector<Number>> numbers;  ///< of all lines, by key
    std::map<std::string, NumberCourse> courses;
  };

  std::size_t value_index(const PathPattern& pattern);
  std::size_t shared_parts(const LayoutClaim& claim);
  PartsOfKey& parts_at(SharedParts& shared, const std::string& key);
  void begin_again(SharedParts& shared);
  void add_record(SharedParts& shared, const ClaimedRecord& claimed, Observations& observations);
  bool end_claims(State& state, const Place& line, Observations& observations);
  std::string why_unprovable(const SharedParts& shared, const PartsOfKey& parts) const;
  void judge_number(const State& state, const std::string& key, const Number& number,
                    Observations& observations);
  void judge_values(const State& state, const Parts& parts, const Number& number,
                    Observations& observations) const;
  void judge_sums(State& state, Observations& observations);
  void judge_records(const LayoutClaim& claim, const Parts& parts, SumClaim&& said,
                     Observations& observations) const;
  void judge_course(State& state, const Place& line, Observations& observations);
  void say(const LayoutClaim& claim, Finding&& finding, Observations& observations) const;

  const Layout& layout_;
  std::vector<PathPattern> values_;
  std::vector<SharedParts> parts_;
  std::vector<State> states_;
  NumbersOfCalls calls_;
  std::uint64_t missed_ = 0;
};

}  // namespace usagectl
