#include "formats/inference/infer_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/inference/call_places.hpp"
#include "formats/inference/number_relations.hpp"
#include "formats/inference/open_relations.hpp"
#include "formats/inference/place_labels.hpp"
#include "formats/inference/repeats/growing_lists.hpp"
#include "formats/inference/repeats/main_loops.hpp"
#include "formats/inference/repeats/sums_of_tree.hpp"
#include "formats/inference/sure_usage.hpp"
#include "formats/inference/usage_relations.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kInferred = "inferred";

using Places = std::vector<const PlaceNode*>;

std::vector<PathPattern> patterns_of(const Places& places) {
  std::vector<PathPattern> patterns;
  for (const PlaceNode* place : places) patterns.push_back(place->pattern());
  return patterns;
}

void collect_usage_places(const PlaceNode& node, Places& places) {
  if (node.is_usage) places.push_back(&node);
  for (const auto& child : node.children) collect_usage_places(*child, places);
}

std::string holds_text(const Agreement& agreement, bool by_name) {
  return fmt::format("holds for {} of {} number{}{}", agreement.held, agreement.compared,
                     agreement.compared == 1 ? "" : "s", by_name ? ", related by name" : "");
}

class Builder {
 public:
  explicit Builder(const PlaceNode& document)
      : document_(document), found_(find_relations(document)) {}

  std::optional<Inference> build() {
    Places places;
    collect_usage_places(document_, places);
    if (!keep_sure_usage(places, found_, doubtful_)) return std::nullopt;
    inference_.layout.id = kInferred;
    inference_.layout.inferred = true;
    for (const ToldUsage& usage : found_.usages) add_usage(usage);
    for (const SetAside& aside : found_.set_aside) {
      std::string why = aside.why;
      if (const auto hole = why.find("{}"); hole != std::string::npos)
        why.replace(hole, 2, text_of(aside.beside));
      for (const PlaceNode* place : aside.places) {
        add_record(*place, {}, {}, false);
        if (inference_.layout.records.back().at == place->pattern())
          inference_.layout.records.back().why = why;
      }
      inference_.relations.push_back(
          why.empty() ? fmt::format("{} repeats what {} reports", text_of(aside.places),
                                    text_of(aside.beside))
                      : fmt::format("{} is not counted: {}", text_of(aside.places), why));
    }
    for (const PlaceNode* place : places) {
      if (!is_added(*place)) add_record(*place, {}, {}, false);
    }
    for (const FoundRelation& relation : found_.relations) {
      add_sum(relation);
      if (relation.agreement.most_parts > 1) call_sums(relation.about);
    }
    for (const ToldUsage& usage : found_.usages) add_sums_by_key(usage);
    add_numbers();
    add_lone_total(places);
    add_headings(document_);
    add_passed_over(document_);
    inference_.layout.may_be_twice = find_open_relations(document_, found_.usages);
    set_main_loops_aside(document_, inference_.layout);
    for (const std::string& open : inference_.layout.may_be_twice)
      inference_.relations.push_back("may be counted twice: " + open);
    if (found_.usages.size() > 1) say_separate();
    for (const PlaceNode* place : doubtful_) {
      const std::string name = place->pattern().text();
      inference_.layout.not_tokens.push_back(name);
      inference_.relations.push_back(
          fmt::format("{} is not counted: nothing says that its numbers are tokens", name));
    }
    return std::move(inference_);
  }

 private:
  bool is_added(const PlaceNode& place) const {
    const PathPattern pattern = place.pattern();
    return std::any_of(inference_.layout.records.begin(), inference_.layout.records.end(),
                       [&](const LayoutRecord& record) { return record.at == pattern; });
  }

  /// How many calls another view of the usage says there were.
  static std::set<Count> told_numbers_of_calls(const ToldUsage& usage) {
    std::set<Count> numbers;
    for (const UsageView& view : usage.views) {
      ExactSum sum;
      bool all = true;
      for (const PlaceNode* place : view.places) {
        for (const auto& instance : place->instances) {
          const auto requests =
              instance.seen->usage ? instance.seen->usage->given[Counter::requests] : std::nullopt;
          all = all && requests;
          sum += requests.value_or(0);
        }
      }
      if (all && sum.count() && *sum.count() > 1) numbers.insert(*sum.count());
    }
    return numbers;
  }

