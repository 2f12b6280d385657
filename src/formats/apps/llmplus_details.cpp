#include "formats/apps/llmplus_details.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "formats/reading/call_status.hpp"
#include "formats/reading/key_paths.hpp"
#include "model/tally.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kDetailDialect = "llmplus.detail";
constexpr View kDetails{0, "per_request_details"};

/// So many requests at the front of a list do not agree by chance, unless all are the same.
constexpr std::size_t kEnough = 3;

struct Key {
  std::string_view name;
  Counter counter;
};
constexpr std::array kKeys = {
    Key{"input_tokens", Counter::input}, Key{"output_tokens", Counter::output},
    Key{"reasoning_tokens", Counter::reasoning}, Key{"total_tokens", Counter::total},
    Key{"num_completions", Counter::completions}};

std::string_view counter_of_detail(std::string_view key) {
  if (key == "input_tokens") return name_of(Counter::input);
  if (key == "output_tokens") return name_of(Counter::output);
  if (key == "reasoning_tokens") return name_of(Counter::reasoning);
  if (key == "total_tokens") return name_of(Counter::total);
  if (key == "num_completions") return name_of(Counter::completions);
  return {};
}

/// Marks for the requests of a list, made while it is read: each holds everything up to its place.
/// None where the front of the list is too uniform to tell one session from another.
class DetailMarks {
 public:
  DetailMarks(const Json& details, std::string_view model) : model_(model) {
    std::set<std::uint64_t> different;
    const std::size_t front = std::min(kEnough, details.size());
    for (std::size_t i = 0; i < front; ++i) {
      const Json detail = details.item(i);
      if (!detail.is_object()) return;
      Counts counts;
      for (const Key& key : kKeys) counts.set(key.counter, read_count(detail[key.name]).count);
      different.insert(mixed(0, counts));
      whole_ = mixed(whole_, counts);
    }
    // What a list of one or two requests shares with another may be chance, which is said.
    is_short_ = front < kEnough;
    has_marks_ = is_short_ || different.size() > 1;
  }

  /// The mark of the next request, of which this is given; empty where there are none.
  std::string next(const Counts& given, std::size_t index) {
    if (!has_marks_) return {};
    so_far_ = mixed(so_far_, given);
    std::string mark;
    constexpr std::size_t kNumbersBytes = 56;
    mark.reserve(model_.size() + kNumbersBytes);
    mark += model_;
    const auto add = [&mark](char before, std::uint64_t number) {
      std::array<char, 24> digits{};
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
      mark.push_back(before);
      mark.append(digits.data(), end);
    };
    add(' ', index);
    add(' ', so_far_);
    if (is_short_)
      mark.push_back('\t');
    else
      add('\t', whole_);
    return mark;
  }

 private:
  /// FNV-1a over the counts, a word at a time: the same in every run and on every machine.
  static std::uint64_t mixed(std::uint64_t hash, const Counts& counts) {
    constexpr std::uint64_t kPrime = 1099511628211U;
    for (const Key& key : kKeys) {
      const Count count = counts[key.counter].value_or(-1);
      hash = (hash ^ static_cast<std::uint64_t>(count)) * kPrime;
      hash ^= hash >> 32U;
    }
    return hash;
  }

  std::string_view model_;
  bool has_marks_ = false;
  bool is_short_ = false;
  std::uint64_t so_far_ = 0;
  std::uint64_t whole_ = 0;
};

}  // namespace

/// How many details have a total beyond input + output, and by how much.
struct LlmplusDetails::InferredReasoning {
  std::uint64_t details = 0;
  ExactSum tokens;

  void say(Observations& observations, Place place, std::size_t of) const {
    if (details == 0) return;
    const auto sum = tokens.count();
    observations.finding(
        {.rule = Rule::identity,
         .severity = Severity::note,
         .place = std::move(place),
         .counter = name_of(Counter::output),
         .cause = "inferred-reasoning",
         .explanation = fmt::format(
             "{} of {} details have a total beyond input + output: {} tokens of reasoning outside "
             "output, "
             "which the aggregate adds to its output",
             details, of, sum ? fmt::format("{}", *sum) : "more than 2^63")});
  }
};

