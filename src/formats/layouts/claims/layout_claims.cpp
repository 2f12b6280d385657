#include "formats/layouts/claims/layout_claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/layouts/claims/number_course.hpp"

namespace usagectl {
namespace {

using Kind = LayoutClaim::Kind;

}  // namespace

LayoutClaims::LayoutClaims(const Layout& layout) : layout_(layout) {
  for (const LayoutClaim& claim : layout.claims) {
    State& state = states_.emplace_back();
    if (claim.lines.are_others()) continue;  // see LineClaims
    state.joined = claim.of.empty() ? claim.about.tokens.size() : claim.about.tokens.size() + 1;
    for (const PathPattern& of : claim.of)
      state.joined = std::min(state.joined, common_tokens(claim.about, of));
    const auto add = [&](const PathPattern& pattern, std::vector<std::size_t>& records,
                         std::vector<std::size_t>& values) {
      const std::vector<std::size_t> there = records_at(layout, pattern);
      if (claim.kind == Kind::sum && !there.empty()) {
        records.insert(records.end(), there.begin(), there.end());
      } else {
        values.push_back(value_index(pattern));
      }
    };
    add(claim.about, state.about_records, state.about_values);
    for (const PathPattern& of : claim.of) add(of, state.of_records, state.of_values);
  }
}

std::size_t LayoutClaims::value_index(const PathPattern& pattern) {
  const auto known = std::find(values_.begin(), values_.end(), pattern);
  if (known != values_.end()) return static_cast<std::size_t>(known - values_.begin());
  values_.push_back(pattern);
  return values_.size() - 1;
}

std::string LayoutClaims::key_of(const LayoutClaim& claim, const State& state,
                                 const PlaceTokens& tokens, const UsageRecord* record) const {
  std::string key;
  const auto add = [&](std::string_view part) {
    key += std::to_string(part.size());
    key.push_back(':');
    key += part;
  };
  for (std::size_t i = 0; i < state.joined && i < claim.about.tokens.size(); ++i) {
    if (PathPattern::is_any(claim.about.tokens[i])) add(tokens[i]);
  }
  if (!claim.by.empty() && record != nullptr) add(value_by(*record, claim.by));
  return key;
}

LayoutClaims::Sum& LayoutClaims::sum_at(const LayoutClaim& claim, State& state,
                                        const PlaceTokens& tokens, const UsageRecord* record) {
  const auto [known, is_new] =
      state.sum_by_key.try_emplace(key_of(claim, state, tokens, record), state.sums.size());
  if (is_new) state.sums.emplace_back();
  return state.sums[known->second];
}

void LayoutClaims::record(const ClaimedRecord& claimed, Observations& observations) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    State& state = states_[i];
    const LayoutClaim& claim = layout_.claims[i];
    const auto is_in = [&](const std::vector<std::size_t>& records) {
      return std::find(records.begin(), records.end(), claimed.index) != records.end();
    };
    if (is_in(state.about_records))
      sum_at(claim, state, *claimed.tokens, claimed.record).add(claimed);
    if (!is_in(state.of_records)) continue;
    Sum& sum = sum_at(claim, state, *claimed.tokens, claimed.record);
    ++sum.parts;
    if (sum.group == 0) sum.group = observations.group_as_written();
    if (!add_to_group(*claimed.record, sum.group)) sum.is_crowded = true;
  }
}

void LayoutClaims::rejected(std::size_t index, const PlaceTokens& tokens) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    State& state = states_[i];
    if (std::find(state.of_records.begin(), state.of_records.end(), index) ==
        state.of_records.end())
      continue;
    // What it would have been told apart by is not known: none of these sums can be proved.
    if (!layout_.claims[i].by.empty()) {
      for (Sum& sum : state.sums) sum.misses_parts = true;
    }
    sum_at(layout_.claims[i], state, tokens, nullptr).misses_parts = true;
  }
}

