#include "formats/layouts/layout_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "dialects/usage_reading.hpp"
#include "dialects/usage_words.hpp"
#include "formats/reading/call_status.hpp"
#include "formats/reading/violations.hpp"
#include "input/json/json_time.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

/// Nothing is known of what the counts of a log of one's own mean but what their sums show.
constexpr std::string_view kPlainDialect = "log.plain";

/// The text for as long as the program runs: there are few names in layouts.
std::string_view kept(const std::string& text) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> texts;
  const std::lock_guard lock(mutex);
  return *texts.insert(text).first;
}

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
  for (const PathPattern& ignored : layout.ignored) add(ignored);
  if (record.requests) keys.push_back(slashed(*record.requests));
  return keys;
}

/// Where only the two parts of what was written to the cache have keys, it is their sum.
void add_cache_write(nlohmann::ordered_json& counters) {
  if (counters.contains("cache_write") || !counters.contains("cache_write_5m") ||
      !counters.contains("cache_write_1h"))
    return;
  counters["cache_write"].push_back(fmt::format("{} + {}",
                                                counters["cache_write_5m"][0].get<std::string>(),
                                                counters["cache_write_1h"][0].get<std::string>()));
}

/// A dialect with the keys that the layout names, and the meaning of a plain log.
std::unique_ptr<Catalogue> catalogue_of(const Layout& layout, const LayoutRecord& record,
                                        const Catalogue& known) {
  nlohmann::ordered_json entry = {{"id", std::string(kPlainDialect)}};
  nlohmann::ordered_json keys = nlohmann::ordered_json::array();
  for (const auto& [quantity, path] : record.counters) {
    entry["counters"][std::string(name_of(quantity))].push_back(slashed(path));
    keys.push_back(slashed(path));
  }
  add_cache_write(entry["counters"]);
  if (record.digits) entry["digits"] = true;
  entry["keys"]["all"].push_back(std::move(keys));
  entry["meaning"] = nlohmann::ordered_json::parse(known.find(kPlainDialect)->entry)["meaning"];
  for (const auto& [axis, answer] : record.meaning) entry["meaning"][axis] = answer;
  if (auto keys_known = keys_not_counted(layout, record); !keys_known.empty())
    entry["not_counted"] = std::move(keys_known);
  auto catalogue = std::make_unique<Catalogue>();
  catalogue->add(entry.dump(), "layout");
  return catalogue;
}

bool is_whole_value(const LayoutRecord& record) {
  return record.counters.size() == 1 && record.counters.front().second.tokens.empty();
}

Json follow(Json value, const PathPattern& path) {
  for (const auto& token : path.tokens) {
    if (value.is_array()) {
      std::size_t index = 0;
      for (const char c : token)
        index =
            c >= '0' && c <= '9' ? index * 10 + static_cast<std::size_t>(c - '0') : value.size();
      value = value.item(index);
    } else {
      value = value[token];
    }
  }
  return value;
}

bool leads_somewhere(const Json& value, const PathPattern& pattern, std::size_t at = 0) {
  if (at == pattern.tokens.size()) return value.present() && !value.is_null();
  const std::string& token = pattern.tokens[at];
  if (!PathPattern::is_any(token))
    return leads_somewhere(follow(value, {{token}}), pattern, at + 1);
  bool leads = false;
  value.each_member([&](std::string_view, const Json& member) {
    leads = leads || leads_somewhere(member, pattern, at + 1);
  });
  value.each_item([&](std::size_t, const Json& item) {
    leads = leads || leads_somewhere(item, pattern, at + 1);
  });
  return leads;
}

bool holds_text(const Json& document, const TextTest& test) {
  const std::string_view text = follow(document, test.at).text();
  if (text.empty()) return false;
  return test.is.empty() ? text.starts_with(test.begins)
                         : std::find(test.is.begin(), test.is.end(), text) != test.is.end();
}

