#include "ledger/calls/calls_of_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace usagectl {
namespace {

constexpr std::size_t kLastCalls = 64;
/// So many calls do not add up by chance to a line that does not say of itself that it is their
/// sum.
constexpr std::uint64_t kManyCalls = 3;
constexpr std::uint64_t kSeveralCalls = 2;
constexpr Count kManyTokens = 1000;
constexpr std::array kCompared = {Counter::input, Counter::output};

bool is_told(const UsageRecord& sum, Counter counter) {
  if (counter == Counter::requests || !sum.counts.has(counter)) return false;
  return counter != Counter::total ||
         sum.given.has(counter);  // else it was made here, of input and output
}

bool says_sum(const SumOfCalls& sums) {
  return sums.is_named_so || (sums.has_total_keys && sums.calls);
}

/// Every number of the sum that can be compared is the sum of the calls, and at least one is not 0.
template <typename Sums>
bool agrees(const UsageRecord& sum, const Sums& calls) {
  bool any = false;
  for (const Counter counter : kCounters) {
    if (!is_told(sum, counter) || calls.known_of(counter) == 0) continue;
    const Count told = *sum.counts[counter];
    if (calls.sum_of(counter) != told) return false;
    any = any || told > 0;
  }
  return any;
}

/// The sums of two tallies, each made when it is asked for: most are not.
struct SumsOfBoth {
  const Tally& one;
  const Tally& other;

  std::uint64_t known_of(Counter counter) const {
    return one.known_of(counter) + other.known_of(counter);
  }
  std::optional<Count> sum_of(Counter counter) const {
    if (known_of(counter) == 0 || one.open_of(counter) + other.open_of(counter) > 0)
      return std::nullopt;
    const auto index = static_cast<std::size_t>(counter);
    return (ExactSum(one.sums[index]) += other.sums[index]).count();
  }
};

bool has_both_counts(const Counts& counts) {
  return counts[Counter::input].value_or(0) > 0 && counts[Counter::output].value_or(0) > 0;
}

/// Whether small numbers can't make it the sum of calls.
bool is_beyond_chance(const Counts& counts) {
  constexpr Count kLarge = 100;
  return has_both_counts(counts) || counts[Counter::input].value_or(0) >= kLarge ||
         counts[Counter::total].value_or(0) >= kLarge;
}

/// Calls that stand one after the other: on lines, or in the list of a document that is nothing
/// else. The parts of other documents are related by their positions.
bool is_in_list(const UsageRecord& row) {
  return row.place.line > 0 || row.format == "provider.response";
}
bool is_in_a_row(const UsageRecord& call) { return call.role == Role::request && is_in_list(call); }

/// The run or session that a call names.
std::string_view run_of(const UsageRecord& call) {
  for (const std::string_view name : {"run", "session", "thread"}) {
    if (const std::string* const value = scope_value(call, name)) return *value;
  }
  return {};
}

bool is_round(const Counts& counts) {
  return std::all_of(kCompared.begin(), kCompared.end(),
                     [&](Counter counter) { return counts[counter].value_or(0) % 10 == 0; });
}

/// What the line says that its calls cost, where each of them says what it cost.
void compare_cost(const UsageRecord& sum, const Tally& calls, Severity severity,
                  std::vector<Finding>& findings, std::uint64_t& held) {
  const auto parts = calls.costs.whole(calls.records);
  if (!sum.cost || !parts || !are_comparable(sum.cost->currency, parts->currency)) return;
  if (compare(sum.cost->amount, *parts) != CostMatch::differs) {
    ++held;
    return;
  }
  // Other calls may be elsewhere where the counts do not agree either.
  const bool is_sure = severity == Severity::error && findings.empty();
  findings.push_back(
      {.rule = Rule::cost,
       .severity = is_sure ? Severity::error : Severity::warning,
       .place = sum.place,
       .counter = "cost",
       .cost = ComparedCost{sum.cost->amount.money, parts->sum,
                            either_known(sum.cost->currency, parts->currency)},
       .basis = fmt::format("sum of {} calls of the file", calls.records),
       .explanation = "the cost is not the sum of what the calls cost that the line sums up"});
}

/// `requests`: of the calls; nothing where only some of them say how many they are.
void compare(const UsageRecord& sum, const Tally& calls, const std::optional<ExactSum>& requests,
             Severity severity, std::vector<Finding>& findings, std::uint64_t& held) {
  const auto check = [&](std::string_view name, Rule rule, Count told, const ExactSum& calculated) {
    if (ExactSum(told) == calculated) {
      ++held;
      return;
    }
    Finding& differs = findings.emplace_back();
    differs.rule = rule;
    differs.severity = severity;
    differs.place = sum.place;
    differs.counter = name;
    differs.asserted = told;
    differs.calculated = calculated.count();
    differs.basis = fmt::format("sum of {} calls of the file", calls.records);
    // What it has more is counted nowhere.
    if (severity == Severity::warning && calculated < ExactSum(told)) differs.cause = "not-counted";
    differs.explanation =
        severity == Severity::error
            ? fmt::format("{} is not the sum of the calls that the line sums up", name)
            : fmt::format(
                  "the line says that it is a sum, and {} is not that of the calls of the file: "
                  "others may be elsewhere",
                  name);
  };
  if (sum.sums.calls && requests)
    check(name_of(Counter::requests), Rule::count, *sum.sums.calls, *requests);
  for (const Counter counter : kCounters) {
    if (!is_told(sum, counter) || calls.known_of(counter) < calls.records) continue;
    check(name_of(counter), Rule::sum, *sum.counts[counter],
          calls.sums[static_cast<std::size_t>(counter)]);
  }
  compare_cost(sum, calls, severity, findings, held);
}

}  // namespace

