#include "formats/layouts/layout_claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

using Kind = LayoutClaim::Kind;

std::string names_of(const std::vector<PathPattern>& patterns) {
  std::string names;
  for (const PathPattern& pattern : patterns) {
    if (!names.empty()) names += " and ";
    names += pattern.tokens.empty() ? "the document" : pattern.text();
  }
  return names;
}

std::string pointer_of(const PlaceTokens& tokens, std::size_t end) {
  std::string pointer;
  for (std::size_t i = 0; i < end; ++i) append_pointer(pointer, tokens[i]);
  return pointer;
}

bool has_tokens(const Counts& counts) {
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    if (counts[kCounters[i]].value_or(0) > 0) return true;
  }
  return false;
}

/// As written; what is not written and follows from what is, is taken from there.
Counts completed(Counts given, const Counts& solved) {
  for (const Counter counter : kCounters) {
    if (!given.has(counter)) given.set(counter, solved[counter]);
  }
  return given;
}

std::optional<Count> sum_if_all_know(const Tally& tally, Counter counter) {
  return tally.known_of(counter) == tally.records ? tally.sum_of(counter) : std::nullopt;
}

}  // namespace

LayoutClaims::LayoutClaims(const Layout& layout) : layout_(layout) {
  for (const LayoutClaim& claim : layout.claims) {
    State& state = states_.emplace_back();
    state.joined = claim.of.empty() ? claim.about.tokens.size() : claim.about.tokens.size() + 1;
    for (const PathPattern& of : claim.of)
      state.joined = std::min(state.joined, common_tokens(claim.about, of));
    const auto index_of = [&](const PathPattern& pattern) -> std::optional<std::size_t> {
      for (std::size_t i = 0; i < layout.records.size(); ++i) {
        if (layout.records[i].at == pattern) return i;
      }
      return std::nullopt;
    };
    const auto add = [&](const PathPattern& pattern, std::vector<std::size_t>& records,
                         std::vector<std::size_t>& values) {
      const auto record = index_of(pattern);
      if (claim.kind == Kind::sum && record) {
        records.push_back(*record);
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
  if (!claim.by.empty() && record != nullptr) {
    const std::string* const value = scope_value(*record, claim.by);
    if (claim.by == "model")
      add(record->model);
    else if (claim.by == "day")
      add(std::string_view(record->time).substr(0, 10));
    else
      add(value == nullptr ? std::string_view() : std::string_view(*value));
  }
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
  const Counts& solved = claimed.record->counts;
  const Counts given = completed(claimed.record->given, solved);
  const auto add = [&](Side& side) {
    side.given.add(given);
    side.solved.add(solved);
    if (has_tokens(solved) || has_tokens(given)) ++side.with_tokens;
    if (claimed.record->given.has(Counter::total)) ++side.with_own_total;
  };
  for (std::size_t i = 0; i < states_.size(); ++i) {
    State& state = states_[i];
    const LayoutClaim& claim = layout_.claims[i];
    const auto is_in = [&](const std::vector<std::size_t>& records) {
      return std::find(records.begin(), records.end(), claimed.index) != records.end();
    };
    if (is_in(state.about_records)) {
      Sum& sum = sum_at(claim, state, *claimed.tokens, claimed.record);
      if (sum.about.given.records == 0) {
        sum.place = claimed.record->place;
        sum.keys = claimed.keys;
      }
      add(sum.about);
    }
    if (!is_in(state.of_records)) continue;
    Sum& sum = sum_at(claim, state, *claimed.tokens, claimed.record);
    add(sum.parts);
    if (sum.group == 0) sum.group = observations.group();
    const auto free =
        std::find(claimed.record->parts_of.begin(), claimed.record->parts_of.end(), GroupId(0));
    if (free != claimed.record->parts_of.end()) *free = sum.group;
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
      for (Sum& sum : state.sums) sum.parts.misses_parts = true;
    }
    sum_at(layout_.claims[i], state, tokens, nullptr).parts.misses_parts = true;
  }
}

void LayoutClaims::value(std::size_t index, const PlaceTokens& tokens, const Json& value) {
  CountReading reading = value.is_number() ? read_count(value) : CountReading();
  const Value seen{tokens, reading.count, !reading.fault.empty()};
  for (State& state : states_) {
    const auto is_in = [&](const std::vector<std::size_t>& values) {
      return std::find(values.begin(), values.end(), index) != values.end();
    };
    if (is_in(state.about_values)) state.about.push_back(seen);
    if (is_in(state.of_values)) state.of.push_back(seen);
  }
}

void LayoutClaims::say(const Finding& finding, Observations& observations) const {
  Finding said = finding;
  if (layout_.inferred) said.explanation.insert(0, "inferred: ");
  observations.finding(std::move(said));
}

void LayoutClaims::judge(const LayoutClaim& claim, const Sum& sum,
                         Observations& observations) const {
  const std::string parts = names_of(claim.of);
  const auto claimed_zero = [&] {
    return std::none_of(kCounters.begin(), kCounters.end(), [&](Counter counter) {
      return sum.about.given.sum_of(counter).value_or(0) > 0;
    });
  };
  if (sum.parts.given.records == 0 && !sum.parts.misses_parts && claimed_zero()) {
    observations.held();
    return;
  }
  if (sum.parts.misses_parts || sum.parts.given.records == 0) {
    SumClaim unprovable;
    unprovable.place = sum.place;
    unprovable.group = observations.group();
    unprovable.parts =
        claim.of.empty()
            ? "parts"
            : fmt::format("{}records at {}", sum.parts.misses_parts ? "sound " : "", parts);
    for (const Counter counter : kCounters) {
      if (const auto asserted = sum.about.given.sum_of(counter);
          asserted && (counter != Counter::total || sum.about.with_own_total > 0)) {
        unprovable.numbers.push_back({counter, {}, 0, *asserted, Relation::equals, {}});
      }
    }
    observations.claim(std::move(unprovable));
    return;
  }
  std::vector<std::string_view> unlisted;
  bool is_incomplete = false;
  bool is_refuted = false;
  SumClaim judged;
  judged.place = sum.place;
  judged.group = sum.group;
  judged.parts = fmt::format("records at {}", parts);
  judged.part = "record";
  judged.is_judged = true;
  for (const Counter counter : kCounters) {
    const auto asserted = sum_if_all_know(sum.about.given, counter);
    if (!asserted || counter == Counter::unexplained) continue;
    const Tally& parts_given = sum.parts.given;
    // A total that is made of input and output says nothing beyond them.
    const bool follows = counter == Counter::total && sum.about.with_own_total == 0 &&
                         parts_given.known_of(Counter::input) > 0;
    if (follows) continue;
    const auto known = parts_given.known_of(counter);
    if (known == 0) {
      if (*asserted > 0 && counter != Counter::requests) unlisted.push_back(name_of(counter));
      continue;
    }
    const bool solved_alike = sum_if_all_know(sum.about.solved, counter) &&
                              sum_if_all_know(sum.parts.solved, counter) &&
                              sum.about.solved.sum_of(counter) == sum.parts.solved.sum_of(counter);
    // Calls that failed use nothing; some count them, some do not.
    const bool without_empty =
        counter == Counter::requests && static_cast<Count>(sum.parts.with_tokens) == *asserted &&
        parts_given.sum_of(counter) == static_cast<Count>(parts_given.records);
    std::string own_key;
    for (const auto& [of, name] : sum.keys) {
      if (of == counter) own_key = name;
    }
    const bool holds = parts_given.sum_of(counter) == asserted || solved_alike || without_empty;
    judged.numbers.push_back({counter,
                              own_key,
                              0,
                              *asserted,
                              Relation::equals,
                              {},
                              holds ? asserted : parts_given.sum_of(counter)});
    if (holds) {
      observations.held();
      continue;
    }
    if (known < parts_given.records) {
      is_incomplete = is_incomplete || counter != Counter::requests;
      continue;
    }
    Finding finding;
    finding.rule = counter == Counter::requests ? Rule::count : Rule::sum;
    finding.place = sum.place;
    for (const auto& [of, key] : sum.keys) {
      if (of == counter && !key.empty()) finding.place.pointer += "/" + key;
    }
    finding.counter = name_of(counter);
    finding.asserted = asserted;
    finding.calculated = parts_given.sum_of(counter);
    finding.basis = parts_given.records == 1
                        ? fmt::format("the only record at {}", parts)
                        : fmt::format("sum of {} records at {}", parts_given.records, parts);
    if (!finding.calculated) finding.basis += ", which does not fit in 64 bits";
    finding.explanation = fmt::format("{} is not the sum of {}", name_of(counter), parts);
    say(finding, observations);
    is_refuted = true;
  }
  if (is_refuted) observations.claim(std::move(judged));
  if (is_incomplete) {
    Finding finding;
    finding.severity = Severity::warning;
    finding.place = sum.place;
    finding.explanation =
        fmt::format("some of its numbers cannot be proved: not all records at {} have them", parts);
    say(finding, observations);
  }
  if (!unlisted.empty()) {
    Finding finding;
    finding.severity = Severity::note;
    finding.place = sum.place;
    finding.explanation =
        fmt::format("{} not checked: no record at {} has {}", fmt::join(unlisted, ", "), parts,
                    unlisted.size() == 1 ? "it" : "them");
    say(finding, observations);
  }
}

void LayoutClaims::judge_sums(const LayoutClaim& claim, const State& state, const Place& document,
                              Observations& observations) const {
  for (const Sum& sum : state.sums) {
    if (sum.about.given.records == 0) continue;
    if (sum.about.given.records == 1) {
      judge(claim, sum, observations);
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
    judge(claim, together, observations);
  }
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
    ++others.number;
    others.is_sound = others.is_sound && !of.is_fault;
    others.sum += of.count.value_or(0);
    if (of.count && !others.first) others.first = of.count;
  }
  for (const Value& about : state.about) {
    if (!about.count) continue;
    const auto& [sum, number, is_sound, first] = others_at[pointer_of(about.tokens, state.joined)];
    const std::string parts = names_of(claim.of);
    const bool is_count = claim.kind == Kind::count;
    if (!is_sound || (claim.kind != Kind::count && number == 0)) continue;
    const auto calculated = is_count ? std::optional<Count>(static_cast<Count>(number))
                            : claim.kind == Kind::equal ? first
                                                        : sum.count();
    if (calculated == about.count) {
      observations.held();
      continue;
    }
    Finding finding;
    finding.rule = is_count ? Rule::count : claim.kind == Kind::equal ? Rule::identity : Rule::sum;
    finding.place = {document.file, document.line,
                     document.pointer + pointer_of(about.tokens, about.tokens.size())};
    finding.asserted = about.count;
    finding.calculated = calculated;
    finding.basis = is_count ? fmt::format("number of {}", parts)
                    : claim.kind == Kind::equal
                        ? parts
                        : fmt::format("sum of {} numbers at {}", number, parts);
    const std::string_view name = about.tokens.empty() ? std::string_view("the number")
                                                       : std::string_view(about.tokens.back());
    finding.explanation =
        is_count ? fmt::format("there are {} at {}, not {}", number, parts, *about.count)
        : claim.kind == Kind::equal ? fmt::format("{} is not the same as {}", name, parts)
                                    : fmt::format("{} is not the sum of {}", name, parts);
    say(finding, observations);
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
  std::unordered_map<std::string, Count> growth;
  for (const Value& value : state.of) {
    if (value.count)
      growth[pointer_of(value.tokens, std::min(last_star + 1, value.tokens.size()))] = *value.count;
  }
  const auto refute = [&](Rule rule, const Value& value, std::optional<Count> calculated,
                          std::string basis, std::string explanation) {
    Finding finding;
    finding.rule = rule;
    finding.place = {document.file, document.line,
                     document.pointer + pointer_of(value.tokens, value.tokens.size())};
    finding.asserted = value.count;
    finding.calculated = calculated;
    finding.basis = std::move(basis);
    finding.explanation = std::move(explanation);
    say(finding, observations);
  };
  for (const auto& [pointer, list] : lists) {
    const Value* before = nullptr;
    Count expected = list.front()->count == Count(0) ? 0 : 1;
    for (const Value* value : list) {
      if (claim.kind == Kind::sequence) {
        if (*value->count == expected)
          observations.held();
        else
          refute(Rule::sequence, *value, expected, "next number",
                 "the numbering has a gap or a repeat");
        expected = *value->count + 1;
        continue;
      }
      if (before != nullptr) {
        const auto grown = growth.find(pointer_of(value->tokens, last_star + 1));
        const auto total = grown == growth.end()
                               ? std::nullopt
                               : (ExactSum(*before->count) += grown->second).count();
        if (*value->count < *before->count) {
          refute(Rule::continuity, *value, before->count, "told before", "the running total falls");
        } else if (total && total != value->count) {
          refute(Rule::continuity, *value, total,
                 fmt::format("told before + {}", names_of(claim.of)),
                 "the running total does not grow by what was added");
        } else {
          observations.held();
        }
      }
      before = value;
    }
  }
}

void LayoutClaims::finish(const Place& document, Observations& observations) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const LayoutClaim& claim = layout_.claims[i];
    State& state = states_[i];
    if (claim.kind == Kind::sequence || claim.kind == Kind::continuity) {
      judge_series(claim, state, document, observations);
    } else if (state.about_records.empty()) {
      judge_values(claim, state, document, observations);
    } else {
      judge_sums(claim, state, document, observations);
    }
    state.sums.clear();
    state.sum_by_key.clear();
    state.about.clear();
    state.of.clear();
  }
}

}  // namespace usagectl
