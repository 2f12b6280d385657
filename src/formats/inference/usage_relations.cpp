#include "formats/inference/usage_relations.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "formats/inference/call_places.hpp"
#include "formats/inference/repeats/copied_rows.hpp"
#include "formats/inference/repeats/lone_numbers.hpp"
#include "formats/inference/repeats/told_again.hpp"
#include "formats/inference/running_list.hpp"
#include "formats/inference/usage_candidate.hpp"

namespace usagectl {
namespace {

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

class Finder {
 public:
  std::vector<ToldUsage> resolve(const PlaceNode& node) {
    std::vector<Candidate> candidates;
    if (node.is_usage) candidates.push_back(self(node));
    for (const auto& child : node.children) {
      auto usages = lifted(*child, resolve(*child), node.instances.size());
      // What stands apart in each row may be alike in all of them together.
      if (child->is_star() && usages.size() > 1) join_in_list(*child, usages);
      if (!usages.empty()) candidates.push_back({child.get(), false, std::move(usages)});
    }
    if (candidates.size() < 2)
      return candidates.empty() ? std::vector<ToldUsage>() : std::move(candidates.front().usages);
    if (candidates.size() > 2) take_exact_total(candidates);
    if (candidates.size() > 1) join_what_is_the_same(candidates);
    if (candidates.size() > 1) take_total_of_others(candidates);
    if (candidates.size() > 1) set_copies_aside(candidates);
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
      const auto again = told_again(node);
      for (std::size_t i = 0; i < node.instances.size(); ++i) {
        if (node.instances[i].seen->usage && !again.contains(i))
          view.amounts[i] = tally_of(*node.instances[i].seen);
      }
    }
    // A list in braces would copy what it is made of, and there may be much.
    Candidate candidate{&node, true, {}};
    candidate.usages.emplace_back().views.push_back(std::move(view));
    return candidate;
  }

  /// Of totals so far, the last of each list tells all of it.
  static void take_last(const PlaceNode& node, UsageView& view) {
    const PlaceNode& row = *row_of(node);
    const auto last = last_in_lists(node, row);
    std::set<std::size_t> lists;
    for (std::size_t i = 0; i < node.instances.size(); ++i) {
      const std::size_t list = list_of(node, i, row);
      if (!node.instances[i].seen->usage || !lists.insert(list).second) continue;
      view.amounts[i].emplace().add(last.at(list));
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
      // Equal numbers side by side are one call, told twice: members of one map or list, which may
      // be equal because two calls were, are one place and no two candidates.
      return names || agreement.is_strong() || !has_parts ? Kind::same : Kind::separate;
    }
    if (is_refuted_as_a_whole(a, b, agreement, view_a, view_b)) return Kind::refuted;
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
    const bool may_be_cut = is_list_of_round_length(parts.places) || tells_of_days(parts.places) ||
                            is_called_selection((b_is_total ? a : b).node->token);
    const bool is_other_span =
        (a.is_called_span() && b.is_called_span()) || a.is_called_latest() || b.is_called_latest();
    const bool is_alike = agreement.all_alike || is_by_model(parts.places);
    const bool is_refuted =
        has_parts && is_alike && !is_other_span && !(parts_tell_less && may_be_cut);
    return is_refuted ? Kind::refuted : Kind::partial;
  }

  /// An object beside a list that tells all of it twice or three times, or that is called a total
  /// and tells one record of it.
  static bool is_refuted_as_a_whole(const Candidate& a, const Candidate& b,
                                    const Agreement& agreement, const UsageView& view_a,
                                    const UsageView& view_b) {
    if (lists_parts(a) == lists_parts(b)) return false;
    const bool a_is_list = lists_parts(a);
    const Candidate& total = a_is_list ? b : a;
    if (total.is_called_latest()) return false;
    const Count times = a_is_list ? agreement.times_below : agreement.times_above;
    if ((times == 2 || times == 3) && agreement.compared > 1) return true;
    const UsageView& one = a_is_list ? view_b : view_a;
    const UsageView& list = a_is_list ? view_a : view_b;
    return total.is_called_total() && number_of_rows(one) == 1 && number_of_rows(list) > 1 &&
           !never_falls(list) && are_copies(one, list);
  }

  /// Its rows may be totals so far, the last of which is all.
  static bool never_falls(const UsageView& list) {
    return std::any_of(list.places.begin(), list.places.end(), [](const PlaceNode* place) {
      const PlaceNode* const row = row_of(*place);
      return row != nullptr && std::all_of(row->parent->instances.begin(),
                                           row->parent->instances.end(), [](const auto& list_seen) {
                                             return list_seen.seen->course_of_rows().never_falls;
                                           });
    });
  }

  bool is_any_running(const UsageView& view) const {
    return std::any_of(view.places.begin(), view.places.end(),
                       [&](const PlaceNode* place) { return found.running.contains(place); });
  }

