#include "render/summary_json.hpp"

#include <nlohmann/json.hpp>

#include "render/parts/cost_json.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"
#include "render/text/json_writer.hpp"

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
         {"records", sum.records},
         {"zeros", sum.zeros}});
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
    case NoPrice::other_tier: return "tier of service";
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

void write_tally(const Tally& tally, JsonWriter& json) {
  json.key("records");
  json.number(tally.records);
  json.key("requests");
  json.number_or_null(tally.sum_of(Counter::requests));
  json.key("completions");
  json.number_or_null(tally.sum_of(Counter::completions));
  json.key("tokens");
  json.begin_object();
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    json.key(kCounterNames[i]);
    json.number_or_null(tally.sum_of(kCounters[i]));
  }
  json.end();
  json.key("known");
  json.begin_object();
  for (const Counter counter : kCounters) {
    if (tally.known_of(counter) == 0) continue;
    json.key(usagectl::name_of(counter));
    json.number(tally.known_of(counter));
  }
  json.end();
  if (!tally.costs.empty()) {
    json.key("cost");
    json.value(cost_json(tally));
  }
  if (const auto length = tally.sum_of(Counter::chain_length)) {
    json.key("chain_length");
    json.number(*length);
  }
}

void write_calculated(const std::optional<CalculatedCost>& cost, JsonWriter& json) {
  if (!cost) return;
  json.key("calculated");
  json.value(calculated_json(*cost));
}

void write_groups(const Breakdown& breakdown, JsonWriter& json) {
  json.key("groups");
  json.begin_array();
  for (const SummaryGroup& group : breakdown.groups) {
    json.begin_object();
    json.key("by");
    json.begin_object();
    for (std::size_t i = 0; i < breakdown.by.size() && i < group.key.size(); ++i) {
      json.key(breakdown.by[i]);
      if (group.key[i])
        json.text(*group.key[i]);
      else
        json.null();
    }
    json.end();
    write_tally(group.tally, json);
    write_calculated(group.calculated, json);
    json.end();
  }
  json.end();
}

/// What the groups leave out: "rest": {"groups": 12, "records": …}.
void write_rest(const Breakdown& breakdown, JsonWriter& json) {
  if (breakdown.rest_groups == 0) return;
  json.key("rest");
  json.begin_object();
  json.key("groups");
  json.number(std::uint64_t{breakdown.rest_groups});
  write_tally(breakdown.rest, json);
  json.end();
}

}  // namespace

void write_summary_json(const SummaryReport& report, const TextSink& out) {
  JsonWriter json(out);
  json.begin_object();
  json.key("schema");
  json.text("usagectl.summary/1");
  json.key("tool");
  json.value(tool_json());
  json.key("inputs");
  json.value(intake_json(report.intake));
  write_groups(report.main, json);
  json.key("total");
  json.begin_object();
  write_tally(report.total, json);
  if (report.calculated) write_calculated(report.calculated->total, json);
  json.end();
  write_rest(report.main, json);
  if (report.calculated) {
    json.key("prices");
    json.value(prices_json(*report.calculated));
  }
  if (!report.zone.empty()) {
    json.key("timezone");
    json.text(report.zone);
  }
  if (!report.others.empty()) {
    json.key("views");
    json.begin_array();
    for (const Breakdown& view : report.others) {
      json.begin_object();
      json.key("by");
      json.value(view.by);
      write_groups(view, json);
      write_rest(view, json);
      json.end();
    }
    json.end();
  }
  json.end();
  json.finish();
}

}  // namespace usagectl
