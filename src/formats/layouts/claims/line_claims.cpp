#include "formats/layouts/claims/line_claims.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

using Kind = LayoutClaim::Kind;

bool is_course(const LayoutClaim& claim) {
  return claim.kind == Kind::sequence || claim.kind == Kind::continuity;
}

std::vector<std::size_t> records_of_view(const Layout& layout, std::string_view view) {
  std::vector<std::size_t> records;
  for (std::size_t i = 0; i < layout.records.size(); ++i) {
    if (layout.records[i].view == view) records.push_back(i);
  }
  return records;
}

void append(std::vector<std::size_t>& list, const std::vector<std::size_t>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

bool is_in(const std::vector<std::size_t>& list, std::size_t index) {
  return std::find(list.begin(), list.end(), index) != list.end();
}

/// "records of calls", "records at /usage", "numbers at /usage/in"
std::string parts_name(const LayoutClaim& claim, bool are_records) {
  std::string name = are_records ? "records" : claim.kind == Kind::count ? "values" : "numbers";
  std::string_view before = " of ";
  for (const std::string& view : claim.of_views) {
    name += before;
    name += view;
    before = " and ";
  }
  if (claim.of.empty()) return name;
  const bool are_lines = claim.of.size() == 1 && claim.of.front().tokens.empty();
  return name + (before == " of " ? " at " : " and ") +
         (are_lines ? std::string("the lines") : names_of(claim.of));
}

}  // namespace

LineClaims::LineClaims(const Layout& layout) : layout_(layout) {
  for (const LayoutClaim& claim : layout.claims) {
    if (!claim.lines.are_others()) continue;
    State state;
    state.claim = &claim;
    if (!claim.about_view.empty())
      state.about_records = records_of_view(layout, claim.about_view);
    else if (claim.kind == Kind::sum && !claim.counter)
      state.about_records = records_at(layout, claim.about);
    if (state.about_records.empty()) state.about_value = value_index(claim.about);
    state.parts = shared_parts(claim);
    states_.push_back(std::move(state));
  }
}

std::vector<const LayoutClaim*> LineClaims::claims() const {
  std::vector<const LayoutClaim*> claims;
  for (const State& state : states_) claims.push_back(state.claim);
  return claims;
}

std::size_t LineClaims::value_index(const PathPattern& pattern) {
  const auto known = std::find(values_.begin(), values_.end(), pattern);
  if (known != values_.end()) return static_cast<std::size_t>(known - values_.begin());
  values_.push_back(pattern);
  return values_.size() - 1;
}

/// A record has room for few groups: claims about the same parts share one.
std::size_t LineClaims::shared_parts(const LayoutClaim& claim) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const LayoutClaim& other = *parts_[i].claim;
    if (other.of == claim.of && other.of_views == claim.of_views && other.by == claim.by &&
        other.lines == claim.lines && is_course(other) == is_course(claim))
      return i;
  }
  SharedParts shared;
  shared.claim = &claim;
  for (const std::string& view : claim.of_views)
    append(shared.records, records_of_view(layout_, view));
  for (const PathPattern& of : claim.of) {
    const std::vector<std::size_t> records = claim.kind == Kind::sum || claim.kind == Kind::count
                                                 ? records_at(layout_, of)
                                                 : std::vector<std::size_t>();
    append(shared.records, records);
    if (records.empty()) shared.values.push_back(value_index(of));
  }
  parts_.push_back(std::move(shared));
  return parts_.size() - 1;
}

LineClaims::PartsOfKey& LineClaims::parts_at(SharedParts& shared, const std::string& key) {
  return shared.by_key.try_emplace(key, shared.beginning).first->second;
}

/// A line that begins and has no key begins for all of them.
void LineClaims::begin_again(SharedParts& shared) {
  PartsOfKey beginning;
  beginning.has_begun = true;
  beginning.missed_before = missed_;
  if (shared.key.empty()) {
    shared.by_key.clear();
    shared.beginning = beginning;
  }
  shared.by_key.insert_or_assign(shared.key, std::move(beginning));
}

void LineClaims::begin_line(std::vector<Line> line) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    State& state = states_[i];
    state.line = std::move(line[i]);
    SharedParts& shared = parts_[state.parts];
    shared.key = state.line.key;
    shared.is_claimed = false;
    if (!state.line.begins) continue;
    begin_again(shared);
    if (shared.key.empty())
      state.courses.clear();
    else
      state.courses.erase(shared.key);
  }
}

