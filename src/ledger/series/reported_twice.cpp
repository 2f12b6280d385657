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

namespace usagectl {
namespace {

constexpr Counter kCompared[] = {Counter::input, Counter::output, Counter::total};
constexpr std::string_view kSum = "sum of what is reported elsewhere";
constexpr std::string_view kSnapshots = "totals so far beside their calls";
constexpr std::string_view kCopy = "the same calls in another file";

/// Chance does not make two numbers equal, or a large one.
constexpr Count kNoChance = 25;
constexpr Count kLarge = 1000;
constexpr Count kVeryLarge = 100000;
/// So many records are not equal by chance, at the same moments.
constexpr std::uint64_t kSeveral = 3;

/// "run_1.json" and "run_2.json" are two of a series, and may hold the same numbers.
std::string without_digits(std::string_view path) {
  std::string name(base_name(path));
  std::erase_if(name, [](char c) { return c >= '0' && c <= '9'; });
  return name;
}

bool is_in_folder(std::string_view path, std::string_view folder) {
  if (folder.empty()) return !path.starts_with('/') && !path.starts_with("../");
  return (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
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

struct Match {
  bool is_equal = false;
  int counters = 0;   ///< how many both report, equal and not 0
  Count largest = 0;  ///< of them
};

/// Whether all counters that both report are equal, and not by chance.
Match compare(const Tally& sum, const Tally& parts) {
  Match match;
  for (const Counter counter : kCompared) {
    const auto one = sum.sum_of(counter);
    const auto other = parts.sum_of(counter);
    if (!one || !other) continue;
    if (*one != *other) return {};
    // The total of what has only input is the input.
    if (*one > 0 && counter != Counter::total) ++match.counters;
    match.largest = std::max(match.largest, *one);
  }
  match.counters = std::max(match.counters, match.largest > 0 ? 1 : 0);
  match.is_equal = match.counters > 1 ? match.largest >= kNoChance : match.largest >= kLarge;
  return match;
}

/// Of records at the same moments.
bool are_beyond_chance(std::uint64_t records, const Match& match) {
  return records >= kSeveral || (records > 1 && match.largest >= kLarge);
}

/// Takes repeated usage out of the books.
class Leaver {
 public:
  Leaver(Books& books, const RowsOfViews& rows)
      : books_(books), sources_(sources_of(books, rows)) {}

  void leave_all() {
    constexpr std::size_t kMostSources = 4096;
    if (sources_.size() < 2 || sources_.size() > kMostSources) return;
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

  /// Ids that differ prove two calls; of the same ids only one was counted.
  static bool may_be_copies(const Source& a, const Source& b) {
    return a.rows.is_own && b.rows.is_own && !a.rows.is_recording && !b.rows.is_recording &&
           (a.rows.identified == 0 || b.rows.identified == 0) && !contradict(a.rows, b.rows);
  }

  /// Whether both hold the same calls, in two formats or in two tables.
  bool is_copy(const Source& a, const Source& b, bool& is_certain) const {
    if (a.rows.records != b.rows.records || a.rows.counts_hash != b.rows.counts_hash) return false;
    if (!may_be_copies(a, b) || !are_reported_alike(a.tally, b.tally)) return false;
    const Match match = compare(a.tally, b.tally);
    if (!match.is_equal) return false;
    const bool are_timed = a.rows.timed == a.rows.records && b.rows.timed == b.rows.records;
    if (are_timed) {
      is_certain = are_beyond_chance(a.rows.records, match);
      return a.rows.timed_hash == b.rows.timed_hash;
    }
    // Without times, questions that were put to two may have answers of one length.
    is_certain = match.counters > 1 && match.largest >= kLarge && a.rows.records >= kSeveral &&
                 (a.is_table ||
                  without_extension(base_name(path(a))) == without_extension(base_name(path(b))));
    if (a.file == b.file) return a.is_table;
    return folder_of(path(a)) == folder_of(path(b)) &&
           without_digits(path(a)) != without_digits(path(b));
  }

  void leave_copies() {
    const auto known = [](const Source& source) {
      return std::tuple(source.rows.requests, source.rows.named, source.rows.timed);
    };
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      for (std::size_t j = i + 1; j < sources_.size() && !sources_[i].is_set_aside; ++j) {
        bool is_certain = false;
        if (sources_[j].is_set_aside || !is_copy(sources_[i], sources_[j], is_certain)) continue;
        const bool second_says_more = known(sources_[j]) > known(sources_[i]);
        Source& copy = sources_[second_says_more ? i : j];
        const Source& first = sources_[second_says_more ? j : i];
        leave(copy, kCopy, first, is_certain,
              fmt::format("it holds the same {} record{} as {}", copy.rows.records,
                          copy.rows.records == 1 ? "" : "s", full_name(first)));
      }
    }
  }

  /// A file whose calls are all in another, at the same moments: the log as it was before it went
  /// on, or a part of it.
  void leave_beginnings() {
    constexpr std::size_t kMostCompared = 256;
    if (sources_.size() > kMostCompared) return;
    for (Source& part : sources_) {
      const Match own = compare(part.tally, part.tally);
      if (part.is_set_aside || own.counters < 2) continue;
      const auto whole = std::find_if(sources_.begin(), sources_.end(), [&](const Source& other) {
        if (&other == &part || other.is_set_aside || !may_be_copies(part, other)) return false;
        // One call may be made by two at once.
        const bool may_be_chance =
            part.rows.records == 1 && without_digits(path(part)) == without_digits(path(other));
        return !may_be_chance && part.rows.are_among(other.rows);
      });
      if (whole == sources_.end()) continue;
      leave(part, kCopy, *whole, are_beyond_chance(part.rows.records, own),
            fmt::format("its {} record{} in {}, at the same moments", part.rows.records,
                        part.rows.records == 1 ? " is" : "s are", full_name(*whole)));
    }
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
    // Ids are of calls.
    if (sum.rows.identified > 0 || contradict(sum.rows, rows)) return false;
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
    const Match match = compare(sum.tally, parts);
    if (!match.is_equal) return false;
    const auto requests = sum.tally.sum_of(Counter::requests);
    const bool has_number = requests && static_cast<std::uint64_t>(*requests) > sum.rows.records &&
                            static_cast<std::uint64_t>(*requests) == parts.records;
    // Of two files that nothing relates, small numbers may be alike.
    const bool is_related = files > 1 || sum.file == witness.file || has_number ||
                            match.largest >= kLarge || is_named_sum(own_name(sum));
    // In another folder it takes more than that.
    const bool is_large = match.counters > 1 && match.largest >= kLarge;
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
    for (const bool looks_beside : {true, false}) {
      for (const Source& parts : sources_) {
        if (&parts == &sum || parts.is_set_aside || is_beside(parts) != looks_beside) continue;
        if (leave_if_sum(sum, parts.tally, parts.rows, parts, 1, looks_beside)) return true;
      }
    }
    return false;
  }

  bool leave_if_sum_of_all(Source& sum, bool with_folders_below) {
    const std::string folder = folder_of(path(sum));
    Tally all;
    SourceRows rows;
    std::size_t files = 0;
    const Source* first = nullptr;
    for (const Source& parts : sources_) {
      if (&parts == &sum || parts.is_set_aside || parts.file == sum.file) continue;
      const bool is_beside = folder_of(path(parts)) == folder;
      if (!is_beside && !(with_folders_below && is_in_folder(path(parts), folder))) continue;
      all.merge(parts.tally);
      rows.merge(parts.rows);
      ++files;
      if (first == nullptr) first = &parts;
    }
    return files > 1 && leave_if_sum(sum, all, rows, *first, files);
  }

  /// Sums of what others report, the coarsest first. Of many files only those that are called so.
  void leave_sums() {
    constexpr std::size_t kFewSources = 512;
    std::vector<std::size_t> order(sources_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return sources_[a].rows.records < sources_[b].rows.records;
    });
    for (const std::size_t index : order) {
      Source& sum = sources_[index];
      const bool is_looked_at = sources_.size() <= kFewSources || is_named_sum(own_name(sum));
      if (sum.is_set_aside || !is_looked_at || leave_if_sum_of_one(sum)) continue;
      if (!leave_if_sum_of_all(sum, false)) leave_if_sum_of_all(sum, true);
    }
  }

  Books& books_;
  std::vector<Source> sources_;
  std::set<std::pair<UnitId, std::uint8_t>> left_;
};

}  // namespace

void ReportedTwice::note(const UsageRecord& record, bool is_known) {
  if (!record.view.is_usage) return;
  const RowsOfViews::key_type key{record.unit, record.view.rank};
  if (last_rows_ == nullptr || key != last_key_) {
    last_rows_ = &rows_[key];
    last_key_ = key;
  }
  const std::uint64_t seed = (std::uint64_t(key.first) << 8U) + key.second;
  last_rows_->note(record, recent_, seed, is_known);
}

std::vector<Finding> ReportedTwice::set_aside(Books& books, std::set<FileId>& copies) const {
  Leaver leaver(books, rows_);
  leaver.leave_all();
  leaver.add_left_files(copies);
  return std::move(leaver.findings);
}

}  // namespace usagectl
