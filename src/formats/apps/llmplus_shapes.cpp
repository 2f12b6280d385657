#include "formats/apps/llmplus_shapes.hpp"

#include <string_view>

namespace usagectl {
namespace {

bool looks_like_usage(const Json& value) {
  return (value.has("input_tokens") || value.has("output_tokens")) &&
         (value.has("requests") || value.has("completions"));
}

/// Some member is the usage of a model. What the others are is said when they are read.
bool holds_models(const Json& models) {
  bool any = false;
  models.each_member(
      [&](std::string_view, const Json& usage) { any = any || looks_like_usage(usage); });
  return any;
}

bool is_empty_object(const Json& value) { return value.is_object() && value.size() == 0; }

}  // namespace

bool is_llmplus_job(const Json& document) {
  const Json before = document["before"];
  const Json after = document["after"];
  if (is_empty_object(before) && is_empty_object(after)) return true;
  const bool both = document.has("before") && document.has("after");
  return holds_models(after) || (both && (holds_models(before) || after.is_object()) &&
                                 (before.is_object() || before.is_null()) && document.size() == 2);
}
bool is_llmplus_session(const Json& document) {
  return document.has("session_start") &&
         (holds_models(document["stats"]) || is_empty_object(document["stats"]));
}
bool is_llmplus_flat(const Json& document) {
  bool any = false;
  bool all = true;
  document.each_member([&](std::string_view, const Json& usage) {
    any = any || (looks_like_usage(usage) && usage.has("completions"));
    all = all && (usage.is_object() || usage.is_null());
  });
  return any && all;
}

}  // namespace usagectl
