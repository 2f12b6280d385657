// Usage that stands in no documented place of an answer.
#include <fmt/format.h>

#include <algorithm>

#include "formats/providers/provider_capture.hpp"

namespace usagectl {

/// Nothing says where usage should be: wherever it is, it counts as what its own dialect says it
/// is.
void ProviderCapture::search(const Json& body, const Place& place, const Surroundings& about) {
  close_call();
  std::vector<FoundUsage> found = search_usage(catalogue_, body);
  note_keys(body, found);
  if (found.empty()) set_aside_unknown(body, place);
  if (!found.empty() && !is_countable(catalogue_, found)) {
    for (const FoundUsage& usage : found) {
      observations_.rejected(below(place, usage.pointer),
                             fmt::format("is among {} usage objects in a layout that is not known: "
                                         "which of them are parts of which is not said",
                                         found.size()));
    }
    return;
  }
  for (FoundUsage& usage : found) {
    usage.about.known = usage.about.known || about.known;
    emit(usage.values, below(place, usage.pointer), usage.about, usage.keys);
  }
}

/// Counts in the document itself that no dialect knows are not passed over in silence.
void ProviderCapture::set_aside_unknown(const Json& body, const Place& place) {
  const UsageValues values(catalogue_, body);
  const bool counts_tokens =
      std::any_of(values.slots().begin(), values.slots().end(), [&](const UsageValues::Slot& slot) {
        return slot.count && catalogue_.path_of(slot.key).find("oken") != std::string_view::npos;
      });
  if (!counts_tokens) {
    observations_.ignored("JSON without usage");
  } else if (surroundings_of(catalogue_, body).sums.calls) {
    observations_.ignored("sum over several calls");
  } else {
    observations_.rejected(place, "has token counts in a vocabulary that no dialect knows");
  }
}

/// Usage objects beside the one that counts may be calls of their own, or parts of it: nobody says.
void ProviderCapture::say_others(const Json& body, const UsagePlaces& places, const Place& place) {
  std::size_t known = 0;
  for (const FoundUsage& usage : places.found) known += usage.objects;
  for (const auto& [rule, objects] : places.parts) known += objects;
  std::vector<FoundUsage> all = search_usage(catalogue_, body);
  std::erase_if(all, [](const FoundUsage& usage) {
    return usage.pointer.find("/provider_metadata/") != std::string::npos;
  });
  if (all.size() <= known) return;
  observations_.ignored("usage object beside a counted one", all.size() - known);
  warn(below(place, all.back().pointer), "several-usages",
       "another usage object is beside the one that is counted: whether it is a part of it is "
       "not said");
}

}  // namespace usagectl
