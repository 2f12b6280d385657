#include "analysis/bill/compare_bill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "analysis/bill/bill_causes.hpp"
#include "analysis/bill/bill_readings.hpp"
#include "analysis/bill/match_bill.hpp"

namespace usagectl {
namespace {

/// Where a logged row is, seen from a report that has no bucket for it.
enum class Seen : std::uint8_t {
  of_unknown_model,  ///< of a model that no bucket of it has
  before,            ///< its first bucket
  after,             ///< its last one
  inside,            ///< of a model and time that it speaks of
};

/// Logged rows without a bucket, and what the reports say of them.
struct Unbilled {
  Seen seen = Seen::of_unknown_model;
  bool is_of_money = false;  ///< seen by reports in money alone
  Window whole;              ///< of the report that knows most of it
  Place place;               ///< of its first row
};

std::string calls(const Tally& tally) {
  return fmt::format("{} call{}", tally.records, tally.records == 1 ? "" : "s");
}

/// "2026-03-01, made-up-model, project p, key k".
std::string name_of(const Window& window, const BillLabels& labels) {
  std::string name = window_text(window);
  if (!labels.model.empty()) name += ", " + labels.model;
  if (!labels.project.empty()) name += ", project " + labels.project;
  if (!labels.key.empty()) name += ", key " + labels.key;
  return name;
}

/// Compares the logs with one report.
class ReportComparison {
 public:
  /// Without times of the calls, what the logs have more may be of another time.
  ReportComparison(const BilledReport& report, const LoggedUsage& logged, bool has_times,
                   BillComparison& found)
      : report_(report),
        logged_(logged),
        has_times_(has_times),
        found_(found),
        matcher_(report, logged) {}

  void compare(std::map<const LoggedRow*, Unbilled>& unbilled) {
    Reading reading;
    if (has_times_ && !report_.is_in_money) reading = read_zone(matcher_);
    if (reading.shift != 0) say_shift(reading.shift);
    read_aliases(matcher_, reading);
    for (const auto& [model, billed] : reading.billed_models) say_alias(model, billed);
    const Matched matched = matcher_.match(reading);
    const std::set<std::size_t> said = say_late_arrivals(matched.buckets);
    say_buckets(matched.buckets, said);
    if (matcher_.has_other_labels() && matched.agreeing() < matched.buckets.size()) {
      add(Severity::note, report_.rows.front().place,
          "the report and the logs name other projects or keys: compared without them");
    }
    note_unbilled(matched, reading, unbilled);
  }

 private:
  Finding& add(Severity severity, const Place& place, std::string explanation) {
    Finding finding;
    finding.rule = Rule::bill;
    finding.severity = severity;
    finding.place = place;
    finding.explanation = std::move(explanation);
    found_.findings.push_back(std::move(finding));
    return found_.findings.back();
  }

  void say_shift(std::int64_t shift) {
    add(Severity::warning, report_.rows.front().place,
        fmt::format("the logs are {} hour{} {} the report: their times are not in UTC, and with "
                    "that the buckets agree",
                    std::abs(shift), std::abs(shift) == 1 ? "" : "s",
                    shift > 0 ? "behind" : "ahead of"))
        .cause = "zone-shifted";
  }

  void say_alias(const std::string& model, const std::string& billed) {
    add(Severity::note, report_.rows.front().place,
        fmt::format("{} of the logs is billed as {}: with that their buckets agree", model, billed))
        .cause = "model-alias";
  }

  std::set<std::size_t> say_late_arrivals(const std::vector<BillBucket>& buckets) {
    std::set<std::size_t> said;
    if (!has_times_ || report_.is_in_money) return said;
    for (const std::vector<std::size_t>& run : late_arrivals(buckets)) {
      said.insert(run.begin(), run.end());
      const BillBucket& first = buckets[run.front()];
      const BillBucket& last = buckets[run.back()];
      add(Severity::note, last.place,
          fmt::format("{}: what the logs have more at the end of a bucket the report has more in "
                      "the next one, until {}: calls that began in one and ended in the other",
                      name_of(first.name.window, first.name.labels), window_text(last.name.window)))
          .cause = "late-arrival";
    }
    return said;
  }

  /// Whether the logs begin or end inside of the window.
  bool is_cut(const Window& window) const {
    if (logged_.rows.empty() || !has_times_) return false;
    const std::int64_t first = logged_.rows.front().window.begin;
    const std::int64_t last = logged_.rows.back().window.end;
    return (window.begin < first && first < window.end) ||
           (window.begin < last && last < window.end);
  }