void LineClaims::begin_call(std::size_t index, const PlaceTokens& tokens,
                            const UsageRecord& record) {
  if (!states_.empty()) calls_.begin_call(index, tokens, record);
}

void LineClaims::record(const ClaimedRecord& claimed, Observations& observations) {
  for (State& state : states_) {
    if (!state.line.may_claim || !is_in(state.about_records, claimed.index)) continue;
    const std::string by(value_by(*claimed.record, state.claim->by));
    state.sums[{state.line.key, by}].add(claimed);
    parts_[state.parts].is_claimed = true;
  }
  for (SharedParts& shared : parts_) {
    if (is_in(shared.records, claimed.index)) add_record(shared, claimed, observations);
  }
}

void LineClaims::add_record(SharedParts& shared, const ClaimedRecord& claimed,
                            Observations& observations) {
  UsageRecord& record = *claimed.record;
  std::string call;
  if (!record.id.empty() && record.same_id != SameId::nothing)
    call = fmt::format("{} {} {} {}", claimed.index, record.id_space.size(), record.id_space,
                       record.id);
  if (!call.empty() && record.same_id == SameId::copy) {
    std::string copy = call;
    for (const Counter counter : kCounters)
      copy += fmt::format(" {}", record.counts[counter].value_or(-1));
    if (!shared.copies.insert(short_text_hash(copy)).second) return;
  }
  PartsOfKey& of_key = parts_at(shared, shared.key);
  Parts& parts = of_key.by[std::string(value_by(record, shared.claim->by))];
  if (!parts.is_closed) {
    if (parts.group == 0) parts.group = observations.group_as_written();
    if (!add_to_group(record, parts.group)) of_key.is_crowded = true;
  }
  const Counts given = completed(record.given, record.counts);
  if (record.same_id == SameId::growth && !call.empty()) {
    const auto [told, is_new] = parts.told.try_emplace(std::move(call), Told{given, record.counts});
    if (!is_new) {
      if (!is_fuller(record.counts, told->second.solved)) return;
      parts.given.remove(told->second.given);
      parts.solved.remove(told->second.solved);
      told->second = {given, record.counts};
    }
  }
  parts.given.add(given);
  parts.solved.add(record.counts);
}

void LineClaims::rejected(std::size_t index) {
  for (SharedParts& shared : parts_) {
    if (is_in(shared.records, index)) parts_at(shared, shared.key).misses_parts = true;
  }
}

void LineClaims::value(std::size_t index, const PlaceTokens& tokens, const Json& value) {
  if (value.is_null()) return;
  const ClaimedPart seen = seen_number(tokens, value);
  const ClaimedPart added = calls_.growth(index, seen);
  for (State& state : states_) {
    const bool is_about = state.about_value == index && state.line.may_claim;
    const bool is_numbered_again = state.claim->kind == Kind::sequence && added.is_told_again;
    if (is_about && seen.count && !is_numbered_again) {
      state.about.push_back(seen);
      parts_[state.parts].is_claimed = true;
    }
    if (is_course(*state.claim) && is_in(parts_[state.parts].values, index))
      state.added.push_back(added);
  }
  for (SharedParts& shared : parts_) {
    if (is_course(*shared.claim) || !is_in(shared.values, index)) continue;
    Parts& parts = parts_at(shared, shared.key).by[""];
    if (!added.is_told_again) ++parts.number;
    parts.sum += added.count.value_or(0);
    parts.is_sound = parts.is_sound && !seen.is_fault;
    if (seen.count) parts.last = seen.count;
  }
}

bool LineClaims::end_line(const Place& line, Observations& observations) {
  bool claims = false;
  for (State& state : states_) claims = end_claims(state, line, observations) || claims;
  for (SharedParts& shared : parts_) {
    if (!std::exchange(shared.is_claimed, false) || is_course(*shared.claim)) continue;
    const Span span = shared.claim->lines.span;
    if (span == Span::since_last) {
      PartsOfKey next;
      next.missed_before = missed_;
      shared.by_key.insert_or_assign(shared.key, std::move(next));
    } else if (span != Span::all) {
      for (auto& [by, parts] : parts_at(shared, shared.key).by) parts.is_closed = true;
    }
  }
  calls_.end_call();
  return claims;
}

