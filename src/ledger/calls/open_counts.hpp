#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.hpp"
#include "model/tally_rows.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Counted records of which it is open whether their cache is inside input, or their reasoning
/// inside output. Where the other records of the same file and vocabulary all show one answer, it
/// is taken for all of them; what stays open is told once a file.
class OpenCounts {
 public:
  /// The sums of one group; the rows stay where they are.
  struct TallyOfGroup {
    TallyRows* rows = nullptr;
    TallyRows::Row row = 0;

    friend bool operator==(const TallyOfGroup&, const TallyOfGroup&) = default;
  };

  /// The record was added to that tally. `number` is whatever the owner numbers records by.
  void counted(const UsageRecord& record, std::uint32_t number, TallyOfGroup tally);
  /// Another report of the call took its place.
  void taken_back(const Counts& counts, TallyOfGroup tally);
  /// Corrects the tallies, after the last record, and calls `correct` for each record whose counts
  /// are known now.
  void settle(const std::function<void(Finding&&)>& say,
              const std::function<void(std::uint32_t number, const Counts&)>& correct);

 private:
  /// How many records show that the part is inside of the whole, or beside it.
  struct Votes {
    std::uint64_t inside = 0;
    std::uint64_t outside = 0;
  };
  struct Record {
    Place place;
    Counts counts;
    Counts given;
    TallyOfGroup tally;
    std::uint32_t number = 0;
  };
  struct Vocabulary {
    Votes cache;
    Votes reasoning;
    std::vector<Record> open;
  };

  Vocabulary& vocabulary_of(const UsageRecord& record);
  static Counts settled(const Record& record, const Vocabulary& vocabulary);

  using Key = std::pair<FileId, std::string_view>;
  std::map<Key, Vocabulary> vocabularies_;
  Key last_key_;
  Vocabulary* last_ = nullptr;
};

}  // namespace usagectl
