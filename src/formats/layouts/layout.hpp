#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dialects/meaning.hpp"
#include "formats/layouts/expression.hpp"
#include "model/finding.hpp"
#include "model/path_pattern.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Where a value stands that says something of a record:
///   "model"      a key of the record's object, "a/b" for nested ones, "3" for an item of a list
///   "../model"   a key of the object around it, and so on outward
///   "*2"         what the second * of the record's place stands for
///   "@model"     what an earlier line said, see Layout::context
struct ValueSource {
  std::size_t outward = 0;
  std::size_t star = 0;  ///< from 1; 0 = a key
  PathPattern path;
  std::string earlier = {};  ///< name of a remembered value; empty = the document itself
  /// Its first group is the value, found in the text there; nullptr = all of the text.
  std::shared_ptr<const Expression> find = {};

  std::string text() const;

  friend bool operator==(const ValueSource&, const ValueSource&) = default;
};

/// Alternatives: the first one that has a value counts.
using Sources = std::vector<ValueSource>;

/// A value that a condition asks for; monostate is null.
using PlainValue = std::variant<std::monostate, bool, Count, std::string>;

/// What must hold of a document, or of the object of a record.
struct Condition {
  std::optional<PathPattern> at;   ///< from the root of the document: "/type"
  ValueSource from;                ///< where that is not given: a key of the object, "../type"
  std::vector<PlainValue> is;      ///< one of these; empty = anything but null
  std::vector<PlainValue> is_not;  ///< anything but these and null
  std::string begins;              ///< a text that begins so
  std::shared_ptr<const Expression> matches = {};  ///< a text in which this is found
  std::vector<Condition> any;                      ///< one of these, instead of all above
  bool is_negated = false;

  friend bool operator==(const Condition&, const Condition&) = default;
};

/// A name that the records of a place are told apart by.
struct ScopeSource {
  std::string_view name;  ///< static storage: one of scope_names()
  Sources from;
};

/// What makes the id of a record.
struct IdSource {
  std::vector<Sources> all;       ///< all of these, which must be there; empty = no id
  std::vector<ValueSource> with;  ///< and those of these that are there
  bool is_numbered = false;       ///< records of one document with the same id are different ones

  bool is_given() const { return !all.empty(); }
};

/// The same usage, reported once more at another place: compared, and not counted.
struct RepeatedUsage {
  ValueSource at;
  std::vector<std::pair<Quantity, PathPattern>> counters;
  std::vector<Condition> where;  ///< all of these must hold
};

/// Usage objects of a document: where they stand and what they are.
struct LayoutRecord {
  PathPattern at;
  Role role = Role::request;
  /// Records of one view describe the usage once; every view of a usage describes the same, and the
  /// first one counts unless another can answer what is asked.
  std::string view;
  std::string usage;             ///< separate usages of one document have different names
  bool counted = true;           ///< false: what it tells is told elsewhere
  bool counted_alone = false;    ///< counted unless the file was found in a folder
  std::string why;               ///< not counted, where that is worth a warning
  std::string rule;              ///< by what name it is ignored, where it is not counted
  std::vector<Condition> where;  ///< all of these must hold; otherwise it is no record
  std::string dialect;           ///< id in the catalogue; empty = see counters
  /// The keys of its counters, several where one may be spelled in several ways. Without any, the
  /// catalogue of dialects tells.
  std::vector<std::pair<Quantity, PathPattern>> counters;
  /// What is known of what they mean, in the words of the catalogue: "cache_read_in_input" is
  /// "included". What is not said here follows from the numbers, as in any log.
  std::vector<std::pair<std::string, std::string>> meaning;
  bool digits = false;  ///< the writer puts its counts in quotes
  Sources requests;     ///< the number of calls
  IdSource id;
  SameId same_id = SameId::copy;
  Sources id_within;  ///< ids of one such space are told apart from those of another
  /// Records with the same value are views of one usage, in whatever files, as those of one trace.
  Sources same_usage;
  Sources series;  ///< snapshots of one growing usage, in whatever file, have the same
  Sources model;
  Sources time;
  Sources until;     ///< the end of the time that a sum is about
  std::string zone;  ///< of times that do not name theirs, "America/Los_Angeles"; empty = unknown
  /// Where there is a number, the object is a cost and has no tokens: known, and never counted.
  Sources cost;
  /// What the usage cost, where its own keys do not say it.
  Sources stated_cost;
  Currency currency;  ///< of what its writer states, where that is one alone
  std::vector<ScopeSource> scope;
  std::vector<RepeatedUsage> again;
  /// Keys of this list that a sound file may lack, and whether it may lack the records; paths that
  /// lead nowhere are said of others.
  std::vector<std::string> may_be_missing;
  bool all_may_be_missing = false;
};

/// What looks like usage and is none. Without a rule it is passed over; with one it is counted as
/// ignored by that name.
struct IgnoredPlace {
  PathPattern at;
  std::vector<Condition> where;
  std::string rule;
  std::string missing;        ///< a warning: it should have usage, and has none
  bool may_be_usage = false;  ///< found out, and not said: what is in it is no part of what is read
};

/// A value that later lines of a log refer to.
struct RememberedValue {
  std::string name;
  Sources from;
  std::vector<Condition> where;
};

/// The lines of a log that hold what a claim is about.
struct ClaimedLines {
  enum class Span : std::uint8_t {
    own,         ///< the line that claims, alone
    all,         ///< all lines of the file
    so_far,      ///< those up to the one that claims
    since_last,  ///< those behind the last one that made such a claim
    since,       ///< those from the last one on that meets the conditions
  };
  Span span = Span::own;
  std::vector<Condition> since;
  std::vector<Condition> where;  ///< what must hold of the line that claims
  Sources same;                  ///< of the line: only those with the same value belong together

  bool are_others() const { return span != Span::own; }
  friend bool operator==(const ClaimedLines&, const ClaimedLines&) = default;
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
  std::string by;  ///< sum: for each value of this key apart; empty = altogether
  ClaimedLines lines;
  /// Over several lines: records of these views, in the place of a place or beside those.
  std::string about_view;
  std::vector<std::string> of_views;
  /// Over several lines: what the number `about` is the sum of in records.
  std::optional<Counter> counter;
  bool is_warning = false;  ///< what fails is suspicious, and not refuted
  std::string evidence;     ///< why it was inferred, for people
};

struct TextLayout;

/// One layout of a document as data: where its records are, what their keys count, what must hold.
struct Layout {
  std::string id;
  std::string description;
  std::string url;   ///< where its facts are documented; empty = the writer of the layout knows
  std::string seen;  ///< the day on which they were seen there, "2026-11-25"
  bool inferred = false;  ///< findings say so
  bool is_given = false;  ///< by a person: paths that lead nowhere are said
  /// What a provider or a gateway says it has counted: logs can be compared with it.
  bool is_bill = false;
  /// The described object is the document or line itself where this is empty, or each item of the
  /// first of these places that holds one: "/data/*".
  std::vector<PathPattern> in;
  bool is_lines = false;  ///< the file has one such object a line, even where one line is alone
  /// A line that matters has one of these in the name of a key or kind, see LineFormat::words.
  std::vector<std::string> words;
  bool json_in_texts = false;              ///< places may lead through texts that hold JSON
  std::shared_ptr<const TextLayout> text;  ///< how a text becomes documents; nullptr: JSON
  std::vector<RememberedValue> context;
  std::vector<Condition> known_by;  ///< all of these must hold
  std::vector<IgnoredPlace> ignored;
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
