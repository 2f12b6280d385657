#include "ledger/series/reported_twice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/paths.hpp"
#include "dialects/usage_words.hpp"
#include "ledger/series/equal_sums.hpp"
#include "ledger/series/sums_of_folders.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kSum = "sum of what is reported elsewhere";
constexpr std::string_view kSnapshots = "totals so far beside their calls";
constexpr std::string_view kCopy = "the same calls in another file";

constexpr Count kVeryLarge = 100000;
/// So many records are not equal by chance, at the same moments.
constexpr std::uint64_t kSeveral = 3;

/// "run_1.json" and "run_2.json" are two of a series, and may hold the same numbers.
std::string without_digits(std::string_view path) {
  std::string name(base_name(path));
  std::erase_if(name, [](char c) { return c >= '0' && c <= '9'; });
  return name;
}

std::string_view without_extension(std::string_view name) { return name.substr(0, name.find('.')); }

/// "session_snapshots": a total so far repeats earlier usage.
bool is_named_snapshots(std::string_view name) {
  constexpr std::string_view kNames[] = {"snapshot", "snapshots", "checkpoint", "checkpoints"};
  const auto words = words_of(without_extension(name));
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(std::begin(kNames), std::end(kNames), word) != std::end(kNames);
  });
}

/// "summary.json", "usage_totals", "token_usage.json" beside its runs.
bool is_named_sum(std::string_view name) {
  name = without_extension(name);
  return names_total(name) || speaks_of_tokens(name) || names_kind(name);
}

/// Of records at the same moments.
bool are_beyond_chance(std::uint64_t records, const EqualSums& match) {
  return records >= kSeveral || (records > 1 && match.largest >= kLargeSum);
}

/// Takes repeated usage out of the books.
class Leaver {
 public:
  Leaver(Books& books, RowsOfViews&& rows)
      : books_(books), sources_(sources_of(books, std::move(rows))) {}

  void leave_all() {
    if (sources_.size() < 2) return;
    for (const Source& source : sources_) folders_.add(path(source), source.tally);
    leave_copies();
    leave_beginnings();
    leave_snapshots();
    leave_sums();
    std::erase_if(books_.counted_views, [this](const ViewOfUnit& counted) {
      return left_.contains({counted.unit, counted.rank});
    });
  }

  /// The files of which nothing counts any more.
  void add_left_files(std::set<FileId>& files) const {
    for (const Source& source : sources_) {
      if (source.is_set_aside) files.insert(source.file);
    }
    for (const Source& source : sources_) {
      if (!source.is_set_aside) files.erase(source.file);
    }
  }

  std::vector<Finding> findings;

 private:
  const std::string& path(const Source& source) const { return books_.file_names[source.file]; }

  /// Of the table or of the file.
  std::string_view own_name(const Source& source) const {
    return source.is_table ? first_place(source.place.pointer) : base_name(path(source));
  }

  std::string full_name(const Source& source) const {
    return source.is_table ? path(source) + std::string(first_place(source.place.pointer))
                           : path(source);
  }

  void leave(Source& source, std::string_view reason, const Source& witness, bool is_certain,
             const std::string& why) {
    source.is_set_aside = true;
    folders_.remove(path(source), source.tally);
    for (const ViewOfUnit& view : source.views) {
      left_.emplace(view.unit, view.rank);
      ViewSums& sums = books_.units[view.unit].views.at(view.rank);
      sums.ignored_as = reason;
      books_.intake.counted -= sums.records;
      books_.intake.ignored[std::string(reason)] += sums.records;
    }
    if (is_certain && reason == kSum) settle_lone_totals(source);
    Finding& finding = findings.emplace_back();
    finding.rule = Rule::duplicate;
    finding.severity = is_certain ? Severity::note : Severity::warning;
    finding.place = source.place;
    finding.place.line = 0;
    if (!is_certain) finding.cause = "unrelated-usage";
    finding.explanation = is_certain
                              ? why + ": it is counted once"
                              : fmt::format("not counted: {}, and may be the same usage", why);
    finding.witnesses.push_back({witness.place, {}});
  }

  /// What a file states as a total without parts is proved by what it is the sum of.
  void settle_lone_totals(const Source& source) {
    const auto is_settled = [&](const SumClaim& claim) {
      const Group& group = books_.groups[claim.group];
      return claim.place.file == source.file && group.tally.records == 0 && !group.misses_parts;
    };
    books_.checks_held += static_cast<std::uint64_t>(
        std::count_if(books_.sum_claims.begin(), books_.sum_claims.end(), is_settled));
    std::erase_if(books_.sum_claims, is_settled);
  }