std::optional<Count> LlmplusDetails::read(const Json& details, const std::string& list_pointer,
                                          std::string_view model, UnitId unit,
                                          Count earlier_requests, const LlmplusGroups& groups) {
  const UnitId earlier_unit = earlier_requests > 0 ? observations_.unit() : unit;
  Sequence numbering(observations_, list_pointer, file_, "request_num");
  InferredReasoning inferred;
  Tally all;
  DetailMarks marks(details, model);
  details.each_item([&](std::size_t index, const Json& detail) {
    const bool own = static_cast<Count>(index) >= earlier_requests;
    const GroupId part = own ? groups.own : groups.earlier;
    Place place = at(pointer_to(list_pointer, index));
    if (!detail.is_object()) {
      observations_.rejected(place, fmt::format("is {}, expected a request", detail.described()),
                             {part, groups.all});
      return;
    }
    CountReader reader(detail, file_, place.pointer, observations_);
    for (const Key& key : kKeys) reader.read(key.name, key.counter);
    std::string mark = marks.next(reader.counts(), index);
    const auto number = reader.read_number("request_num");
    if (number) numbering.next(*number, index);
    if (!reader.finish({part, groups.all})) return;

    UsageRecord record;
    record.format = kLlmplusFormat;
    record.model = model;
    record.scope.emplace_back("run", std::string(run_));
    record.dialect = kDetailDialect;
    record.given = reader.counts();
    record.counts = record.given;
    record.number = number.value_or(0);
    record.failed = says_failed(detail);
    record.counts.set(Counter::requests, 1);
    if (file_.wants_keys) record.keys = key_paths(detail);
    check(record.counts, place, inferred);
    all.add(record.counts);
    record.place = std::move(place);
    record.parts_of = {groups.all, part};
    record.unit = own ? unit : earlier_unit;
    record.role = own ? Role::request : Role::copy;
    record.view = own ? kDetails : View{View::kNeverCounted, "requests of earlier jobs"};
    if (own) {
      record.same_id = SameId::copy;
      record.id_space = kLlmplusFormat;
      record.second_id = std::move(mark);
    }
    observations_.record(std::move(record));
  });
  numbering.finish(details.size());
  inferred.say(observations_, at(list_pointer), details.size());
  compare_with_earlier_list(details, list_pointer);
  return all.known_of(Counter::completions) == details.size() ? all.sum_of(Counter::completions)
                                                              : std::nullopt;
}

/// Makes output hold all generated tokens, and checks the detail against itself.
void LlmplusDetails::check(Counts& counts, const Place& place, InferredReasoning& inferred) {
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  const auto total = counts[Counter::total];
  const auto reasoning = counts[Counter::reasoning];
  if (input && output && total) {
    ExactSum beyond(*total);
    beyond -= *input;
    beyond -= *output;
    const Count excess = beyond.count().value_or(0);
    if (excess == 0) {
      observations_.held();
    } else if (excess > 0 && (!reasoning || *reasoning == excess)) {
      // The writer takes the excess for the reasoning where the provider reports none, so a
      // sound detail always holds it as its reasoning.
      ++inferred.details;
      inferred.tokens += excess;
      observations_.held();
      counts.set(Counter::output, *output + excess);
    } else {
      if (excess > 0) counts.set(Counter::output, *output + excess);  // as the writer adds it
      observations_.finding(
          {.rule = Rule::identity,
           .place = at(pointer_to(place.pointer, "total_tokens")),
           .counter = name_of(Counter::total),
           .asserted = total,
           .calculated = (ExactSum(*input) += *output).count(),
           .basis = "input_tokens + output_tokens",
           .explanation =
               excess > 0
                   ? fmt::format(
                         "the total exceeds its parts by {}, which is not its reasoning of {}",
                         excess, *reasoning)
                   : std::string("a total cannot be less than its parts")});
    }
  } else {
    derive_total(counts);
  }
  check_part(observations_, place, counts, Counter::reasoning, "reasoning_tokens", Counter::output,
             "output_tokens");
  if (input == 0 && output == 0) {
    observations_.finding(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = place,
         .counter = name_of(Counter::total),
         .asserted = 0,
         .explanation = "a request without a single token: its usage was not recorded"});
  }
}

/// "before" holds the same list as "after", or the beginning of it: copies must agree.
void LlmplusDetails::compare_with_earlier_list(const Json& details,
                                               const std::string& list_pointer) {
  if (!earlier_list_.is_array()) return;
  const std::size_t later = details.size();
  std::uint64_t copies = 0;
  earlier_list_.each_item([&](std::size_t index, const Json& detail) {
    ++copies;
    const std::string pointer = pointer_to(earlier_list_pointer_, index);
    if (index >= later) {
      observations_.finding(
          {.rule = Rule::continuity,
           .place = at(pointer),
           .explanation = fmt::format("the request is in \"before\" but not in {}", list_pointer)});
      return;
    }
    const Json copy = details.item(index);
    detail.each_member([&](std::string_view key, const Json& value) {
      const auto here = read_count(value).count;
      const auto there = read_count(copy[key]).count;
      if (here == there) {
        observations_.held();
        return;
      }
      observations_.finding({.rule = Rule::identity,
                             .place = at(pointer_to(pointer, key)),
                             .counter = counter_of_detail(key),
                             .asserted = here,
                             .calculated = there,
                             .basis = fmt::format("the same request in {}/{}", list_pointer, index),
                             .explanation = "two copies of one request disagree"});
    });
  });
  observations_.duplicate(copies);
  earlier_list_ = {};
}

}  // namespace usagectl
