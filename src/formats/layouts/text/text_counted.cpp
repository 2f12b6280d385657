#include "formats/layouts/text/text_counted.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/layouts/text/text_writers.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kToldAgain = "call in other words beside it";
constexpr std::string_view kOtherBreakdown = "another breakdown of the same usage";

Place place_of(FileId file, std::uint64_t line) { return {file, line, {}}; }

/// Input and output of a line; nothing where it gives others or none.
std::optional<std::pair<Count, Count>> in_and_out(const CountedLine& one) {
  const auto& input = one.series->input;
  const auto& output = one.series->output;
  if (!input || !output) return std::nullopt;
  return std::pair(one.held->numbers[*input], one.held->numbers[*output]);
}

}  // namespace

void LineSeries::name_numbers(std::vector<std::string>&& of_lines) {
  names = std::move(of_lines);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto counter = counter_named(names[i]);
    if (counter && counter->quantity == Quantity::input) input = i;
    if (counter && counter->quantity == Quantity::output) output = i;
  }
}

bool is_called_sum(TextLabel label) {
  return label == TextLabel::total || label == TextLabel::so_far;
}

void leave_out_copies(std::vector<CountedLine>& counted, FileId file, Observations& observations) {
  std::map<std::pair<const LineSeries*, std::string_view>, std::size_t> wordings;
  std::vector<WrittenCall> calls;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    const CountedLine& one = counted[i];
    if (is_called_sum(one.held->label) || one.is_total_so_far) continue;
    const auto numbers = in_and_out(one);
    if (!numbers) continue;
    const std::pair<const LineSeries*, std::string_view> wording(one.series, one.held->writer);
    const std::size_t number = wordings.try_emplace(wording, wordings.size()).first->second;
    calls.push_back({number, one.held->id, numbers->first, numbers->second});
    places.push_back(i);
  }
  if (wordings.size() < 2) return;
  const ToldTwice told = calls_told_twice(calls);
  std::vector<bool> is_copy(counted.size());
  std::uint64_t first = 0;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (!told.are_copies[i]) continue;
    is_copy[places[i]] = true;
    if (first == 0) first = counted[places[i]].held->line;
  }
  if (told.copies > 0) {
    observations.ignored(kToldAgain, told.copies);
    observations.finding(
        {.rule = Rule::duplicate,
         .severity = Severity::note,
         .place = place_of(file, first),
         .cause = "call-logged-twice",
         .explanation = fmt::format("{} lines have the counts of a line beside them in other "
                                    "words: these calls are counted once",
                                    told.copies)});
  }
  if (told.doubtful) {
    observations.finding(
        {.rule = Rule::duplicate,
         .severity = Severity::warning,
         .place = place_of(file, counted[places[*told.doubtful]].held->line),
         .cause = "call-logged-twice",
         .explanation = "may be counted twice: other lines have the same counts in other words"});
  }
  std::size_t at = 0;
  std::erase_if(counted, [&](const CountedLine&) { return bool(is_copy[at++]); });
}

namespace {

/// Lines right below each other, by their places.
struct Section {
  std::vector<std::size_t> lines;
  std::multiset<std::pair<Count, Count>> numbers;
  ExactSum input = ExactSum(0);
  ExactSum output = ExactSum(0);
};

/// Whether the same usage is broken down by something else.
bool are_of_the_same(const Section& one, const Section& other) {
  constexpr Count kManyTokens = 100;
  return one.input == other.input && one.output == other.output && one.numbers != other.numbers &&
         ExactSum(kManyTokens) < one.input;
}

/// Nothing where the lines are no report: they have times, or are too many for one.
std::vector<Section> sections_of(const std::vector<CountedLine>& counted) {
  constexpr std::size_t kMostLines = 4096;
  constexpr std::size_t kMostSections = 16;
  if (counted.size() > kMostLines) return {};
  std::vector<Section> sections;
  std::uint64_t line_before = 0;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    const CountedLine& one = counted[i];
    const auto numbers = in_and_out(one);
    if (!numbers || one.is_total_so_far || one.held->document.find("\"time\"") != std::string::npos)
      return {};
    if (sections.empty() || one.held->line > line_before + 1) {
      if (sections.size() == kMostSections) return {};
      sections.emplace_back();
    }
    line_before = one.held->line;
    if (is_called_sum(one.held->label)) continue;
    Section& section = sections.back();
    section.lines.push_back(i);
    section.numbers.insert(*numbers);
    section.input += numbers->first;
    section.output += numbers->second;
  }
  return sections;
}

}  // namespace

void leave_out_breakdowns(std::vector<CountedLine>& counted, Observations& observations) {
  std::vector<Section> sections = sections_of(counted);
  std::vector<bool> is_left_out(counted.size());
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (sections[i].lines.size() < 2) continue;
    for (std::size_t j = i + 1; j < sections.size(); ++j) {
      Section& other = sections[j];
      if (other.lines.size() < 2 || !are_of_the_same(sections[i], other)) continue;
      for (const std::size_t line : other.lines) is_left_out[line] = true;
      observations.ignored(kOtherBreakdown, other.lines.size());
      observations.held();
      other.lines.clear();
    }
  }
  std::size_t at = 0;
  std::erase_if(counted, [&](const CountedLine&) { return bool(is_left_out[at++]); });
}

void say_end_that_is_no_sum(const std::vector<CountedLine>& counted, FileId file,
                            Observations& observations) {
  if (counted.size() < 3) return;
  ExactSum input;
  ExactSum output;
  for (const CountedLine& one : counted) {
    const auto numbers = in_and_out(one);
    if (!numbers || one.is_total_so_far) return;
    const bool is_alone = one.series->lines.size() == 1;
    const bool says_end =
        one.held->label == TextLabel::end || one.held->label == TextLabel::may_be_sum;
    const ExactSum in(numbers->first);
    const ExactSum out(numbers->second);
    const bool is_as_large = !(in < input) && !(out < output);
    const bool is_half_as_large = !((ExactSum(numbers->first) += numbers->first) < input);
    const bool is_sum = in == input && out == output;
    const bool is_last = &one == &counted.back();
    const bool may_be_sum =
        (says_end && is_half_as_large && (is_as_large || is_last)) || (is_last && is_as_large);
    if (is_alone && may_be_sum && !is_sum && &one != &counted.front()) {
      observations.finding(
          {.rule = Rule::duplicate,
           .severity = Severity::warning,
           .place = place_of(file, one.held->line),
           .cause = "unrelated-usage",
           .explanation = "may be counted twice: the line has words of its own as a closing line "
                          "has, and is not the sum of the lines before it"});
      return;
    }
    input += numbers->first;
    output += numbers->second;
  }
}

}  // namespace usagectl