/// Under which key each counter stands, for what is said of a number.
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
        keys.emplace_back(static_cast<Counter>(counter->quantity), key);
    });
  }
  if (layout.requests) keys.emplace_back(Counter::requests, slashed(*layout.requests));
  return keys;
}

}  // namespace

bool fits(const Layout& layout, const Json& document) {
  const auto leads = [&](const PathPattern& pattern) { return leads_somewhere(document, pattern); };
  if (!std::all_of(layout.known_by.begin(), layout.known_by.end(), leads)) return false;
  if (!std::all_of(layout.known_texts.begin(), layout.known_texts.end(),
                   [&](const TextTest& test) { return holds_text(document, test); }))
    return false;
  if (layout.records.empty()) return true;
  return std::any_of(layout.records.begin(), layout.records.end(), [&](const LayoutRecord& record) {
    if (record.counters.empty()) return leads(record.at);
    return std::any_of(record.counters.begin(), record.counters.end(), [&](const auto& counter) {
      PathPattern place = record.at;
      place.tokens.insert(place.tokens.end(), counter.second.tokens.begin(),
                          counter.second.tokens.end());
      return leads(place);
    });
  });
}

struct LayoutReader::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> named;
  std::unique_ptr<Node> any;
  std::optional<std::size_t> record;
  std::vector<std::size_t> values;  ///< that claims look at
  bool is_ignored = false;

  const Node* below(std::string_view token) const {
    const auto found = named.find(token);
    return found != named.end() ? found->second.get() : any.get();
  }
};

LayoutReader::LayoutReader(const Layout& layout, const FileContext& file)
    : layout_(layout),
      file_(file),
      format_(kept(layout.id)),
      root_(std::make_unique<Node>()),
      claims_(layout) {
  for (std::size_t i = 0; i < layout.records.size(); ++i) {
    Node& node = node_at(layout.records[i].at);
    if (!node.record) node.record = i;
    prepare(layout.records[i]);
  }
  for (const PathPattern& pattern : layout.ignored) node_at(pattern).is_ignored = true;
  for (std::size_t i = 0; i < claims_.values().size(); ++i)
    node_at(claims_.values()[i]).values.push_back(i);
}

LayoutReader::~LayoutReader() = default;

LayoutReader::Node& LayoutReader::node_at(const PathPattern& pattern) {
  Node* node = root_.get();
  for (const auto& token : pattern.tokens) {
    auto& below = PathPattern::is_any(token) ? node->any : node->named[token];
    if (!below) below = std::make_unique<Node>();
    node = below.get();
  }
  return *node;
}

void LayoutReader::prepare(const LayoutRecord& record) {
  Prepared& prepared = prepared_.emplace_back();
  prepared.path = record.at.text();
  std::vector<std::string> views;
  for (const LayoutRecord& other : layout_.records) {
    if (other.usage != record.usage || !other.counted) continue;
    if (std::find(views.begin(), views.end(), other.view) == views.end())
      views.push_back(other.view);
  }
  if (record.counted) {
    const auto rank = std::find(views.begin(), views.end(), record.view) - views.begin();
    prepared.view = {
        static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(rank, View::kNeverCounted - 1)),
        kept(record.view)};
  } else {
    prepared.view = {View::kNeverCounted, record.role == Role::request
                                              ? "call that is told elsewhere as well"
                                              : "sum of what is told elsewhere as well"};
  }
  if (!record.counters.empty() && !is_whole_value(record))
    prepared.own = catalogue_of(layout_, record, file_.catalogue());
}

Place LayoutReader::here() const {
  Place place = document_;
  for (const auto& token : tokens_) append_pointer(place.pointer, token);
  return place;
}

void LayoutReader::read(const Json& document, const Place& place, Observations& observations) {
  observations_ = &observations;
  document_ = place;
  tokens_.clear();
  around_.clear();
  records_ = 0;
  walk(document, *root_);
  claims_.finish(place, observations);
  say_what_is_open();
  if (records_ == 0)
    observations.ignored(layout_.records.empty() ? "numbers that are no usage"
                         : place.line == 0       ? "document without usage"
                                                 : kWithoutUsage);
}