  /// Buckets one after another in which nothing was logged are one.
  void say_buckets(const std::vector<BillBucket>& buckets, const std::set<std::size_t>& said) {
    std::map<std::size_t, BillBucket> to_say;  // by the index of the first one
    for (const std::vector<std::size_t>& chain : chains_of(buckets)) {
      BillBucket* missing = nullptr;
      for (const std::size_t i : chain) {
        if (said.contains(i)) {
          missing = nullptr;
          continue;
        }
        const BillBucket& bucket = buckets[i];
        const bool is_missing = bucket.logged.records == 0 && bucket.batch.records == 0;
        if (is_missing && missing != nullptr && missing->is_cost == bucket.is_cost) {
          missing->name.window.end = bucket.name.window.end;
          missing->billed.merge(bucket.billed);
          continue;
        }
        BillBucket& said_later = to_say.emplace(i, bucket).first->second;
        missing = is_missing ? &said_later : nullptr;
      }
    }
    for (const auto& [index, bucket] : to_say) {
      if (bucket.is_cost) {
        say_cost(bucket);
      } else {
        say_bucket(bucket);
      }
    }
  }

  void say_cost(const BillBucket& bucket) {
    if (bucket.logged.records > 0) {
      ++found_.held;
      return;
    }
    add(Severity::warning, bucket.place,
        fmt::format("{}: the report has a cost, and no such call was logged",
                    name_of(bucket.name.window, bucket.name.labels)))
        .cause = "log-missing";
  }

  void say_bucket(const BillBucket& bucket) {
    const std::string_view cause =
        bucket.agrees() ? std::string_view() : cause_of(bucket, is_cut(bucket.name.window));
    for (const Counter counter : kBilledCounters) {
      const auto apart = bucket.apart(counter);
      if (!apart) {
        // What some of the logged calls lack can't be compared.
        if (bucket.sum(counter, true) && bucket.logged.known_of(counter) > 0) ++found_.unprovable;
        continue;
      }
      if (*apart == 0) {
        ++found_.held;
        continue;
      }
      const bool logs_are_above = *apart < 0;
      // Without the cache on one side nothing is missing on the other.
      const bool is_other_meaning = cause == "cache-left-out" || cause == "cache-added";
      // Calls just before and after an export of calls are in the logs alone.
      const Window whole = matcher_.whole();
      const bool is_edge = report_.is_of_calls && (bucket.name.window.begin == whole.begin ||
                                                   bucket.name.window.end == whole.end);
      const bool is_refuted = logs_are_above && !is_other_meaning && has_times_ && !is_edge;
      Finding& finding = add(
          is_refuted ? Severity::error : Severity::warning, bucket.place,
          fmt::format("{}: the {} above the {}{}", name_of(bucket.name.window, bucket.name.labels),
                      logs_are_above ? "logs are" : "report is", logs_are_above ? "report" : "logs",
                      words_of_cause(cause, bucket)));
      finding.counter = usagectl::name_of(counter);
      finding.asserted = bucket.sum(counter, true);
      finding.calculated = bucket.sum(counter, false);
      finding.basis = bucket.logged.records == 0
                          ? std::string("in the logs")
                          : fmt::format("sum of {} logged", bucket.logged.records);
      finding.cause = cause;
    }
  }

  void note_unbilled(const Matched& matched, const Reading& reading,
                     std::map<const LoggedRow*, Unbilled>& unbilled) {
    const Window whole = matcher_.whole();
    std::set<const LoggedRow*> here(matched.unmatched.begin(), matched.unmatched.end());
    for (const LoggedRow& row : logged_.rows) {
      if (!here.contains(&row)) {
        unbilled.erase(&row);
        billed_.insert(&row);
        continue;
      }
      Unbilled now{.seen = Seen::of_unknown_model,
                   .is_of_money = report_.is_in_money,
                   .whole = whole,
                   .place = report_.rows.front().place};
      if (matcher_.knows(row.labels.model, reading)) {
        const std::int64_t begin = row.window.begin + reading.shift;
        const bool is_before = begin < whole.begin || (report_.is_of_calls && begin == whole.begin);
        const bool is_after = row.window.end + reading.shift > whole.end ||
                              (report_.is_of_calls && begin + 1 == whole.end);
        now.seen = is_before ? Seen::before : is_after ? Seen::after : Seen::inside;
      }
      const auto [known, is_new] = unbilled.try_emplace(&row, now);
      if (!is_new && known->second.seen < now.seen) known->second = now;
    }
  }

