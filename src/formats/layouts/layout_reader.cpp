// How a layout finds its records in a document.
#include "formats/layouts/layout_reader.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_set>
#include <utility>

#include "base/input_error.hpp"
#include "formats/layouts/layout_dialect.hpp"
#include "formats/layouts/layout_node.hpp"
#include "formats/reading/call_status.hpp"
#include "formats/reading/count_reader.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/json_time.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

/// The text for as long as the program runs: there are few names in layouts.
std::string_view kept(const std::string& text) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> texts;
  const std::lock_guard lock(mutex);
  return *texts.insert(text).first;
}

std::string_view rule_of(const LayoutRecord& record) {
  if (!record.rule.empty()) return kept(record.rule);
  return record.role == Role::request ? "call that is reported elsewhere as well"
                                      : "sum of what is reported elsewhere";
}

}  // namespace

LayoutReader::LayoutReader(const Layout& layout, const FileContext& file, Of of)
    : layout_(layout),
      file_(file),
      of_(of),
      format_(kept(layout.id)),
      root_(std::make_unique<Node>()),
      claims_(layout),
      line_claims_(layout),
      path_uses_(layout) {
  for (std::size_t i = 0; i < layout.records.size(); ++i) {
    node_at(layout.records[i].at).records.push_back(i);
    has_lists_ = has_lists_ || layout.records[i].at.stars() > 0;
    prepare(layout.records[i]);
    note_what_else_is_read(layout.records[i]);
  }
  for (const IgnoredPlace& place : layout.ignored) node_at(place.at).ignored.push_back(&place);
  for (std::size_t i = 0; i < claims_.values().size(); ++i)
    node_at(claims_.values()[i]).values.push_back(i);
  for (std::size_t i = 0; i < line_claims_.values().size(); ++i)
    node_at(line_claims_.values()[i]).line_values.push_back(i);
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
  const bool has_running =
      std::any_of(layout_.records.begin(), layout_.records.end(), [&](const LayoutRecord& other) {
        return other.role == Role::cumulative && other.counted && other.usage == record.usage;
      });
  prepared.has_running_views = has_running && views.size() > 1;
  const bool is_counted = record.counted && !(record.counted_alone && file_.from_folder);
  if (is_counted) {
    const auto rank = std::find(views.begin(), views.end(), record.view) - views.begin();
    prepared.view = {
        static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(rank, View::kNeverCounted - 1)),
        kept(record.view)};
  } else {
    prepared.view = {View::kNeverCounted, rule_of(record)};
  }
  if (!record.dialect.empty()) {
    prepared.dialect = file_.catalogue().find(record.dialect);
    if (prepared.dialect == nullptr)
      throw InputError(
          fmt::format("layout {}: the dialect {} is unknown", layout_.id, record.dialect));
  } else if (!record.counters.empty() && !is_whole_value(record)) {
    prepared.own = catalogue_of(layout_, record, file_.catalogue());
    prepared.naming = keys_that_name(record);
  }
  if (!record.cost.empty()) {
    prepared.view = {View::kNeverCounted,
                     record.rule.empty() ? "cost without token counts" : kept(record.rule)};
  }
  if (!record.zone.empty()) {
    prepared.zone = TimeZone::named(record.zone);
    if (!prepared.zone)
      throw InputError(
          fmt::format("layout {}: the time zone {} is unknown here", layout_.id, record.zone));
  }
}

Place LayoutReader::here() const {
  Place place = document_;
  for (const auto& token : tokens_) append_pointer(place.pointer, token);
  return place;
}

bool LayoutReader::remember(const Json& line) {
  bool has_any = false;
  around_.clear();
  around_.push_back({line});
  for (const RememberedValue& one : layout_.context) {
    if (!hold(one.where)) continue;
    std::string text = text_of(one.from, {});
    if (text.empty()) continue;
    has_any = true;
    remembered_.insert_or_assign(one.name, std::move(text));
  }
  std::vector<LineClaims::Line> lines;
  for (const LayoutClaim* claim : line_claims_.claims()) {
    const bool begins = !claim->lines.since.empty() && hold(claim->lines.since);
    has_any = has_any || begins;
    lines.push_back({.key = text_of(claim->lines.same, {}),
                     .may_claim = hold(claim->lines.where),
                     .begins = begins});
  }
  line_claims_.begin_line(std::move(lines));
  around_.clear();
  return has_any;
}

