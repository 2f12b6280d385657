#include "formats/inference/usage_relations.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/inference/place_labels.hpp"
#include "formats/inference/running_list.hpp"

namespace usagectl {
namespace {

/// One of several things at a place that may tell the same usage.
struct Candidate {
  const PlaceNode* node = nullptr;
  bool is_self = false;  ///< the object that the others stand in
  std::vector<ToldUsage> usages;

  /// The ways to tell all of it, the finest first.
  std::vector<UsageView> views() const {
    if (usages.size() == 1) return usages.front().views;
    UsageView whole = usages.front().views.front();
    for (std::size_t i = 1; i < usages.size(); ++i) add_to(whole, usages[i].views.front());
    return {std::move(whole)};
  }

  static void add_to(UsageView& whole, const UsageView& part) {
    whole.places.insert(whole.places.end(), part.places.begin(), part.places.end());
    whole.amounts.resize(std::max(whole.amounts.size(), part.amounts.size()));
    for (std::size_t i = 0; i < part.amounts.size(); ++i) {
      if (!part.amounts[i]) continue;
      if (whole.amounts[i]) {
        whole.amounts[i]->merge(*part.amounts[i]);
      } else {
        whole.amounts[i] = part.amounts[i];
      }
    }
  }

  bool is_called_total() const { return !is_self && !node->is_star() && names_total(node->token); }
  bool is_called_parts() const { return !is_self && names_parts(node->name()); }
  bool is_called_latest() const {
    return !is_self && !node->is_star() && names_latest(node->token);
  }
  bool is_called_span() const { return !is_self && !node->is_star() && names_span(node->token); }
};

/// What two candidates are to each other.
struct Decision {
  enum class Kind {
    separate,
    same,     ///< they tell the same
    refuted,  ///< they should, and some numbers differ
    partial,  ///< one is about the other, by name, and tells more or less
  };
  Kind kind = Kind::separate;
  Agreement agreement;
  std::size_t view_a = 0;
  std::size_t view_b = 0;
  bool by_name = false;
};

bool is_list_of_round_length(const std::vector<const PlaceNode*>& places) {
  return std::any_of(places.begin(), places.end(), [](const PlaceNode* place) {
    return place->is_star() && !place->keys_are_data && place->parent != nullptr &&
           std::any_of(place->parent->instances.begin(), place->parent->instances.end(),
                       [](const PlaceNode::Instance& list) {
                         return list.seen->size >= 10 && list.seen->size % 10 == 0;
                       });
  });
}

bool tells_of_days(const std::vector<const PlaceNode*>& places) {
  return std::any_of(places.begin(), places.end(), [](const PlaceNode* place) {
    const auto labels = labels_of(*place);
    return std::any_of(labels.begin(), labels.end(),
                       [](const PlaceLabel& label) { return label.tells == "day"; });
  });
}

/// A map of models or providers, from which nobody takes any away.
bool is_by_model(const std::vector<const PlaceNode*>& places) {
  return std::all_of(places.begin(), places.end(), [](const PlaceNode* place) {
    const auto labels = labels_of(*place);
    return std::any_of(labels.begin(), labels.end(), [](const PlaceLabel& label) {
      return label.from.star > 0 && (label.tells == "model" || label.tells == "provider");
    });
  });
}

/// By what is told: input and output, each call, its model; then the more records the finer.
std::tuple<bool, bool, bool, std::size_t, bool> fineness(const UsageView& view) {
  bool is_whole = true;
  bool are_calls = true;
  bool have_models = true;
  std::size_t records = 0;
  for (const PlaceNode* place : view.places) {
    are_calls = are_calls && holds_calls(*place);
    records += number_of(*place);
    for (const auto& instance : place->instances)
      is_whole = is_whole && instance.seen->usage && instance.seen->usage->is_whole;
    const auto labels = labels_of(*place);
    have_models =
        have_models && std::any_of(labels.begin(), labels.end(),
                                   [](const PlaceLabel& label) { return label.tells == "model"; });
  }
  const bool are_listed =
      std::any_of(view.places.begin(), view.places.end(),
                  [](const PlaceNode* place) { return place->pattern().stars() > 0; });
  return {is_whole, are_calls, have_models, records, are_listed};
}

class Finder {
 public:
  std::vector<ToldUsage> resolve(const PlaceNode& node) {
    std::vector<Candidate> candidates;
    if (node.is_usage) candidates.push_back(self(node));
    for (const auto& child : node.children) {
      auto usages = lifted(*child, resolve(*child), node.instances.size());
      if (!usages.empty()) candidates.push_back({child.get(), false, std::move(usages)});
    }
    if (candidates.size() < 2)
      return candidates.empty() ? std::vector<ToldUsage>() : std::move(candidates.front().usages);
    join_what_is_the_same(candidates);
    if (candidates.size() > 1) take_total_of_others(candidates);
    if (candidates.size() > 1) take_widest_span(candidates);
    std::vector<ToldUsage> all;
    for (Candidate& candidate : candidates) {
      for (ToldUsage& usage : candidate.usages) all.push_back(std::move(usage));
    }
    return all;
  }

