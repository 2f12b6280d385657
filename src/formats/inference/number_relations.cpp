#include "formats/inference/number_relations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/inference/slip.hpp"

namespace usagectl {
namespace {

using Numbers = std::vector<std::optional<Count>>;  ///< by instance of a node

struct Fit {
  std::uint64_t compared = 0;
  std::uint64_t held = 0;
  bool all_near = true;
  bool all_alike = true;  ///< none is more than twice the other
  bool asserts_more = false;
  bool asserts_less = false;
};

Fit fit_of(const Numbers& asserted, const Numbers& calculated) {
  Fit fit;
  for (std::size_t i = 0; i < asserted.size(); ++i) {
    if (!asserted[i] || !calculated[i]) continue;
    ++fit.compared;
    if (asserted[i] == calculated[i]) {
      ++fit.held;
    } else {
      fit.all_near = fit.all_near && differ_by_a_slip(*asserted[i], *calculated[i]);
      fit.all_alike = fit.all_alike && std::max(*asserted[i], *calculated[i]) / 2 <=
                                           std::min(*asserted[i], *calculated[i]);
      fit.asserts_more = fit.asserts_more || *asserted[i] > *calculated[i];
      fit.asserts_less = fit.asserts_less || *asserted[i] < *calculated[i];
    }
  }
  return fit;
}

/// Several parts may have one of these in common, and each counts it: the traces of a day, some of
/// which called two models (daily metrics of Langfuse, their API reference, 2026-11).
bool may_be_shared(std::string_view thing) {
  constexpr std::string_view kShared[] = {"trace",        "session", "user", "thread",
                                          "conversation", "project", "team", "day"};
  return std::find(std::begin(kShared), std::end(kShared), thing) != std::end(kShared);
}

const SeenNumber* number_of(const SeenNode& seen, std::string_view key) {
  const auto found = std::find_if(seen.numbers.begin(), seen.numbers.end(),
                                  [&](const SeenNumber& number) { return number.key == key; });
  return found == seen.numbers.end() ? nullptr : &*found;
}

std::set<std::string> number_keys(const PlaceNode& node) {
  std::set<std::string> keys;
  for (const auto& instance : node.instances) {
    for (const SeenNumber& number : instance.seen->numbers) keys.insert(number.key);
  }
  return keys;
}

/// Which instance of `above` an instance of a node below it belongs to.
std::size_t instance_above(const PlaceNode& node, std::size_t instance, const PlaceNode& above) {
  for (const PlaceNode* at = &node; at != &above; at = at->parent)
    instance = at->instances[instance].parent;
  return instance;
}

/// "step": 3 is the third one, "steps": 3 are three.
bool numbers_one(std::string_view key, const std::string& thing) { return key == thing; }

class Finder {
 public:
  void look(const PlaceNode& node) {
    for (const std::string& key : number_keys(node)) {
      const std::string thing = thing_counted(key);
      // Calls beside counters are compared with them.
      const bool is_compared = node.is_usage && names_number_of_calls(key);
      if (!thing.empty() && !numbers_one(key, thing) && !is_compared && counts_things(key))
        look_below(node, node, key, thing);
    }
    look_for_running_totals(node);
    for (const auto& child : node.children) look(*child);
  }

  /// Numbers beside a total and beside its parts: {"calls": 5, "tokens": {…}}.
  void look_beside(const FoundRelation& relation) {
    if (relation.about.size() != 1 || relation.of.size() != 1 || relation.agreement.telling == 0)
      return;
    const PlaceNode& about = holder_of(*relation.about.front());
    const PlaceNode& parts = holder_of(*relation.of.front());
    if (about.pattern().stars() > 0 || !parts.is_star() ||
        (&about == relation.about.front() && &parts == relation.of.front()))
      return;
    for (const std::string& key : number_keys(about)) {
      const std::string thing = thing_counted(key);
      if (thing.empty() || numbers_one(key, thing) || !counts_things(key)) continue;
      for (const std::string& part_key : number_keys(parts)) {
        if (thing_counted(part_key) == thing)
          compare_sum(about, key, parts, part_key, relation.agreement.failed == 0);
      }
    }
  }

  std::vector<LayoutClaim> found;

 private:
  /// The object that speaks of the same as its usage object does.
  static const PlaceNode& holder_of(const PlaceNode& usage) {
    return usage.is_star() || usage.parent == nullptr || usage.parent->parent == nullptr
               ? usage
               : *usage.parent;
  }

  bool is_known(const PathPattern& about) const {
    return std::any_of(found.begin(), found.end(),
                       [&](const LayoutClaim& claim) { return claim.about == about; });
  }

  static Numbers asserted_by(const PlaceNode& node, const std::string& key) {
    Numbers numbers(node.instances.size());
    for (std::size_t i = 0; i < node.instances.size(); ++i) {
      if (const SeenNumber* number = number_of(*node.instances[i].seen, key))
        numbers[i] = number->count;
    }
    return numbers;
  }

  void look_below(const PlaceNode& about, const PlaceNode& node, const std::string& key,
                  const std::string& thing) {
    for (const auto& child : node.children) {
      if (child->is_star()) {
        for (const std::string& part_key : number_keys(*child)) {
          if (thing_counted(part_key) == thing) compare_sum(about, key, *child, part_key);
        }
        if (thing_counted(node.token) == thing && &node != &about)
          compare_number(about, key, *child);
      }
      look_below(about, *child, key, thing);
    }
  }

