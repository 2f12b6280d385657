#include "formats/inference/place_labels.hpp"

#include <algorithm>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

std::string_view what_keys_tell(const PlaceNode& star) {
  std::size_t days = 0;
  std::size_t models = 0;
  for (const auto& instance : star.instances) {
    days += looks_like_day(instance.seen->key) ? 1U : 0U;
    models += looks_like_model(instance.seen->key) ? 1U : 0U;
  }
  if (days * 2 > star.instances.size()) return "day";
  const std::string_view named =
      star.parent == nullptr ? std::string_view() : scope_named(star.parent->token);
  if (!named.empty()) return named;
  return models * 2 > star.instances.size() ? "model" : "part";
}

}  // namespace

std::vector<PlaceLabel> labels_of(const PlaceNode& place) {
  std::vector<PlaceLabel> labels;
  const auto add = [&](std::string_view tells, ValueSource from, const PlaceNode& holder) {
    const bool is_known = std::any_of(labels.begin(), labels.end(), [&](const PlaceLabel& label) {
      return label.tells == tells;
    });
    if (!is_known) labels.push_back({tells, std::move(from), &holder});
  };
  std::size_t star = place.pattern().stars();
  std::size_t outward = 0;
  for (const PlaceNode* node = &place; node != nullptr; node = node->parent, ++outward) {
    // What most of a long list tell, the first of them do.
    constexpr std::size_t kEnough = 1000;
    for (std::size_t i = 0; i < node->instances.size() && i < kEnough; ++i) {
      const auto& instance = node->instances[i];
      for (const SeenField& field : instance.seen->fields) {
        // A name that stands outside belongs to what is outside; a call has its own id.
        const bool is_known =
            std::any_of(labels.begin(), labels.end(),
                        [&](const PlaceLabel& label) { return label.tells == field.tells; });
        if (is_known) continue;
        if (outward > 1 && (field.tells == "part" || field.tells == "id")) continue;
        ValueSource from;
        from.outward = outward;
        from.path.tokens = {field.key};
        add(field.tells, std::move(from), *node);
      }
    }
    if (!node->is_star()) continue;
    if (node->keys_are_data) {
      ValueSource from;
      from.star = star;
      add(what_keys_tell(*node), std::move(from), *node);
    }
    --star;
  }
  return labels;
}

std::string label_of(const PlaceNode& place, std::size_t instance, const PlaceLabel& label) {
  const PlaceNode* node = &place;
  while (node != label.holder && node != nullptr) {
    instance = node->instances[instance].parent;
    node = node->parent;
  }
  if (node == nullptr) return {};
  const SeenNode& seen = *node->instances[instance].seen;
  if (label.from.star > 0) return seen.key;
  for (const SeenField& field : seen.fields) {
    if (field.key == label.from.path.tokens.front()) return field.value;
  }
  return {};
}

}  // namespace usagectl