  UsageRelations found;

 private:
  using Kind = Decision::Kind;

  Candidate self(const PlaceNode& node) const {
    UsageView view;
    view.places = {&node};
    view.amounts.resize(node.instances.size());
    if (found.running.contains(&node)) {
      take_last(node, view);
    } else {
      for (std::size_t i = 0; i < node.instances.size(); ++i) {
        if (node.instances[i].seen->usage) view.amounts[i] = tally_of(*node.instances[i].seen);
      }
    }
    return {&node, true, {ToldUsage{{std::move(view)}}}};
  }

  /// Of totals so far, the last of each list tells all of it.
  static void take_last(const PlaceNode& node, UsageView& view) {
    const PlaceNode& row = *row_of(node);
    std::set<std::size_t> lists;
    for (std::size_t i = 0; i < node.instances.size(); ++i) {
      const std::size_t list = list_of(node, i, row);
      if (!lists.insert(list).second) continue;
      view.amounts[i].emplace().add(row.parent->instances[list].seen->course.last);
    }
  }

  /// The same, at the instances of the node above.
  static std::vector<ToldUsage> lifted(const PlaceNode& child, std::vector<ToldUsage> usages,
                                       std::size_t instances) {
    for (ToldUsage& usage : usages) {
      for (UsageView& view : usage.views) {
        UsageByInstance above(instances);
        for (std::size_t i = 0; i < view.amounts.size(); ++i) {
          if (!view.amounts[i]) continue;
          auto& sum = above[child.instances[i].parent];
          if (!sum) sum.emplace();
          sum->merge(*view.amounts[i]);
        }
        view.amounts = std::move(above);
      }
    }
    return usages;
  }

  /// Whether the names say that one sums up the other.
  static bool names_relate(const Candidate& a, const Candidate& b) {
    const auto says = [](const Candidate& total, const Candidate& parts) {
      if (total.is_called_total()) return true;
      if (parts.is_called_parts()) return true;
      if (parts.is_called_latest() && !total.is_called_latest()) return true;
      if (!total.is_self) return false;
      return parts.node->is_star()
                 ? parts.node->keys_are_data
                 : names_kind(parts.node->token) || !scope_named(parts.node->token).empty();
    };
    return says(a, b) || says(b, a);
  }

  Decision decide(const Candidate& a, const Candidate& b) const {
    const auto views_a = a.views();
    const auto views_b = b.views();
    Decision best;
    bool is_first = true;
    // The coarsest views first: a total is about what stands next below it.
    for (std::size_t i = views_a.size(); i-- > 0;) {
      for (std::size_t j = views_b.size(); j-- > 0;) {
        const Agreement agreement = compare(views_a[i].amounts, views_b[j].amounts);
        const bool is_better =
            is_first ||
            std::tuple(agreement.failed == 0 && agreement.telling > 0, agreement.telling) >
                std::tuple(best.agreement.failed == 0 && best.agreement.telling > 0,
                           best.agreement.telling);
        if (is_better) best = {Kind::separate, agreement, i, j, false};
        is_first = false;
      }
    }
    best.kind = judge(a, b, best, views_a[best.view_a], views_b[best.view_b]);
    return best;
  }