void CallsOfFile::begin() { *this = {}; }

CallsOfFile::Calls CallsOfFile::with_newest(const Calls& before) const {
  Calls calls = before;
  calls.merge(newest_);
  return calls;
}

bool CallsOfFile::agrees_with(const UsageRecord& sum, const Calls& before) const {
  return agrees(sum, SumsOfBoth{before.tally, newest_.tally});
}

void CallsOfFile::take_newest() {
  for (Calls* calls : {&all_, &since_sum_, &runs_.current()}) calls->merge(newest_);
  newest_ = {};
}

void CallsOfFile::end_since_sum() {
  take_newest();
  since_sum_ = {};
}

bool CallsOfFile::has_number(const UsageRecord& sum, const Calls& calls) {
  const auto requests = calls.known_requests();
  return sum.sums.calls && requests && ExactSum(*sum.sums.calls) == *requests;
}

void CallsOfFile::begin_run_of(const UsageRecord& call) {
  const std::string_view run = run_of(call);
  if (runs_.is_current(run)) return;
  take_newest();
  runs_.begin(run, call.place);
}

void CallsOfFile::add(const UsageRecord& call) {
  const Counts& counts = call.counts;
  are_rows_ = are_rows_ && is_in_a_row(call);
  if (empty()) first_place_ = call.place;
  if (are_rows_) {
    growth_.add(call);
    sums_.add(call);
  }
  if (is_in_list(call)) statistics_.add(counts);
  if (call.model.empty()) ++without_model_;
  if (call.time.empty()) ++without_time_;
  if (call.id.empty()) ++without_id_;
  begin_run_of(call);
  newest_.add(call);
  if (last_.size() < kLastCalls) {
    last_.push_back(counts);
  } else {
    last_[next_] = counts;
  }
  next_ = (next_ + 1) % kLastCalls;
}

std::vector<CallsOfFile::Doubtful> CallsOfFile::doubtful() const {
  std::vector<Doubtful> doubtful;
  if (last_sum_)
    doubtful.push_back({*last_sum_, "the last call reports as much as those before it together"});
  if (const auto place = runs_.first_with_unknown_sum())
    doubtful.push_back({*place,
                        "behind other runs stand sums of runs, and no more than 4,096 runs "
                        "in turn are compared with theirs"});
  if (!are_rows_) return doubtful;
  if (const auto place = sums_.first())
    doubtful.push_back({*place, "what begins here reports as much as all other calls together"});
  else if (const auto other = sums_.first_of_other_groups())
    doubtful.push_back({*other,
                        "what begins here reports as much as what is before it, as rows do that "
                        "group the same calls in another way"});
  if (growth_.are_totals_so_far())
    doubtful.push_back(
        {first_place_, "input and output grow from call to call, as totals so far do"});
  return doubtful;
}

bool CallsOfFile::is_sum_of_last(const UsageRecord& record, std::uint64_t calls) const {
  if (calls == 0 || calls > last_.size()) return false;
  Tally last;
  for (std::size_t i = 0; i < calls; ++i) {
    last.add(last_[(next_ + last_.size() - 1 - i) % last_.size()]);
  }
  return agrees(record, last);
}

bool CallsOfFile::is_early(const UsageRecord& record) const {
  return (says_sum(record.sums) || record.sums.is_called_so) && !sums_are_calls_ && empty();
}

bool CallsOfFile::are_told_by(const UsageRecord& total) const {
  return agrees_with(total, all_) || agrees_with(total, since_sum_) ||
         (runs_.is_current(run_of(total)) && agrees_with(total, runs_.current()));
}

