// What one capture says twice, and what it says of its parts, compared.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "formats/providers/provider_capture.hpp"
#include "formats/reading/left_open.hpp"
#include "formats/reading/read_call.hpp"

namespace usagectl {
namespace {

/// Whether each report tells the state so far: of a dialect that does, a state may look like a
/// whole answer.
bool may_report_progress(const Catalogue& catalogue, const UsageReading& reading) {
  return std::any_of(reading.candidates.begin(), reading.candidates.end(),
                     [&](std::uint16_t index) {
                       return catalogue.dialects()[index].stream == StreamRule::progress;
                     });
}
bool reports_progress(const Catalogue& catalogue, const UsageReading& reading) {
  return std::all_of(reading.candidates.begin(), reading.candidates.end(),
                     [&](std::uint16_t index) {
                       return catalogue.dialects()[index].stream == StreamRule::progress;
                     });
}

}  // namespace

void ProviderCapture::compare_copies(const UsagePlaces& places, const Place& event,
                                     const Surroundings& about) {
  if (places.found.size() < 2) return;
  const FoundUsage& first = places.found.front();
  const Place first_place = below(event, first.pointer);
  const UsageReading main = read(first.values, first_place, about);
  for (std::size_t i = 1; i < places.found.size(); ++i) {
    const Place copy_place = below(event, places.found[i].pointer);
    observations_.duplicate();
    compare(main, first_place, read(places.found[i].values, copy_place, about), copy_place);
  }
}

/// One usage told at two places must be the same.
void ProviderCapture::compare(const UsageReading& main, const Place& main_place,
                              const UsageReading& copy, const Place& copy_place) {
  bool agree = true;
  for (const Counter counter : kCounters) {
    const auto here = main.counts[counter];
    const auto there = copy.counts[counter];
    if (!here || !there || *here == *there) continue;
    agree = false;
    const bool same_line = main_place.line == copy_place.line;
    observations_.finding(
        {.rule = Rule::identity,
         .place = copy_place,
         .counter = name_of(counter),
         .asserted = *there,
         .calculated = *here,
         .basis = same_line
                      ? fmt::format("the same count at {}, which counts", main_place.pointer)
                      : fmt::format("the same count on line {}, which counts", main_place.line),
         .cause = "copies-disagree",
         .explanation = "one response reports its usage twice, and the two do not agree"});
  }
  if (agree) observations_.held();
}

/// A response reports its usage again. A whole answer does not change, nor does what stands at two
/// places; the pieces of a stream tell the state so far.
void ProviderCapture::compare_with_held(const FoundUsage& usage, bool complete, const Place& event,
                                        const Surroundings& about) {
  const Call& call = *call_;
  if (!about.id.empty() && !call.usage_id.empty() && about.id != call.usage_id) return;
  const Place place = below(event, usage.pointer);
  const UsageReading before = read(call.values, call.place, call.about);
  const UsageReading now = read(usage.values, place, about);
  const bool is_final = complete && call.complete && !reports_progress(catalogue_, now);
  const bool other_place = usage.pointer != call.usage_pointer;
  if (other_place || is_final) {
    compare(now, place, before, call.place);
  } else if (may_report_progress(catalogue_, now) ||
             (about.id.empty() && now.counts[Counter::output].value_or(kLargestCount) <
                                      before.counts[Counter::output].value_or(0))) {
    // Where no id joins the pieces, less output may be that of another answer.
    check_progress(before, now, place, Severity::warning);
  }
}

void ProviderCapture::check_progress(const UsageReading& before, const UsageReading& now,
                                     const Place& place, Severity severity) {
  const auto was = before.counts[Counter::output];
  const auto is = now.counts[Counter::output];
  if (!was || !is) return;
  if (*was <= *is) {
    observations_.held();
    return;
  }
  observations_.finding(
      {.rule = Rule::continuity,
       .severity = severity,
       .place = place,
       .counter = name_of(Counter::output),
       .asserted = is,
       .calculated = was,
       .basis = "reported earlier in the same stream",
       .cause = "counter-reset",
       .explanation = "the output so far falls within one answer; the last report counts"});
}

/// Anthropic lists the calls inside a call: the top level is the sum of those of type message.
void ProviderCapture::check_breakdown(const Call& call) {
  if (!call.breakdown) return;
  const UsageReading whole = read(call.values, call.place, call.about);
  if (whole.candidates.size() != 1 ||
      catalogue_.dialects()[whole.candidates.front()].breakdown.list.empty())
    return;
  const PartsList& breakdown = catalogue_.dialects()[whole.candidates.front()].breakdown;
  const auto& within = breakdown.within;
  if (std::find(within.begin(), within.end(), call.about.type) == within.end()) return;
  const UsageReading parts = read(*call.breakdown, call.place, call.about);
  bool agree = true;
  for (const Counter counter :
       {Counter::input, Counter::cache_read, Counter::cache_write, Counter::output}) {
    const auto is = whole.counts[counter];
    const auto sum = parts.counts[counter];
    if (!is || !sum || *is == *sum) continue;
    agree = false;
    observations_.finding(
        {.rule = Rule::sum,
         .place = call.place,
         .counter = name_of(counter),
         .asserted = is,
         .calculated = sum,
         .basis = fmt::format("sum of its {} of type {}", breakdown.list,
                              fmt::join(breakdown.types, ", ")),
         .cause = "breakdown",
         .explanation =
             fmt::format("the usage is not the sum of the {} that it lists", breakdown.list)});
  }
  if (agree) observations_.held();
}

/// What an advisor used, and what compacted the context, the provider bills beside the usage that
/// the answer states.
void ProviderCapture::say_calls_beside(const Call& call) {
  for (const CallBeside& beside : call.beside) {
    const Place place = below(call.place, beside.pointer);
    const Counts counts = read(beside.values, place, call.about).counts;
    if (!has_tokens(counts)) continue;
    const auto known = [&](Counter counter) {
      const auto count = counts[counter];
      return count ? std::to_string(*count) : std::string("-");
    };
    warn(place, kNotCounted,
         fmt::format("not counted: a call of type {} that the answer lists and leaves out of its "
                     "usage: input {}, output {}",
                     beside.type, known(Counter::input), known(Counter::output)));
  }
}

}  // namespace usagectl