  /// Where all else adds up, the parts are all there.
  void compare_sum(const PlaceNode& about, const std::string& key, const PlaceNode& parts,
                   const std::string& part_key, bool is_complete = false) {
    Numbers sums(about.instances.size());
    bool all_have_it = true;
    for (std::size_t i = 0; i < parts.instances.size(); ++i) {
      const SeenNumber* const number = number_of(*parts.instances[i].seen, part_key);
      all_have_it = all_have_it && number != nullptr;
      if (number == nullptr) continue;
      auto& sum = sums[about.instances.size() == 1 ? 0 : instance_above(parts, i, about)];
      sum = (ExactSum(sum.value_or(0)) += number->count).count();
    }
    const Fit fit = fit_of(asserted_by(about, key), sums);
    if (all_have_it && fit.held < fit.compared && are_indices(parts, part_key)) {
      compare_number(about, key, parts);
      return;
    }
    if (fit.compared == 0 || !all_have_it ||
        !(fit.held == fit.compared || fit.all_alike || is_complete) ||
        (fit.asserts_less && may_be_shared(thing_counted(key))))
      return;
    PathPattern of = parts.pattern();
    of.tokens.push_back(part_key);
    add(LayoutClaim::Kind::sum, about, key, std::move(of), fit);
  }

  /// 1, 2, 3 or 0, 1, 2 from row to row of each list: "turn" says which one it is.
  static bool are_indices(const PlaceNode& rows, const std::string& key) {
    bool any_second = false;
    std::optional<Count> last;
    for (std::size_t i = 0; i < rows.instances.size(); ++i) {
      const bool is_first = i == 0 || rows.instances[i].parent != rows.instances[i - 1].parent;
      const SeenNumber* const number = number_of(*rows.instances[i].seen, key);
      if (number == nullptr || (is_first ? number->count > 1 : number->count != *last + 1))
        return false;
      any_second = any_second || !is_first;
      last = number->count;
    }
    return any_second;
  }

  void compare_number(const PlaceNode& about, const std::string& key, const PlaceNode& parts) {
    Numbers numbers(about.instances.size());
    for (std::size_t i = 0; i < parts.instances.size(); ++i) {
      auto& number = numbers[about.instances.size() == 1 ? 0 : instance_above(parts, i, about)];
      number = number.value_or(0) + static_cast<Count>(parts.instances[i].seen->times);
    }
    const Fit fit = fit_of(asserted_by(about, key), numbers);
    // Lists are cut; one that holds more than it should is not.
    if (fit.compared == 0 || !(fit.held == fit.compared || (fit.all_near && !fit.asserts_more)))
      return;
    add(LayoutClaim::Kind::count, about, key, parts.pattern(), fit);
  }

  /// "cumulative_tokens" in the rows of a list, beside the tokens of each.
  void look_for_running_totals(const PlaceNode& node) {
    // Rows that were put together have no order.
    if (!node.is_star() || node.keys_are_data || number_of(node) != node.instances.size()) return;
    for (const std::string& key : number_keys(node)) {
      const auto counter = counter_named(key);
      if (!counter || !counter->is_running || counter->quantity > Quantity::total) continue;
      Fit fit;
      std::optional<PathPattern> of;
      for (std::size_t i = 1; i < node.instances.size(); ++i) {
        const SeenNode& before = *node.instances[i - 1].seen;
        const SeenNode& seen = *node.instances[i].seen;
        const SeenNumber* const total = number_of(seen, key);
        const SeenNumber* const was = number_of(before, key);
        if (node.instances[i].parent != node.instances[i - 1].parent || total == nullptr ||
            was == nullptr || !seen.usage)
          continue;
        const auto more = seen.usage->given[static_cast<Counter>(counter->quantity)];
        for (const auto& [quantity, path] : seen.usage->keys) {
          if (quantity == counter->quantity) of = path;
        }
        ++fit.compared;
        if (more && (ExactSum(was->count) += *more) == ExactSum(total->count)) ++fit.held;
      }
      if (fit.compared == 0 || fit.held * 2 <= fit.compared) continue;
      PathPattern place = node.pattern();
      if (of) place.tokens.insert(place.tokens.end(), of->tokens.begin(), of->tokens.end());
      add(LayoutClaim::Kind::continuity, node, key, place, fit);
      if (!of) found.back().of.clear();
    }
  }

  void add(LayoutClaim::Kind kind, const PlaceNode& about, const std::string& key, PathPattern of,
           const Fit& fit) {
    LayoutClaim claim;
    claim.kind = kind;
    claim.about = about.pattern();
    claim.about.tokens.push_back(key);
    claim.of = {std::move(of)};
    claim.evidence = fmt::format("holds for {} of {} number{}", fit.held, fit.compared,
                                 fit.compared == 1 ? "" : "s");
    if (!is_known(claim.about)) found.push_back(std::move(claim));
  }
};

}  // namespace

std::vector<LayoutClaim> find_number_claims(const PlaceNode& document,
                                            const std::vector<FoundRelation>& relations) {
  Finder finder;
  finder.look(document);
  for (const FoundRelation& relation : relations) finder.look_beside(relation);
  return std::move(finder.found);
}

}  // namespace usagectl
