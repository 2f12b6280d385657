#include "formats/layouts/path_uses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "formats/layouts/claims/claim_parts.hpp"
#include "formats/layouts/layout_text.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

std::string quoted(std::string_view path) { return fmt::format("\"{}\"", path); }

std::string text_of(const Sources& sources) {
  std::string text;
  for (const ValueSource& source : sources)
    text += (text.empty() ? "" : " or ") + quoted(source.text());
  return text;
}

/// The key of a counter: "a/b".
std::string text_of(const PathPattern& key) {
  const std::string pointer = key.text();
  return quoted(pointer.empty() ? pointer : pointer.substr(1));
}

bool may_be_missing(const LayoutRecord& record, std::string_view key) {
  return std::find(record.may_be_missing.begin(), record.may_be_missing.end(), key) !=
         record.may_be_missing.end();
}

}  // namespace

PathUses::PathUses(const Layout& layout) : layout_(layout) {
  if (!layout.is_given) return;
  for (std::size_t i = 0; i < layout.records.size(); ++i)
    add_record(layout.records[i], pointer_to("/records", i));
  for (std::size_t i = 0; i < layout.claims.size(); ++i) {
    const LayoutClaim& claim = layout.claims[i];
    const auto add = [&](const PathPattern& place, std::string_view key) {
      // Those of records are said once, as such.
      if (place.tokens.empty() || !records_at(layout, place).empty()) return;
      paths_.push_back({.use = {.place = pointer_to(pointer_to("/claims", i), key),
                                .path = quoted(place.text()),
                                .in = layout.is_lines ? "lines" : "documents"},
                        .place = &place});
    };
    add(claim.about, kClaimKinds[static_cast<std::size_t>(claim.kind)]);
    for (const PathPattern& of : claim.of)
      add(of, claim.kind == LayoutClaim::Kind::equal        ? "to"
              : claim.kind == LayoutClaim::Kind::continuity ? "adds"
                                                            : "of");
  }
}

void PathUses::add_record(const LayoutRecord& record, const std::string& at) {
  if (record.all_may_be_missing) return;
  if (!record.at.tokens.empty())
    paths_.push_back({.use = {.place = pointer_to(at, "at"),
                              .path = quoted(record.at.text()),
                              .in = layout_.is_lines ? "lines" : "documents"},
                      .record = &record,
                      .place = &record.at});
  const auto add = [&](std::string_view key, const std::string& below, const Sources& sources) {
    if (sources.empty() || may_be_missing(record, key)) return;
    paths_.push_back(
        {.use = {.place = pointer_to(at + below, key), .path = text_of(sources), .in = "records"},
         .record = &record,
         .sources = &sources});
  };
  for (const Sources& id : record.id.all) add("id", {}, id);
  add("id_within", {}, record.id_within);
  add("same_usage", {}, record.same_usage);
  add("series", {}, record.series);
  add("model", {}, record.model);
  add("time", {}, record.time);
  add("until", {}, record.until);
  add("requests", {}, record.requests);
  add("cost", {}, record.cost);
  add("stated_cost", {}, record.stated_cost);
  for (const ScopeSource& scope : record.scope) add(scope.name, "/by", scope.from);
  std::map<Quantity, std::vector<const PathPattern*>> counters;
  for (const auto& [quantity, key] : record.counters) {
    if (!key.tokens.empty() && !may_be_missing(record, name_of(quantity)))
      counters[quantity].push_back(&key);
  }
  for (const auto& [quantity, keys] : counters) {
    std::string text;
    for (const PathPattern* key : keys) text += (text.empty() ? "" : " or ") + text_of(*key);
    paths_.push_back({.use = {.place = pointer_to(at + "/counters", name_of(quantity)),
                              .path = std::move(text),
                              .in = "records"},
                      .record = &record,
                      .keys = keys});
  }
}

void PathUses::note_record(std::size_t index, const HasSource& has_source, const HasKey& has_key) {
  for (Path& path : paths_) {
    if (path.record != &layout_.records[index]) continue;
    if (path.place == nullptr) ++path.use.looked_at;
    if (path.use.is_found) continue;
    path.use.is_found = path.place != nullptr ||
                        (path.sources != nullptr && has_source(*path.sources)) ||
                        std::any_of(path.keys.begin(), path.keys.end(),
                                    [&](const PathPattern* key) { return has_key(*key); });
  }
}

void PathUses::note_place(const PathPattern& place) {
  for (Path& path : paths_)
    path.use.is_found = path.use.is_found || (path.place != nullptr && *path.place == place);
}

void PathUses::note_object() {
  for (Path& path : paths_) path.use.looked_at += path.place == nullptr ? 0 : 1;
}

LayoutPaths PathUses::take(FileId file) {
  LayoutPaths all{.layout = layout_.id, .place = {.file = file}, .paths = {}};
  for (Path& path : paths_) {
    all.paths.push_back(path.use);
    path.use.looked_at = 0;
  }
  return all;
}

}  // namespace usagectl