void LayoutReader::walk(const Json& value, const Node& node) {
  if (node.is_ignored) return;
  around_.push_back({value});
  for (const std::size_t index : node.values) claims_.value(index, tokens_, value);
  if (node.record) read_record(value, *node.record);
  if (node.any || !node.named.empty()) walk_members(value, node);
  around_.pop_back();
}

void LayoutReader::walk_members(const Json& value, const Node& node) {
  const auto go = [&](std::string&& token, const Json& member) {
    const Node* const below = node.below(token);
    if (below == nullptr) return;
    tokens_.push_back(std::move(token));
    walk(member, *below);
    tokens_.pop_back();
  };
  value.each_member(
      [&](std::string_view key, const Json& member) { go(std::string(key), member); });
  value.each_item([&](std::size_t index, const Json& item) { go(std::to_string(index), item); });
}

Json LayoutReader::value_of(const ValueSource& source) {
  if (source.outward >= around_.size()) return {};
  Level& level = around_[around_.size() - 1 - source.outward];
  if (source.outward == 0) return follow(level.value, source.path);
  const auto known = std::find_if(level.known.begin(), level.known.end(),
                                  [&](const auto& one) { return one.first == &source; });
  if (known != level.known.end()) return known->second;
  const Json value = follow(level.value, source.path);
  level.known.emplace_back(&source, value);
  return value;
}

bool LayoutReader::says_failed_around() {
  if (around_.size() < 2) return false;
  Level& level = around_[around_.size() - 2];
  if (!level.failed) level.failed = says_failed(level.value);
  return *level.failed;
}

std::string LayoutReader::text_of(const ValueSource& source, const LayoutRecord& layout) {
  if (source.star == 0) {
    const Json value = value_of(source);
    if (const auto count = read_count(value).count; count && value.is_number())
      return std::to_string(*count);
    return std::string(value.text());
  }
  std::size_t star = 0;
  for (std::size_t i = 0; i < layout.at.tokens.size(); ++i) {
    if (PathPattern::is_any(layout.at.tokens[i]) && ++star == source.star) return tokens_[i];
  }
  return {};
}

void LayoutReader::describe(const LayoutRecord& layout, UsageRecord& record) {
  if (layout.id) {
    record.id = text_of(*layout.id, layout);
    if (!record.id.empty()) record.same_id = SameId::copy;
  }
  if (layout.model) record.model = text_of(*layout.model, layout);
  if (layout.time)
    record.time = layout.time->star > 0 ? utc_time(text_of(*layout.time, layout))
                                        : utc_time(value_of(*layout.time));
  for (const ScopeSource& scope : layout.scope) {
    std::string value = text_of(scope.from, layout);
    if (!value.empty()) record.scope.emplace_back(scope.name, std::move(value));
  }
}

void LayoutReader::take_unit(const LayoutRecord& layout, UsageRecord& record) {
  if (layout.role != Role::cumulative || !layout.counted) {
    const auto [unit, is_new] = units_.try_emplace(layout.usage);
    if (is_new) unit->second = observations_->unit();
    record.unit = unit->second;
    return;
  }
  // Every running total is a snapshot of what its list tells of.
  std::string series = fmt::format("{}:{}", file_.path, layout.at.text());
  std::size_t last_star = 0;
  for (std::size_t i = 0; i < layout.at.tokens.size(); ++i) {
    if (PathPattern::is_any(layout.at.tokens[i])) last_star = i;
  }
  for (std::size_t i = 0; i < last_star; ++i) append_pointer(series, tokens_[i]);
  record.unit = observations_->snapshot_unit({series, ++series_[series]});
  record.running = Running::total;
}