void LayoutReader::read(const Json& document, std::size_t entry, const Place& place,
                        Observations& observations) {
  observations_ = &observations;
  opened_.clear();
  is_left_out_ = false;
  others_.begin();
  if (layout_.in.empty()) {
    read_object(document, place);
  } else {
    read_at(document, layout_.in[entry], 0, place);
  }
  look_at_others(document, layout_.in.empty() ? PathPattern() : layout_.in[entry], place);
  if (of_ == Of::document) finish(observations);
}

/// Each object at the place, one after another.
void LayoutReader::read_at(const Json& value, const PathPattern& in, std::size_t at,
                           const Place& place) {
  if (at == in.tokens.size()) return read_object(value, place);
  const std::string& token = in.tokens[at];
  const bool is_any = PathPattern::is_any(token);
  const auto go = [&](std::string_view name, const Json& member) {
    if (!is_any && name != token) return;
    read_at(member, in, at + 1, {place.file, place.line, pointer_to(place.pointer, name)});
  };
  if (!is_any && reject_repeated(value, {token}, place, *observations_)) return;
  value.each_member(go);
  value.each_item([&](std::size_t index, const Json& item) { go(std::to_string(index), item); });
}

void LayoutReader::read_object(const Json& object, const Place& place) {
  document_ = place;
  tokens_.clear();
  around_.clear();
  told_.clear();
  ids_.clear();
  records_ = 0;
  ignored_ = 0;
  path_uses_.note_object();
  walk(object, *root_);
  claims_.finish(place, *observations_);
  const bool claims_others = line_claims_.end_line(place, *observations_);
  say_what_is_open();
  if (records_ == 0 && ignored_ == 0)
    observations_->ignored(claims_others             ? "claim about other lines"
                           : layout_.records.empty() ? "numbers that are no usage"
                           : document_.line == 0     ? "document without usage"
                                                     : kWithoutUsage);
}

void LayoutReader::walk(const Json& found, const Node& node) {
  if (node.is_passed_over()) return;
  const Json value = opened(found);
  around_.push_back({value});
  if (!leave_out(node, value)) {
    for (const std::size_t index : node.values) {
      claims_.value(index, tokens_, value);
      if (!value.is_null()) path_uses_.note_place(claims_.values()[index]);
    }
    for (const std::size_t index : node.line_values) {
      line_claims_.value(index, tokens_, value);
      if (!value.is_null()) path_uses_.note_place(line_claims_.values()[index]);
    }
    if (!node.records.empty()) read_record(value, node);
    if (node.any || !node.named.empty()) walk_members(value, node);
  }
  around_.pop_back();
}

/// What a rule ignores by its name.
bool LayoutReader::leave_out(const Node& node, const Json& value) {
  for (const IgnoredPlace* place : node.ignored) {
    if (!place->rule.empty() && (value.is_null() || !hold(place->where))) continue;
    is_left_out_ = is_left_out_ || &node == root_.get();
    if (!place->rule.empty()) {
      ++ignored_;
      observations_->ignored(kept(place->rule));
      if (!place->missing.empty())
        observations_->finding({.rule = Rule::coverage,
                                .severity = Severity::warning,
                                .place = here(),
                                .cause = "no-usage",
                                .explanation = place->missing});
    }
    return true;
  }
  return false;
}

void LayoutReader::walk_members(const Json& value, const Node& node) {
  const auto go = [&](std::string&& token, const Json& member, const Node& below) {
    tokens_.push_back(std::move(token));
    walk(member, below);
    tokens_.pop_back();
  };
  value.each_item([&](std::size_t index, const Json& item) {
    std::string token = std::to_string(index);
    if (const Node* const below = node.below(token)) go(std::move(token), item, *below);
  });
  if (!value.is_object()) return;
  const std::size_t first = found_.size();
  value.each_member([&](std::string_view key, const Json& member) {
    if (const Node* const below = node.below(key)) found_.push_back({key, member, below});
  });
  const std::size_t end = found_.size();
  std::unordered_set<std::string_view> keys;
  for (std::size_t i = first; i < end; ++i) {
    const auto [key, member, below] = found_[i];
    if (end - first > 1 && !keys.insert(key).second) {
      reject_repeated(value, {key}, here(), *observations_);
      continue;
    }
    go(std::string(key), member, *below);
  }
  found_.resize(first);
}

