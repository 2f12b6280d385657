#include "analysis/prices/cost_checks.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>
#include <utility>

#include "formats/reading/take_cost.hpp"

namespace usagectl {
namespace {

std::string scope_text(const UsageRecord& record, std::string_view key) {
  const std::string* const value = scope_value(record, key);
  return value == nullptr ? std::string() : *value;
}

std::string_view sentence_of(std::string_view cause) {
  if (cause == "batch-discount-missed") return "the discount of a batch is missing";
  if (cause == "cache-lifetime-priced") return "an hour in the cache is priced as five minutes";
  if (cause == "cache-not-priced") return "the cache is missing";
  if (cause == "cache-priced-as-fresh") return "the cache is priced as fresh input";
  if (cause == "cache-priced-twice") return "the cache is priced twice";
  if (cause == "per-thousand-price") return "it is off by a factor of 1,000";
  if (cause == "price-of-another-time") return "it is the price of another time";
  if (cause == "reasoning-not-priced") return "the reasoning is missing";
  if (cause == "reasoning-priced-twice") return "the reasoning is priced twice";
  if (cause == "short-prompt-priced") return "it is the price of shorter prompts";
  return "the number is that of another currency";
}

Finding refuted(const Place& place, const Cost& cost, const CostJudgement& judgement) {
  Finding finding;
  finding.rule = Rule::cost;
  finding.severity = judgement.is_sure ? Severity::error : Severity::warning;
  finding.place = place_of_cost(place, cost.key);
  finding.counter = "cost";
  finding.cost = ComparedCost{cost.amount.money, judgement.calculated,
                              cost.currency.is_known() ? cost.currency : judgement.price->currency};
  finding.basis =
      fmt::format("by the price of {} as of {}", judgement.price->model, judgement.price->seen);
  if (judgement.causes.size() == 1) {
    finding.cause = judgement.causes.front();
    finding.explanation =
        fmt::format("the cost is not what the call costs: {}", sentence_of(finding.cause));
  } else {
    finding.possible_causes = judgement.causes;
    finding.explanation = "the cost is not what the call costs, and several mistakes give it";
  }
  return finding;
}

}  // namespace

void CostChecks::note(const UsageRecord& record) {
  ++last_;
  if (!record.cost && (record.same_id != SameId::growth || record.id.empty())) return;
  calls_.push_back({last_, record.place, record.cost,
                    CallToPrice{record.model, scope_text(record, "provider"), record.time,
                                scope_text(record, "tier"), record.counts, record.cache_write_1h,
                                is_sum_of_calls(record), is_charge_of_provider(record.dialect)}});
}

CheckedCosts CostChecks::finish(const Books& books) const {
  CheckedCosts checked;
  struct Unproven {
    Place first;
    std::uint64_t records = 0;
  };
  std::map<std::tuple<FileId, std::string_view, std::string>, Unproven> unproven;
  const RecordUses& uses = books.record_uses;
  for (const Call& noted : calls_) {
    if (noted.number > uses.uses.size() || uses.uses[noted.number - 1].bucket != Bucket::counted)
      continue;
    const auto later_cost = uses.final_costs.find(noted.number);
    const CostOfRecord& cost =
        later_cost == uses.final_costs.end() ? noted.cost : later_cost->second;
    if (!cost) continue;
    CallToPrice call = noted.call;
    const auto later_counts = uses.final_counts.find(noted.number);
    if (later_counts != uses.final_counts.end()) {
      const auto written = call.counts[Counter::cache_write];
      if (later_counts->second[Counter::cache_write] != written) call.hour_writes.reset();
      call.counts = later_counts->second;
    }
    const CostJudgement judgement = judge_cost(table_, call, *cost);
    switch (judgement.verdict) {
      case CostVerdict::holds: ++checked.held; break;
      case CostVerdict::refuted:
        checked.findings.push_back(refuted(noted.place, *cost, judgement));
        break;
      case CostVerdict::unproven: {
        ++checked.unproven;
        auto [known, is_new] =
            unproven.try_emplace({noted.place.file, judgement.why_not, call.model});
        if (is_new) known->second.first = place_of_cost(noted.place, cost->key);
        ++known->second.records;
      }
    }
  }
  for (auto& [key, one] : unproven) {
    const auto& [file, why, model] = key;
    const std::string of_model = model.empty() ? std::string() : fmt::format(" of {}", model);
    checked.findings.push_back(
        {.rule = Rule::cost,
         .severity = Severity::note,
         .place = one.first,
         .counter = "cost",
         .explanation = fmt::format(
             "the cost of {}{} is not proved: {}",
             one.records == 1 ? std::string("1 record") : fmt::format("{} records", one.records),
             of_model, why)});
  }
  return checked;
}

}  // namespace usagectl
