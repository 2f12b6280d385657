#include "ledger/calls/open_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

namespace usagectl {
namespace {

Count known(std::optional<Count> count) { return count.value_or(0); }

Count cache_of(const Counts& given) {
  return (ExactSum(known(given[Counter::cache_read])) += known(given[Counter::cache_write]))
      .count()
      .value_or(kLargestCount);
}

std::optional<Count> sum_of(Count whole, Count part) { return (ExactSum(whole) += part).count(); }

/// "input and total": what stays open of these counts.
std::string names_of_open(const Counts& counts) {
  std::vector<std::string_view> names;
  for (const Counter counter : kCounters) {
    if (counts.is_open(counter)) names.push_back(name_of(counter));
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace

OpenCounts::Vocabulary& OpenCounts::vocabulary_of(const UsageRecord& record) {
  const Key key{record.place.file, record.dialect};
  // The records of a file come one after another.
  if (last_ == nullptr || last_key_.first != key.first ||
      last_key_.second.data() != key.second.data()) {
    last_ = &vocabularies_[key];
    last_key_ = key;
  }
  return *last_;
}

void OpenCounts::counted(const UsageRecord& record, std::uint32_t number, TallyOfGroup tally) {
  const Counts& given = record.given;
  if (given.empty()) return;
  const auto vote = [&](Counter whole, Count part, Votes& votes) {
    if (part == 0 || !given.has(whole) || !record.counts.has(whole)) return;
    if (record.counts[whole] == given[whole])
      ++votes.inside;
    else if (record.counts[whole] == sum_of(*given[whole], part))
      ++votes.outside;
  };
  const Count cache = cache_of(given);
  const Count reasoning = known(given[Counter::reasoning]);
  const bool is_open = record.counts.any_open_by_place();
  if (cache == 0 && reasoning == 0 && !is_open) return;
  Vocabulary& vocabulary = vocabulary_of(record);
  vote(Counter::input, cache, vocabulary.cache);
  vote(Counter::output, reasoning, vocabulary.reasoning);
  if (is_open) vocabulary.open.push_back({record.place, record.counts, given, tally, number});
}

void OpenCounts::taken_back(const Counts& counts, TallyOfGroup tally) {
  if (!counts.any_open_by_place()) return;
  for (auto& [key, vocabulary] : vocabularies_) {
    auto& open = vocabulary.open;
    const auto record = std::find_if(open.begin(), open.end(), [&](const Record& one) {
      return one.tally == tally && one.counts == counts;
    });
    if (record == open.end()) continue;
    open.erase(record);
    return;
  }
}

Counts OpenCounts::settled(const Record& record, const Vocabulary& vocabulary) {
  Counts counts = record.counts;
  const auto settle = [&](Counter whole, Count part, const Votes& votes) {
    const auto told = record.given[whole];
    if (!told || !counts.is_open_by_place(whole)) return;
    if (votes.inside > 0 && votes.outside == 0 && part <= *told) counts.set(whole, *told);
    if (votes.outside > 0 && votes.inside == 0) counts.set(whole, sum_of(*told, part));
  };
  settle(Counter::input, cache_of(record.given), vocabulary.cache);
  settle(Counter::output, known(record.given[Counter::reasoning]), vocabulary.reasoning);
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  if (counts.is_open_by_place(Counter::total) && input && output) {
    ExactSum total(*input);
    total += *output;
    total += known(counts[Counter::tool_prompt]);
    counts.set(Counter::total, total.count());
  }
  return counts;
}

void OpenCounts::settle(const std::function<void(Finding&&)>& say,
                        const std::function<void(std::uint32_t, const Counts&)>& correct) {
  for (auto& [key, vocabulary] : vocabularies_) {
    const Record* first = nullptr;
    std::uint64_t number = 0;
    for (Record& record : vocabulary.open) {
      const Counts counts = settled(record, vocabulary);
      if (counts != record.counts) {
        record.tally.rows->remove(record.tally.row, record.counts);
        record.tally.rows->add(record.tally.row, counts);
        record.counts = counts;
        correct(record.number, counts);
      }
      if (!counts.any_open_by_place()) continue;
      if (first == nullptr) first = &record;
      ++number;
    }
    if (first == nullptr) continue;
    const bool is_input = first->counts.is_open_by_place(Counter::input);
    const bool is_output = first->counts.is_open_by_place(Counter::output);
    Finding finding;
    finding.rule = Rule::coverage;
    finding.severity = Severity::warning;
    finding.place = first->place;
    finding.cause = "meaning-undetermined";
    finding.counter = is_input    ? name_of(Counter::input)
                      : is_output ? name_of(Counter::output)
                                  : "";
    const std::string_view reason =
        is_input && is_output ? "whether the cache is inside input, and reasoning inside output"
        : is_input            ? "whether the cache is inside input"
        : is_output           ? "whether reasoning is inside output"
                              : "which it is";
    finding.explanation =
        fmt::format("{} of {} {} not known: nothing shows {}", names_of_open(first->counts), number,
                    number == 1 ? "record is" : "records are", reason);
    say(std::move(finding));
  }
  vocabularies_.clear();
  last_ = nullptr;
}

}  // namespace usagectl
