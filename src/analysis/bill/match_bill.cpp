#include "analysis/bill/match_bill.hpp"

#include <algorithm>
#include <iterator>

#include "base/model_name.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t kSecondsOfHour = 3'600;

/// Whether all rows of both sides have the label, and which of its values both sides have.
struct SharedLabel {
  bool is_everywhere = true;
  bool is_shared = false;
};

template <typename Label>
SharedLabel shared_label(const BilledReport& report, const LoggedUsage& logged, Label label) {
  SharedLabel shared;
  std::set<std::string> billed;
  for (const BilledRow& row : report.rows) {
    const std::string& value = label(row.labels);
    shared.is_everywhere = shared.is_everywhere && !value.empty();
    billed.insert(value);
  }
  for (const LoggedRow& row : logged.rows) {
    const std::string& value = label(row.labels);
    shared.is_everywhere = shared.is_everywhere && !value.empty();
    shared.is_shared = shared.is_shared || (!value.empty() && billed.contains(value));
  }
  return shared;
}

/// "batch", "Batch", "batch_api".
bool is_batch(const std::string& tier) { return tier.find("atch") != std::string::npos; }

}  // namespace

std::optional<Count> BillBucket::sum(Counter counter, bool of_bill) const {
  if (of_bill) return billed.sum_of(counter);
  if (logged.records == 0) return billed.sum_of(counter) ? std::optional(Count(0)) : std::nullopt;
  return whole_sum(logged, counter);
}

std::optional<Count> BillBucket::apart(Counter counter) const {
  const auto of_bill = sum(counter, true);
  const auto of_logs = sum(counter, false);
  if (!of_bill || !of_logs) return std::nullopt;
  ExactSum difference(*of_bill);
  difference -= *of_logs;
  return difference.count();
}

bool BillBucket::agrees() const {
  if (is_cost) return logged.records > 0;
  return std::all_of(std::begin(kBilledCounters), std::end(kBilledCounters),
                     [&](Counter counter) { return apart(counter).value_or(0) == 0; });
}

std::size_t Matched::agreeing() const {
  return static_cast<std::size_t>(std::count_if(
      buckets.begin(), buckets.end(), [](const BillBucket& bucket) { return bucket.agrees(); }));
}

namespace {

/// The hours in which calls were logged, and those beside them for logs in another zone.
Window hours_asked_for(const LoggedUsage& logged) {
  constexpr std::int64_t kHoursBeside = 48;
  Window asked;
  for (const LoggedRow& row : logged.rows) {
    const bool is_first = &row == &logged.rows.front();
    asked.begin = is_first ? row.window.begin : std::min(asked.begin, row.window.begin);
    asked.end = is_first ? row.window.end : std::max(asked.end, row.window.end);
  }
  return {asked.begin - kHoursBeside, asked.end + kHoursBeside};
}

}  // namespace

BillMatcher::BillMatcher(const BilledReport& report, const LoggedUsage& logged)
    : report_(report), logged_(logged) {
  const auto project = shared_label(
      report, logged, [](const BillLabels& one) -> const std::string& { return one.project; });
  const auto key = shared_label(
      report, logged, [](const BillLabels& one) -> const std::string& { return one.key; });
  by_project_ = project.is_everywhere && project.is_shared;
  by_key_ = key.is_everywhere && key.is_shared;
  has_other_labels_ = !logged.rows.empty() && ((project.is_everywhere && !project.is_shared) ||
                                               (key.is_everywhere && !key.is_shared));
  name_ambiguous_models(logged);
  std::set<std::string> logged_ids;
  for (const LoggedRow& row : logged.rows) {
    if (!row.id.empty()) logged_ids.insert(row.id);
  }
  std::set<BucketName> with_unlogged_call;
  std::map<BucketName, BillBucket> buckets;
  for (const BilledRow& row : report.rows) {
    const BucketName name{row.window, labels_of(row.labels)};
    const auto [found, is_new] = buckets.try_emplace(name);
    BillBucket& bucket = found->second;
    if (is_new) {
      bucket.name = name;
      bucket.place = row.place;
      bucket.is_cost = row.is_cost;
    }
    // A call that nobody logged is what a finding about the bucket is about.
    const bool is_unlogged = report.is_of_calls && !row.id.empty() && !logged_ids.contains(row.id);
    if (is_unlogged && with_unlogged_call.insert(name).second) bucket.place = row.place;
    bucket.is_cost = bucket.is_cost && row.is_cost;
    bucket.billed.merge(row.tally);
    if (is_batch(row.tier)) bucket.batch.merge(row.tally);
    if (!row.id.empty() && report.is_of_calls)
      hours_of_ids_.try_emplace(row.id, row.at / kSecondsOfHour);
    whole_.begin = whole_.end == 0 ? row.window.begin : std::min(whole_.begin, row.window.begin);
    whole_.end = std::max(whole_.end, row.window.end);
    first_call_ = first_call_ == 0 ? row.at : std::min(first_call_, row.at);
    last_call_ = std::max(last_call_, row.at);
  }
  const Window asked = hours_asked_for(logged);
  for (auto& [name, bucket] : buckets) {
    models_.insert(name.labels.model);
    for (const Counter counter : kBilledCounters) {
      if (bucket.billed.known_of(counter) > 0) nothing_.set(counter, Count(0));
    }
    // A window may end in a far century; only hours with calls are asked for.
    const std::int64_t end = std::min(name.window.end, asked.end);
    for (std::int64_t hour = std::max(name.window.begin, asked.begin); hour < end; ++hour)
      by_hour_[hour].push_back(buckets_.size());
    buckets_.push_back(std::move(bucket));
  }
}

