#include "formats/inference/usage_candidate.hpp"

#include <algorithm>
#include <utility>

#include "dialects/row_words.hpp"
#include "dialects/usage_words.hpp"
#include "formats/inference/call_places.hpp"
#include "formats/inference/place_labels.hpp"

namespace usagectl {
namespace {

void add_to(UsageView& whole, const UsageView& part) {
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

}  // namespace

std::vector<UsageView> Candidate::views() const {
  if (usages.size() == 1) return usages.front().views;
  UsageView whole = usages.front().views.front();
  for (std::size_t i = 1; i < usages.size(); ++i) add_to(whole, usages[i].views.front());
  return {std::move(whole)};
}

bool Candidate::is_called_total() const {
  return !is_self && !node->is_star() && names_total(node->token);
}
bool Candidate::is_called_parts() const { return !is_self && names_parts(node->name()); }
bool Candidate::is_called_latest() const {
  return !is_self && !node->is_star() && names_latest(node->token);
}
bool Candidate::is_called_span() const {
  return !is_self && !node->is_star() &&
         (names_span(node->token) || hours_of_window(node->token) != 0);
}

bool names_relate(const Candidate& a, const Candidate& b) {
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

bool lists_parts(const Candidate& candidate) {
  for (const UsageView& view : candidate.views()) {
    if (most_records(view) > 1) return true;
    for (const PlaceNode* place : view.places) {
      for (const PlaceNode* node = place; node != candidate.node->parent && node->parent != nullptr;
           node = node->parent) {
        if (node->is_star()) return true;
      }
    }
  }
  return false;
}

bool both_generic(const Candidate& a, const Candidate& b) {
  return speaks_of_tokens(a.node->name()) && speaks_of_tokens(b.node->name()) &&
         !a.node->is_star() && !b.node->is_star();
}

std::uint64_t most_records(const UsageView& view) {
  std::uint64_t most = 0;
  for (const auto& amount : view.amounts) most = std::max(most, amount ? amount->records : 0);
  return most;
}

bool report_of_one_object(const UsageView& a, const UsageView& b) {
  for (std::size_t i = 0; i < std::min(a.amounts.size(), b.amounts.size()); ++i) {
    if (a.amounts[i] && b.amounts[i]) return true;
  }
  return false;
}

bool stand_in_rows_apart(const PlaceNode& star, const std::vector<ToldUsage>& usages) {
  std::vector<bool> is_taken(star.instances.size(), false);
  for (const ToldUsage& usage : usages) {
    const PlaceNode* const place = usage.views.front().places.front();
    if (usage.views.size() != 1 || usage.views.front().places.size() != 1 || place == &star)
      return false;
    for (std::size_t i = 0; i < place->instances.size(); ++i) {
      if (!place->instances[i].seen->usage) continue;
      std::size_t row = i;
      for (const PlaceNode* node = place; node != &star; node = node->parent)
        row = node->instances[row].parent;
      if (is_taken[row]) return false;
      is_taken[row] = true;
    }
  }
  return true;
}

bool is_list_of_round_length(const Places& places) {
  return std::any_of(places.begin(), places.end(), [](const PlaceNode* place) {
    return place->is_star() && !place->keys_are_data && place->parent != nullptr &&
           std::any_of(place->parent->instances.begin(), place->parent->instances.end(),
                       [](const PlaceNode::Instance& list) {
                         return list.seen->size >= 10 && list.seen->size % 10 == 0;
                       });
  });
}

bool tells_of_days(const Places& places) {
  return std::any_of(places.begin(), places.end(), [](const PlaceNode* place) {
    const auto labels = labels_of(*place);
    return std::any_of(labels.begin(), labels.end(),
                       [](const PlaceLabel& label) { return label.tells == "day"; });
  });
}

bool is_by_model(const Places& places) {
  return std::all_of(places.begin(), places.end(), [](const PlaceNode* place) {
    const auto labels = labels_of(*place);
    return std::any_of(labels.begin(), labels.end(), [](const PlaceLabel& label) {
      return label.from.star > 0 && (label.tells == "model" || label.tells == "provider");
    });
  });
}

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

Candidate all_but(const std::vector<Candidate>& candidates, std::size_t one) {
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

Candidate pick(std::vector<Candidate>& candidates, std::size_t one) {
  Candidate picked = std::move(candidates[one]);
  candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(one));
  return picked;
}

}  // namespace usagectl
