#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/meaning.hpp"
#include "model/finding.hpp"
#include "model/path_pattern.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Where a value stands that says something of a record:
///   "model"      a key of the record's object, "a/b" for nested ones, "3" for an item of a list
///   "../model"   a key of the object around it, and so on outward
///   "*2"         what the second * of the record's place stands for
struct ValueSource {
  std::size_t outward = 0;
  std::size_t star = 0;  ///< from 1; 0 = a key
  PathPattern path;

  std::string text() const;
};

/// A name that the records of a place are told apart by.
struct ScopeSource {
  std::string_view name;  ///< static storage: one of scope_names()
  ValueSource from;
};

/// Usage objects of a document: where they stand and what they are.
struct LayoutRecord {
  PathPattern at;
  Role role = Role::request;
  /// Records of one view describe the usage once; every view of a usage describes the same, and the
  /// first one counts unless another can answer what is asked.
  std::string view;
  std::string usage;    ///< separate usages of one document have different names
  bool counted = true;  ///< false: what it tells is told elsewhere
  std::string why;      ///< not counted, where that is worth a warning
  /// The keys of its counters, several where one may be spelled in several ways. Without any, the
  /// catalogue of dialects tells.
  std::vector<std::pair<Quantity, PathPattern>> counters;
  /// What is known of what they mean, in the words of the catalogue: "cache_read_in_input" is
  /// "included". What is not said here follows from the numbers, as in any log.
  std::vector<std::pair<std::string, std::string>> meaning;
  bool digits = false;                  ///< the writer puts its counts in quotes
  std::optional<PathPattern> requests;  ///< key of the number of calls
  std::optional<ValueSource> id;
  std::optional<ValueSource> model;
  std::optional<ValueSource> time;
  std::vector<ScopeSource> scope;
};

/// What must hold. Patterns match in pairs as far as they begin alike: /runs/*/total is about the
/// /runs/*/calls/* of its own run.
struct LayoutClaim {
  enum class Kind : std::uint8_t {
    sum,         ///< `of` add up to `about`
    count,       ///< there are `about` of them
    equal,       ///< the number is the same as that one
    sequence,    ///< the numbers run from 1 without gap or repeat
    continuity,  ///< the running total never falls, and grows by `of` where that is given
  };
  Kind kind = Kind::sum;
  PathPattern about;  ///< a place of records, or of numbers
  std::vector<PathPattern> of;
  std::string by;        ///< sum: for each value of this key apart; empty = altogether
  std::string evidence;  ///< why it was inferred, for people
};

/// A text that must stand somewhere.
struct TextTest {
  PathPattern at;
  std::vector<std::string> is;  ///< one of these; empty = any that begins so
  std::string begins;
};

struct TextLayout;

/// One layout of a document as data: where its records are, what their keys count, what must hold.
struct Layout {
  std::string id;
  std::string description;
  std::string url;   ///< where its facts are documented; empty = the writer of the layout knows
  std::string seen;  ///< the day on which they were seen there, "2026-11-25"
  bool inferred = false;  ///< findings say so
  std::shared_ptr<const TextLayout>
      text;                           ///< how a text becomes such documents; nullptr: they are JSON
  std::vector<PathPattern> known_by;  ///< all of these must be there
  std::vector<TextTest> known_texts;  ///< and all of these
  std::vector<PathPattern> ignored;   ///< look like records and are none: rows that name columns
  std::vector<LayoutRecord> records;  ///< empty: lines that look like usage and are none
  std::vector<LayoutClaim> claims;
  /// Of an inferred layout, for people: what may be one usage told twice, and objects of which
  /// nothing says whether their numbers are tokens.
  std::vector<std::string> may_be_twice;
  std::vector<std::string> not_tokens;
};

/// What a record may be told apart by, beside model and time.
const std::vector<std::string_view>& scope_names();

}  // namespace usagectl
