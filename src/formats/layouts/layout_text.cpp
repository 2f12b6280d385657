// A Layout in, the JSON of its file out.
#include "formats/layouts/layout_text.hpp"

#include <nlohmann/json.hpp>

#include "formats/layouts/text/text_layout.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json texts(const std::vector<PathPattern>& patterns) {
  if (patterns.size() == 1) return patterns.front().text();
  ordered_json list = ordered_json::array();
  for (const PathPattern& pattern : patterns) list.push_back(pattern.text());
  return list;
}

std::string key_text(const PathPattern& path) {
  const std::string pointer = path.text();
  return pointer.empty() ? pointer : pointer.substr(1);
}

ordered_json json_of(const PlainValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* count = std::get_if<Count>(&value)) return *count;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

/// One as it is, several as a list.
template <typename Item, typename Text>
ordered_json one_or_more(const std::vector<Item>& items, Text&& text) {
  if (items.size() == 1) return text(items.front());
  ordered_json list = ordered_json::array();
  for (const Item& item : items) list.push_back(text(item));
  return list;
}

ordered_json json_of(const ValueSource& source) {
  if (source.find == nullptr) return source.text();
  return {{"from", source.text()}, {"find", source.find->pattern()}};
}

ordered_json json_of(const Sources& sources) {
  return one_or_more(sources, [](const ValueSource& one) { return json_of(one); });
}

ordered_json json_of(const Condition& condition);

ordered_json json_of(const std::vector<Condition>& conditions) {
  ordered_json list = ordered_json::array();
  for (const Condition& condition : conditions) list.push_back(json_of(condition));
  return list;
}

ordered_json json_of(const Condition& condition) {
  if (condition.is_negated) {
    Condition plain = condition;
    plain.is_negated = false;
    return {{"not", json_of(plain)}};
  }
  if (!condition.any.empty()) return {{"any", json_of(condition.any)}};
  const std::string at = condition.at ? condition.at->text() : condition.from.text();
  const bool is_place = condition.is.empty() && condition.is_not.empty() &&
                        condition.begins.empty() && !condition.matches;
  if (is_place) return at;
  ordered_json json = {{"at", at}};
  if (!condition.is.empty())
    json["is"] = one_or_more(condition.is, [](const PlainValue& one) { return json_of(one); });
  if (!condition.is_not.empty())
    json["is_not"] =
        one_or_more(condition.is_not, [](const PlainValue& one) { return json_of(one); });
  if (!condition.begins.empty()) json["begins"] = condition.begins;
  if (condition.matches) json["matches"] = condition.matches->pattern();
  return json;
}

ordered_json known_by(const Layout& layout) {
  const bool is_place = layout.known_by.size() == 1 && json_of(layout.known_by.front()).is_string();
  return is_place ? json_of(layout.known_by.front()) : json_of(layout.known_by);
}

ordered_json ignored(const Layout& layout) {
  const bool is_place = layout.ignored.size() == 1 && layout.ignored.front().rule.empty();
  if (is_place) return layout.ignored.front().at.text();
  ordered_json list = ordered_json::array();
  for (const IgnoredPlace& place : layout.ignored) {
    if (place.rule.empty()) {
      list.push_back(place.at.text());
      continue;
    }
    ordered_json json = {{"at", place.at.text()}};
    if (!place.where.empty()) json["where"] = json_of(place.where);
    json["rule"] = place.rule;
    if (!place.missing.empty()) json["missing"] = place.missing;
    list.push_back(std::move(json));
  }
  return list;
}

ordered_json lines(const Layout& layout) {
  if (layout.words.empty()) return true;
  return {{"words", layout.words}};
}

ordered_json context(const Layout& layout) {
  ordered_json json = ordered_json::object();
  for (const RememberedValue& remembered : layout.context) {
    json[remembered.name] = {{"from", json_of(remembered.from)}};
    if (!remembered.where.empty()) json[remembered.name]["where"] = json_of(remembered.where);
  }
  return json;
}

ordered_json json_of(const IdSource& id) {
  if (id.all.size() == 1 && id.with.empty() && !id.is_numbered) return json_of(id.all.front());
  ordered_json json;
  json["all"] = ordered_json::array();
  for (const Sources& one : id.all) json["all"].push_back(json_of(one));
  if (!id.with.empty()) json["with"] = json_of(id.with);
  if (id.is_numbered) json["numbered"] = true;
  return json;
}

/// The key of a counter, or all of its spellings.
void add_counter(ordered_json& counters, const std::string& name, const std::string& key) {
  if (!counters.contains(name)) {
    counters[name] = key;
    return;
  }
  if (counters[name].is_string()) counters[name] = ordered_json::array({counters[name]});
  counters[name].push_back(key);
}

ordered_json json_of(const RepeatedUsage& again) {
  ordered_json json = {{"at", again.at.text()}};
  for (const auto& [quantity, key] : again.counters)
    add_counter(json["counters"], std::string(name_of(quantity)), key_text(key));
  if (!again.where.empty()) json["where"] = json_of(again.where);
  return json;
}

