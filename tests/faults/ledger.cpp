// Calls and their sums with every counter there is, told to the analysis without a file: the causes
// that no layout which is read so far can show are planted here as well.
#include "ledger/ledger.hpp"

#include <algorithm>
#include <array>

#include "analysis/reconcile.hpp"
#include "faults/sample.hpp"

namespace usagectl {
namespace {

constexpr std::array kSummed = {Counter::input,    Counter::cache_read, Counter::cache_write,
                                Counter::output,   Counter::reasoning,  Counter::total,
                                Counter::requests, Counter::completions};

struct Call {
  Counts counts;
  Counts given;
  std::string id;
  std::string model = "made-up-model";
  std::string time;
  Count number = 0;
  bool failed = false;
  bool is_told_again = false;
  std::string_view dialect = "made-up.new";
};

class CallsAndSums final : public Sample {
 public:
  std::vector<Call> calls;
  std::vector<Call> failed_elsewhere;
  Counts claimed;
  Counts before;
  bool reasoning_outside = false;

  void sum_up() {
    for (const Counter counter : kSummed) {
      Count sum = 0;
      for (const Call& call : calls)
        sum += call.is_told_again ? 0 : call.counts[counter].value_or(0);
      if (claimed.has(counter)) claimed.set(counter, sum);
    }
  }

