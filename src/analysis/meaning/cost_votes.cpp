#include "analysis/meaning/cost_votes.hpp"

#include <vector>

#include "analysis/prices/cost_judgement.hpp"

namespace usagectl {
namespace {

/// Whether each part is inside of the count that it is written beside.
struct Reading {
  bool holds_read = true;
  bool holds_written = true;
  bool holds_reasoning = true;
};

/// The tokens of a call by a reading; nothing where it has fewer than none of some.
std::optional<BilledTokens> read_as(const Counts& given, const Reading& reading) {
  const auto part = [&](Counter counter) { return given[counter].value_or(0); };
  BilledTokens tokens;
  tokens.read = part(Counter::cache_read);
  tokens.written_5m = part(Counter::cache_write);
  tokens.reasoning = part(Counter::reasoning);
  ExactSum fresh(*given[Counter::input]);
  if (reading.holds_read) fresh -= tokens.read;
  if (reading.holds_written) fresh -= tokens.written_5m;
  ExactSum prompt = fresh;
  prompt += tokens.read;
  prompt += tokens.written_5m;
  ExactSum output(*given[Counter::output]);
  if (!reading.holds_reasoning) output += tokens.reasoning;
  if (!fresh.count() || !prompt.count() || !output.count() || *fresh.count() < 0 ||
      tokens.reasoning > *output.count())
    return std::nullopt;
  tokens.fresh = *fresh.count();
  tokens.prompt = *prompt.count();
  tokens.output = *output.count();
  return tokens;
}

std::vector<Reading> readings_of(const Counts& given) {
  const auto has = [&](Counter counter) { return given[counter].value_or(0) > 0; };
  std::vector<Reading> readings;
  for (const bool read : {true, false}) {
    if (!read && !has(Counter::cache_read)) continue;
    for (const bool written : {true, false}) {
      if (!written && !has(Counter::cache_write)) continue;
      for (const bool reasoning : {true, false}) {
        if (!reasoning && !has(Counter::reasoning)) continue;
        readings.push_back({read, written, reasoning});
      }
    }
  }
  return readings;
}

bool any_price_gives(const PriceTable& table, const UsageRecord& record, const Reading& reading) {
  const auto tokens = read_as(record.given, reading);
  if (!tokens) return false;
  const std::string* const provider = scope_value(record, "provider");
  for (const Price& price : table.prices()) {
    if (!is_for(price, record.model, provider == nullptr ? std::string_view() : *provider))
      continue;
    if (!record.time.empty() && !is_valid_at(price, record.time)) continue;
    const auto cost = cost_of(rates_for(price, tokens->prompt), *tokens);
    if (cost && gives(*record.cost, *cost)) return true;
  }
  return false;
}

}  // namespace

CostVotes cost_votes(const PriceTable& table, const UsageRecord& record) {
  CostVotes votes;
  const Counts& given = record.given;
  if (!record.cost || record.cost->amount.money.is_zero() || record.model.empty() ||
      !given.has(Counter::input) || !given.has(Counter::output) ||
      given[Counter::tool_prompt].value_or(0) > 0 || !has_enough_digits(record.cost->amount))
    return votes;
  const std::vector<Reading> readings = readings_of(given);
  std::vector<Reading> right;
  for (const Reading& reading : readings) {
    if (any_price_gives(table, record, reading)) right.push_back(reading);
  }
  if (right.empty() || readings.size() < 2) return votes;
  const auto vote = [&](Axis axis, bool Reading::*holds, Counter part) {
    if (given[part].value_or(0) <= 0) return;
    const bool first = right.front().*holds;
    for (const Reading& reading : right) {
      if (reading.*holds != first) return;
    }
    votes[static_cast<std::size_t>(axis)] = first ? Vote::included : Vote::excluded;
  };
  vote(Axis::cache_read, &Reading::holds_read, Counter::cache_read);
  vote(Axis::cache_write, &Reading::holds_written, Counter::cache_write);
  vote(Axis::reasoning, &Reading::holds_reasoning, Counter::reasoning);
  return votes;
}

}  // namespace usagectl
