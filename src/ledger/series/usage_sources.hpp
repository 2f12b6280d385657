#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/recent_texts.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// What the records of one view of one unit have in common, in any order.
struct SourceRows {
  std::uint64_t records = 0;
  std::uint64_t counts_hash = 0;  ///< sum of the hashes of their counts
  std::uint64_t timed_hash = 0;   ///< the same, with their times
  std::uint64_t timed = 0;        ///< how many have a time of day
  std::uint64_t named = 0;        ///< how many have an id, a model or a session
  std::uint64_t identified = 0;   ///< how many have an id that distinguishes calls in all files
  std::uint64_t requests = 0;     ///< how many are calls
  bool is_own = true;             ///< of somebody's own making: no format knows what it repeats
  bool is_recording = false;      ///< what a provider answered: a call of its own, wherever it is
  bool is_document = false;       ///< they are not on lines
  bool are_told_as_copy = false;  ///< somebody else says that their file is the copy of another
  std::uint64_t modelled = 0;     ///< how many have a model
  std::uint64_t dated = 0;        ///< how many have a date
  std::set<std::string> models;   ///< some of them
  std::string first_day;          ///< of those that have a date
  std::string last_day;
  /// Values of the names that records are grouped by, some of them: "session", "part".
  std::map<std::string, std::set<std::string>, std::less<>> scopes;
  std::set<std::string> places;  ///< beginnings of their pointers, some of them
  /// Hashes of those that have a time of day; fewer than `timed` where they are many.
  std::vector<std::uint64_t> timed_rows;

  /// `recent` are names that were noted under the same seed. `is_known`: a record of the same kind
  /// was noted here (see AlikeRecords).
  void note(const UsageRecord& record, RecentTexts& recent, std::uint64_t seed, bool is_known);
  void merge(const SourceRows& other);
  /// Whether all of them have a time of day, and are in the other at the same moments. Both are
  /// sorted.
  bool are_among(const SourceRows& other) const;

 private:
  void note_time(std::string_view time, std::uint64_t counts);
};

/// Whether names or dates show that the two report other calls: no model, no day or no session is
/// in both, although all of their records have one.
bool contradict(const SourceRows& a, const SourceRows& b);

/// Where usage is reported: a file, or a table of a database.
struct Source {
  FileId file = 0;
  Place place;
  SourceRows rows;
  Tally tally;
  std::vector<ViewOfUnit> views;
  bool is_set_aside = false;
  bool is_table = false;  ///< its file has other sources
};

using RowsOfViews = std::map<std::pair<UnitId, std::uint8_t>, SourceRows>;

/// The sources whose usage counts and that report tokens, by their files.
std::vector<Source> sources_of(const Books& books, RowsOfViews&& rows);

/// The part of a pointer before its second slash: the table, in a database.
std::string_view first_place(std::string_view pointer);

}  // namespace usagectl