  ReconcileReport check() const override {
    Observations found;
    const GroupId group = found.group();
    const UnitId unit = found.unit();
    std::uint64_t index = 0;
    const auto tell = [&](const Call& call, bool is_part) {
      UsageRecord record;
      record.place = {0, 0, pointer_to(is_part ? "/calls" : "/failed", index++)};
      record.format = "made-up";
      record.dialect = call.dialect;
      record.unit = unit;
      record.id = call.id;
      if (!call.id.empty()) record.same_id = SameId::growth;
      record.model = call.model;
      record.time = call.time;
      record.number = call.number;
      record.failed = call.failed;
      record.counts = call.counts;
      record.given = call.given;
      if (is_part) record.parts_of = {group};
      found.record(std::move(record));
    };
    for (const Call& call : calls) tell(call, true);
    SumClaim claim;
    claim.place = {0, 0, "/total"};
    claim.group = group;
    claim.parts = "calls";
    claim.part = "call";
    claim.before = before;
    claim.before_place = {0, 0, "/before"};
    for (const Counter counter : kSummed) {
      if (const auto asserted = claimed[counter]) {
        claim.numbers.push_back(
            {counter, std::string(name_of(counter)), 0, *asserted, Relation::equals, {}});
      }
    }
    found.claim(std::move(claim));
    Ledger ledger(reconcile_question(), {"ledger.json"});
    ledger.begin_file(0, false);
    ledger.keep_parts(true);
    ledger.add(std::move(found), 0);
    ledger.end_file();
    Books books = ledger.finish();
    return reconcile(books);
  }
  void save_below(const std::string&) const override {}
};

Call call_of(Random& random, bool outside) {
  Call call;
  const auto input = static_cast<Count>(random.between(200, 9000));
  const auto output = static_cast<Count>(random.between(30, 3000));
  const auto reasoning = random.one_in(4)
                             ? Count{0}
                             : static_cast<Count>(random.below(static_cast<std::uint64_t>(output)));
  const auto cached = random.one_in(3)
                          ? Count{0}
                          : static_cast<Count>(random.below(static_cast<std::uint64_t>(input)));
  const auto written =
      random.one_in(2)
          ? Count{0}
          : static_cast<Count>(random.below(static_cast<std::uint64_t>(input - cached + 1)));
  call.counts.set(Counter::input, input);
  call.counts.set(Counter::cache_read, cached);
  call.counts.set(Counter::cache_write, written);
  call.counts.set(Counter::output, output);
  call.counts.set(Counter::reasoning, reasoning);
  call.counts.set(Counter::total, input + output + (outside ? reasoning : 0));
  call.given = call.counts;
  call.counts.set(Counter::requests, Count{1});
  call.counts.set(Counter::completions,
                  static_cast<Count>(random.one_in(3) ? random.between(2, 5) : 1));
  return call;
}

/// Many writers sum up little: input and output, or nothing but the total.
void claim_less(CallsAndSums& ledger, Random& random) {
  const auto only = [&](std::initializer_list<Counter> counters) {
    for (const Counter counter : kSummed) {
      if (std::find(counters.begin(), counters.end(), counter) == counters.end())
        ledger.claimed.forget(counter);
    }
  };
  switch (random.below(8)) {
    case 0: only({Counter::input, Counter::output}); break;
    case 1: only({Counter::input, Counter::output, Counter::total}); break;
    case 2: only({Counter::total}); break;
    case 3:
      only({Counter::input, Counter::output});
      for (Call& call : ledger.calls) {
        call.counts.forget(Counter::total);
        call.given.forget(Counter::total);
      }
      break;
    default: break;
  }
}

std::unique_ptr<Sample> sound(Random& random) {
  auto ledger = std::make_unique<CallsAndSums>();
  const auto calls = random.between(3, 40);
  const bool numbered = random.one_in(3);
  const bool named = !numbered && random.one_in(3);
  const bool timed = random.one_in(2);
  ledger->reasoning_outside = random.one_in(3);
  for (std::uint64_t i = 0; i < calls; ++i) {
    Call call = call_of(random, ledger->reasoning_outside);
    if (numbered) call.number = static_cast<Count>(i + 1);
    if (named) call.id = random.id("call-", 8);
    const auto minute = std::to_string(10 + i);
    if (timed) call.time = "2026-03-01T10:" + minute + ":00Z";
    ledger->calls.push_back(std::move(call));
  }
  for (const Counter counter : kSummed) ledger->claimed.set(counter, Count{0});
  if (random.one_in(3)) ledger->claimed.forget(Counter::cache_write);
  if (random.one_in(3)) ledger->claimed.forget(Counter::completions);
  if (random.one_in(4)) ledger->claimed.forget(Counter::requests);
  claim_less(*ledger, random);
  ledger->sum_up();
  return ledger;
}

PlantedAt at_call(std::size_t index) { return {"ledger", pointer_to("/calls", index), 0}; }

/// One number shows little.
bool claims_one(const CallsAndSums& ledger) {
  return std::count_if(kSummed.begin(), kSummed.end(),
                       [&](Counter counter) { return ledger.claimed.has(counter); }) == 1;
}

CallsAndSums& ledger_of(Sample& sample) { return dynamic_cast<CallsAndSums&>(sample); }

Count sum_of(const CallsAndSums& ledger, Counter counter) {
  Count sum = 0;
  for (const Call& call : ledger.calls) sum += call.counts[counter].value_or(0);
  return sum;
}

void shift(CallsAndSums& ledger, Counter counter, Count by) {
  if (const auto claimed = ledger.claimed[counter]) ledger.claimed.set(counter, *claimed + by);
}

std::optional<Planted> miss_detail(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const auto index = random.below(ledger.calls.size());
  ledger.calls.erase(ledger.calls.begin() + static_cast<std::ptrdiff_t>(index));
  return Planted{"detail-missing", {at_call(index), {"ledger", "/total", 0}}, claims_one(ledger)};
}

std::optional<Planted> repeat_detail(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const auto index = random.below(ledger.calls.size());
  Call copy = ledger.calls[index];
  if (!copy.id.empty()) return std::nullopt;  // an id settles it: it counts once
  ledger.calls.insert(ledger.calls.begin() + static_cast<std::ptrdiff_t>(index), copy);
  const bool is_last = index + 2 == ledger.calls.size();
  return Planted{
      "detail-repeated", {at_call(index + 1)}, is_last && copy.number == 0 && copy.time.empty()};
}

std::optional<Planted> save_too_early(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const auto all = ledger.calls;
  const auto kept = random.between(1, all.size() - 1);
  ledger.calls.resize(kept);
  ledger.sum_up();
  ledger.calls = all;
  return Planted{"aggregate-stale", {at_call(kept)}};
}

std::optional<Planted> include_earlier(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const auto earlier = random.between(1, 6);
  for (const Counter counter : kSummed) ledger.before.set(counter, Count{0});
  for (std::uint64_t i = 0; i < earlier; ++i) {
    const Call call = call_of(random, ledger.reasoning_outside);
    for (const Counter counter : kSummed)
      ledger.before.set(counter, *ledger.before[counter] + call.counts[counter].value_or(0));
  }
  for (const Counter counter : kSummed) shift(ledger, counter, *ledger.before[counter]);
  return Planted{"aggregate-includes-earlier", {{"ledger", "/before", 0}}};
}

std::optional<Planted> sum_running_totals(Sample& sample, Random&) {
  CallsAndSums& ledger = ledger_of(sample);
  for (const Counter counter : {Counter::input, Counter::cache_read, Counter::cache_write,
                                Counter::output, Counter::reasoning, Counter::total}) {
    Count running = 0;
    Count sum = 0;
    for (const Call& call : ledger.calls) {
      running += call.counts[counter].value_or(0);
      sum += running;
    }
    if (ledger.claimed.has(counter)) ledger.claimed.set(counter, sum);
  }
  return Planted{"cumulative-summed", {{"ledger", "/total", 0}, at_call(ledger.calls.size() - 1)}};
}

template <int Sign>
std::optional<Planted> add_reasoning(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const Count reasoning = sum_of(ledger, Counter::reasoning);
  if (reasoning == 0) return std::nullopt;
  const bool of_output = ledger.claimed.has(Counter::output) && !random.one_in(3);
  if (of_output) shift(ledger, Counter::output, Sign * reasoning);
  if (!of_output || random.one_in(2)) shift(ledger, Counter::total, Sign * reasoning);
  return Planted{Sign > 0 ? "reasoning-added" : "reasoning-left-out",
                 {{"ledger", "/total", 0}},
                 ledger.reasoning_outside};
}

template <int Sign>
std::optional<Planted> add_cache(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const Count read = sum_of(ledger, Counter::cache_read);
  const Count write = sum_of(ledger, Counter::cache_write);
  const Count cache = std::array{read, write, read + write}[random.below(3)];
  if (cache == 0 || Sign * cache + sum_of(ledger, Counter::input) < 0) return std::nullopt;
  shift(ledger, Counter::input, Sign * cache);
  if (random.one_in(2) || !ledger.claimed.has(Counter::input))
    shift(ledger, Counter::total, Sign * cache);
  return Planted{Sign > 0 ? "cache-added" : "cache-left-out", {{"ledger", "/total", 0}}};
}

std::optional<Planted> infer_reasoning(Sample& sample, Random&) {
  CallsAndSums& ledger = ledger_of(sample);
  if (!ledger.reasoning_outside || !ledger.claimed.has(Counter::output) ||
      !ledger.calls.front().given.has(Counter::total))
    return std::nullopt;
  // What a total holds beyond its parts need not be told as reasoning.
  for (Call& call : ledger.calls) {
    call.counts.set(Counter::reasoning, Count{0});
    call.given = call.counts;
    call.given.forget(Counter::requests);
    call.given.forget(Counter::completions);
  }
  Count beyond = 0;
  for (const Call& call : ledger.calls)
    beyond +=
        *call.counts[Counter::total] - *call.counts[Counter::input] - *call.counts[Counter::output];
  if (beyond == 0) return std::nullopt;
  ledger.sum_up();
  shift(ledger, Counter::output, beyond);
  return Planted{"inferred-reasoning", {{"ledger", "/total", 0}}};
}

std::optional<Planted> count_requests_as_completions(Sample& sample, Random&) {
  CallsAndSums& ledger = ledger_of(sample);
  if (!ledger.claimed.has(Counter::completions) || !ledger.claimed.has(Counter::requests))
    return std::nullopt;
  const auto requests = ledger.claimed[Counter::requests];
  if (ledger.claimed[Counter::completions] == requests) return std::nullopt;
  ledger.claimed.set(Counter::completions, requests);
  return Planted{"completions-per-request", {{"ledger", "/total", 0}}};
}

std::optional<Planted> leave_out_failed(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const auto failures = random.between(1, 3);
  for (std::uint64_t i = 0; i < failures; ++i) {
    const auto index = random.below(ledger.calls.size());
    ledger.calls[index].failed = true;
  }
  std::vector<PlantedAt> places;
  CallsAndSums rest = ledger;
  rest.calls.clear();
  for (std::size_t i = 0; i < ledger.calls.size(); ++i) {
    if (ledger.calls[i].failed) {
      places.push_back(at_call(i));
    } else {
      rest.calls.push_back(ledger.calls[i]);
    }
  }
  if (rest.calls.empty()) return std::nullopt;
  rest.sum_up();
  ledger.claimed = rest.claimed;
  return Planted{"failed-call-left-out", places};
}

std::optional<Planted> repeat_usage_on_failure(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const auto index = random.below(ledger.calls.size());
  Call failure = ledger.calls[index];
  failure.failed = true;
  if (failure.number != 0) {
    for (std::size_t i = index + 1; i < ledger.calls.size(); ++i) ++ledger.calls[i].number;
    ++failure.number;
  }
  if (!failure.id.empty()) failure.id = random.id("call-", 8);
  const bool is_bare = failure.id.empty() && failure.time.empty() && failure.number == 0;
  if (!failure.time.empty()) failure.time.replace(17, 2, "30");
  ledger.calls.insert(ledger.calls.begin() + static_cast<std::ptrdiff_t>(index) + 1, failure);
  return Planted{"usage-repeated-stale", {at_call(index + 1)}, is_bare};
}

std::optional<Planted> sum_chunks(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  if (ledger.calls.front().id.empty()) return std::nullopt;
  const auto index = random.below(ledger.calls.size());
  const Call whole = ledger.calls[index];
  Call chunk = whole;
  chunk.is_told_again = true;
  const Count output = *whole.counts[Counter::output];
  const Count part = static_cast<Count>(random.below(static_cast<std::uint64_t>(output)));
  for (Counts* counts : {&chunk.counts, &chunk.given}) {
    counts->set(Counter::output, part);
    counts->set(Counter::reasoning, Count{0});
    if (whole.counts.has(Counter::total))
      counts->set(Counter::total, *whole.counts[Counter::input] + part);
  }
  ledger.calls.insert(ledger.calls.begin() + static_cast<std::ptrdiff_t>(index), chunk);
  for (const Counter counter : kSummed) shift(ledger, counter, chunk.counts[counter].value_or(0));
  return Planted{"stream-chunks-summed", {at_call(index)}};
}

std::optional<Planted> log_twice(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const auto index = random.below(ledger.calls.size());
  Call copy = ledger.calls[index];
  if (!copy.id.empty() || copy.number != 0) return std::nullopt;
  copy.model = "another-name-of-the-model";
  ledger.calls.insert(ledger.calls.begin() + static_cast<std::ptrdiff_t>(index) + 1, copy);
  const bool is_last = index + 2 == ledger.calls.size();
  return Planted{"call-logged-twice",
                 {at_call(index + 1)},
                 (is_last && copy.time.empty()) || claims_one(ledger)};
}

std::optional<Planted> wrap(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const Counter counter = std::array{Counter::input, Counter::output}[random.below(2)];
  for (Call& call : ledger.calls) {
    for (Counts* counts : {&call.counts, &call.given}) {
      const Count before = *(*counts)[counter];
      counts->set(counter, before * 1'000'003);
      counts->set(Counter::total, counts->operator[](Counter::input).value_or(0) +
                                      counts->operator[](Counter::output).value_or(0));
    }
  }
  ledger.claimed.forget(Counter::total);
  ledger.sum_up();
  if (!ledger.claimed.has(counter)) return std::nullopt;
  const auto sum = *ledger.claimed[counter];
  if (sum < (Count{1} << 32)) return std::nullopt;
  ledger.claimed.set(counter, sum % (Count{1} << 32));
  return Planted{"number-wrapped", {{"ledger", pointer_to("/total", name_of(counter)), 0}}};
}

std::optional<Planted> round(Sample& sample, Random&) {
  CallsAndSums& ledger = ledger_of(sample);
  for (Call& call : ledger.calls) {
    for (Counts* counts : {&call.counts, &call.given}) {
      const Count before = *(*counts)[Counter::input];
      counts->set(Counter::input, before * 1'000'000'000'003 + 1);
      counts->forget(Counter::total);
    }
  }
  ledger.claimed.forget(Counter::total);
  ledger.sum_up();
  if (!ledger.claimed.has(Counter::input)) return std::nullopt;
  const auto sum = *ledger.claimed[Counter::input];
  const auto rounded = static_cast<Count>(static_cast<double>(sum));
  if (rounded == sum) return std::nullopt;
  ledger.claimed.set(Counter::input, rounded);
  return Planted{"number-rounded", {{"ledger", "/total/input", 0}}};
}

std::optional<Planted> change_digits(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const Counter counter =
      std::array{Counter::input, Counter::output, Counter::total}[random.below(3)];
  if (!ledger.claimed.has(counter)) return std::nullopt;
  const auto changed = with_changed_digits(*ledger.claimed[counter], random);
  if (!changed) return std::nullopt;
  ledger.claimed.set(counter, *changed);
  return Planted{"digits-changed", {{"ledger", pointer_to("/total", name_of(counter)), 0}}};
}

std::optional<Planted> change_digits_of_call(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  const Counter counter =
      std::array{Counter::input, Counter::output, Counter::total}[random.below(3)];
  const auto index = random.below(ledger.calls.size());
  Call& call = ledger.calls[index];
  if (!call.counts.has(counter)) return std::nullopt;
  const auto changed = with_changed_digits(*call.counts[counter], random);
  if (!changed) return std::nullopt;
  call.counts.set(counter, *changed);
  call.given.set(counter, *changed);
  return Planted{"digits-changed", {at_call(index)}};
}

std::optional<Planted> recompute_total(Sample& sample, Random&) {
  CallsAndSums& ledger = ledger_of(sample);
  if (!ledger.reasoning_outside || !ledger.claimed.has(Counter::input) ||
      !ledger.claimed.has(Counter::total))
    return std::nullopt;
  const Count sum = *ledger.claimed[Counter::input] + *ledger.claimed[Counter::output];
  if (sum == ledger.claimed[Counter::total]) return std::nullopt;
  ledger.claimed.set(Counter::total, sum);
  return Planted{"total-recomputed", {{"ledger", "/total/total", 0}}, true};
}

std::optional<Planted> leave_out_old_format(Sample& sample, Random& random) {
  CallsAndSums& ledger = ledger_of(sample);
  if (ledger.calls.size() < 3 || !ledger.claimed.has(Counter::total)) return std::nullopt;
  const auto index = random.below(ledger.calls.size());
  Call& old = ledger.calls[index];
  old.dialect = "made-up.old";
  old.given.forget(Counter::total);
  shift(ledger, Counter::total, -*old.counts[Counter::total]);
  return Planted{"old-format-part", {at_call(index)}};
}

}  // namespace

SampleFormat ledger_format() {
  return {"calls with every counter",
          sound,
          {{"detail-missing", miss_detail},
           {"detail-repeated", repeat_detail},
           {"aggregate-stale", save_too_early},
           {"aggregate-includes-earlier", include_earlier},
           {"cumulative-summed", sum_running_totals},
           {"reasoning-added", add_reasoning<1>},
           {"reasoning-left-out", add_reasoning<-1>},
           {"cache-added", add_cache<1>},
           {"cache-left-out", add_cache<-1>},
           {"inferred-reasoning", infer_reasoning},
           {"completions-per-request", count_requests_as_completions},
           {"failed-call-left-out", leave_out_failed},
           {"usage-repeated-stale", repeat_usage_on_failure},
           {"stream-chunks-summed", sum_chunks},
           {"call-logged-twice", log_twice},
           {"number-wrapped", wrap},
           {"number-rounded", round},
           {"digits-changed", change_digits},
           {"digits-changed", change_digits_of_call},
           {"total-recomputed", recompute_total},
           {"old-format-part", leave_out_old_format}}};
}

}  // namespace usagectl