/// Logs that name no date may mean several dated models of the report: these are one, then.
void BillMatcher::name_ambiguous_models(const LoggedUsage& logged) {
  std::set<std::string> billed;
  for (const BilledRow& row : report_.rows) {
    if (!row.labels.model.empty()) billed.insert(row.labels.model);
  }
  std::set<std::string> names;
  for (const LoggedRow& row : logged.rows) {
    if (!row.labels.model.empty()) names.insert(row.labels.model);
  }
  for (const std::string& name : names) {
    if (billed.contains(name)) continue;
    std::vector<std::string> may_be;
    for (const std::string& model : billed) {
      if (may_be_same_model(model, name)) may_be.push_back(model);
    }
    if (may_be.size() < 2) continue;
    for (const std::string& model : may_be) common_names_.try_emplace(model, name);
  }
}

const std::string& BillMatcher::model_of(const std::string& model) const {
  const auto common = common_names_.find(model);
  return common == common_names_.end() ? model : common->second;
}

BillLabels BillMatcher::labels_of(const BillLabels& labels) const {
  return {model_of(labels.model), by_project_ ? labels.project : std::string(),
          by_key_ ? labels.key : std::string()};
}

/// The labels of a logged row as the report has them.
BillLabels BillMatcher::billed_labels(const LoggedRow& row, const Reading& reading) const {
  BillLabels labels = labels_of(row.labels);
  if (const auto renamed = reading.billed_models.find(row.labels.model);
      renamed != reading.billed_models.end())
    labels.model = renamed->second;
  return labels;
}

/// A bucket for what is logged in a window of the report, of a model that it has at other times.
std::optional<BillBucket> BillMatcher::absent_bucket(const Window& window,
                                                     const BillLabels& labels) const {
  const auto here = by_hour_.find(window.begin);
  if (here == by_hour_.end() || report_.is_in_money || labels.model.empty()) return std::nullopt;
  const auto model = std::find_if(models_.begin(), models_.end(), [&](const std::string& known) {
    return !known.empty() && may_be_same_model(known, labels.model);
  });
  const Window& of_report = buckets_[here->second.front()].name.window;
  if (model == models_.end() || of_report.end < window.end) return std::nullopt;
  BillBucket bucket;
  bucket.name = {of_report, labels};
  if (!models_.contains(labels.model)) bucket.name.labels.model = *model;
  bucket.place = buckets_[here->second.front()].place;
  bucket.is_absent = true;
  bucket.billed.add(nothing_);
  return bucket;
}

/// The bucket that holds all of the time: by the exact name of the model first.
std::optional<std::size_t> BillMatcher::bucket_of(const Window& window,
                                                  const BillLabels& labels) const {
  const auto here = by_hour_.find(window.begin);
  if (here == by_hour_.end()) return std::nullopt;
  const std::string& model = labels.model;
  std::optional<std::size_t> alias;
  std::optional<std::size_t> of_all;
  for (const std::size_t index : here->second) {
    const BucketName& name = buckets_[index].name;
    if (name.window.end < window.end || name.labels.project != labels.project ||
        name.labels.key != labels.key)
      continue;
    if (name.labels.model == model) return index;
    if (name.labels.model.empty()) {
      if (!of_all) of_all = index;
    } else if (!model.empty() && !alias && may_be_same_model(name.labels.model, model)) {
      alias = index;
    }
  }
  return alias ? alias : of_all;
}

Matched BillMatcher::match(const Reading& reading) const {
  Matched matched;
  matched.buckets = buckets_;
  std::map<BucketName, std::size_t> absent;
  for (const LoggedRow& row : logged_.rows) {
    Window window{row.window.begin + reading.shift, row.window.end + reading.shift};
    const std::int64_t at = row.at + reading.shift * kSecondsOfHour;
    bool is_outside = report_.is_of_calls &&
                      (at < first_call_ - kSecondsOfClocks || at > last_call_ + kSecondsOfClocks);
    // The same call at another moment: the report's one counts.
    if (const auto known = row.id.empty() ? hours_of_ids_.end() : hours_of_ids_.find(row.id);
        known != hours_of_ids_.end()) {
      window = {known->second, known->second + 1};
      is_outside = false;
    }
    const BillLabels labels = billed_labels(row, reading);
    auto index = is_outside ? std::nullopt : bucket_of(window, labels);
    if (!index && !is_outside) {
      if (auto bucket = absent_bucket(window, labels)) {
        const auto [known, is_new] = absent.try_emplace(bucket->name, matched.buckets.size());
        if (is_new) matched.buckets.push_back(std::move(*bucket));
        index = known->second;
      }
    }
    if (!index) {
      matched.unmatched.push_back(&row);
      continue;
    }
    BillBucket& bucket = matched.buckets[*index];
    bucket.logged.merge(row.tally);
    if (window.end == bucket.name.window.end) bucket.last_hour.merge(row.tally);
    bucket.models.insert(row.labels.model);
  }
  std::sort(matched.buckets.begin(), matched.buckets.end(),
            [](const BillBucket& a, const BillBucket& b) { return a.name < b.name; });
  return matched;
}

bool BillMatcher::knows(const std::string& model, const Reading& reading) const {
  if (reading.billed_models.contains(model)) return true;
  return std::any_of(buckets_.begin(), buckets_.end(), [&](const BillBucket& bucket) {
    return may_be_same_model(bucket.name.labels.model, model);
  });
}

}  // namespace usagectl
