#include "analysis/bill/compare_bill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <set>

#include "base/model_name.hpp"

namespace usagectl {
namespace {

using Bucket = std::pair<Window, std::string>;

constexpr std::array kCompared = {Counter::requests, Counter::input, Counter::cache_read,
                                  Counter::cache_write, Counter::output};
/// Zones reach from UTC-12 to UTC+14.
constexpr std::int64_t kLargestShift = 14;

/// The numbers of one bucket on both sides.
struct Match {
  Bucket bucket;
  const Tally* billed = nullptr;
  Tally logged;
  std::set<std::string> models;  ///< as the logs name them

  std::optional<Count> sum(Counter counter, bool of_bill) const {
    const Tally& tally = of_bill ? *billed : logged;
    if (!of_bill && tally.records == 0)
      return billed->sum_of(counter) ? std::optional(Count(0)) : std::nullopt;
    return whole_sum(tally, counter);
  }
  /// billed - logged, where both are known.
  std::optional<Count> apart(Counter counter) const {
    const auto of_bill = sum(counter, true);
    const auto of_logs = sum(counter, false);
    if (!of_bill || !of_logs) return std::nullopt;
    ExactSum difference(*of_bill);
    difference -= *of_logs;
    return difference.count();
  }
  bool agrees() const {
    return std::all_of(kCompared.begin(), kCompared.end(),
                       [&](Counter counter) { return apart(counter).value_or(0) == 0; });
  }
};

class Comparison {
 public:
  Comparison(const BilledUsage& billed, const LoggedUsage& logged)
      : billed_(billed), logged_(logged) {}

  BillComparison compare() {
    found_.unprovable = logged_.without_time;
    std::vector<Match> matches = matched(0);
    if (const auto shift = zone_shift(matches)) {
      say_shift(*shift);
      matches = matched(*shift);
    }
    find_late_arrivals(matches);
    for (std::size_t i = 0; i < matches.size(); ++i) {
      if (!late_.contains(i)) say_bucket(matches, i);
    }
    say_unbilled();
    say_outside();
    return std::move(found_);
  }

 private:
  /// The bucket of a logged hour: of its window and its model, by its exact name first.
  std::optional<Bucket> bucket_of(std::int64_t hour, const std::string& model) const {
    std::optional<Bucket> alias;
    for (const auto& [bucket, tally] : billed_.buckets) {
      if (bucket.first.begin > hour) break;
      if (hour >= bucket.first.end) continue;
      if (bucket.second == model || bucket.second.empty()) return bucket;
      if (!model.empty() && may_be_same_model(bucket.second, model) && !alias) alias = bucket;
    }
    return alias;
  }

  /// Of a model that no bucket holds in its hour. What is outside of the whole report is not of any
  /// model: the report does not speak of it.
  Tally& unbilled_at(std::int64_t hour, const std::string& model) {
    if (!billed_.buckets.empty() && hour < billed_.buckets.begin()->first.first.begin)
      return before_;
    const auto is_over = [&](const auto& bucket) { return bucket.first.first.end <= hour; };
    if (std::all_of(billed_.buckets.begin(), billed_.buckets.end(), is_over)) return after_;
    return unbilled_[model];
  }

  bool all_are_billed() const { return unbilled_.empty() && before_.records + after_.records == 0; }

  std::vector<Match> matched(std::int64_t shift) {
    std::map<Bucket, Match> by_bucket;
    for (const auto& [bucket, tally] : billed_.buckets) {
      by_bucket[bucket].bucket = bucket;
      by_bucket[bucket].billed = &tally;
    }
    unbilled_.clear();
    before_ = {};
    after_ = {};
    for (const auto& [key, tally] : logged_.hours) {
      const auto bucket = bucket_of(key.first + shift, key.second);
      if (!bucket) {
        unbilled_at(key.first + shift, key.second).merge(tally);
        continue;
      }
      by_bucket[*bucket].logged.merge(tally);
      by_bucket[*bucket].models.insert(key.second);
    }
    std::vector<Match> matches;
    for (auto& [bucket, match] : by_bucket) matches.push_back(std::move(match));
    return matches;
  }