CallsOfFile::Proof CallsOfFile::proof_by_numbers(const UsageRecord& record, const Calls& calls) {
  const auto& counts = record.counts;
  const auto total = counts[Counter::total].value_or(0);
  const std::uint64_t number = calls.tally.records;
  // One request at least that the others do not name so.
  const bool is_end = record.sums.is_called_end && calls.called_ends == 0;
  if (number == 0 || (!is_end && number < kSeveralCalls) || !agrees(record, calls.tally))
    return Proof::none;
  if (is_end) return Proof::sure;
  if (!has_both_counts(counts)) return Proof::none;
  if (number >= kManyCalls && total >= kManyTokens) return Proof::sure;
  constexpr Count kSomeTokens = 100;
  const bool may_be =
      number >= kManyCalls ? total >= kSomeTokens : total >= kManyTokens && !is_round(counts);
  return may_be ? Proof::doubt : Proof::none;
}

bool CallsOfFile::is_statistic(const UsageRecord& record, std::vector<Finding>& findings) {
  using Verdict = StatisticRows::Verdict;
  const Verdict verdict = statistics_.judge(record.sums.statistic, record.counts);
  if (verdict == Verdict::unproved_statistic && !is_statistic_doubted_) {
    is_statistic_doubted_ = true;
    findings.push_back(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = record.place,
         .cause = "not-counted",
         .explanation = "the row is called an average, a limit or the like, and is not counted: "
                        "the rows above it do not show what it is"});
  }
  return verdict != Verdict::call;
}

/// Ends of turns that report all so far are followed by the end of the session, which reports what
/// the last of them does.
void CallsOfFile::doubt_end(const UsageRecord& record, std::vector<Finding>& findings) {
  if (is_total_doubted_) return;
  is_total_doubted_ = true;
  findings.push_back({.rule = Rule::coverage,
                      .severity = Severity::warning,
                      .place = record.place,
                      .cause = "running-total",
                      .explanation = "may be counted twice: the end reports what the end before it "
                                     "does, as totals so far do"});
}

bool CallsOfFile::repeats_the_last(const UsageRecord& record) const {
  // The ends of two runs may be alike.
  if (last_.empty() || !record.id.empty() || !runs_.is_current(run_of(record))) return false;
  const Counts& last = last_[(next_ + last_.size() - 1) % last_.size()];
  return has_both_counts(record.counts) && is_beyond_chance(record.counts) &&
         std::all_of(kCompared.begin(), kCompared.end(),
                     [&](Counter counter) { return record.counts[counter] == last[counter]; });
}

/// What is called a total and is about as large as all calls together, or as those since the last
/// sum, may miss one of them, or hold one that stands nowhere.
void CallsOfFile::doubt_total(const UsageRecord& record, std::vector<Finding>& findings) {
  if (is_total_doubted_) return;
  // The end of a run is another call only where every call has one.
  const std::uint64_t fewest = record.sums.is_called_end ? 1 : kManyCalls;
  for (const Calls* before : {&all_, &since_sum_}) {
    const Tally calls = with_newest(*before).tally;
    const bool is_as_large = std::all_of(kCompared.begin(), kCompared.end(), [&](Counter counter) {
      const auto told = record.counts[counter];
      const auto whole = calls.sum_of(counter);
      return told && whole && *whole > 0 && *told >= *whole - *whole / 5;
    });
    if (calls.records < fewest || !is_as_large) continue;
    is_total_doubted_ = true;
    findings.push_back(
        {.rule = Rule::sum,
         .severity = Severity::warning,
         .place = record.place,
         .counter = name_of(Counter::input),
         .asserted = record.counts[Counter::input],
         .calculated = calls.sum_of(Counter::input),
         .basis = fmt::format("sum of {} calls of the file", calls.records),
         .cause = "unrelated-usage",
         .explanation = "may be counted twice: it is called a total or an end, and is not the sum "
                        "of the calls before it"});
    return;
  }
}

std::array<const CallsOfFile::Calls*, 3> CallsOfFile::calls_before(std::string_view run) const {
  return {&since_sum_, runs_.of(run), &all_};
}

/// The calls of another run are all there; others have the newest ones as well.
bool CallsOfFile::is_of_other_run(const Calls* before, std::string_view run) const {
  return !runs_.is_current(run) && before != &since_sum_ && before != &all_;
}

bool CallsOfFile::agrees_in_a_row(const UsageRecord& record, const Calls* before,
                                  std::string_view run) const {
  if (before == nullptr) return false;
  return is_of_other_run(before, run) ? agrees(record, before->tally)
                                      : agrees_with(record, *before);
}

bool CallsOfFile::is_plainly_a_call(const UsageRecord& record) {
  if (is_in_a_row(record) && are_rows_ && !sums_are_calls_) {
    const std::string_view run = run_of(record);
    for (const Calls* before : calls_before(run)) {
      if (agrees_in_a_row(record, before, run)) return false;
    }
  }
  last_sum_.reset();
  return true;
}