  Kind judge(const Candidate& a, const Candidate& b, Decision& decision, const UsageView& view_a,
             const UsageView& view_b) const {
    const Agreement& agreement = decision.agreement;
    const bool names = names_relate(a, b);
    const bool has_parts = lists_parts(a) || lists_parts(b);
    if (agreement.compared == 0) return Kind::separate;
    if (agreement.failed == 0) {
      if (agreement.telling == 0) return names ? Kind::same : Kind::separate;
      decision.by_name = !agreement.is_strong();
      // Two single objects may be equal because two calls were.
      const bool is_believed =
          agreement.is_strong() && (has_parts || a.is_self || b.is_self || both_generic(a, b) ||
                                    is_running(view_a) || is_running(view_b));
      return names || is_believed ? Kind::same : Kind::separate;
    }
    // Some numbers are the same, and the others nearly so, or there were as many calls.
    if (has_parts && agreement.all_near &&
        (agreement.is_strong() || agreement.same_number_of_calls))
      return Kind::refuted;
    if (has_parts && agreement.same_number_of_calls && (names || agreement.telling > 0))
      return Kind::refuted;
    if (agreement.telling > 0 && has_parts &&
        (names ? agreement.is_strong()
               : agreement.telling > agreement.failed && agreement.is_strong())) {
      return Kind::refuted;
    }
    if (!names) return Kind::separate;
    decision.by_name = true;
    // A list may keep the last ones, and a map of days may be cleared from its beginning.
    const bool b_is_total = b.is_called_total() || (b.is_self && !a.is_called_total());
    const UsageView& parts = b_is_total ? view_a : view_b;
    const bool parts_tell_less = (b_is_total ? agreement.above : agreement.below) == 0;
    const bool may_be_cut = is_list_of_round_length(parts.places) || tells_of_days(parts.places);
    const bool is_other_span =
        (a.is_called_span() && b.is_called_span()) || a.is_called_latest() || b.is_called_latest();
    const bool is_alike = agreement.all_alike || is_by_model(parts.places);
    const bool is_refuted =
        has_parts && is_alike && !is_other_span && !(parts_tell_less && may_be_cut);
    return is_refuted ? Kind::refuted : Kind::partial;
  }

  /// Whether it is a list or a map, however few stand in it.
  static bool lists_parts(const Candidate& candidate) {
    for (const UsageView& view : candidate.views()) {
      if (most_records(view) > 1) return true;
      for (const PlaceNode* place : view.places) {
        for (const PlaceNode* node = place;
             node != candidate.node->parent && node->parent != nullptr; node = node->parent) {
          if (node->is_star()) return true;
        }
      }
    }
    return false;
  }

  bool is_running(const UsageView& view) const {
    return std::any_of(view.places.begin(), view.places.end(),
                       [&](const PlaceNode* place) { return found.running.contains(place); });
  }

  static std::uint64_t most_records(const UsageView& view) {
    std::uint64_t most = 0;
    for (const auto& amount : view.amounts) most = std::max(most, amount ? amount->records : 0);
    return most;
  }

  /// {"usage": {…}, "token_usage": {…}}
  static bool both_generic(const Candidate& a, const Candidate& b) {
    return speaks_of_tokens(a.node->name()) && speaks_of_tokens(b.node->name()) &&
           !a.node->is_star() && !b.node->is_star();
  }

