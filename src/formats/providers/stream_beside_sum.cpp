// The pieces of a streamed answer, and beside them what a client made of their counts:
// {"events": [{…}, …], "usage": {…}}. Many providers tell the state so far in each piece, and what
// adds them up is too large (dive #260, InsForge #2015).
#include "formats/providers/stream_beside_sum.hpp"

#include <array>
#include <optional>
#include <string>

#include "dialects/usage_reading.hpp"
#include "formats/providers/event_shapes.hpp"
#include "formats/providers/provider_capture.hpp"
#include "formats/providers/usage_places.hpp"
#include "model/tally.hpp"

namespace usagectl {
namespace {

constexpr std::array kTold = {Counter::input, Counter::output, Counter::total};

bool is_list_of_pieces(const Json& list) {
  constexpr std::size_t kFirstItems = 8;
  bool all = list.is_array() && list.size() > 1;
  list.each_item([&](std::size_t index, const Json& item) {
    if (index < kFirstItems) all = all && is_piece(kind_of(item));
  });
  return all;
}

Counts counts_of(const Catalogue& catalogue, const FoundUsage& usage, const Surroundings& about) {
  const UsageReading reading = read_usage(catalogue, usage.values, about.envelope(usage.pointer));
  return reading.countable() ? reading.counts : Counts();
}

/// What the pieces tell, each for itself, added up.
Tally sum_of_pieces(const Catalogue& catalogue, const Json& list) {
  Tally sum;
  list.each_item([&](std::size_t, const Json& item) {
    const UsagePlaces places = find_usage(catalogue, item);
    if (places.found.empty()) return;
    sum.add(counts_of(catalogue, places.found.front(), surroundings_of(catalogue, item)));
  });
  return sum;
}

/// The first counter that two tell differently.
std::optional<Counter> difference(const Counts& told, const Tally& sum) {
  for (const Counter counter : kTold) {
    const auto here = told[counter];
    const auto there = sum.sum_of(counter);
    if (here && there && *here != *there) return counter;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> stream_beside_sum(const Catalogue& catalogue,
                                                  const Json& document) {
  const EventShape* const shape = shape_of(document);
  if (!document.is_object() || (shape != nullptr && !shape->is_anybodys)) return std::nullopt;
  std::optional<std::string_view> stream;
  bool is_one = true;
  bool has_sum = false;
  document.each_member([&](std::string_view name, const Json& member) {
    if (is_list_of_pieces(member)) {
      is_one = is_one && !stream;
      stream = name;
    } else if (member.is_object() && !search_usage(catalogue, member).empty()) {
      has_sum = true;
    }
  });
  return is_one && has_sum ? stream : std::nullopt;
}

void read_stream_beside_sum(const Json& document, std::string_view name, const Place& place,
                            const FileContext& file, std::string_view format,
                            Observations& observations) {
  const Catalogue& catalogue = file.catalogue();
  const std::size_t before = observations.records().size();
  ProviderCapture capture(file, format, Calls::growing, observations);
  const std::string list = pointer_to(place.pointer, name);
  document[name].each_item([&](std::size_t index, const Json& item) {
    capture.next(item, {place.file, place.line, pointer_to(list, index)});
  });
  capture.finish();
  Tally counted;
  for (std::size_t i = before; i < observations.records().size(); ++i)
    counted.add(observations.records()[i].counts);
  const Tally summed = sum_of_pieces(catalogue, document[name]);
  document.each_member([&](std::string_view key, const Json& member) {
    if (key == name || !member.is_object()) return;
    for (const FoundUsage& usage : search_usage(catalogue, member)) {
      const Counts told = counts_of(catalogue, usage, {});
      const auto differs = difference(told, counted);
      if (!differs) {
        observations.duplicate();
        continue;
      }
      observations.ignored("sum of what is reported elsewhere");
      Finding finding;
      finding.rule = Rule::sum;
      finding.place = {place.file, place.line, pointer_to(place.pointer, key) + usage.pointer};
      finding.counter = name_of(*differs);
      finding.asserted = told[*differs];
      finding.calculated = counted.sum_of(*differs);
      finding.basis = "the answer in pieces beside it";
      if (!difference(told, summed)) finding.cause = "stream-chunks-summed";
      finding.explanation = "not what the answer tells whose pieces are beside it: that counts";
      observations.finding(std::move(finding));
    }
  });
}

}  // namespace usagectl
