#include "capture/beside/words_beside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dialects/usage_words.hpp"
#include "formats/layouts/text/text_log.hpp"
#include "input/json/json_parser.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

/// What a record counts, as far as a line in words can repeat it.
struct Numbers {
  std::optional<Count> input;
  std::optional<Count> output;
  Count total = 0;
};

Numbers numbers_of(const UsageRecord& record) {
  const Counts& counts = record.counts;
  Numbers numbers{counts[Counter::input], counts[Counter::output], 0};
  // An input whose cache is not placed is compared as it was written.
  if (!numbers.input) numbers.input = record.given[Counter::input];
  if (!numbers.output) numbers.output = record.given[Counter::output];
  ExactSum sum(numbers.input.value_or(0));
  sum += numbers.output.value_or(0);
  numbers.total = counts[Counter::total].value_or(sum.count().value_or(0));
  return numbers;
}

/// Sums of documents, up to some line.
struct Sums {
  ExactSum input = ExactSum(0);
  ExactSum output = ExactSum(0);
  ExactSum total = ExactSum(0);

  void add(const Numbers& numbers) {
    input += numbers.input.value_or(0);
    output += numbers.output.value_or(0);
    total += numbers.total;
  }
  bool are(const Numbers& numbers) const {
    if (!numbers.input || !numbers.output) return total == ExactSum(numbers.total);
    return input == ExactSum(*numbers.input) && output == ExactSum(*numbers.output);
  }
};

/// How the lines in words are related to the documents.
struct WordsBeside {
  std::size_t repeating = 0;
  std::size_t others = 0;
  std::uint64_t first_other = 0;  ///< line
  bool is_doubtful = false;       ///< one of the others shares a number with a document
};

WordsBeside relation_of(const std::vector<UsageRecord>& words,
                        std::vector<const UsageRecord*> docs) {
  std::stable_sort(docs.begin(), docs.end(),
                   [](const auto* a, const auto* b) { return a->place.line < b->place.line; });
  using Key = std::pair<Count, Count>;
  std::map<Key, std::size_t> calls;
  std::map<Count, std::size_t> totals;
  std::map<Count, std::size_t> outputs;
  Sums all;
  Sums of_words;
  for (const UsageRecord* document : docs) {
    const Numbers numbers = numbers_of(*document);
    if (numbers.input && numbers.output) ++calls[{*numbers.input, *numbers.output}];
    ++totals[numbers.total];
    if (numbers.output) ++outputs[*numbers.output];
    all.add(numbers);
  }
  WordsBeside relation;
  Sums before;
  Sums since;
  std::size_t next = 0;
  for (const UsageRecord& line : words) {
    for (; next < docs.size() && docs[next]->place.line < line.place.line; ++next) {
      before.add(numbers_of(*docs[next]));
      since.add(numbers_of(*docs[next]));
    }
    const Numbers numbers = numbers_of(line);
    of_words.add(numbers);
    const bool has_both = numbers.input && numbers.output;
    bool is_repeated = before.are(numbers) || since.are(numbers) || all.are(numbers);
    if (!is_repeated && has_both) {
      const auto call = calls.find({*numbers.input, *numbers.output});
      is_repeated = call != calls.end() && call->second > 0;
      if (is_repeated) --call->second;
    } else if (!is_repeated) {
      is_repeated = totals.contains(numbers.total);
    }
    since = {};
    if (is_repeated) {
      ++relation.repeating;
      continue;
    }
    if (relation.others++ == 0) relation.first_other = line.place.line;
    relation.is_doubtful = relation.is_doubtful || !has_both || outputs.contains(*numbers.output);
  }
  const bool are_the_same = !words.empty() && of_words.total == all.total;
  if (are_the_same) return {words.size(), 0, 0, false};
  return relation;
}

/// Whether what a line counts may be no call: an estimate, a limit, or a sum.
bool may_be_no_call(std::string_view line) {
  return names_no_usage(line) || names_average(line) || names_running(line) || names_total(line);
}

/// Whether one of the lines in words says that it may be no call.
bool any_may_be_no_call(const std::vector<UsageRecord>& words, std::string_view text) {
  std::set<std::uint64_t> lines;
  for (const UsageRecord& record : words) lines.insert(record.place.line);
  bool may_be = false;
  each_line(text, [&](std::uint64_t number, std::string_view line) {
    may_be = may_be || (lines.contains(number) && may_be_no_call(line));
  });
  return may_be;
}

void warn(std::uint64_t line, const FileContext& file, std::string explanation,
          Observations& observations) {
  observations.finding({.rule = Rule::coverage,
                        .severity = Severity::warning,
                        .place = {file.id, line, {}},
                        .cause = "not-counted",
                        .explanation = std::move(explanation)});
}

/// Estimates and limits in words are not counted, whatever stands beside them.
void say_what_is_no_call(const Observations& found, Observations& observations) {
  for (const auto& entry : found.entries()) {
    const auto* const finding = std::get_if<Finding>(&entry.what);
    if (finding != nullptr && finding->cause == "not-counted")
      observations.finding(Finding(*finding));
  }
}

}  // namespace

std::uint64_t read_words_beside(const TextDocuments& taken, std::size_t records_before,
                                bool may_count, const FileContext& file, JsonParser& parser,
                                Observations& observations) {
  if (taken.left_over.empty()) return 0;
  const TextLogFormat log = text_log_format_of(taken.left_over, file, false, true);
  if (log.layout == nullptr) return 0;
  Observations found;
  read_text_log(*log.layout, taken.left_over, file, parser, found);
  const std::vector<UsageRecord>& words = found.records();
  const auto rejected = static_cast<std::size_t>(std::count_if(
      found.entries().begin(), found.entries().end(),
      [](const auto& entry) { return std::holds_alternative<RejectedObject>(entry.what); }));
  std::vector<const UsageRecord*> documents;
  for (std::size_t i = records_before; i < observations.records().size(); ++i)
    documents.push_back(&observations.records()[i]);
  const WordsBeside relation = relation_of(words, documents);
  if (relation.others == 0 && rejected == 0) {
    say_what_is_no_call(found, observations);
    return 0;
  }
  const bool have_nothing_to_do_with_it =
      relation.repeating == 0 && rejected == 0 && !relation.is_doubtful;
  if (may_count && have_nothing_to_do_with_it && !any_may_be_no_call(words, taken.left_over)) {
    read_text_log(*log.layout, taken.left_over, file, parser, observations);
    std::uint64_t lines = words.size();
    for (const auto& [rule, passed_over] : found.objects_ignored()) lines += passed_over;
    return lines;
  }
  say_what_is_no_call(found, observations);
  const std::size_t lines = relation.others + rejected;
  std::uint64_t first = relation.first_other;
  for (const auto& entry : found.entries()) {
    const auto* const object = std::get_if<RejectedObject>(&entry.what);
    if (object != nullptr && first == 0) first = object->place.line;
  }
  warn(first, file,
       fmt::format("not counted: {} of tokens in words beside the documents of the text, which do "
                   "not repeat {}",
                   lines == 1 ? std::string("1 count") : fmt::format("{} counts", lines),
                   documents.size() == 1 ? "it" : "them"),
       observations);
  return 0;
}

}  // namespace usagectl
