#include "formats/reading/usage_object.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dialects/field_names.hpp"
#include "dialects/recognise.hpp"
#include "dialects/text_words.hpp"
#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

bool are_counts(const Catalogue& catalogue, const UsageValues& values,
                const std::vector<std::uint16_t>& candidates) {
  return std::all_of(
      values.slots().begin(), values.slots().end(), [&](const UsageValues::Slot& slot) {
        if (slot.count || slot.detail || !is_known_to_any(catalogue, candidates, slot.key))
          return true;
        // Nobody writes a prompt under a name that counts tokens: there, what is no count is a
        // fault.
        return catalogue.path_of(slot.key).find("oken") != std::string_view::npos;
      });
}

/// "input" and "output" may be anything, such as prices, unless something speaks of tokens: a key,
/// the name that the object has, more of them than two, or the time or id of a call beside them.
bool is_about_tokens(const Catalogue& catalogue, const Json& object, const UsageValues& values,
                     std::string_view name) {
  // Milliseconds and characters have an input, an output and a total as well.
  const bool is_bare =
      std::all_of(values.slots().begin(), values.slots().end(), [&](const UsageValues::Slot& slot) {
        const std::string_view path = catalogue.path_of(slot.key);
        return path == "input" || path == "output" || path == "total";
      });
  if (is_bare && names_other_unit(name)) return false;
  std::size_t counts = 0;
  for (const auto& slot : values.slots()) {
    const std::string_view path = catalogue.path_of(slot.key);
    if (path != "input" && path != "output") return true;
    counts += slot.count ? 1U : 0U;
  }
  if (counts > 2 || speaks_of_tokens(name)) return true;
  bool tells_call = false;
  object.each_member([&](std::string_view key, const Json&) {
    const std::string_view tells = field_named(key);
    tells_call = tells_call || tells == "time" || tells == "id" || tells == "session";
  });
  return tells_call;
}

/// A total and nothing else, beside what is told of a text and not of a call.
bool is_length_of_text(const Catalogue& catalogue, const Json& object, const UsageValues& values) {
  const bool is_total_alone =
      std::all_of(values.slots().begin(), values.slots().end(), [&](const UsageValues::Slot& slot) {
        const std::string_view path = catalogue.path_of(slot.key);
        return path == "total_tokens" || path == "totalTokens";
      });
  if (!is_total_alone) return false;
  bool is_of_text = false;
  bool is_of_call = false;
  object.each_member([&](std::string_view key, const Json&) {
    is_of_text = is_of_text || names_text(key);
    is_of_call = is_of_call || names_call(key);
  });
  return is_of_text && !is_of_call;
}

}  // namespace

bool holds_counts_alone(const Catalogue& catalogue, const UsageValues& values) {
  return has_usage_keys(catalogue, values) &&
         are_counts(catalogue, values, recognise(catalogue, values, {}));
}

bool counts_tokens_of_usage(const Catalogue& catalogue, const Json& object,
                            const UsageValues& values, std::string_view name) {
  return holds_counts_alone(catalogue, values) &&
         is_about_tokens(catalogue, object, values, name) &&
         !is_length_of_text(catalogue, object, values);
}

bool is_usage(const Catalogue& catalogue, const UsageValues& values) {
  if (!has_usage_keys(catalogue, values)) return false;
  return std::any_of(
      values.slots().begin(), values.slots().end(),
      [](const UsageValues::Slot& slot) { return slot.count.has_value() && !slot.detail; });
}

bool is_usage_itself(const Catalogue& catalogue, const Json& object, const UsageValues& values) {
  if (!has_usage_keys(catalogue, values)) return false;
  const auto candidates = recognise(catalogue, values, {});
  return !candidates.empty() && counts_tokens_of_usage(catalogue, object, values, {});
}

}  // namespace usagectl
