// Usage that stands in no documented place of an answer.
#include <fmt/format.h>

#include <algorithm>

#include "formats/providers/provider_capture.hpp"

namespace usagectl {

/// Nothing says where usage should be: wherever it is, it counts as what its own dialect says it
/// is.
void ProviderCapture::search(const Json& body, const Place& place, const Surroundings& about) {
  close_call();
  bool any_unsaid = false;
  std::vector<FoundUsage> found = search_usage(catalogue_, body, any_unsaid);
  note_keys(body, found);
  if (found.empty()) {
    set_aside_unknown(body, place);
    if (any_unsaid) look_at_others(body, found, place, about);
  }
  if (!found.empty() && !is_countable(catalogue_, found) && !take_participants(catalogue_, found)) {
    for (const FoundUsage& usage : found) {
      observations_.rejected(below(place, usage.pointer),
                             fmt::format("is among {} usage objects in a layout that is not known: "
                                         "which of them are parts of which is not said",
                                         found.size()));
    }
    return;
  }
  if (!found.empty()) look_at_others(body, found, place, about);
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

/// Usage objects beside the ones that are read.
void ProviderCapture::look_at_others(const Json& body, const std::vector<FoundUsage>& read_here,
                                     const Place& place, const Surroundings& about) {
  others_.begin();
  const bool are_added_up = !read_here.empty() && read_here.front().objects > 1;
  const auto is_read = [&](const std::string& pointer) {
    return are_added_up ||
           std::any_of(read_here.begin(), read_here.end(),
                       [&](const FoundUsage& usage) { return usage.pointer == pointer; });
  };
  others_.look(catalogue_, body, place, is_read, observations_, [&] {
    for (const FoundUsage& usage : read_here) {
      const UsageReading reading = read(usage.values, below(place, usage.pointer), about);
      others_.read(completed(reading.counts, reading.given), true);
    }
  });
}

}  // namespace usagectl