  /// Whether every counter that both know is the same: of two calls with one prompt, one may have
  /// read it from the cache.
  static bool are_reported_alike(const Tally& a, const Tally& b) {
    return std::none_of(kCounters.begin(), kCounters.end(), [&](Counter counter) {
      const auto one = a.sum_of(counter);
      const auto other = b.sum_of(counter);
      return counter != Counter::requests && one && other && *one != *other;
    });
  }

  /// Known formats and recordings say themselves what they repeat.
  static bool may_be_copy(const SourceRows& rows) {
    return rows.is_own && !rows.is_recording && !rows.are_told_as_copy;
  }

  /// Ids that differ prove two calls; of the same ids only one was counted.
  static bool may_be_copies(const Source& a, const Source& b) {
    return may_be_copy(a.rows) && may_be_copy(b.rows) &&
           (a.rows.identified == 0 || b.rows.identified == 0) && !contradict(a.rows, b.rows);
  }

  /// Whether both hold the same calls, in two formats or in two tables.
  bool is_copy(const Source& a, const Source& b, bool& is_certain) const {
    if (a.rows.records != b.rows.records || a.rows.counts_hash != b.rows.counts_hash) return false;
    if (!may_be_copies(a, b) || !are_reported_alike(a.tally, b.tally)) return false;
    const EqualSums match = compare(a.tally, b.tally);
    if (!match.are_equal) return false;
    const bool are_timed = a.rows.timed == a.rows.records && b.rows.timed == b.rows.records;
    if (are_timed) {
      is_certain = are_beyond_chance(a.rows.records, match);
      return a.rows.timed_hash == b.rows.timed_hash;
    }
    // Without times, questions that were put to two may have answers of one length.
    is_certain = match.counters > 1 && match.largest >= kLargeSum && a.rows.records >= kSeveral &&
                 (a.is_table ||
                  without_extension(base_name(path(a))) == without_extension(base_name(path(b))));
    if (a.file == b.file) return a.is_table;
    return folder_of(path(a)) == folder_of(path(b)) &&
           without_digits(path(a)) != without_digits(path(b));
  }

  void leave_copies() {
    // Copies have as many records with the same counts.
    std::vector<std::tuple<std::uint64_t, std::uint64_t, std::size_t>> alike;
    for (std::size_t i = 0; i < sources_.size(); ++i)
      alike.emplace_back(sources_[i].rows.counts_hash, sources_[i].rows.records, i);
    std::sort(alike.begin(), alike.end());
    const auto are_alike = [](const auto& a, const auto& b) {
      return std::get<0>(a) == std::get<0>(b) && std::get<1>(a) == std::get<1>(b);
    };
    for (auto one = alike.begin(); one != alike.end(); ++one) {
      const auto end = alike.end() - one > kMostCompared ? one + kMostCompared : alike.end();
      for (auto other = one + 1; other != end && are_alike(*one, *other); ++other)
        leave_if_copy(sources_[std::get<2>(*one)], sources_[std::get<2>(*other)]);
    }
  }

  void leave_if_copy(Source& a, Source& b) {
    bool is_certain = false;
    if (a.is_set_aside || b.is_set_aside || !is_copy(a, b, is_certain)) return;
    const auto known = [](const Source& source) {
      return std::tuple(source.rows.requests, source.rows.named, source.rows.timed);
    };
    const bool second_says_more = known(b) > known(a);
    Source& copy = second_says_more ? a : b;
    const Source& first = second_says_more ? b : a;
    leave(copy, kCopy, first, is_certain,
          fmt::format("it holds the same {} record{} as {}", copy.rows.records,
                      copy.rows.records == 1 ? "" : "s", full_name(first)));
  }

