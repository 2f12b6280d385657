#include "formats/inference/participant_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "dialects/usage_words.hpp"
#include "formats/reading/participants.hpp"

namespace usagectl {
namespace {

std::string joined(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  std::string name;
  for (std::size_t i = begin; i < end; ++i) {
    if (!name.empty()) name += '_';
    name += words[i];
  }
  return name;
}

/// "attacker" and "prompt_tokens" of "attacker_prompt_tokens" and "prompt_tokens_attacker".
struct Column {
  std::string participant;
  Counter counter = Counter::total;
};

std::optional<Counter> counter_of(const std::string& name) {
  const auto counter = counter_named(name);
  if (!counter || !counter->says_tokens || counter->is_running || names_no_usage(name) ||
      counter->quantity > Quantity::total)
    return std::nullopt;
  return static_cast<Counter>(counter->quantity);
}

std::optional<Column> column_named(std::string_view name) {
  const auto words = words_of(name);
  if (words.size() < 2) return std::nullopt;
  for (const bool is_in_front : {true, false}) {
    const std::string& participant = is_in_front ? words.front() : words.back();
    if (!is_called_participant(participant)) continue;
    const auto counter = counter_of(is_in_front ? joined(words, 1, words.size())
                                                : joined(words, 0, words.size() - 1));
    if (counter) return Column{participant, *counter};
  }
  return std::nullopt;
}

ParticipantCounts& counts_of(std::vector<ParticipantCounts>& all, std::string&& participant) {
  const auto known = std::find_if(all.begin(), all.end(), [&](const ParticipantCounts& one) {
    return one.participant == participant;
  });
  return known != all.end() ? *known : all.emplace_back(ParticipantCounts{participant, {}});
}

bool is_sum_of(Count total, const std::vector<ParticipantCounts>& all, Counter counter) {
  ExactSum sum;
  for (const ParticipantCounts& one : all) {
    if (counter != Counter::total || one.counts.has(Counter::total)) {
      sum += one.counts[counter].value_or(0);
    } else {
      sum += one.counts[Counter::input].value_or(0);
      sum += one.counts[Counter::output].value_or(0);
    }
  }
  return sum == ExactSum(total);
}

}  // namespace

std::vector<ParticipantCounts> participants_of(const Json& row) {
  std::vector<ParticipantCounts> all;
  std::vector<std::pair<Counter, Count>> of_row;
  bool is_open = !row.is_object();
  row.each_member([&](std::string_view name, const Json& value) {
    if (is_open || !value.is_number() || name.find("ok") == std::string_view::npos) return;
    const auto count = read_count(value).count;
    if (auto column = column_named(name)) {
      Counts& counts = counts_of(all, std::move(column->participant)).counts;
      is_open = !count || counts.has(column->counter);
      if (!is_open) counts.set(column->counter, *count);
    } else if (const auto counter = counter_of(std::string(name)); counter && count) {
      of_row.emplace_back(*counter, *count);
    }
  });
  const bool are_whole = std::all_of(all.begin(), all.end(), [](const ParticipantCounts& one) {
    return one.counts.has(Counter::input) && one.counts.has(Counter::output);
  });
  const bool are_sums = std::all_of(of_row.begin(), of_row.end(), [&](const auto& sum) {
    return is_sum_of(sum.second, all, sum.first);
  });
  if (is_open || all.size() < 2 || !are_whole || !are_sums) return {};
  return all;
}

std::string usage_object_of(const Counts& counts) {
  constexpr std::pair<Counter, std::string_view> kNames[] = {
      {Counter::input, "input_tokens"},
      {Counter::cache_read, "cache_read_tokens"},
      {Counter::cache_write, "cache_write_tokens"},
      {Counter::output, "output_tokens"},
      {Counter::reasoning, "reasoning_tokens"},
      {Counter::total, "total_tokens"}};
  std::string object;
  for (const auto& [counter, name] : kNames) {
    if (const auto count = counts[counter])
      object += fmt::format("{}\"{}\":{}", object.empty() ? "{" : ",", name, *count);
  }
  return object + "}";
}

}  // namespace usagectl