  void call_sums(const Places& places) {
    for (LayoutRecord& record : inference_.layout.records) {
      const bool is_one = std::any_of(places.begin(), places.end(), [&](const PlaceNode* place) {
        return place->pattern() == record.at;
      });
      if (is_one) record.role = Role::aggregate;
    }
  }

  void add_usage(const ToldUsage& usage) {
    const auto calls = told_numbers_of_calls(usage);
    const std::string name =
        found_.usages.size() == 1 ? std::string() : text_of(usage.views.front().places);
    std::set<std::string> taken;
    for (const UsageView& view : usage.views) {
      std::string view_name(view.places.front()->name());
      if (view_name.empty()) view_name = view.places.front()->is_star() ? "rows" : "document";
      if (!taken.insert(view_name).second) {
        view_name = text_of(view.places);
        taken.insert(view_name);
      }
      for (const PlaceNode* place : view.places) {
        // Totals so far count by their growth, each alone: not as one of several ways to tell a
        // usage.
        const bool is_running = found_.running.contains(place);
        add_record(*place, view_name, name, !is_running || usage.views.size() == 1);
        if (is_running) {
          inference_.layout.records.back().role = Role::cumulative;
          continue;
        }
        const bool is_list = place->pattern().stars() > 0 && view.places.size() == 1;
        if (is_list && calls.contains(static_cast<Count>(number_of(*place))) &&
            inference_.layout.records.back().requests.empty()) {
          inference_.layout.records.back().role = Role::request;
        }
      }
    }
  }

  void add_record(const PlaceNode& place, const std::string& view, const std::string& usage,
                  bool counted) {
    if (is_added(place)) return;
    LayoutRecord record;
    record.at = place.pattern();
    record.role = holds_calls(place) || is_one_call(place) ? Role::request : Role::aggregate;
    record.view = view.empty() ? record.at.text() : view;
    record.usage = usage;
    record.counted = counted;
    add_keys(place, record);
    Sources day;
    for (PlaceLabel& label : labels_of(place)) {
      if (label.tells == "model")
        record.model = {std::move(label.from)};
      else if (label.tells == "time")
        record.time = {std::move(label.from)};
      else if (label.tells == "day")
        day = {std::move(label.from)};
      else if (label.tells == "id")
        record.id.all = {{std::move(label.from)}};
      else if (label.tells != "row" && label.tells != "above")
        record.scope.push_back({label.tells, {std::move(label.from)}});
    }
    if (record.time.empty()) record.time = std::move(day);
    if (record.role != Role::request) record.id = {};
    if (!record.id.is_given()) identify_by_position(place, record);
    inference_.layout.records.push_back(std::move(record));
    if (counted) set_sums_of_tree_aside(place);
  }

  void set_sums_of_tree_aside(const PlaceNode& place) {
    const auto sums = sums_of_tree(place);
    if (!sums || sums->instances.empty()) return;
    auto records = set_aside(*sums, inference_.layout.records.back());
    inference_.layout.records.insert(inference_.layout.records.end(), records.begin(),
                                     records.end());
    inference_.relations.push_back(fmt::format(
        "{} row{} of {} {} the rows below", sums->ids.size(), sums->ids.size() == 1 ? "" : "s",
        place.pattern().text(), sums->ids.size() == 1 ? "sums up" : "sum up"));
  }

  /// In lists that are written anew at each step, a call is known by its position.
  static void identify_by_position(const PlaceNode& place, LayoutRecord& record) {
    const auto lists = growing_lists(place);
    if (!lists || !lists->are_sure) return;
    record.role = Role::request;
    for (std::size_t star = 1; star <= record.at.stars(); ++star) {
      if (star == lists->star) continue;
      ValueSource position;
      position.star = star;
      record.id.all.push_back({std::move(position)});
    }
    ValueSource document;  // has no name, so that positions are those of one file
    document.outward = record.at.tokens.size();
    record.id_within = {std::move(document)};
  }

  /// One usage object that neither its name nor its keys call a sum.
  static bool is_one_call(const PlaceNode& place) {
    if (place.pattern().stars() > 0 || names_total(place.token) ||
        !place.instances.front().seen->usage)
      return false;
    const SeenUsage& usage = *place.instances.front().seen->usage;
    const bool is_called_sum =
        std::any_of(usage.keys.begin(), usage.keys.end(), [](const auto& key) {
          return key.first == Quantity::input && names_total(key.second.tokens.back());
        });
    return usage.requests_key.empty() && usage.is_whole && !is_called_sum && place.children.empty();
  }