CallsOfFile::Verdict CallsOfFile::judge(const UsageRecord& record, std::vector<Finding>& findings,
                                        std::uint64_t& held) {
  const SumOfCalls& sums = record.sums;
  if (sums.statistic != Statistic::none && is_in_list(record) && is_statistic(record, findings))
    return Verdict::statistic;
  // Among calls that each name their model, their time or their id, one that names nothing.
  const bool is_nameless = record.role == Role::request && record.model.empty() &&
                           record.id.empty() && record.time.empty() && record.scope.empty() &&
                           is_beyond_chance(record.counts) &&
                           (without_model_ == 0 || without_time_ == 0 || without_id_ == 0);
  // One that lacks a name that all of them have, and says when it was written.
  const bool lacks_name =
      record.role == Role::request && record.scope.empty() &&
      ((record.model.empty() && without_model_ == 0) || (record.id.empty() && without_id_ == 0));
  // What has a model and a time as all calls have is one of them, whatever its keys are called.
  const bool is_like_calls =
      !record.model.empty() && without_model_ == 0 && !record.time.empty() && without_time_ == 0;
  const bool may_be_sum = (sums.is_called_so && !is_like_calls) || is_nameless;
  last_sum_.reset();
  const bool says_so = says_sum(sums);
  const bool has_both =
      !lacks_name || std::all_of(kCompared.begin(), kCompared.end(), [&](auto counter) {
        return record.counts[counter].value_or(0) > 0;
      });
  const bool is_asked =
      sums.is_named_so || sums.has_total_keys || sums.calls || may_be_sum || lacks_name;
  if (is_asked) {
    for (const Calls* before : {&since_sum_, &all_}) {
      if (!agrees_with(record, *before)) continue;
      const Calls calls = with_newest(*before);
      const Tally& tally = calls.tally;
      if (tally.records < (sums_are_calls_ ? 2U : 1U)) continue;
      const bool are_alike = calls.with_number == 0 || calls.with_number == tally.records;
      const bool leaves_no_doubt =
          (has_number(record, calls) && tally.records > 1 && are_alike) ||
          (may_be_sum &&
           (tally.records >= kSeveralCalls || (sums.is_called_so && is_any_called_sum_))) ||
          (has_both && (sums.has_total_keys || lacks_name) && tally.records >= kManyCalls &&
           record.counts[Counter::total].value_or(0) >= kManyTokens);
      if (!says_so && !leaves_no_doubt) continue;
      is_any_called_sum_ = is_any_called_sum_ || sums.is_called_so;
      compare(record, tally, calls.known_requests(), Severity::error, findings, held);
      end_since_sum();
      return Verdict::sum;
    }
  }
  if (!says_so && is_in_a_row(record) && are_rows_ && !sums_are_calls_) {
    const std::string_view run = run_of(record);
    for (const Calls* before : calls_before(run)) {
      if (!agrees_in_a_row(record, before, run)) continue;
      const bool is_other_run = is_of_other_run(before, run);
      const Calls calls = is_other_run ? *before : with_newest(*before);
      const Proof proof = proof_by_numbers(record, calls);
      if (proof == Proof::doubt) last_sum_ = record.place;
      if (proof != Proof::sure) continue;
      last_sum_.reset();
      if (is_other_run) runs_.note_sum_behind();
      compare(record, calls.tally, calls.known_requests(), Severity::warning, findings, held);
      end_since_sum();
      return Verdict::sum;
    }
  }
  const bool may_be_end = sums.is_called_end && all_.called_ends + newest_.called_ends == 0;
  if (!says_so && ((may_be_sum && sums.is_called_so) || may_be_end) && is_in_a_row(record))
    doubt_total(record, findings);
  if (!says_so && sums.is_called_end && !may_be_end && repeats_the_last(record))
    doubt_end(record, findings);
  if (!says_so || sums_are_calls_) return Verdict::call;
  if (empty()) return Verdict::call;
  take_newest();
  Tally told = all_.tally;
  told.merge(repeats_);
  const auto number = static_cast<std::uint64_t>(sums.calls.value_or(0));
  if (all_.with_number == 0 && is_sum_of_last(record, number)) {
    ++held;
  } else if (repeats_.records != 0 && agrees(record, told)) {
    // What is told twice was added up twice.
    compare(record, all_.tally, all_.known_requests(), Severity::error, findings, held);
  } else {
    // One that tells of more calls than stand here may be right.
    const Calls& calls =
        has_number(record, since_sum_) || since_sum_.tally.records == 0 ? since_sum_ : all_;
    const Calls& those = calls.tally.records == 0 ? all_ : calls;
    const bool is_here = number != 0 && !(those.requests < ExactSum(static_cast<Count>(number)));
    compare(record, those.tally, those.known_requests(),
            is_here ? Severity::error : Severity::warning, findings, held);
  }
  since_sum_ = {};
  return Verdict::sum;
}

}  // namespace usagectl
