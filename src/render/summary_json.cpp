#include "render/summary_json.hpp"

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "render/parts/cost_json.hpp"
#include "render/parts/counts_json.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json money_json(std::string_view basis, const CostSums& costs, std::uint64_t records) {
  const auto whole = costs.whole(records);
  ordered_json known = ordered_json::array();
  for (const CostSum& sum : costs.by_currency()) {
    known.push_back(
        {{"amount", sum.overflows ? ordered_json(nullptr) : ordered_json(sum.sum.text())},
         {"currency", currency_json(sum.currency)},
         {"records", sum.records}});
  }
  return {{"basis", basis},
          {"amount", whole ? ordered_json(whole->sum.text()) : ordered_json(nullptr)},
          {"currency", whole ? currency_json(whole->currency) : ordered_json(nullptr)},
          {"known", std::move(known)}};
}

/// What the records state. The amount is unknown unless each of them states one, in one currency.
ordered_json cost_json(const Tally& tally) {
  return money_json("recorded", tally.costs, tally.records);
}

ordered_json calculated_json(const CalculatedCost& cost) {
  return money_json("calculated", cost.sums, cost.records);
}

std::string_view name_of(NoPrice why) {
  switch (why) {
    case NoPrice::known: break;
    case NoPrice::no_model: return "no model";
    case NoPrice::not_listed: return "no price";
    case NoPrice::counts_unknown: return "counts unknown";
    case NoPrice::beyond_prompt: return "longer prompt";
  }
  return "known";
}

/// Which prices were used, and what has none.
ordered_json prices_json(const CalculatedCosts& costs) {
  ordered_json unpriced = ordered_json::array();
  for (const auto& [model, one] : costs.unpriced) {
    unpriced.push_back({{"model", model.empty() ? ordered_json(nullptr) : json_string(model)},
                        {"records", one.records},
                        {"reason", name_of(one.why)}});
  }
  return {{"newest", costs.newest},
          {"unpriced", std::move(unpriced)},
          {"assumes_5_minutes", costs.assumes_5_minutes},
          {"assumes_no_cache", costs.assumes_no_cache}};
}

void put_tally(const Tally& tally, ordered_json& json) {
  json["records"] = tally.records;
  json["requests"] = count_json(tally.sum_of(Counter::requests));
  json["completions"] = count_json(tally.sum_of(Counter::completions));
  json["tokens"] = tokens_json(tally);
  json["known"] = known_json(tally);
  if (!tally.costs.empty()) json["cost"] = cost_json(tally);
  if (const auto length = tally.sum_of(Counter::chain_length)) json["chain_length"] = *length;
}

ordered_json groups_json(const Breakdown& breakdown) {
  ordered_json groups = ordered_json::array();
  for (const auto& group : breakdown.groups) {
    ordered_json by = ordered_json::object();
    for (std::size_t i = 0; i < breakdown.by.size() && i < group.key.size(); ++i) {
      const auto& value = group.key[i];
      by[breakdown.by[i]] = value ? json_string(*value) : ordered_json(nullptr);
    }
    ordered_json json = {{"by", std::move(by)}};
    put_tally(group.tally, json);
    if (group.calculated) json["calculated"] = calculated_json(*group.calculated);
    groups.push_back(std::move(json));
  }
  return groups;
}

/// What the groups leave out: "rest": {"groups": 12, "records": …}.
void put_rest(const Breakdown& breakdown, ordered_json& json) {
  if (breakdown.rest_groups == 0) return;
  ordered_json rest = {{"groups", breakdown.rest_groups}};
  put_tally(breakdown.rest, rest);
  json["rest"] = std::move(rest);
}

}  // namespace

ordered_json summary_json(const SummaryReport& report) {
  ordered_json total = ordered_json::object();
  put_tally(report.total, total);
  if (report.calculated) total["calculated"] = calculated_json(report.calculated->total);
  ordered_json json = {{"schema", "usagectl.summary/1"},
                       {"tool", tool_json()},
                       {"inputs", intake_json(report.intake)},
                       {"groups", groups_json(report.main)},
                       {"total", std::move(total)}};
  put_rest(report.main, json);
  if (report.calculated) json["prices"] = prices_json(*report.calculated);
  if (!report.zone.empty()) json["timezone"] = report.zone;
  if (!report.others.empty()) {
    ordered_json views = ordered_json::array();
    for (const auto& view : report.others) {
      views.push_back({{"by", view.by}, {"groups", groups_json(view)}});
      put_rest(view, views.back());
    }
    json["views"] = std::move(views);
  }
  return json;
}

}  // namespace usagectl
