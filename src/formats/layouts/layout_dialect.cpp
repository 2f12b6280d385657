#include "formats/layouts/layout_dialect.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dialects/usage_words.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

std::string slashed(const PathPattern& path) {
  std::string text;
  for (const auto& token : path.tokens) {
    append_pointer(text, token);
  }
  return text.empty() ? text : text.substr(1);
}

/// Keys of a record that the layout names without counting them: numbers that claims are about, the
/// number of requests, and what is to be ignored.
std::vector<std::string> keys_not_counted(const Layout& layout, const LayoutRecord& record) {
  std::vector<std::string> keys;
  const auto add = [&](const PathPattern& place) {
    const std::size_t own = record.at.tokens.size();
    if (place.tokens.size() <= own || common_tokens(place, record.at) != own) return;
    PathPattern below;
    below.tokens.assign(place.tokens.begin() + static_cast<std::ptrdiff_t>(own),
                        place.tokens.end());
    const bool is_counted =
        std::any_of(record.counters.begin(), record.counters.end(),
                    [&](const auto& counter) { return counter.second == below; });
    if (below.stars() == 0 && !is_counted) keys.push_back(slashed(below));
  };
  for (const LayoutClaim& claim : layout.claims) {
    add(claim.about);
    for (const PathPattern& of : claim.of) add(of);
  }
  for (const IgnoredPlace& ignored : layout.ignored) add(ignored.at);
  for (const ValueSource& requests : record.requests) {
    if (requests.outward == 0 && !requests.path.tokens.empty())
      keys.push_back(slashed(requests.path));
  }
  return keys;
}

/// Where only the two parts of what was written to the cache have keys, it is their sum.
void add_cache_write(nlohmann::ordered_json& counters) {
  if (counters.contains("cache_write") || !counters.contains("cache_write_5m") ||
      !counters.contains("cache_write_1h"))
    return;
  counters["cache_write"].push_back(counters["cache_write_5m"][0].get<std::string>() + " + " +
                                    counters["cache_write_1h"][0].get<std::string>());
}

}  // namespace

std::vector<std::string> keys_that_name(const LayoutRecord& record) {
  std::vector<std::string> keys;
  const auto add = [&](const Sources& sources) {
    for (const ValueSource& source : sources) {
      if (source.outward == 0 && !source.path.tokens.empty()) keys.push_back(slashed(source.path));
    }
  };
  for (const Sources* sources :
       {&record.id_within, &record.series, &record.model, &record.time, &record.until})
    add(*sources);
  for (const Sources& id : record.id.all) add(id);
  add(record.id.with);
  for (const ScopeSource& scope : record.scope) add(scope.from);
  return keys;
}

std::unique_ptr<Catalogue> catalogue_of(const Layout& layout, const LayoutRecord& record,
                                        const Catalogue& known) {
  const Dialect* const plain = known.find(kPlainDialect);
  nlohmann::ordered_json entry = {{"id", std::string(kPlainDialect)}};
  nlohmann::ordered_json keys = nlohmann::ordered_json::array();
  for (const auto& [quantity, path] : record.counters) {
    entry["counters"][std::string(name_of(quantity))].push_back(slashed(path));
    keys.push_back(slashed(path));
  }
  add_cache_write(entry["counters"]);
  if (record.digits) entry["digits"] = true;
  entry["keys"]["all"].push_back(std::move(keys));
  entry["meaning"] = nlohmann::ordered_json::parse(plain->entry)["meaning"];
  for (const auto& [axis, answer] : record.meaning) entry["meaning"][axis] = answer;
  auto keys_known = keys_not_counted(layout, record);
  for (std::string& key : keys_that_name(record)) keys_known.push_back(std::move(key));
  if (!keys_known.empty()) entry["not_counted"] = std::move(keys_known);
  auto catalogue = std::make_unique<Catalogue>();
  catalogue->add(entry.dump(), "layout");
  return catalogue;
}

bool is_whole_value(const LayoutRecord& record) {
  return record.counters.size() == 1 && record.counters.front().second.tokens.empty();
}

std::vector<std::pair<Counter, std::string>> keys_of(const Json& value,
                                                     const LayoutRecord& layout) {
  std::vector<std::pair<Counter, std::string>> keys;
  for (const auto& [quantity, path] : layout.counters) {
    if (quantity <= Quantity::total)
      keys.emplace_back(static_cast<Counter>(quantity), slashed(path));
  }
  if (layout.counters.empty()) {
    value.each_member([&](std::string_view key, const Json& member) {
      const auto counter =
          member.is_number() && !names_no_usage(key) ? counter_named(key) : std::nullopt;
      if (counter && !counter->is_running && counter->quantity <= Quantity::total)
        keys.emplace_back(static_cast<Counter>(counter->quantity), pointer_to("", key).substr(1));
    });
  }
  if (!layout.requests.empty() && layout.requests.front().outward == 0)
    keys.emplace_back(Counter::requests, slashed(layout.requests.front().path));
  return keys;
}

}  // namespace usagectl
