#include "render/summary_json.hpp"

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "render/parts/counts_json.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

void put_tally(const Tally& tally, ordered_json& json) {
  json["records"] = tally.records;
  json["requests"] = count_json(tally.sum_of(Counter::requests));
  json["completions"] = count_json(tally.sum_of(Counter::completions));
  json["tokens"] = tokens_json(tally);
  json["known"] = known_json(tally);
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
  ordered_json json = {{"schema", "usagectl.summary/1"},
                       {"tool", tool_json()},
                       {"inputs", intake_json(report.intake)},
                       {"groups", groups_json(report.main)},
                       {"total", std::move(total)}};
  put_rest(report.main, json);
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