void LayoutClaims::begin_call(std::size_t index, const PlaceTokens& tokens,
                              const UsageRecord& record) {
  // Inferred claims are about the numbers as they are in the document.
  if (layout_.inferred || layout_.claims.empty()) return;
  if (calls_.begin_call(index, tokens, record)) return;
  // The object itself was told as a value just before it was read.
  for (std::size_t i = 0; i < states_.size(); ++i) {
    std::vector<Value>& of = states_[i].of;
    if (layout_.claims[i].kind == Kind::count && !of.empty() && of.back().tokens == tokens)
      of.pop_back();
  }
}

void LayoutClaims::value(std::size_t index, const PlaceTokens& tokens, const Json& value) {
  const Value seen = seen_number(tokens, value);
  const Value added = calls_.growth(index, seen);
  for (std::size_t i = 0; i < states_.size(); ++i) {
    State& state = states_[i];
    const auto is_in = [&](const std::vector<std::size_t>& values) {
      return std::find(values.begin(), values.end(), index) != values.end();
    };
    if (is_in(state.about_values)) state.about.push_back(seen);
    if (!is_in(state.of_values)) continue;
    const Kind kind = layout_.claims[i].kind;
    if (kind == Kind::count && added.is_told_again) continue;
    state.of.push_back(kind == Kind::sum || kind == Kind::continuity ? added : seen);
  }
}

void LayoutClaims::say(const LayoutClaim& claim, const Finding& finding,
                       Observations& observations) const {
  Finding said = finding;
  if (claim.is_warning) said.severity = Severity::warning;
  if (layout_.inferred) said.explanation.insert(0, "inferred: ");
  observations.finding(std::move(said));
}

void LayoutClaims::claim_sum(const LayoutClaim& claim, const Sum& sum,
                             Observations& observations) const {
  const std::string parts = names_of(claim.of);
  const bool has_no_parts = sum.parts == 0;
  const bool claims_zero = std::none_of(kCounters.begin(), kCounters.end(), [&](Counter counter) {
    return sum.given.sum_of(counter).value_or(0) > 0;
  });
  if (has_no_parts && !sum.misses_parts && claims_zero) {
    observations.held();
    return;
  }
  const bool is_provable = !has_no_parts && !sum.misses_parts;
  if (sum.is_crowded) {
    return observations.claim(SumClaim{.place = sum.place,
                                       .group = observations.group(),
                                       .parts = parts,
                                       .numbers = sum.numbers(false),
                                       .is_inferred = layout_.inferred,
                                       .unprovable_because = std::string(kCrowded)});
  }
  const std::string_view which = sum.misses_parts ? "sound " : "";
  observations.claim(
      SumClaim{.place = sum.place,
               .group = is_provable ? sum.group : observations.group(),
               .parts = claim.of.empty() ? "parts" : fmt::format("{}records at {}", which, parts),
               .part = "record",
               .numbers = sum.numbers(is_provable),
               .cost = is_provable ? sum.cost() : std::nullopt,
               .is_as_written = is_provable,
               .is_inferred = layout_.inferred});
}

void LayoutClaims::claim_sums(const LayoutClaim& claim, const State& state, const Place& document,
                              Observations& observations) const {
  for (const Sum& sum : state.sums) {
    if (sum.given.records == 0) continue;
    if (sum.given.records == 1) {
      claim_sum(claim, sum, observations);
      continue;
    }
    // Several records together are as much as others together.
    Sum together = sum;
    together.keys.clear();
    together.place = {document.file, document.line, document.pointer};
    for (const auto& token : claim.about.tokens) {
      if (PathPattern::is_any(token)) break;
      append_pointer(together.place.pointer, token);
    }
    claim_sum(claim, together, observations);
  }
}

/// A claim looks at one line at a time.
void LayoutClaims::say_nothing_to_compare(const LayoutClaim& claim, const Value& about,
                                          const Place& document, Observations& observations) const {
  say(claim,
      Finding{.rule = Rule::count,
              .severity = Severity::warning,
              .place = {document.file, document.line,
                        document.pointer + pointer_of(about.tokens, about.tokens.size())},
              .explanation = fmt::format(
                  "not checked: {} is not on this line; \"lines\" makes a claim about others",
                  names_of(claim.of))},
      observations);
}