bool LineClaims::end_claims(State& state, const Place& line, Observations& observations) {
  const bool waits = state.claim->lines.span == Span::all;
  const bool claims = !state.about.empty() || !state.sums.empty();
  if (is_course(*state.claim)) {
    judge_course(state, line, observations);
  } else {
    for (const ClaimedPart& seen : state.about) {
      Number number{.place = {line.file, line.line,
                              line.pointer + pointer_of(seen.tokens, seen.tokens.size())},
                    .name = seen.tokens.empty() ? "the number" : seen.tokens.back(),
                    .asserted = *seen.count};
      if (waits)
        state.numbers[state.line.key].push_back(std::move(number));
      else
        judge_number(state, state.line.key, number, observations);
    }
    if (!waits) judge_sums(state, observations);
  }
  state.about.clear();
  state.added.clear();
  return claims;
}

void LineClaims::finish(Observations& observations) {
  for (State& state : states_) {
    for (const auto& [key, numbers] : state.numbers) {
      for (const Number& number : numbers) judge_number(state, key, number, observations);
    }
    judge_sums(state, observations);
    state.numbers.clear();
  }
}

std::string LineClaims::why_unprovable(const SharedParts& shared, const PartsOfKey& parts) const {
  if (missed_ != parts.missed_before) return "a line that it may be about could not be read";
  if (shared.claim->lines.span == Span::since && !parts.has_begun)
    return "the line since which it claims is not in the file";
  if (parts.is_crowded) return std::string(kCrowded);
  if (parts.misses_parts) return "a record that it is about was rejected";
  return {};
}

void LineClaims::judge_number(const State& state, const std::string& key, const Number& number,
                              Observations& observations) {
  SharedParts& shared = parts_[state.parts];
  const LayoutClaim& claim = *state.claim;
  PartsOfKey& of_key = parts_at(shared, key);
  Parts& parts = of_key.by[""];
  const bool are_records = !shared.records.empty();
  const Counter counter = claim.counter.value_or(Counter::requests);
  SumClaim said{
      .place = number.place,
      .parts = parts_name(claim, are_records),
      .part = "record",
      .numbers = {{.counter = counter, .asserted = number.asserted, .solved = number.asserted}},
      .is_inferred = layout_.inferred,
      .unprovable_because = why_unprovable(shared, of_key)};
  if (!parts.is_sound) said.unprovable_because = "one of the numbers is not a valid count";
  const bool is_empty = parts.given.records == 0 && parts.number == 0;
  if (!said.unprovable_because.empty() || is_empty) {
    if (is_empty && said.unprovable_because.empty() && number.asserted == 0)
      return observations.held();
    said.group = observations.group();
    return observations.claim(std::move(said));
  }
  if (are_records && shared.values.empty())
    judge_records(claim, parts, std::move(said), observations);
  else
    judge_values(state, parts, number, observations);
}

/// What records claim, of the line or of all.
void LineClaims::judge_sums(State& state, Observations& observations) {
  SharedParts& shared = parts_[state.parts];
  for (const auto& [key_and_by, sum] : state.sums) {
    PartsOfKey& of_key = parts_at(shared, key_and_by.first);
    const Parts& parts = of_key.by[key_and_by.second];
    SumClaim said{.place = sum.place,
                  .parts = parts_name(*state.claim, true),
                  .part = "record",
                  .numbers = sum.numbers(true),
                  .cost = sum.cost(),
                  .is_inferred = layout_.inferred,
                  .unprovable_because = why_unprovable(shared, of_key)};
    // Several records together are as much as others together.
    if (sum.given.records > 1) {
      for (ClaimedNumber& number : said.numbers) number.key.clear();
    }
    const bool claims_any = std::any_of(said.numbers.begin(), said.numbers.end(),
                                        [](const auto& number) { return number.asserted > 0; });
    if (!said.unprovable_because.empty() || parts.given.records == 0) {
      if (said.unprovable_because.empty() && !claims_any) {
        observations.held();
        continue;
      }
      said.group = observations.group();
      observations.claim(std::move(said));
      continue;
    }
    judge_records(*state.claim, parts, std::move(said), observations);
  }
  state.sums.clear();
}