  /// Puts candidates that tell the same together; those that a name relates to one and whose
  /// numbers differ are set aside.
  void join_what_is_the_same(std::vector<Candidate>& candidates) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      for (std::size_t j = i + 1; j < candidates.size();) {
        Decision decision = decide(candidates[i], candidates[j]);
        if (decision.kind != Kind::same && decision.kind != Kind::refuted) {
          ++j;
          continue;
        }
        join(candidates[i], candidates[j], decision);
        candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(j));
        j = i + 1;  // what is joined may be the same as one that neither was alone
      }
    }
  }

  void join(Candidate& into, Candidate& other, const Decision& decision) {
    const auto views = into.views();
    const auto others = other.views();
    note(into, views[decision.view_a], other, others[decision.view_b], decision);
    ToldUsage joined;
    keep_complete(views, others, decision.agreement, joined);
    std::stable_sort(
        joined.views.begin(), joined.views.end(),
        [](const UsageView& a, const UsageView& b) { return fineness(a) > fineness(b); });
    // The name of a total stays with what it is joined with.
    if (other.is_called_total() || (other.is_self && !into.is_called_total()))
      std::swap(into.node, other.node), into.is_self = other.is_self;
    into.usages.assign(1, std::move(joined));
  }

  /// A way to tell a usage that leaves some of it out is none.
  void keep_complete(const std::vector<UsageView>& a, const std::vector<UsageView>& b,
                     const Agreement& agreement, ToldUsage& joined) {
    const bool a_lacks = agreement.only_in_b > 0;
    const bool b_lacks = agreement.only_in_a > 0;
    const bool take_a = !a_lacks || (b_lacks && agreement.only_in_a >= agreement.only_in_b);
    const bool take_b = !b_lacks || !take_a;
    if (take_a) joined.views.insert(joined.views.end(), a.begin(), a.end());
    if (take_b) joined.views.insert(joined.views.end(), b.begin(), b.end());
    const auto leave = [&](const std::vector<UsageView>& left, const std::vector<UsageView>& kept) {
      for (const UsageView& view : left)
        found.set_aside.push_back({view.places, kept.front().places, "{} tells more of it"});
    };
    if (!take_a) leave(a, b);
    if (!take_b) leave(b, a);
  }

  void note(const Candidate& a, const UsageView& view_a, const Candidate& b,
            const UsageView& view_b, const Decision& decision) {
    const bool b_is_total = b.is_called_total() ||
                            (!a.is_called_total() && most_records(view_b) < most_records(view_a)) ||
                            (b.is_self && !a.is_called_total());
    const UsageView& total = b_is_total ? view_b : view_a;
    const UsageView& parts = b_is_total ? view_a : view_b;
    found.relations.push_back(
        {total.places, parts.places, compare(total.amounts, parts.amounts), decision.by_name});
  }

  static Candidate all_but(const std::vector<Candidate>& candidates, std::size_t one) {
    Candidate others;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (i == one) continue;
      if (others.node == nullptr) others.node = candidates[i].node;
      others.usages.insert(others.usages.end(), candidates[i].usages.begin(),
                           candidates[i].usages.end());
    }
    // Together they are one thing, whatever each of them is called.
    UsageView whole = others.views().front();
    if (others.usages.size() > 1) others.usages.assign(1, ToldUsage{{std::move(whole)}});
    return others;
  }

  static Candidate pick(std::vector<Candidate>& candidates, std::size_t one) {
    Candidate picked = std::move(candidates[one]);
    candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(one));
    return picked;
  }

  /// {"total": {…}, "planner": {…}, "writer": {"steps": […]}}
  void take_total_of_others(std::vector<Candidate>& candidates) {
    constexpr std::size_t kMost = 64;
    if (candidates.size() > kMost) return;
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto rank = [&](const Candidate& c) {
        return c.is_called_total() ? 0 : c.is_self ? 1 : 2;
      };
      return rank(candidates[a]) < rank(candidates[b]);
    });
    for (const std::size_t one : order) {
      Candidate others = all_but(candidates, one);
      const Decision decision = decide(candidates[one], others);
      const bool is_total = candidates[one].is_called_total() || candidates[one].is_self;
      const bool is_found = decision.kind == Kind::same
                                ? is_total || candidates.size() > 2
                                : decision.kind == Kind::refuted && is_total;
      if (!is_found) continue;
      Candidate total = pick(candidates, one);
      join(total, others, decision);
      candidates.clear();
      candidates.push_back(std::move(total));
      return;
    }
    for (const std::size_t one : order) {
      Candidate others = all_but(candidates, one);
      const Decision decision = decide(candidates[one], others);
      if (decision.kind != Kind::partial) continue;
      set_partial_aside(candidates, one, others, decision);
      return;
    }
  }

  /// A total that tells more than what is listed is the better number: lists are cut. Where it
  /// tells less of anything, the list counts.
  void set_partial_aside(std::vector<Candidate>& candidates, std::size_t one,
                         const Candidate& others, const Decision& decision) {
    const bool is_more = decision.agreement.below == 0;
    const std::vector<const PlaceNode*> total = candidates[one].views()[decision.view_a].places;
    const std::vector<const PlaceNode*> parts = others.views()[decision.view_b].places;
    if (is_more) {
      for (const UsageView& view : others.views()) {
        found.set_aside.push_back(
            {view.places, total, "{} tells more, and it may be a part of that"});
      }
      Candidate kept = pick(candidates, one);
      candidates.clear();
      candidates.push_back(std::move(kept));
    } else {
      for (const UsageView& view : candidates[one].views()) {
        found.set_aside.push_back(
            {view.places, parts, "it is called a total and tells less than {}"});
      }
      pick(candidates, one);
    }
  }

  /// {"today": {…}, "month": {…}}: the widest span holds the others, if it tells at least as much
  /// of everything.
  void take_widest_span(std::vector<Candidate>& candidates) {
    if (!std::all_of(candidates.begin(), candidates.end(),
                     [](const Candidate& c) { return c.is_called_span(); }))
      return;
    for (std::size_t widest = 0; widest < candidates.size(); ++widest) {
      bool holds_all = true;
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (i == widest) continue;
        const Agreement agreement = compare(candidates[widest].views().front().amounts,
                                            candidates[i].views().front().amounts);
        holds_all =
            holds_all && agreement.compared > 0 && agreement.below == 0 && agreement.only_in_b == 0;
      }
      if (!holds_all) continue;
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (i == widest) continue;
        for (const UsageView& view : candidates[i].views()) {
          found.set_aside.push_back(
              {view.places, candidates[widest].views().front().places, "{} may hold it"});
        }
      }
      Candidate kept = std::move(candidates[widest]);
      candidates.clear();
      candidates.push_back(std::move(kept));
      return;
    }
  }
};

}  // namespace