void LayoutClaims::judge_values(const LayoutClaim& claim, const State& state, const Place& document,
                                Observations& observations) const {
  struct Others {
    ExactSum sum;
    std::uint64_t number = 0;
    bool is_sound = true;
    std::optional<Count> first;
  };
  std::unordered_map<std::string, Others> others_at;
  for (const Value& of : state.of) {
    Others& others = others_at[pointer_of(of.tokens, state.joined)];
    if (!of.is_told_again) ++others.number;
    others.is_sound = others.is_sound && !of.is_fault;
    others.sum += of.count.value_or(0);
    if (of.count && !others.first) others.first = of.count;
  }
  for (const Value& about : state.about) {
    if (!about.count) continue;
    const auto& [sum, number, is_sound, first] = others_at[pointer_of(about.tokens, state.joined)];
    const std::string parts = names_of(claim.of);
    const bool is_count = claim.kind == Kind::count;
    const bool are_elsewhere = layout_.is_lines && number == 0 && about.count != Count(0);
    if (are_elsewhere && (is_count || layout_.is_given)) {
      say_nothing_to_compare(claim, about, document, observations);
      continue;
    }
    if (!is_sound || (claim.kind != Kind::count && number == 0)) continue;
    const auto calculated = is_count ? std::optional<Count>(static_cast<Count>(number))
                            : claim.kind == Kind::equal ? first
                                                        : sum.count();
    if (calculated == about.count) {
      observations.held();
      continue;
    }
    const std::string_view name = about.tokens.empty() ? std::string_view("the number")
                                                       : std::string_view(about.tokens.back());
    say(claim,
        Finding{
            .rule = is_count                    ? Rule::count
                    : claim.kind == Kind::equal ? Rule::identity
                                                : Rule::sum,
            .place = {document.file, document.line,
                      document.pointer + pointer_of(about.tokens, about.tokens.size())},
            .asserted = about.count,
            .calculated = calculated,
            .basis = is_count ? fmt::format("number of {}", parts)
                     : claim.kind == Kind::equal
                         ? parts
                         : fmt::format("sum of {} numbers at {}", number, parts),
            .explanation =
                is_count ? fmt::format("there are {} at {}, not {}", number, parts, *about.count)
                : claim.kind == Kind::equal ? fmt::format("{} is not the same as {}", name, parts)
                                            : fmt::format("{} is not the sum of {}", name, parts)},
        observations);
  }
}

void LayoutClaims::judge_series(const LayoutClaim& claim, const State& state, const Place& document,
                                Observations& observations) const {
  // Values of one list, in their order.
  std::size_t last_star = 0;
  for (std::size_t i = 0; i < claim.about.tokens.size(); ++i) {
    if (PathPattern::is_any(claim.about.tokens[i])) last_star = i;
  }
  std::map<std::string, std::vector<const Value*>> lists;
  for (const Value& value : state.about) {
    if (value.count)
      lists[pointer_of(value.tokens, std::min(last_star, value.tokens.size()))].push_back(&value);
  }
  std::unordered_map<std::string, const Value*> growth;
  for (const Value& value : state.of) {
    if (value.count)
      growth[pointer_of(value.tokens, std::min(last_star + 1, value.tokens.size()))] = &value;
  }
  for (const auto& [pointer, list] : lists) {
    NumberCourse course(false);
    for (const Value* value : list) {
      const auto grown = growth.find(pointer_of(value->tokens, last_star + 1));
      if (grown != growth.end()) course.add(*grown->second);
      auto finding = course.next(claim, *value, 0, observations);
      if (!finding) continue;
      finding->place = {document.file, document.line,
                        document.pointer + pointer_of(value->tokens, value->tokens.size())};
      say(claim, *finding, observations);
    }
  }
}

void LayoutClaims::finish(const Place& document, Observations& observations) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const LayoutClaim& claim = layout_.claims[i];
    State& state = states_[i];
    if (claim.lines.are_others()) continue;
    if (claim.kind == Kind::sequence || claim.kind == Kind::continuity) {
      judge_series(claim, state, document, observations);
    } else if (state.about_records.empty()) {
      judge_values(claim, state, document, observations);
    } else {
      claim_sums(claim, state, document, observations);
    }
    state.sums.clear();
    state.sum_by_key.clear();
    state.about.clear();
    state.of.clear();
  }
  calls_.clear();
}

}  // namespace usagectl
