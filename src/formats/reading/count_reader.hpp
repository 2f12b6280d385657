#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "formats/reading/format.hpp"
#include "input/json/json.hpp"
#include "model/counts.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Reads the counts of one usage object and says what is wrong with them: each fault is a `number`
/// finding, and an object with a fault is rejected as a whole, since nothing in it can be trusted
/// to mean what it says.
class CountReader {
 public:
  /// `line` is set where each line of the file is a document of its own.
  CountReader(const Json& object, const FileContext& file, std::string pointer,
              Observations& observations, std::uint64_t line = 0);

  /// Takes the count under `key`, when it is there, as `counter`.
  void read(std::string_view key, Counter counter);
  /// A number that is no counter, such as a numbering.
  std::optional<Count> read_number(std::string_view key);

  const Counts& counts() const { return counts_; }

  /// Whether all was sound. Where not, the object has been rejected, as a part of those groups.
  bool finish(std::initializer_list<GroupId> parts_of = {});

 private:
  Json object_;
  const FileContext& file_;
  std::string pointer_;
  Observations& observations_;
  std::uint64_t line_;
  Counts counts_;
  std::string first_fault_;
};

/// Says that a number is none that can be counted.
void report_bad_number(Observations& observations, Place place, std::string explanation,
                       std::string_view counter = {});

bool has_key_twice(const Json& object, std::string_view key);

/// Rejects an object in which one of these keys appears twice: nobody knows which of them counts.
bool reject_repeated(const Json& object, std::initializer_list<std::string_view> keys,
                     const Place& place, Observations& observations);

/// total = input + tool_prompt + output, where no total was given and all of them are known; a tool
/// prompt that nobody reports is none.
void derive_total(Counts& counts);

/// Checks a total that should be input + output, where all three are known. `basis` names these as
/// the file does.
void check_total(Observations& observations, const Place& total, const Counts& counts,
                 std::string_view basis, std::string_view explanation);

/// Checks that a part does not exceed its whole, where both are known.
void check_part(Observations& observations, const Place& object, const Counts& counts, Counter part,
                std::string_view part_key, Counter whole, std::string_view whole_key);

/// Follows a numbering that should run 1..N along a list, and reports gaps and repeats.
class Sequence {
 public:
  Sequence(Observations& observations, std::string list_pointer, const FileContext& file,
           std::string_view key);

  /// The item at `index` has this number.
  void next(Count number, std::size_t index);
  /// The list has ended after `items` items.
  void finish(std::size_t items);

 private:
  void report(std::size_t index, Count number, std::optional<Count> expected,
              std::string explanation);

  Observations& observations_;
  std::string list_pointer_;
  const FileContext& file_;
  std::string_view key_;
  Count in_order_ = 0;       ///< 1..in_order_ have been met in order
  std::set<Count> further_;  ///< met beyond that; empty for a sound list
  bool reported_ = false;
};

}  // namespace usagectl