bool holds_calls(const PlaceNode& place) {
  const PlaceNode* member = &place;
  while (member->parent != nullptr && !member->is_star()) member = member->parent;
  if (!member->is_star()) return false;
  bool tells_call = false;
  for (const PlaceNode* node = &place; node != member->parent; node = node->parent) {
    for (const auto& instance : node->instances) {
      if (instance.seen->usage && !instance.seen->usage->requests_key.empty()) return false;
      if (instance.seen->kind == SeenNode::Kind::number) return false;
      tells_call = tells_call || instance.seen->kind == SeenNode::Kind::row;
      for (const auto& field : instance.seen->fields)
        tells_call =
            tells_call || field.tells == "time" || field.tells == "id" || field.tells == "model";
    }
  }
  constexpr std::string_view kCalls[] = {
      "call",   "request", "response", "completion", "message", "invocation", "entry",
      "record", "event",   "turn",     "history",    "log",     "trace",      "generation"};
  constexpr std::string_view kSums[] = {
      "session", "run",  "day",    "daily",  "month",        "monthly", "week",
      "weekly",  "hour", "hourly", "model",  "provider",     "project", "user",
      "agent",   "task", "total",  "thread", "conversation", "bucket",  "block"};
  const auto words = words_of(member->name());
  const std::string last = words.empty() ? std::string() : thing_counted(words.back());
  const auto is_one_of = [&](auto&& list) {
    return std::find(std::begin(list), std::end(list), last) != std::end(list);
  };
  if (is_one_of(kCalls)) return true;
  // Members of a map are sums of what they are called after; rows that tell when or with what are
  // calls.
  return !member->keys_are_data && !is_one_of(kSums) && !names_parts(member->name()) &&
         (tells_call || last.empty());
}

UsageRelations find_relations(const PlaceNode& document) {
  Finder finder;
  finder.found.running = find_running_totals(document);
  auto usages = finder.resolve(document);
  finder.found.usages = std::move(usages);
  return std::move(finder.found);
}

}  // namespace usagectl