  /// The hours by which logs in local time are off: that alone makes every bucket agree.
  std::optional<std::int64_t> zone_shift(const std::vector<Match>& matches) {
    const auto agree = [](const std::vector<Match>& all) {
      return std::all_of(all.begin(), all.end(), [](const Match& match) { return match.agrees(); });
    };
    // In one window any shift fits.
    if (matches.size() < 2 || (agree(matches) && all_are_billed())) return std::nullopt;
    std::optional<std::int64_t> found;
    for (std::int64_t shift = -kLargestShift; shift <= kLargestShift; ++shift) {
      if (shift == 0 || !agree(matched(shift)) || !all_are_billed()) continue;
      if (!found || std::abs(shift) < std::abs(*found)) found = shift;
    }
    matched(0);
    return found;
  }

  Finding& add(Severity severity, const Bucket& bucket, std::string explanation) {
    Finding finding;
    finding.rule = Rule::bill;
    finding.severity = severity;
    if (const auto place = billed_.places.find(bucket); place != billed_.places.end())
      finding.place = place->second;
    finding.explanation = std::move(explanation);
    found_.findings.push_back(std::move(finding));
    return found_.findings.back();
  }

  void say_shift(std::int64_t shift) {
    add(Severity::warning, billed_.buckets.begin()->first,
        fmt::format(
            "the logs are {} hour{} {} the report: their times are not in UTC, and with that "
            "every bucket agrees",
            std::abs(shift), std::abs(shift) == 1 ? "" : "s", shift > 0 ? "behind" : "ahead of"))
        .cause = "zone-shifted";
  }

  /// What one bucket lacks and the next one has too much: calls that were billed when they ended.
  void find_late_arrivals(const std::vector<Match>& matches) {
    for (std::size_t i = 0; i < matches.size(); ++i) {
      for (std::size_t j = i + 1; j < matches.size(); ++j) {
        const bool follow = matches[j].bucket.first.begin == matches[i].bucket.first.end &&
                            matches[j].bucket.second == matches[i].bucket.second;
        if (!follow || late_.contains(i) || matches[i].agrees() || matches[j].agrees()) continue;
        const bool cancel = std::all_of(kCompared.begin(), kCompared.end(), [&](Counter counter) {
          return matches[i].apart(counter).value_or(0) == -matches[j].apart(counter).value_or(0);
        });
        if (!cancel) continue;
        late_.insert(i);
        late_.insert(j);
        add(Severity::note, matches[j].bucket,
            fmt::format("what the logs have more in {} the report has more in {}: calls that began "
                        "in one and ended in the other",
                        window_text(matches[i].bucket.first), window_text(matches[j].bucket.first)))
            .cause = "late-arrival";
      }
    }
  }

  std::string_view cause_of(const std::vector<Match>& matches, std::size_t i) const {
    const Match& match = matches[i];
    const auto requests = match.apart(Counter::requests);
    const Count output = match.apart(Counter::output).value_or(0);
    const Count input = match.apart(Counter::input).value_or(0);
    if (match.logged.records == 0) return "log-missing";
    if (output == 0 && input != 0 && requests.value_or(0) == 0) {
      const Count read = match.sum(Counter::cache_read, true).value_or(0);
      const Count logged_read = match.sum(Counter::cache_read, false).value_or(0);
      const Count larger = std::max(read, logged_read);
      if (larger > 0 && (input == -larger || input == larger))
        return input < 0 ? "cache-left-out" : "cache-added";
    }
    if (requests.value_or(0) > 0 && output == 0 && input >= 0) return "retries-unlogged";
    const bool is_edge = is_cut(match.bucket.first);
    if (is_edge && input >= 0 && output >= 0) return "window-cut";
    if (requests.value_or(0) < 0 && input < 0) return "call-logged-twice";
    return {};
  }

  /// Whether the logs begin or end inside of the window.
  bool is_cut(const Window& window) const {
    if (logged_.hours.empty()) return false;
    const std::int64_t first = logged_.hours.begin()->first.first;
    const std::int64_t last = logged_.hours.rbegin()->first.first;
    return (window.begin < first && first < window.end) ||
           (window.begin <= last && last + 1 < window.end);
  }

