#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/case_part.hpp"
#include "model/counts.hpp"
#include "model/finding.hpp"
#include "model/place.hpp"

namespace usagectl {

/// One number of a claim that could be checked.
struct CaseNumber {
  Counter counter = Counter::total;
  Count asserted = 0;
  Count calculated = 0;
  /// More in the parts would be no fault.
  bool may_be_less = false;

  bool fails() const { return asserted != calculated && !(may_be_less && asserted < calculated); }
};

/// A claim that fails, with everything that may tell why.
struct Case {
  Place place;             ///< of the object that claims
  std::string_view parts;  ///< "per_request_details"
  std::string_view part;   ///< "request"
  std::vector<CaseNumber> numbers;
  Counts sums;  ///< of its parts, in every counter
  std::vector<CasePart>
      items;  ///< its parts, in the order of the files; none where only the sums are known
  bool is_too_large = false;           ///< it has more parts than are kept
  std::vector<Count> missing_numbers;  ///< gaps in the numbering of the parts
  std::optional<Count>
      members_asserted;  ///< how many parts there are said to be, where that is said
  Count members = 0;     ///< how many there are
  Counts before;         ///< what the object claimed when it was saved before
  Place before_place;
  /// Another claim about the same numbers holds: the parts here are at fault, not the numbers. Says
  /// so.
  std::string confirmed_by;
  /// Another claim about the same numbers fails by as much: they are at fault, not the parts here.
  bool is_refuted_elsewhere = false;
  std::vector<CasePart> failed_elsewhere;  ///< failed calls in the same file that are no parts
  std::vector<CasePart> told_again;        ///< reports of its parts that were set aside as repeats

  /// asserted - calculated; nothing where the claim does not have the counter.
  std::optional<Count> difference(Counter counter) const;
  const CaseNumber* number(Counter counter) const;
  bool has(Counter counter) const { return number(counter) != nullptr; }
  std::vector<const CaseNumber*> failing() const;
  /// How many of its numbers fail.
  std::size_t failures() const;
};

/// How well a cause is shown. What is shown better outranks the rest; what is shown as well as
/// another is not certain.
enum class Shown : std::uint8_t {
  confirmed,  ///< the difference is exactly this, and something else says so too
  exact,   ///< the difference is exactly this in every number, which few other differences would be
  digits,  ///< one number is exactly this, as several dozen others would be
  plausible,  ///< the differences could be this in all numbers together
  vague,      ///< nothing speaks against it
};

/// A cause under which every number of a case would hold.
struct Fit {
  std::string_view cause;
  Shown shown = Shown::exact;
  std::string sentence;
  std::vector<Witness> witnesses;
  Counts mended;  ///< of the one object whose number was changed: as it should be written
};

/// How well an amount shows a cause that is exactly it: small ones are met by chance.
constexpr Shown shown_by(Count amount) { return amount < 1000 ? Shown::digits : Shown::exact; }

/// Whether the case would hold if its sums were changed by `sign` times these counts: in all of its
/// numbers, also those that hold already. A counter that is not known is not changed.
bool is_difference(const Case& of, const Counts& change, int sign);

/// The sum of some parts in every counter; nothing for a counter that does not fit in 64 bits.
class PartsSum {
 public:
  void add(const CasePart& part);
  void add(const Counts& counts);
  Counts counts() const;
  std::size_t parts() const { return parts_; }

 private:
  std::array<ExactSum, kCounterCount> sums_{};
  std::array<bool, kCounterCount> known_{};
  std::size_t parts_ = 0;
};

/// "input 1,350, output 1,487"
std::string words_of(const Counts& counts, const Case& of);
/// "request 17", "entity ada", "record at /calls/3", "line 4"
std::string name_of(const CasePart& part, const Case& of);
std::string number_words(Count number);
Witness witness_of(const CasePart& part);
/// The differences of a case as counts; nothing for one that is negative.
Counts differences(const Case& of);

}  // namespace usagectl
