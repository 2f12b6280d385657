#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analysis/meaning/meaning_votes.hpp"
#include "dialects/catalogue.hpp"
#include "dialects/meaning.hpp"
#include "model/place.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// How it is known what an axis means.
/// `price`: a cost that is stated fits one reading of the counts alone.
enum class Proof : std::uint8_t { arithmetic, dialect, pairing, price, none };
std::string_view name_of(Proof proof);

/// The answer on one axis, with its evidence.
struct Answer {
  std::string value =
      "undetermined";  ///< included, excluded, twice, mixed, absent; a formula for total
  Proof by = Proof::none;
  std::uint64_t supporting = 0;  ///< informative records, or pairs, that say so
  std::uint64_t opposing = 0;
  std::optional<Place> example;
  /// Of a total: the parts that it adds to input + output, and all parts of which that is known. A
  /// part that is 0 in every record leaves both formulas open.
  AxisSet added = 0;
  AxisSet decided = 0;
};

/// What usage objects mean: the four axes and the total.
struct Answers {
  std::array<Answer, kAxisCount> axes;
  Answer total;
};

/// The five axes by name, in the order of every report.
inline constexpr std::array<std::string_view, kAxisCount + 1> kAnswerNames = {
    "cache_read_in_input", "cache_write_in_input", "tool_prompt_in_input", "reasoning_in_output",
    "total"};
Answer& answer_at(Answers& answers, std::size_t axis);
const Answer& answer_at(const Answers& answers, std::size_t axis);

/// Evidence gathered over records that share a dialect.
class Profile {
 public:
  void add(const UsageRecord& record, const Catalogue& catalogue);
  /// What the cost of a record shows, see cost_votes().
  void add(const CostVotes& votes, const Place& place);
  void merge(const Profile& other);

  std::uint64_t records() const { return records_; }
  /// What the numbers prove, and where they do not, what the dialect says. `dialect` is the name
  /// that the records bear.
  Answers answers(std::string_view dialect, const Catalogue& catalogue) const;

 private:
  struct Votes {
    std::uint64_t number = 0;
    std::optional<Place> example;
  };
  using VotesByValue = std::map<std::string, Votes, std::less<>>;

  static Answer answer_from(const VotesByValue& votes);
  std::optional<Answer> answer_by_price(std::size_t axis, const Answer& catalogued) const;

  std::uint64_t records_ = 0;
  Answer answer_of_total() const;

  std::array<VotesByValue, kAxisCount> votes_;
  std::array<VotesByValue, kAxisCount> votes_by_price_;
  /// Records whose total only one meaning gives, by the parts that it adds and those it does not.
  std::map<std::pair<AxisSet, AxisSet>, Votes> totals_;
  Votes contradicted_totals_;                            ///< records whose total no meaning gives
  std::array<std::uint64_t, kAxisCount + 1> present_{};  ///< records that have the counter at all
};

/// What the catalogue says of a dialect, or of several "a|b" as far as they agree.
Answers answers_of_dialect(std::string_view dialect, const Catalogue& catalogue);

}  // namespace usagectl