  static std::string why(std::string_view cause, const Match& match) {
    if (cause == "log-missing") return ": no such call was logged";
    if (cause == "cache-left-out") return ": the report counts input without the cache";
    if (cause == "cache-added") return ": the logs count input without the cache";
    if (cause == "retries-unlogged")
      return ": more requests with the same output, as failed or repeated ones that nobody logged";
    if (cause == "window-cut") return ": the logs begin or end within that time";
    if (cause == "call-logged-twice") return ": calls are logged more than once";
    if (match.models.size() > 1) return ": several models of the logs count as this one";
    return {};
  }

  void say_bucket(const std::vector<Match>& matches, std::size_t i) {
    const Match& match = matches[i];
    const std::string_view cause = match.agrees() ? std::string_view() : cause_of(matches, i);
    for (const Counter counter : kCompared) {
      const auto apart = match.apart(counter);
      if (!apart) {
        // What some of the logged calls lack can't be compared.
        if (match.sum(counter, true) && match.logged.known_of(counter) > 0) ++found_.unprovable;
        continue;
      }
      if (*apart == 0) {
        ++found_.held;
        continue;
      }
      const bool logs_are_above = *apart < 0;
      // Without the cache on one side nothing is missing on the other.
      const bool is_other_meaning = cause == "cache-left-out" || cause == "cache-added";
      Finding& finding = add(
          logs_are_above && !is_other_meaning ? Severity::error : Severity::warning, match.bucket,
          fmt::format("{}{}: the {} above the {}{}", window_text(match.bucket.first),
                      match.bucket.second.empty() ? "" : ", " + match.bucket.second,
                      logs_are_above ? "logs are" : "report is", logs_are_above ? "report" : "logs",
                      why(cause, match)));
      finding.counter = name_of(counter);
      finding.asserted = match.sum(counter, true);
      finding.calculated = match.sum(counter, false);
      finding.basis = match.logged.records == 0
                          ? std::string("in the logs")
                          : fmt::format("sum of {} logged", match.logged.records);
      finding.cause = cause;
    }
  }

  void say_unbilled() {
    for (const auto& [model, tally] : unbilled_) {
      const auto total = tally.sum_of(Counter::total);
      const Bucket somewhere = billed_.buckets.empty() ? Bucket() : billed_.buckets.begin()->first;
      Finding& finding =
          add(Severity::error, somewhere,
              fmt::format("calls of {} are logged that no bucket of the report holds",
                          model.empty() ? "an unknown model" : model));
      finding.counter = name_of(Counter::total);
      finding.asserted = total ? std::optional(Count(0)) : std::nullopt;
      finding.calculated = total;
      finding.basis = fmt::format("sum of {} logged", tally.records);
    }
  }

  /// What the report does not speak of is said, and wrong nowhere.
  void say_outside() {
    if (billed_.buckets.empty()) return;
    const auto calls = [](const Tally& tally) {
      return fmt::format("{} call{}", tally.records, tally.records == 1 ? "" : "s");
    };
    if (before_.records > 0) {
      const Bucket& first = billed_.buckets.begin()->first;
      add(Severity::note, first,
          fmt::format("{} before the report's first bucket ({})", calls(before_),
                      window_text(first.first)));
    }
    if (after_.records == 0) return;
    const auto last = std::max_element(
        billed_.buckets.begin(), billed_.buckets.end(),
        [](const auto& a, const auto& b) { return a.first.first.end < b.first.first.end; });
    add(Severity::note, last->first,
        fmt::format("{} after the report's last bucket ({})", calls(after_),
                    window_text(last->first.first)));
  }

  const BilledUsage& billed_;
  const LoggedUsage& logged_;
  std::map<std::string, Tally> unbilled_;  ///< by model
  Tally before_;                           ///< logged before the first bucket
  Tally after_;                            ///< logged after the last bucket
  std::set<std::size_t> late_;             ///< matches that a late arrival explains
  BillComparison found_;
};

}  // namespace

BillComparison compare_bill(const BilledUsage& billed, const LoggedUsage& logged) {
  return Comparison(billed, logged).compare();
}

}  // namespace usagectl
