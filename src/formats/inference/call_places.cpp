#include "formats/inference/call_places.hpp"

#include <algorithm>
#include <iterator>

#include "dialects/usage_words.hpp"
#include "formats/inference/place_labels.hpp"

namespace usagectl {

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

bool stands_in_a_turn(const PlaceNode& place) {
  constexpr std::string_view kPositions[] = {"turn", "step",  "round",   "iteration",
                                             "seq",  "index", "attempt", "sequence"};
  for (const PlaceNode* node = &place; node != nullptr; node = node->parent) {
    for (const auto& instance : node->instances) {
      const auto& fields = instance.seen->fields;
      const auto& numbers = instance.seen->numbers;
      if (std::any_of(fields.begin(), fields.end(), [](const SeenField& field) {
            return field.tells == "time" || field.tells == "id";
          }))
        return true;
      if (std::any_of(numbers.begin(), numbers.end(), [&](const SeenNumber& number) {
            return std::find(std::begin(kPositions), std::end(kPositions), number.key) !=
                   std::end(kPositions);
          }))
        return true;
    }
  }
  return false;
}

}  // namespace usagectl