/// Against a group where it holds just these parts, so that causes can be named; else on the spot.
void LineClaims::judge_records(const LayoutClaim& claim, const Parts& parts, SumClaim&& said,
                               Observations& observations) const {
  if (!parts.is_closed) {
    if (claim.kind != Kind::count) {
      said.group = parts.group;
      said.is_as_written = true;
      return observations.claim(std::move(said));
    }
    return observations.claim(CountClaim{.place = said.place,
                                         .group = parts.group,
                                         .parts = said.parts,
                                         .asserted = said.numbers.front().asserted});
  }
  for (const ClaimedNumber& number : said.numbers) {
    const bool is_count = claim.kind == Kind::count;
    const auto given = is_count ? std::optional(static_cast<Count>(parts.given.records))
                                : whole_sum(parts.given, number.counter);
    const auto solved = whole_sum(parts.solved, number.counter);
    if (!given) {
      if (number.is_derived || parts.given.known_of(number.counter) == 0) continue;
      observations.claim(SumClaim{.place = said.place,
                                  .group = observations.group(),
                                  .parts = said.parts,
                                  .numbers = {number},
                                  .unprovable_because = "some of its records do not have it"});
      continue;
    }
    if (given == number.asserted || (!is_count && solved && solved == number.solved)) {
      observations.held();
      continue;
    }
    Place place = said.place;
    if (!number.key.empty()) place.pointer += "/" + number.key;
    say(claim,
        {.rule = is_count ? Rule::count : Rule::sum,
         .place = std::move(place),
         .counter = is_count ? std::string_view() : name_of(number.counter),
         .asserted = number.asserted,
         .calculated = given,
         .basis =
             is_count ? said.parts : fmt::format("sum of {} {}", parts.given.records, said.parts),
         .explanation = is_count ? fmt::format("the number of {} is {}, not {}", said.parts, *given,
                                               number.asserted)
                                 : fmt::format("{} is not the sum of its {}",
                                               name_of(number.counter), said.parts)},
        observations);
  }
}

void LineClaims::judge_values(const State& state, const Parts& parts, const Number& number,
                              Observations& observations) const {
  const LayoutClaim& claim = *state.claim;
  const bool is_count = claim.kind == Kind::count;
  const bool is_equal = claim.kind == Kind::equal;
  const std::uint64_t of = parts.number + parts.given.records;
  const auto calculated = is_count   ? std::optional<Count>(static_cast<Count>(of))
                          : is_equal ? parts.last
                                     : parts.sum.count();
  if (calculated == number.asserted) return observations.held();
  const std::string names = parts_name(claim, false);
  say(claim,
      {.rule = is_count   ? Rule::count
               : is_equal ? Rule::identity
                          : Rule::sum,
       .place = number.place,
       .asserted = number.asserted,
       .calculated = calculated,
       .basis = is_count   ? names
                : is_equal ? fmt::format("last of the {}", names)
                           : fmt::format("sum of {} {}", of, names),
       .explanation =
           is_count   ? fmt::format("the number of {} is {}, not {}", names, of, number.asserted)
           : is_equal ? fmt::format("{} is not the last of the {}", number.name, names)
                      : fmt::format("{} is not the sum of the {}", number.name, names)},
      observations);
}

void LineClaims::judge_course(State& state, const Place& line, Observations& observations) {
  if (state.about.empty() && state.added.empty()) return;
  NumberCourse& course = state.courses[state.line.key];
  for (const ClaimedPart& added : state.added) course.add(added);
  for (const ClaimedPart& seen : state.about) {
    auto finding = course.next(*state.claim, seen, missed_, observations);
    if (!finding) continue;
    finding->place = {line.file, line.line,
                      line.pointer + pointer_of(seen.tokens, seen.tokens.size())};
    say(*state.claim, std::move(*finding), observations);
  }
}

void LineClaims::say(const LayoutClaim& claim, Finding&& finding,
                     Observations& observations) const {
  if (claim.is_warning && finding.severity == Severity::error) finding.severity = Severity::warning;
  if (layout_.inferred) finding.explanation.insert(0, "inferred: ");
  observations.finding(std::move(finding));
}

}  // namespace usagectl