  /// A file whose calls are all in another, at the same moments: the log as it was before it went
  /// on, or a part of it.
  void leave_beginnings() {
    // Whatever holds all rows of a file holds the first of them.
    std::vector<std::pair<std::uint64_t, std::size_t>> holders;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!may_be_copy(sources_[i].rows)) continue;
      for (const std::uint64_t row : sources_[i].rows.timed_rows) holders.emplace_back(row, i);
    }
    std::sort(holders.begin(), holders.end());
    for (Source& part : sources_) {
      const EqualSums own = compare(part.tally, part.tally);
      if (part.is_set_aside || own.counters < 2 || part.rows.timed_rows.empty()) continue;
      const std::uint64_t first = part.rows.timed_rows.front();
      auto holder =
          std::lower_bound(holders.begin(), holders.end(), std::pair(first, std::size_t{0}));
      for (std::ptrdiff_t i = 0; i < kMostCompared && holder != holders.end(); ++i, ++holder) {
        if (holder->first != first) break;
        const Source& whole = sources_[holder->second];
        if (&whole == &part || !is_beginning(part, whole)) continue;
        leave(part, kCopy, whole, are_beyond_chance(part.rows.records, own),
              fmt::format("its {} record{} in {}, at the same moments", part.rows.records,
                          part.rows.records == 1 ? " is" : "s are", full_name(whole)));
        break;
      }
    }
  }

  bool is_beginning(const Source& part, const Source& whole) const {
    if (whole.is_set_aside || !may_be_copies(part, whole)) return false;
    // One call may be made by two at once.
    const bool may_be_chance =
        part.rows.records == 1 && without_digits(path(part)) == without_digits(path(whole));
    return !may_be_chance && part.rows.are_among(whole.rows);
  }

  /// Totals so far beside the calls that they hold.
  void leave_snapshots() {
    for (Source& source : sources_) {
      const bool is_snapshots = source.is_table && is_named_snapshots(own_name(source)) &&
                                source.tally.known_of(Counter::input) == 0;
      if (!is_snapshots || source.is_set_aside) continue;
      const auto calls = std::find_if(sources_.begin(), sources_.end(), [&](const Source& other) {
        return other.file == source.file && !other.is_set_aside && other.rows.requests > 0 &&
               !is_named_snapshots(own_name(other));
      });
      if (calls == sources_.end()) continue;
      leave(source, kSnapshots, *calls, false,
            fmt::format("it holds totals so far, as it is called, beside {}", full_name(*calls)));
    }
  }

  bool leave_if_sum(Source& sum, const Tally& parts, const SourceRows& rows, const Source& witness,
                    std::size_t files, bool is_beside = true) {
    if (sum.rows.identified > 0) return false;  // ids are of calls
    const bool reports_no_calls =
        sum.tally.known_of(Counter::requests) == 0 && parts.known_of(Counter::requests) > 0;
    const bool is_list_of_sums =
        files > 1 && sum.rows.records == parts.records &&
        (sum.rows.requests == 0 || sum.rows.counts_hash == rows.counts_hash);
    const bool may_be_sum = parts.records > 1 && (sum.rows.records < parts.records ||
                                                  reports_no_calls || is_list_of_sums);
    // Calls are no sum of what is split by kind of token.
    if (files == 1 && sum.rows.requests > 0 && witness.rows.requests == 0) return false;
    if (!may_be_sum || !(sum.rows.is_own || sum.file == witness.file)) return false;
    const EqualSums match = compare(sum.tally, parts);
    if (!match.are_equal || contradict(sum.rows, rows)) return false;
    const auto requests = sum.tally.sum_of(Counter::requests);
    const bool has_number = requests && static_cast<std::uint64_t>(*requests) > sum.rows.records &&
                            static_cast<std::uint64_t>(*requests) == parts.records;
    // Of two files that nothing relates, small numbers may be alike.
    const bool is_related = files > 1 || sum.file == witness.file || has_number ||
                            match.largest >= kLargeSum || is_named_sum(own_name(sum));
    // In another folder it takes more than that.
    const bool is_large = match.counters > 1 && match.largest >= kLargeSum;
    if (!is_related || !(is_beside || has_number || is_large)) return false;
    // A row with a moment of its own, and files of one name and other digits, may be calls.
    const bool may_be_calls =
        (sum.rows.requests > 0 && sum.rows.timed == sum.rows.records) ||
        (sum.file != witness.file && without_digits(path(sum)) == without_digits(path(witness)));
    const bool is_certain =
        is_beside &&
        (has_number ||
         (!may_be_calls &&
          (match.counters > 1 ? is_large || names_total(without_extension(own_name(sum)))
                              : match.largest >= kVeryLarge)));
    leave(sum, kSum, witness, is_certain,
          files == 1 ? fmt::format("it reports as much as {}", full_name(witness))
                     : fmt::format("it reports as much as the {} files beside it together", files));
    return true;
  }

  bool leave_if_sum_of_one(Source& sum) {
    const std::string folder = folder_of(path(sum));
    const auto is_beside = [&](const Source& parts) {
      return parts.file == sum.file || is_in_folder(path(parts), folder);
    };
    const std::vector<std::size_t> alike = by_sums_.like(sum.tally);
    for (const bool looks_beside : {true, false}) {
      for (const std::size_t index : alike) {
        const Source& parts = sources_[index];
        if (&parts == &sum || parts.is_set_aside || is_beside(parts) != looks_beside) continue;
        if (leave_if_sum(sum, parts.tally, parts.rows, parts, 1, looks_beside)) return true;
      }
    }
    return false;
  }

  /// What is not among the parts of a sum: its own file, and what reports as much as it does, as a
  /// second summary would.
  std::vector<const Source*> beside_parts_of(const Source& sum) const {
    const auto is_before = [](const Source& source, FileId file) { return source.file < file; };
    auto source = std::lower_bound(sources_.begin(), sources_.end(), sum.file, is_before);
    std::vector<const Source*> beside;
    for (; source != sources_.end() && source->file == sum.file; ++source) {
      if (!source->is_set_aside) beside.push_back(&*source);
    }
    // Calls of a few tokens are alike by chance.
    const bool may_be_one_of_several =
        is_named_sum(own_name(sum)) || compare(sum.tally, sum.tally).largest >= kLargeSum;
    for (const std::size_t index : by_sums_.like(sum.tally)) {
      const Source& other = sources_[index];
      if (may_be_one_of_several && !other.is_set_aside && other.file != sum.file &&
          compare(sum.tally, other.tally).are_equal)
        beside.push_back(&other);
    }
    return beside;
  }

  bool leave_if_sum_of_all(Source& sum, bool with_folders_below) {
    const std::string folder = folder_of(path(sum));
    const auto is_within = [&](const Source& source) {
      return folder_of(path(source)) == folder ||
             (with_folders_below && is_in_folder(path(source), folder));
    };
    std::vector<const Source*> beside = beside_parts_of(sum);
    std::erase_if(beside, [&](const Source* source) { return !is_within(*source); });
    if (!folders_.others_report_as_much(folder, beside, sum.tally, with_folders_below))
      return false;
    Tally all;
    SourceRows rows;
    std::size_t files = 0;
    const Source* first = nullptr;
    for (const Source& parts : sources_) {
      if (parts.is_set_aside || !is_within(parts) ||
          std::find(beside.begin(), beside.end(), &parts) != beside.end())
        continue;
      all.merge(parts.tally);
      rows.merge(parts.rows);
      ++files;
      if (first == nullptr) first = &parts;
    }
    return files > 1 && leave_if_sum(sum, all, rows, *first, files);
  }

  /// Sums of what others report, the coarsest first; then sums of those.
  void leave_sums() {
    for (std::size_t i = 0; i < sources_.size(); ++i) by_sums_.add(sources_[i].tally, i);
    by_sums_.sort();
    std::vector<std::size_t> order(sources_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return sources_[a].rows.records < sources_[b].rows.records;
    });
    constexpr int kMostLevels = 4;
    for (int level = 0; level < kMostLevels; ++level) {
      bool is_any_left = false;
      for (const std::size_t index : order)
        is_any_left = leave_if_any_sum(sources_[index]) || is_any_left;
      if (!is_any_left) return;
    }
  }

  bool leave_if_any_sum(Source& sum) {
    return !sum.is_set_aside && (leave_if_sum_of_one(sum) || leave_if_sum_of_all(sum, false) ||
                                 leave_if_sum_of_all(sum, true));
  }

  /// Of those that are alike, or have a row in common, so many are compared with each.
  static constexpr std::ptrdiff_t kMostCompared = 1024;

  Books& books_;
  std::vector<Source> sources_;  ///< by their files
  TalliesBySums by_sums_;
  SumsOfFolders folders_;
  std::set<std::pair<UnitId, std::uint8_t>> left_;
};

}  // namespace

void ReportedTwice::note(const UsageRecord& record, bool is_known, bool is_told_as_copy) {
  if (!record.view.is_usage) return;
  const RowsOfViews::key_type key{record.unit, record.view.rank};
  if (last_rows_ == nullptr || key != last_key_) {
    last_rows_ = &rows_[key];
    last_key_ = key;
  }
  const std::uint64_t seed = (std::uint64_t(key.first) << 8U) + key.second;
  last_rows_->note(record, recent_, seed, is_known);
  last_rows_->are_told_as_copy = is_told_as_copy;
}

std::vector<Finding> ReportedTwice::set_aside(Books& books, std::set<FileId>& copies) {
  last_rows_ = nullptr;
  Leaver leaver(books, std::exchange(rows_, {}));
  leaver.leave_all();
  leaver.add_left_files(copies);
  return std::move(leaver.findings);
}

}  // namespace usagectl