  /// Usages of the rows of one list.
  void join_in_list(const PlaceNode& star, std::vector<ToldUsage>& usages) {
    if (star.keys_are_data && stand_in_rows_apart(star, usages)) return;
    std::vector<Candidate> candidates;
    for (ToldUsage& usage : usages) {
      const PlaceNode* node = usage.views.front().places.front();
      if (node != &star) {
        while (node->parent != &star) node = node->parent;
      }
      candidates.push_back({node, node == &star, {std::move(usage)}});
    }
    join_what_is_the_same(candidates);
    if (candidates.size() > 1) set_copies_aside(candidates);
    usages.clear();
    for (Candidate& candidate : candidates) {
      for (ToldUsage& usage : candidate.usages) usages.push_back(std::move(usage));
    }
  }

  /// Where each object of one is among those of another, it is told of these once more.
  void set_copies_aside(std::vector<Candidate>& candidates) {
    for (std::size_t few = 0; few < candidates.size();) {
      const UsageView copies = candidates[few].views().front();
      const bool is_selection = is_called_selection(candidates[few].node->token);
      const auto many =
          std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& other) {
            return &other != &candidates[few] && !is_any_running(copies) &&
                   !is_any_running(other.views().front()) &&
                   report_of_one_object(copies, other.views().front()) &&
                   are_copies(copies, other.views().front(), is_selection);
          });
      if (many == candidates.end()) {
        ++few;
        continue;
      }
      const UsageView rows = many->views().front();
      const bool is_plain = is_selection || candidates[few].is_called_latest() ||
                            number_of_rows(copies) > 1 || number_of_rows(rows) == 1 ||
                            many->views().size() > 1;
      const std::string why = is_plain ? std::string()
                                       : "it is about one record of {} alone, or of another call "
                                         "with the same numbers";
      for (const UsageView& view : candidates[few].views())
        found.set_aside.push_back({view.places, rows.places, why});
      pick(candidates, few);
    }
  }

  /// Puts candidates that tell the same together; those that a name relates to one and whose
  /// numbers differ are set aside.
  void join_what_is_the_same(std::vector<Candidate>& candidates) {
    constexpr std::size_t kMost = 256;
    if (candidates.size() > kMost) return;
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
        found.set_aside.push_back({view.places, kept.front().places, "{} reports more of it"});
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

  /// {"own_usage": {…}, "total_usage": {…}, "children": […]}: what is called a total and is the sum
  /// of all others in two numbers at least is that of each, however alike it is to one of them.
  void take_exact_total(std::vector<Candidate>& candidates) {
    constexpr std::size_t kMost = 64;
    if (candidates.size() > kMost) return;
    for (std::size_t one = 0; one < candidates.size(); ++one) {
      if (!candidates[one].is_called_total()) continue;
      Candidate others = all_but(candidates, one);
      Decision decision = decide(candidates[one], others);
      const Agreement& agreement = decision.agreement;
      if (decision.kind != Kind::same || agreement.telling < 2 || agreement.only_in_a > 0 ||
          agreement.only_in_b > 0)
        continue;
      Candidate total = pick(candidates, one);
      join(total, others, decision);
      candidates.clear();
      candidates.push_back(std::move(total));
      return;
    }
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
    // Beside a call that says which of many it is, a larger total is one of others as well.
    const bool is_beside_a_call =
        !lists_parts(candidates[one]) && !lists_parts(others) && !others.is_called_latest() &&
        std::all_of(others.usages.begin(), others.usages.end(), [](const ToldUsage& usage) {
          return stands_in_a_turn(*usage.views.front().places.front());
        });
    const bool is_more = decision.agreement.below == 0 && !is_beside_a_call;
    const std::vector<const PlaceNode*> total = candidates[one].views()[decision.view_a].places;
    const std::vector<const PlaceNode*> parts = others.views()[decision.view_b].places;
    if (is_more) {
      // "top_models" are some of those that the total is of.
      const bool is_part = candidates.size() == 2 && is_called_selection(others.node->token);
      for (const UsageView& view : others.views()) {
        found.set_aside.push_back(
            {view.places, total, is_part ? "" : "{} reports more, and it may be a part of that"});
      }
      Candidate kept = pick(candidates, one);
      candidates.clear();
      candidates.push_back(std::move(kept));
    } else {
      for (const UsageView& view : candidates[one].views()) {
        found.set_aside.push_back({view.places, parts,
                                   is_beside_a_call
                                       ? "it may be the total of other calls as well as of {}"
                                       : "it is called a total and reports less than {}"});
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

UsageRelations find_relations(const PlaceNode& document) {
  Finder finder;
  finder.found.running = find_running_totals(document);
  auto usages = finder.resolve(document);
  set_lone_numbers_aside(usages, finder.found.set_aside);
  finder.found.usages = std::move(usages);
  return std::move(finder.found);
}

}  // namespace usagectl
