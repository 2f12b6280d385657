#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/layouts/claims/claim_parts.hpp"
#include "formats/layouts/layout.hpp"
#include "input/json/json.hpp"
#include "model/observations.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// Keeps what the claims of a layout are about while a document is read. At its end, sums of
/// records become claims, and what is said of single numbers is checked on the spot. Sums are kept,
/// not records.
class LayoutClaims {
 public:
  explicit LayoutClaims(const Layout& layout);

  /// Patterns of numbers and other values that the claims look at, beside records.
  const std::vector<PathPattern>& values() const { return values_; }

  /// The values that are told next, at and below these tokens, are of this call: a call that is
  /// told again is one part, and what it tells again is no growth.
  void begin_call(std::size_t index, const PlaceTokens& tokens, const UsageRecord& record);
  void record(const ClaimedRecord& record, Observations& observations);
  void rejected(std::size_t index, const PlaceTokens& tokens);
  void value(std::size_t index, const PlaceTokens& tokens, const Json& value);
  /// The document at this place has ended: says what holds and what does not.
  void finish(const Place& document, Observations& observations);

 private:
  using Sum = ClaimedSum;  ///< at one instance
  using Value = ClaimedPart;
  struct State {
    std::vector<std::size_t> about_values;  ///< indices in values_
    std::vector<std::size_t> of_values;
    std::vector<std::size_t> about_records;
    std::vector<std::size_t> of_records;
    std::size_t joined = 0;  ///< leading tokens of the patterns that must be the same
    std::unordered_map<std::string, std::size_t> sum_by_key;
    std::vector<Sum> sums;
    std::vector<Value> about;
    std::vector<Value> of;
  };

  std::size_t value_index(const PathPattern& pattern);
  std::string key_of(const LayoutClaim& claim, const State& state, const PlaceTokens& tokens,
                     const UsageRecord* record) const;
  Sum& sum_at(const LayoutClaim& claim, State& state, const PlaceTokens& tokens,
              const UsageRecord* record);

  void claim_sums(const LayoutClaim& claim, const State& state, const Place& document,
                  Observations& observations) const;
  void claim_sum(const LayoutClaim& claim, const Sum& sum, Observations& observations) const;
  void say_nothing_to_compare(const LayoutClaim& claim, const Value& about, const Place& document,
                              Observations& observations) const;
  void judge_values(const LayoutClaim& claim, const State& state, const Place& document,
                    Observations& observations) const;
  void judge_series(const LayoutClaim& claim, const State& state, const Place& document,
                    Observations& observations) const;
  void say(const LayoutClaim& claim, const Finding& finding, Observations& observations) const;

  const Layout& layout_;
  std::vector<PathPattern> values_;
  std::vector<State> states_;

  NumbersOfCalls calls_;  ///< of the document that is being read
};

}  // namespace usagectl