void LayoutReader::read_usage(const Json& value, std::size_t index, UsageRecord& record,
                              bool& is_sound) {
  const LayoutRecord& layout = layout_.records[index];
  is_sound = false;
  const auto reject = [&](std::string problem) {
    observations_->rejected(record.place, std::move(problem));
    claims_.rejected(index, tokens_);
  };
  record.dialect = kPlainDialect;
  if (is_whole_value(layout)) {
    const CountReading reading = read_count(value);
    if (!reading.count) {
      reject(reading.fault.empty()
                 ? fmt::format("is {}, expected a number of tokens", value.described())
                 : reading.fault);
      return;
    }
    record.counts.set(static_cast<Counter>(layout.counters.front().first), *reading.count);
    record.given = record.counts;
    is_sound = true;
    return;
  }
  const Catalogue& catalogue = prepared_[index].own ? *prepared_[index].own : file_.catalogue();
  const UsageValues values(catalogue, value);
  if (values.empty()) {
    observations_->ignored(value.is_null() ? "usage is null" : "object without usage");
    return;
  }
  Envelope envelope;
  envelope.known = true;
  envelope.path = prepared_[index].path;
  const UsageReading reading = prepared_[index].own
                                   ? read_usage_as(catalogue, catalogue.dialects().front(), values)
                                   : usagectl::read_usage(catalogue, values, envelope);
  report(reading.violations, record.place, *observations_);
  if (!reading.countable()) {
    reject(reading.faulty ? reading.fault
                          : "holds token counts in a vocabulary that no dialect knows");
    return;
  }
  if (reading.held > 0) observations_->held(reading.held);
  record.counts = reading.counts;
  record.given = reading.given;
  record.sums.calls = values.calls();
  if (!prepared_[index].own) record.dialect = reading.dialect;
  if (file_.wants_keys) {
    for (const auto& slot : values.slots()) {
      std::string path(catalogue.path_of(slot.key));
      std::replace(path.begin(), path.end(), '/', '.');
      record.keys.push_back({std::move(path), false});
    }
  }
  is_sound = true;
}

/// Whether the place told a call with this id and these numbers before: it is no part of a sum
/// twice.
bool LayoutReader::is_told_again(std::size_t index, const UsageRecord& record) {
  if (record.same_id != SameId::copy || record.id.empty()) return false;
  std::string key = fmt::format("{} {}", index, record.id);
  for (const Counter counter : kCounters)
    key += fmt::format(" {}", record.counts[counter].value_or(-1));
  return !told_.insert(std::hash<std::string>{}(key)).second;
}

void LayoutReader::read_record(const Json& value, std::size_t index) {
  const LayoutRecord& layout = layout_.records[index];
  // Beside the members of a map may stand what is none.
  const bool is_any_member =
      !layout.at.tokens.empty() && PathPattern::is_any(layout.at.tokens.back());
  if (is_any_member && !is_whole_value(layout) && !value.is_object() && !value.is_array() &&
      !value.is_null())
    return;
  ++records_;
  UsageRecord record;
  record.place = here();
  record.format = format_;
  record.role = layout.role;
  describe(layout, record);
  record.failed = says_failed(value) || says_failed_around();
  bool is_sound = false;
  read_usage(value, index, record, is_sound);
  if (!is_sound) return;
  if (layout.role == Role::request) {
    record.counts.set(Counter::requests, record.sums.calls.value_or(1));
  } else if (layout.requests) {
    record.counts.set(Counter::requests, read_count(follow(value, *layout.requests)).count);
  }
  record.sums = {};  // what is a sum, the layout says
  record.view = prepared_[index].view;
  if (!layout.why.empty() && !std::exchange(prepared_[index].is_said, true))
    say_why(layout, record.place);
  take_unit(layout, record);
  say_empty(layout, record);

  ClaimedRecord claimed{index, &tokens_, &record, {}};
  if (layout.at.stars() == 0) claimed.keys = keys_of(value, layout);
  if (!is_told_again(index, record)) claims_.record(claimed, *observations_);
  observations_->record(std::move(record));
}

}  // namespace usagectl