ordered_json json_of(const LayoutRecord& record) {
  ordered_json json = {
      {"at", record.at.text()}, {"role", std::string(name_of(record.role))}, {"view", record.view}};
  if (!record.usage.empty()) json["usage"] = record.usage;
  if (!record.where.empty()) json["where"] = json_of(record.where);
  if (!record.counted) json["counted"] = false;
  if (record.counted_alone) json["counted"] = "alone";
  if (!record.rule.empty()) json["rule"] = record.rule;
  if (!record.why.empty()) json["why"] = record.why;
  for (const auto& [quantity, key] : record.counters)
    add_counter(json["counters"], std::string(name_of(quantity)), key_text(key));
  for (const auto& [axis, answer] : record.meaning) json["meaning"][axis] = answer;
  if (record.digits) json["digits"] = true;
  if (!record.dialect.empty()) json["dialect"] = record.dialect;
  if (!record.requests.empty()) json["requests"] = json_of(record.requests);
  if (record.id.is_given()) json["id"] = json_of(record.id);
  if (record.same_id == SameId::growth) json["same_id"] = "growth";
  if (!record.id_within.empty()) json["id_within"] = json_of(record.id_within);
  if (!record.same_usage.empty()) json["same_usage"] = json_of(record.same_usage);
  if (!record.series.empty()) json["series"] = json_of(record.series);
  if (!record.model.empty()) json["model"] = json_of(record.model);
  if (!record.time.empty()) json["time"] = json_of(record.time);
  if (!record.until.empty()) json["until"] = json_of(record.until);
  if (!record.zone.empty()) json["zone"] = record.zone;
  if (!record.cost.empty()) json["cost"] = json_of(record.cost);
  if (!record.stated_cost.empty()) json["stated_cost"] = json_of(record.stated_cost);
  if (record.currency.is_known()) json["currency"] = record.currency.code();
  for (const ScopeSource& scope : record.scope)
    json["by"][std::string(scope.name)] = json_of(scope.from);
  if (record.all_may_be_missing) json["may_be_missing"] = true;
  if (!record.may_be_missing.empty()) json["may_be_missing"] = record.may_be_missing;
  if (!record.again.empty())
    json["again"] = one_or_more(record.again, [](const auto& one) { return json_of(one); });
  return json;
}

void add_lines(const ClaimedLines& lines, ordered_json& json) {
  if (!lines.are_others()) return;
  if (lines.span == ClaimedLines::Span::since)
    json["lines"]["since"] = json_of(lines.since);
  else
    json["lines"] = std::string(kClaimedLines[static_cast<std::size_t>(lines.span) - 1]);
  if (!lines.same.empty()) json["same"] = json_of(lines.same);
  if (!lines.where.empty()) json["where"] = json_of(lines.where);
}

ordered_json json_of(const LayoutClaim& claim) {
  ordered_json json = {{std::string(kClaimKinds[static_cast<std::size_t>(claim.kind)]),
                        claim.about_view.empty() ? claim.about.text() : claim.about_view}};
  const char* const other = claim.kind == LayoutClaim::Kind::equal        ? "to"
                            : claim.kind == LayoutClaim::Kind::continuity ? "adds"
                                                                          : "of";
  const bool needs_other =
      claim.kind == LayoutClaim::Kind::sum || claim.kind == LayoutClaim::Kind::count;
  if (needs_other || !claim.of.empty()) json[other] = texts(claim.of);
  if (!claim.of_views.empty()) {
    ordered_json all = claim.of_views;
    for (const PathPattern& of : claim.of) all.push_back(of.text());
    json[other] = all;
  }
  if (!claim.by.empty()) json["by"] = claim.by;
  add_lines(claim.lines, json);
  if (claim.counter) json["counter"] = std::string(name_of(*claim.counter));
  if (claim.is_warning) json["severity"] = "warning";
  if (!claim.evidence.empty()) json["evidence"] = claim.evidence;
  return json;
}

}  // namespace

std::string layout_text(const Layout& layout) {
  ordered_json json = {{"layout", layout.id}};
  if (!layout.description.empty()) json["description"] = layout.description;
  if (!layout.url.empty()) json["url"] = layout.url;
  if (!layout.seen.empty()) json["seen"] = layout.seen;
  if (layout.inferred) json["inferred"] = true;
  if (layout.is_bill) json["bill"] = true;
  if (!layout.in.empty()) json["in"] = texts(layout.in);
  if (layout.is_lines) json["lines"] = lines(layout);
  if (layout.json_in_texts) json["json_in_texts"] = true;
  if (!layout.context.empty()) json["context"] = context(layout);
  if (!layout.known_by.empty()) json["known_by"] = known_by(layout);
  if (!layout.ignored.empty()) json["ignored"] = ignored(layout);
  if (layout.text) json["text"] = ordered_json::parse(text_layout_json(*layout.text));
  json["records"] = ordered_json::array();
  for (const LayoutRecord& record : layout.records) json["records"].push_back(json_of(record));
  json["claims"] = ordered_json::array();
  for (const LayoutClaim& claim : layout.claims) json["claims"].push_back(json_of(claim));
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace usagectl
