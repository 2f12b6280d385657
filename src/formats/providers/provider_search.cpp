// Usage that stands in no documented place of an answer.
#include <fmt/format.h>

#include <algorithm>

#include "dialects/usage_words.hpp"
#include "formats/providers/provider_capture.hpp"
#include "formats/reading/left_open.hpp"

namespace usagectl {
namespace {

/// Takes what the other says and this does not.
void complete(SumOfCalls& sums, const SumOfCalls& other) {
  sums.is_named_so = sums.is_named_so || other.is_named_so;
  sums.is_called_so = sums.is_called_so || other.is_called_so;
  sums.is_called_end = sums.is_called_end || other.is_called_end;
  sums.is_so_far = sums.is_so_far || other.is_so_far;
  if (sums.statistic == Statistic::none) sums.statistic = other.statistic;
  if (sums.window_hours == 0) sums.window_hours = other.window_hours;
  if (!sums.calls) sums.calls = other.calls;
}

/// What the document says of usage that stands further inside: where it belongs, and when it was.
/// Its model is that of the only usage in it; its id may be that of several.
void complete_far_inside(FoundUsage& usage, const Surroundings& document, bool is_alone) {
  Surroundings said = document;
  said.object.clear();
  said.type.clear();
  if (said.row.empty()) said.row = said.id;
  said.id.clear();
  if (!is_alone) said.model.clear();
  const bool is_failure = usage.about.is_failure;
  usage.about.complete_with(said);
  usage.about.is_failure = is_failure;
}

/// Beside the usage of a call, what is called a total is none of it: others look at it.
bool take_the_call(std::vector<FoundUsage>& found) {
  const auto is_total = [](const FoundUsage& usage) {
    const std::string_view name =
        std::string_view(usage.pointer).substr(usage.pointer.rfind('/') + 1);
    return is_called_total(name) || names_span(name);
  };
  if (std::count_if(found.begin(), found.end(), is_total) + 1 !=
      static_cast<std::ptrdiff_t>(found.size()))
    return false;
  std::erase_if(found, is_total);
  return true;
}

}  // namespace

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
  if (!found.empty() && !is_countable(catalogue_, found) && !take_participants(catalogue_, found) &&
      !take_the_call(found)) {
    for (const FoundUsage& usage : found) {
      observations_.rejected(below(place, usage.pointer),
                             fmt::format("is among {} {}", found.size(), kAmongOthers));
    }
    return;
  }
  if (!found.empty()) look_at_others(body, found, place, about);
  // What a line says of itself, it says of the only usage in it: that it ends a run.
  if (found.size() == 1) complete(found.front().about.sums, about.sums);
  for (FoundUsage& usage : found) complete_far_inside(usage, about, found.size() == 1);
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
