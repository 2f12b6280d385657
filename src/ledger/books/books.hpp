#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/walk.hpp"
#include "ledger/books/doubts.hpp"
#include "ledger/books/file_beginnings.hpp"
#include "ledger/books/group_sums.hpp"
#include "ledger/books/kept_parts.hpp"
#include "ledger/books/question.hpp"
#include "ledger/books/record_use.hpp"
#include "model/claim.hpp"
#include "model/finding.hpp"
#include "model/inferred_layout.hpp"
#include "model/intake.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// The sums of one view of one unit.
struct ViewSums {
  std::string_view name;
  bool is_usage = true;
  bool answers = true;  ///< every record has a value for every key asked for
  GroupSums by_key;
  std::uint64_t records = 0;
  std::string_view ignored_as;  ///< why it doesn't count; empty where it does. Static storage
};

/// Records that describe the same usage, in one or more views.
struct Unit {
  std::string series;                   ///< of snapshots; empty = none
  std::optional<std::uint64_t> number;  ///< of the snapshot
  std::map<std::uint8_t, ViewSums> views;
  Place place;                   ///< of the first record
  bool has_whole_views = false;  ///< see NewUnit
};

/// The sums of a group's records as they are written, repeats of a call included.
struct SumsAsWritten {
  Tally given;   ///< what is not written and follows from what is, taken from there
  Tally solved;  ///< in the words of every report
  std::uint64_t with_tokens = 0;  ///< records that used any
};

/// What the claims about a group need to know of it.
struct Group {
  Tally tally;                                ///< of the records in it
  std::uint64_t members = 0;                  ///< records and others
  std::vector<Count> numbers;                 ///< of numbered members
  bool misses_parts = false;                  ///< a part was rejected
  std::unique_ptr<SumsAsWritten> as_written;  ///< where a claim needs them
  FileId first_file = 0;                      ///< of those that hold parts, when there are any
  FileId last_file = 0;
};

/// One view of one unit.
struct ViewOfUnit {
  UnitId unit = 0;
  std::uint8_t rank = 0;
};

/// What a run has read, for the analyses: sums and claims, not records. A plain value, made by
/// Ledger::finish().
struct Books {
  Question question;
  std::vector<std::string> file_names;  ///< by FileId
  std::vector<FileUse> file_uses;       ///< by FileId
  std::vector<FoundFile> found_files;   ///< by FileId
  Intake intake;
  std::vector<Unit> units;
  std::vector<Group> groups;
  /// The views that count, one of a unit at most.
  std::vector<ViewOfUnit> counted_views;
  std::set<std::string> covered_series;  ///< of snapshots whose usage other records report
  std::vector<SumClaim> sum_claims;
  std::vector<CountClaim> count_claims;
  std::vector<SequenceClaim> sequence_claims;
  std::vector<UniqueName> unique_names;
  std::vector<SharedMark> shared_marks;
  std::vector<Finding> findings;
  std::vector<Doubt> doubts;  ///< in the place of findings, where no claims are asked for
  std::uint64_t checks_held = 0;
  std::vector<InferredLayout> inferred_layouts;
  FileBeginnings beginnings;
  RecordUses record_uses;  ///< where the question keeps them
  KeptParts kept_parts;    ///< of what cannot be read a second time, when a claim about it fails
  /// Groups as the first reading numbered them, for a second one (see Ledger::number_groups_as).
  std::unordered_map<std::string, GroupId> group_by_key;
  std::unordered_map<FileId, GroupId> first_group_of_file;

  const ViewSums& sums_of(const ViewOfUnit& view) const {
    return units[view.unit].views.at(view.rank);
  }
  ViewSums& sums_of(const ViewOfUnit& view) { return units[view.unit].views.at(view.rank); }
};

}  // namespace usagectl