  static void add_keys(const PlaceNode& place, LayoutRecord& record) {
    bool in_catalogue = true;
    for (const auto& instance : place.instances) {
      if (!instance.seen->usage) continue;
      const SeenUsage& usage = *instance.seen->usage;
      in_catalogue = in_catalogue && usage.in_catalogue;
      if (!usage.requests_key.empty() && record.requests.empty())
        record.requests = {{.path = {{usage.requests_key}}}};
      for (const auto& key : usage.keys) {
        if (std::find(record.counters.begin(), record.counters.end(), key) == record.counters.end())
          record.counters.push_back(key);
      }
    }
    if (in_catalogue) record.counters.clear();
    std::stable_sort(record.counters.begin(), record.counters.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }

  void add_sum(const FoundRelation& relation) {
    const bool is_swapped = relation.about.size() > 1 || is_any_running(relation.about);
    const Places& about = is_swapped ? relation.of : relation.about;
    const Places& of = is_swapped ? relation.about : relation.of;
    const std::string holds = holds_text(relation.agreement, relation.by_name);
    inference_.relations.push_back(fmt::format("{} = {} {}: {}", text_of(about),
                                               is_any_running(of) ? "the last of" : "Σ",
                                               text_of(of), holds));
    if (about.size() > 1 || is_any_running(about) || is_any_running(of)) return;
    LayoutClaim claim;
    claim.about = about.front()->pattern();
    claim.of = patterns_of(of);
    claim.evidence = holds;
    inference_.layout.claims.push_back(std::move(claim));
  }

  bool is_any_running(const Places& places) const {
    return std::any_of(places.begin(), places.end(),
                       [&](const PlaceNode* place) { return found_.running.contains(place); });
  }

  using SumsByValue = std::map<std::string, Tally>;

  static std::optional<SumsByValue> sums_by(const Places& places, std::string_view key) {
    SumsByValue sums;
    for (const PlaceNode* place : places) {
      const auto labels = labels_of(*place);
      auto label = std::find_if(labels.begin(), labels.end(),
                                [&](const PlaceLabel& one) { return one.tells == key; });
      const bool is_day_of_time = key == "day" && label == labels.end();
      if (is_day_of_time)
        label = std::find_if(labels.begin(), labels.end(),
                             [](const PlaceLabel& one) { return one.tells == "time"; });
      if (label == labels.end()) return std::nullopt;
      for (std::size_t i = 0; i < place->instances.size(); ++i) {
        if (!place->instances[i].seen->usage) continue;
        std::string value = label_of(*place, i, *label);
        if (is_day_of_time) value = value.substr(0, 10);
        sums[value].merge(tally_of(*place->instances[i].seen));
      }
    }
    return sums;
  }

  /// /days/*/total is about the calls of its own day, as its place says.
  static bool is_joined(const PathPattern& about, const Places& of) {
    std::size_t joined = about.tokens.size();
    for (const PlaceNode* place : of)
      joined = std::min(joined, common_tokens(about, place->pattern()));
    return std::none_of(about.tokens.begin() + static_cast<std::ptrdiff_t>(joined),
                        about.tokens.end(), PathPattern::is_any);
  }

  /// /by_model/gpt-4o tells the calls of that model, where every model tells its own.
  void add_sums_by_key(const ToldUsage& usage) {
    const UsageView& base = usage.views.front();
    for (std::size_t i = 1; i < usage.views.size(); ++i) {
      const Places& places = usage.views[i].places;
      if (is_any_running(places) || is_any_running(base.places)) continue;
      if (places.size() != 1 || is_joined(places.front()->pattern(), base.places)) continue;
      for (const std::string_view key : {"model", "day", "provider", "session", "thread", "part"}) {
        const auto sums = sums_by(places, key);
        const auto parts = sums ? sums_by(base.places, key) : std::nullopt;
        if (!parts || sums->size() < 2) continue;
        UsageByInstance about;
        UsageByInstance of;
        for (const auto& [value, tally] : *sums) {
          const auto part = parts->find(value);
          about.emplace_back(tally);
          of.emplace_back(part == parts->end() ? std::nullopt : std::optional<Tally>(part->second));
        }
        const Agreement agreement = compare(about, of);
        if (agreement.only_in_a > 0 || agreement.telling <= agreement.failed ||
            parts->size() > sums->size())
          continue;
        LayoutClaim claim;
        claim.about = places.front()->pattern();
        claim.of = patterns_of(base.places);
        claim.by = key;
        claim.evidence = holds_text(agreement, false);
        inference_.relations.push_back(fmt::format("{} = Σ {} by {}: {}", text_of(places),
                                                   text_of(base.places), key, claim.evidence));
        std::erase_if(inference_.layout.claims, [&](const LayoutClaim& other) {
          return other.about == claim.about && other.of == claim.of;
        });
        inference_.layout.claims.push_back(std::move(claim));
        break;
      }
    }
  }

  void add_numbers() {
    for (LayoutClaim& claim : find_number_claims(document_, found_.relations)) {
      const bool is_series = claim.kind == LayoutClaim::Kind::continuity;
      const bool is_count = claim.kind == LayoutClaim::Kind::count;
      inference_.relations.push_back(fmt::format(
          "{} {} {}: {}", claim.about.text(),
          is_series  ? "grows by"
          : is_count ? "= number of"
                     : "= Σ",
          claim.of.empty() ? "what was used" : claim.of.front().text(), claim.evidence));
      inference_.layout.claims.push_back(std::move(claim));
    }
  }

  /// A sum that nothing is told of beside it.
  void add_lone_total(const Places& places) {
    if (places.size() != 1 || places.front()->pattern().stars() > 0) return;
    LayoutClaim claim;
    claim.about = places.front()->pattern();
    claim.evidence = "nothing shows its parts";
    inference_.layout.claims.push_back(std::move(claim));
  }

  void pass_over(PathPattern&& pattern, bool may_be_usage = false) {
    auto& ignored = inference_.layout.ignored;
    const bool is_known =
        std::any_of(ignored.begin(), ignored.end(),
                    [&](const IgnoredPlace& place) { return place.at == pattern; });
    if (!is_known) ignored.push_back({.at = std::move(pattern), .may_be_usage = may_be_usage});
  }

  void add_headings(const PlaceNode& node) {
    if (node.holds_choices) {
      inference_.layout.ignored.push_back(
          {.at = node.pattern(), .rule = "choice of a counted call"});
      inference_.layout.ignored.back().at.tokens.emplace_back("*");
    }
    for (const auto& instance : node.instances) {
      for (const std::size_t index : instance.seen->headings) {
        PathPattern pattern = node.pattern();
        pattern.tokens.push_back(std::to_string(index));
        pass_over(std::move(pattern));
      }
    }
    for (const auto& child : node.children) add_headings(*child);
  }

  /// Where a * stands beside them, what was passed over would be taken for one of its members.
  void add_passed_over(const PlaceNode& node) {
    const bool has_star =
        std::any_of(node.children.begin(), node.children.end(),
                    [](const auto& child) { return child->is_star() && child->keys_are_data; });
    if (has_star) {
      std::set<std::string> keys;
      for (const auto& instance : node.instances)
        keys.insert(instance.seen->passed_over.begin(), instance.seen->passed_over.end());
      for (const std::string& key : keys) {
        inference_.layout.ignored.push_back({.at = node.pattern()});
        inference_.layout.ignored.back().at.tokens.push_back(key);
      }
      for (const auto& instance : node.instances) {
        for (const std::string& key : instance.seen->unsaid) {
          PathPattern pattern = node.pattern();
          pattern.tokens.push_back(key);
          pass_over(std::move(pattern), true);
        }
      }
    }
    for (const auto& child : node.children) add_passed_over(*child);
  }

  void say_separate() {
    std::string names;
    for (const ToldUsage& usage : found_.usages) {
      if (!names.empty()) names += ", ";
      names += text_of(usage.views.front().places);
    }
    inference_.relations.push_back(
        fmt::format("no number and no name relates {}: each is counted", names));
  }

  const PlaceNode& document_;
  UsageRelations found_;
  Places doubtful_;  ///< may be usage, and nothing says that it is
  Inference inference_;
};

}  // namespace

std::optional<Inference> infer_layout(const Json& document, const FileContext& file) {
  const auto census = take_census(document, file);
  if (!census) return std::nullopt;
  const auto places = make_place_tree(*census);
  return Builder(*places).build();
}

}  // namespace usagectl