 public:
  const std::set<const LoggedRow*>& billed_rows() const { return billed_; }

 private:
  const BilledReport& report_;
  const LoggedUsage& logged_;
  bool has_times_;
  BillComparison& found_;
  BillMatcher matcher_;
  std::set<const LoggedRow*> billed_;
};

/// Says what no report has, by model and by where it is seen from the reports.
void say_unbilled(const std::map<const LoggedRow*, Unbilled>& unbilled, BillComparison& found) {
  struct Sum {
    Tally tally;
    Unbilled as;
  };
  std::map<std::pair<Seen, std::string>, Sum> sums;
  for (const auto& [row, as] : unbilled) {
    const bool is_outside = as.seen == Seen::before || as.seen == Seen::after;
    Sum& sum = sums[{as.seen, is_outside ? std::string() : row->labels.model}];
    sum.tally.merge(row->tally);
    sum.as = as;
  }
  for (const auto& [key, sum] : sums) {
    const auto& [seen, model] = key;
    Finding finding;
    finding.rule = Rule::bill;
    finding.place = sum.as.place;
    const std::string named = model.empty() ? "an unknown model" : model;
    if (seen == Seen::before || seen == Seen::after) {
      finding.severity = Severity::note;
      finding.explanation =
          fmt::format("{} {} the report's time ({})", calls(sum.tally),
                      seen == Seen::before ? "before" : "after", window_text(sum.as.whole));
    } else {
      const bool is_refuted = seen == Seen::inside && !sum.as.is_of_money;
      finding.severity = is_refuted ? Severity::error : Severity::warning;
      finding.explanation =
          seen == Seen::inside
              ? fmt::format("calls of {} are logged that no bucket of the report holds", named)
              : fmt::format(
                    "calls of {} are logged, and the report has nothing of that model: it "
                    "may be of another provider, or have another name there",
                    named);
      if (seen == Seen::of_unknown_model) finding.cause = "model-not-billed";
      const auto total = sum.tally.sum_of(Counter::total);
      finding.counter = name_of(Counter::total);
      finding.asserted = total ? std::optional(Count(0)) : std::nullopt;
      finding.calculated = total;
      finding.basis = fmt::format("sum of {} logged", sum.tally.records);
    }
    found.findings.push_back(std::move(finding));
  }
}

/// The whole time of all reports.
Window whole_of(const BilledUsage& billed) {
  Window whole;
  for (const BilledReport& report : billed.reports) {
    for (const BilledRow& row : report.rows) {
      whole.begin = whole.end == 0 ? row.window.begin : std::min(whole.begin, row.window.begin);
      whole.end = std::max(whole.end, row.window.end);
    }
  }
  return whole;
}

void compare_each(const BilledUsage& billed, const LoggedUsage& logged, bool has_times,
                  BillComparison& found) {
  std::map<const LoggedRow*, Unbilled> unbilled;
  std::set<const LoggedRow*> held;
  for (const BilledReport& report : billed.reports) {
    if (report.rows.empty()) continue;
    ReportComparison comparison(report, logged, has_times, found);
    comparison.compare(unbilled);
    held.insert(comparison.billed_rows().begin(), comparison.billed_rows().end());
  }
  // What one report holds is billed, whatever the others say.
  for (const LoggedRow* row : held) unbilled.erase(row);
  say_unbilled(unbilled, found);
}

BillComparison compare_as_one_window(BilledUsage billed, LoggedUsage logged) {
  const Window whole = whole_of(billed);
  for (BilledReport& report : billed.reports) {
    for (BilledRow& row : report.rows) row.window = whole;
    report.is_of_calls = false;
  }
  logged.rows = std::exchange(logged.without_time, {});
  for (LoggedRow& row : logged.rows) row.window = whole;
  BillComparison found;
  compare_each(billed, logged, /*has_times=*/false, found);
  return found;
}

}  // namespace

BillComparison compare_bill(const BilledUsage& billed, const LoggedUsage& logged) {
  BillComparison found;
  // Without any time, the report as a whole is compared.
  if (logged.rows.empty() && !logged.without_time.empty())
    return compare_as_one_window(billed, logged);
  for (const LoggedRow& row : logged.without_time) found.unprovable += row.tally.records;
  compare_each(billed, logged, /*has_times=*/true, found);
  return found;
}

}  // namespace usagectl
