#include "ledger/calls/resumed_sums.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "model/count.hpp"

namespace usagectl {
namespace {

constexpr std::array kCompared = {Counter::input, Counter::cache_read, Counter::cache_write,
                                  Counter::output};

const UsageRecord* of_model(const ResumedSum& sum, const std::string& model) {
  const auto found = std::find_if(sum.records.begin(), sum.records.end(),
                                  [&](const UsageRecord& record) { return record.model == model; });
  return found == sum.records.end() ? nullptr : &*found;
}

/// Every counter of every model is at least as large here.
bool holds(const ResumedSum& later, const ResumedSum& earlier) {
  return std::all_of(
      earlier.records.begin(), earlier.records.end(), [&](const UsageRecord& record) {
        const UsageRecord* const now = of_model(later, record.model);
        return now != nullptr &&
               std::all_of(kCompared.begin(), kCompared.end(), [&](Counter counter) {
                 return now->counts[counter].value_or(0) >= record.counts[counter].value_or(0);
               });
      });
}

bool is_same(const ResumedSum& a, const ResumedSum& b) {
  const bool ids_fit = a.id.empty() || b.id.empty() || a.id == b.id;
  return ids_fit && a.own == b.own && a.records.size() == b.records.size() && holds(a, b) &&
         holds(b, a);
}

enum class GoesOn : std::uint8_t { no, perhaps, surely };

/// What the later sum holds beside its own usage is the earlier one, of the model that both used
/// most; helpers may have used more in between.
GoesOn goes_on(const ResumedSum& later, const ResumedSum& earlier) {
  if (later.own.empty() || !holds(later, earlier)) return GoesOn::no;
  bool is_more = true;
  for (const UsageRecord& record : earlier.records) {
    const UsageRecord& now = *of_model(later, record.model);
    bool is_exact = true;
    for (const Counter counter : kCompared) {
      ExactSum before(now.counts[counter].value_or(0));
      before -= later.own[counter].value_or(0);
      const ExactSum was(record.counts[counter].value_or(0));
      is_exact = is_exact && before == was;
      is_more = is_more && !(before < was);
    }
    if (is_exact) return GoesOn::surely;
  }
  return is_more ? GoesOn::perhaps : GoesOn::no;
}

void say_unproved(const ResumedSum& earlier, const ResumedSum& later, Observations& settled) {
  Finding finding;
  finding.rule = Rule::duplicate;
  finding.severity = Severity::warning;
  finding.place = earlier.records.front().place;
  finding.cause = "not-counted";
  finding.explanation =
      "a later result of the session reports more and may hold this one, which no number proves: "
      "only the later one is counted";
  finding.witnesses.push_back({later.records.front().place, later.records.front().counts});
  settled.finding(std::move(finding));
}

class Settler {
 public:
  explicit Settler(std::vector<ResumedSum> sums) : sums_(std::move(sums)) {}

  Observations settle() {
    std::map<std::string, std::vector<std::size_t>> series;
    for (std::size_t i = 0; i < sums_.size(); ++i) series[sums_[i].series].push_back(i);
    std::vector<bool> is_set_aside(sums_.size());
    for (const auto& [name, members] : series) {
      for (std::size_t i = 0; i < members.size(); ++i)
        is_set_aside[members[i]] = is_told_elsewhere(members, i);
    }
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      if (is_set_aside[i]) continue;
      for (UsageRecord& record : sums_[i].records) settled_.record(std::move(record));
    }
    return std::move(settled_);
  }

 private:
  bool is_told_elsewhere(const std::vector<std::size_t>& members, std::size_t place) {
    const ResumedSum& sum = sums_[members[place]];
    const ResumedSum* perhaps = nullptr;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const ResumedSum& other = sums_[members[i]];
      if (i == place) continue;
      if (is_same(sum, other)) {
        if (i > place) continue;
        settled_.duplicate(sum.records.size());
        return true;
      }
      const GoesOn verdict = goes_on(other, sum);
      if (verdict == GoesOn::surely) {
        settled_.held();
        settled_.ignored("result that a later one of the session includes", sum.records.size());
        return true;
      }
      if (verdict == GoesOn::perhaps) perhaps = &other;
    }
    if (perhaps == nullptr) return false;
    settled_.ignored("result that a later one of the session includes", sum.records.size());
    say_unproved(sum, *perhaps, settled_);
    return true;
  }

  std::vector<ResumedSum> sums_;
  Observations settled_;
};

}  // namespace

Observations settle_resumed_sums(std::vector<ResumedSum> sums) {
  return Settler(std::move(sums)).settle();
}

}  // namespace usagectl