/// A text that holds JSON, read where the layout says that some do.
Json LayoutReader::opened(const Json& text) {
  if (!layout_.json_in_texts || !text.is_text()) return text;
  const std::string_view json = text.text();
  if (json.empty() || (json.front() != '{' && json.front() != '[')) return text;
  for (const auto& [data, root] : opened_) {
    if (data == json.data()) return root;
  }
  if (parsers_.size() == opened_.size()) parsers_.push_back(std::make_unique<JsonParser>());
  const ParsedJson parsed = parsers_[opened_.size()]->parse_copy(json);
  opened_.emplace_back(json.data(), parsed.fault ? text : parsed.root);
  return opened_.back().second;
}

Json LayoutReader::follow(const Json& value, const PathPattern& path) {
  if (!layout_.json_in_texts) return usagectl::follow(value, path);
  Json end = opened(value);
  for (const auto& token : path.tokens) end = opened(member_of(end, token));
  return end;
}

bool LayoutReader::holds(const Condition& condition) {
  const auto is_met = [&] {
    if (!condition.any.empty()) {
      return std::any_of(condition.any.begin(), condition.any.end(),
                         [&](const Condition& one) { return holds(one); });
    }
    if (condition.at && condition.at->stars() > 0)
      return any_as_asked(around_.front().value, *condition.at, condition);
    if (!condition.at && !condition.from.earlier.empty()) {
      const auto known = remembered_.find(condition.from.earlier);
      return known != remembered_.end() && is_as_asked(known->second, condition);
    }
    const Json value =
        condition.at ? follow(around_.front().value, *condition.at) : value_of(condition.from);
    return is_as_asked(value, condition);
  };
  return is_met() != condition.is_negated;
}

bool LayoutReader::hold(const std::vector<Condition>& conditions) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& one) { return holds(one); });
}

Json LayoutReader::value_of(const ValueSource& source) {
  if (source.outward >= around_.size()) return {};
  Level& level = around_[around_.size() - 1 - source.outward];
  if (source.outward == 0) return follow(level.value, source.path);
  if (!has_lists_) return follow(level.value, source.path);
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

std::string LayoutReader::text_of(const ValueSource& source, const PathPattern& at) {
  std::string text = whole_text_of(source, at);
  if (source.find == nullptr) return text;
  std::string found;
  return re2::RE2::PartialMatch(text, source.find->compiled(), &found) ? found : std::string();
}

std::string LayoutReader::whole_text_of(const ValueSource& source, const PathPattern& at) {
  if (!source.earlier.empty()) {
    const auto known = remembered_.find(source.earlier);
    return known == remembered_.end() ? std::string() : known->second;
  }
  if (source.star == 0) {
    const Json value = value_of(source);
    if (const auto count = read_count(value).count; count && value.is_number())
      return std::to_string(*count);
    if (const auto flag = value.boolean()) return *flag ? "true" : "false";
    return std::string(value.text());
  }
  std::size_t star = 0;
  for (std::size_t i = 0; i < at.tokens.size(); ++i) {
    if (PathPattern::is_any(at.tokens[i]) && ++star == source.star) return tokens_[i];
  }
  return {};
}

std::string LayoutReader::text_of(const Sources& sources, const PathPattern& at) {
  for (const ValueSource& source : sources) {
    if (std::string text = text_of(source, at); !text.empty()) return text;
  }
  return {};
}

std::optional<Count> LayoutReader::count_of(const Sources& sources) {
  for (const ValueSource& source : sources) {
    if (const auto count = read_count(value_of(source)).count) return count;
  }
  return std::nullopt;
}

std::string LayoutReader::time_of(const Sources& sources, const PathPattern& at) {
  for (const ValueSource& source : sources) {
    const bool is_text = source.star > 0 || !source.earlier.empty() || source.find != nullptr;
    std::string time = is_text ? utc_time(text_of(source, at)) : utc_time(value_of(source));
    if (!time.empty()) return time;
  }
  return {};
}

}  // namespace usagectl
