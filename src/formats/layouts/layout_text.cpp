// A Layout in, the JSON of its file out.
#include "formats/layouts/layout_text.hpp"

#include <nlohmann/json.hpp>

#include "formats/layouts/text_layout.hpp"

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

ordered_json known_by(const Layout& layout) {
  if (layout.known_texts.empty()) return texts(layout.known_by);
  ordered_json list = ordered_json::array();
  for (const PathPattern& pattern : layout.known_by) list.push_back(pattern.text());
  for (const TextTest& test : layout.known_texts) {
    ordered_json json = {{"at", test.at.text()}};
    if (test.is.size() == 1) json["is"] = test.is.front();
    if (test.is.size() > 1) json["is"] = test.is;
    if (!test.begins.empty()) json["begins"] = test.begins;
    list.push_back(std::move(json));
  }
  return list;
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

ordered_json json_of(const LayoutRecord& record) {
  ordered_json json = {
      {"at", record.at.text()}, {"role", std::string(name_of(record.role))}, {"view", record.view}};
  if (!record.usage.empty()) json["usage"] = record.usage;
  if (!record.counted) json["counted"] = false;
  if (!record.why.empty()) json["why"] = record.why;
  for (const auto& [quantity, key] : record.counters)
    add_counter(json["counters"], std::string(name_of(quantity)), key_text(key));
  for (const auto& [axis, answer] : record.meaning) json["meaning"][axis] = answer;
  if (record.digits) json["digits"] = true;
  if (record.requests) json["requests"] = key_text(*record.requests);
  if (record.id) json["id"] = record.id->text();
  if (record.model) json["model"] = record.model->text();
  if (record.time) json["time"] = record.time->text();
  for (const ScopeSource& scope : record.scope)
    json["by"][std::string(scope.name)] = scope.from.text();
  return json;
}

ordered_json json_of(const LayoutClaim& claim) {
  ordered_json json = {
      {std::string(kClaimKinds[static_cast<std::size_t>(claim.kind)]), claim.about.text()}};
  const char* const other = claim.kind == LayoutClaim::Kind::equal        ? "to"
                            : claim.kind == LayoutClaim::Kind::continuity ? "adds"
                                                                          : "of";
  const bool needs_other =
      claim.kind == LayoutClaim::Kind::sum || claim.kind == LayoutClaim::Kind::count;
  if (needs_other || !claim.of.empty()) json[other] = texts(claim.of);
  if (!claim.by.empty()) json["by"] = claim.by;
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
  if (!layout.known_by.empty() || !layout.known_texts.empty()) json["known_by"] = known_by(layout);
  if (!layout.ignored.empty()) json["ignored"] = texts(layout.ignored);
  if (layout.text) json["text"] = ordered_json::parse(text_layout_json(*layout.text));
  json["records"] = ordered_json::array();
  for (const LayoutRecord& record : layout.records) json["records"].push_back(json_of(record));
  json["claims"] = ordered_json::array();
  for (const LayoutClaim& claim : layout.claims) json["claims"].push_back(json_of(claim));
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace usagectl
