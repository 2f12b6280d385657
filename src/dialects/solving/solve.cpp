#include "dialects/solving/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace usagectl {
namespace {

bool refuted(const Trial& trial) { return !trial.refutations.empty(); }

bool refuted_by(const Trial& trial, Refutation why) {
  return std::find(trial.refutations.begin(), trial.refutations.end(), why) !=
         trial.refutations.end();
}

/// Its room is used again, as every usage object of a log needs it.
std::vector<Trial>& emptied_trials() {
  static thread_local std::vector<Trial> trials;
  trials.clear();
  return trials;
}

class Choice {
 public:
  Choice(const Catalogue& catalogue, const CandidateQuantities& quantities, UsageReading& reading,
         bool stand_for_others)
      : catalogue_(catalogue),
        quantities_(quantities),
        reading_(reading),
        stand_for_others_(stand_for_others) {}

  void solve() {
    choose();
    agree();
    check_sizes();
  }

 private:
  std::string path(std::optional<KeyId> key) const {
    return key ? std::string(catalogue_.path_of(*key)) : std::string();
  }
  const Dialect& dialect_of(const Trial& trial) const {
    return catalogue_.dialects()[trial.dialect];
  }
  /// As that dialect finds them.
  const Quantities& quantities(std::uint16_t dialect) const {
    return quantities_of(quantities_, dialect);
  }
  const Quantities& quantities(const Trial& trial) const { return quantities(trial.dialect); }

  template <typename MeaningsOf>
  void try_all(MeaningsOf&& meanings_of, std::vector<Trial>& trials) const {
    for (const auto index : reading_.candidates) {
      const Dialect& dialect = catalogue_.dialects()[index];
      for (const Meaning& meaning : meanings_of(dialect))
        try_meaning(dialect, index, meaning, quantities(index), trials);
    }
  }

  /// Drops what the numbers refute, as long as something remains. When nothing does, the variants
  /// of the dialects may fit. Else the object contradicts every meaning it may have: the least
  /// contradicted is kept and its violations told.
  void choose() {
    try_all(
        [](const Dialect& dialect) -> const auto& { return dialect.meanings; }, trials_);
    const auto fits = [](const std::vector<Trial>& trials) {
      return std::any_of(trials.begin(), trials.end(), [](const Trial& t) { return !refuted(t); });
    };
    if (!fits(trials_)) {
      std::vector<Trial> variants;
      try_all(
          [](const Dialect& dialect) -> const auto& { return dialect.variants; }, variants);
      if (fits(variants)) trials_ = std::move(variants);
    }
    const bool one_dialect = reading_.candidates.size() == 1 && !stand_for_others_;
    if (fits(trials_)) {
      if (!one_dialect) report_hidden_total();
      std::erase_if(trials_, refuted);
    } else {
      const auto badness = [](const Trial& trial) {
        return std::tuple(
            refuted_by(trial, Refutation::input_part) + refuted_by(trial, Refutation::output_part),
            trial.refutations.size());
      };
      const Trial& least = *std::min_element(
          trials_.begin(), trials_.end(),
          [&](const Trial& a, const Trial& b) { return badness(a) < badness(b); });
      const auto limit = badness(least);
      const std::size_t known = reading_.violations.size();
      report(least, one_dialect);
      std::erase_if(trials_, [&](const Trial& trial) { return badness(trial) != limit; });
      if (auto solved = solved_by_total(); !solved.empty()) {
        trials_ = std::move(solved);
        // The total leaves no doubt what the counts mean; it is only not what the dialect means.
        for (std::size_t i = known; i < reading_.violations.size(); ++i)
          reading_.violations[i].severity = Severity::note;
      } else {
        for (Trial& trial : trials_) forget_what_is_refuted(trial);
      }
    }
    std::erase_if(reading_.candidates, [&](std::uint16_t candidate) {
      return std::none_of(trials_.begin(), trials_.end(),
                          [&](const Trial& trial) { return trial.dialect == candidate; });
    });
    reading_.held =
        std::min_element(trials_.begin(), trials_.end(), [](const Trial& a, const Trial& b) {
          return a.held < b.held;
        })->held;
  }

  /// What no dialect here means may still be the only thing that the total allows. A total that
  /// somebody made of input and output proves nothing.
  std::vector<Trial> solved_by_total() const {
    std::vector<Trial> solved;
    for (const Trial& refuted_trial : trials_) {
      if (!solved.empty() && solved.back().dialect == refuted_trial.dialect) continue;
      const Dialect& dialect = dialect_of(refuted_trial);
      const Quantities& q = quantities(refuted_trial);
      const auto input = q[Quantity::input];
      const auto output = q[Quantity::output];
      const auto total = q[Quantity::total];
      if (!input || !output || !total) continue;
      const bool is_plain_sum = (ExactSum(*input) += *output) == ExactSum(*total);
      if (is_plain_sum && refuted_trial.meaning->total.computed) continue;
      try_meaning(dialect, refuted_trial.dialect, any_meaning(), q, solved);
    }
    std::erase_if(solved,
                  [](const Trial& trial) { return refuted(trial) || !trial.expected_total; });
    return solved;
  }

  static bool total_confirms(const Trial& trial) {
    return trial.expected_total && !refuted_by(trial, Refutation::total_above) &&
           !refuted_by(trial, Refutation::total_below) && !trial.meaning->total.computed;
  }

  static void call_unexplained(Violation& violation) {
    violation.severity = Severity::warning;
    violation.cause = "unexplained";
    violation.explanation = "the total is more than the counts beside it, and nothing says why";
  }

  /// A count stays where the provider's own total confirms it, although a part of it cannot be
  /// right: completion 10 of them reasoning 11, total = prompt + 10.
  void forget_what_is_refuted(Trial& trial) const {
    if (total_confirms(trial)) return;
    if (refuted_by(trial, Refutation::total_below)) {
      // What the meaning added to a count is as doubtful as the meaning, unless nothing else is
      // possible: more was read from the cache than input holds.
      const Quantities& q = quantities(trial);
      const auto is_added_to = [&](Counter counter, Quantity as_written) {
        return q[as_written] && trial.counts[counter] != q[as_written];
      };
      const Count input = q[Quantity::input].value_or(0);
      const bool must_be_outside = q[Quantity::cache_read].value_or(0) > input ||
                                   q[Quantity::cache_write].value_or(0) > input;
      if (is_added_to(Counter::output, Quantity::output)) trial.counts.forget(Counter::output);
      if (is_added_to(Counter::input, Quantity::input) && !must_be_outside)
        trial.counts.forget(Counter::input);
    }
    if (refuted_by(trial, Refutation::input_part)) {
      trial.counts.forget(Counter::input);
      trial.atoms.fresh.reset();
    }
    if (refuted_by(trial, Refutation::output_part)) {
      trial.counts.forget(Counter::output);
      trial.atoms.visible.reset();
    }
    if (!trial.counts.has(Counter::input) || !trial.counts.has(Counter::output)) {
      if (!quantities(trial)[Quantity::total]) trial.counts.forget(Counter::total);
    }
  }

  /// What the total should have added up to: "input+cache_read+output".
  static std::string words_of_total(const Trial& trial, const Quantities& q) {
    const TotalMeaning& total = trial.meaning->total;
    if (total.kind != TotalMeaning::Kind::all && total.kind != TotalMeaning::Kind::undetermined)
      return total.words;
    std::string words(name_of(Quantity::input));
    const auto add = [&](Axis axis, Quantity part) {
      if (trial.axes[static_cast<std::size_t>(axis)] == Holds::excluded &&
          q[part].value_or(0) > 0) {
        fmt::format_to(std::back_inserter(words), "+{}", name_of(part));
      }
    };
    add(Axis::cache_read, Quantity::cache_read);
    add(Axis::cache_write, Quantity::cache_write);
    add(Axis::tool_prompt, Quantity::tool_prompt);
    fmt::format_to(std::back_inserter(words), "+{}", name_of(Quantity::output));
    add(Axis::reasoning, Quantity::reasoning);
    return words;
  }

  /// That some provider hides counts explains no total where it isn't known who it was.
  void report_hidden_total() {
    const bool all_hide = std::all_of(trials_.begin(), trials_.end(), [](const Trial& trial) {
      return refuted(trial) || trial.atoms.unexplained.value_or(0) > 0;
    });
    if (all_hide) report_total(trials_.front(), Refutation::total_above, false);
  }

  /// A total below its parts is impossible. One above them is a fault only where a single dialect
  /// fits, and its writer both makes the total and reports each part of it. Everywhere else it may
  /// hold what the writer doesn't report, such as reasoning.
  void report_total(const Trial& trial, Refutation refutation, bool one_dialect) {
    const Dialect& dialect = dialect_of(trial);
    const Quantities& q = quantities(trial);
    const std::string words = words_of_total(trial, q);
    Violation& violation = reading_.violations.emplace_back();
    violation.rule = Rule::identity;
    violation.key = path(q.key(Quantity::total));
    violation.counter = name_of(Quantity::total);
    violation.asserted = q[Quantity::total];
    violation.calculated = trial.expected_total;
    violation.basis = words;
    violation.explanation = fmt::format("the total is not {}, as {} counts", words, dialect.id);
    const TotalMeaning& total = trial.meaning->total;
    const bool is_exact = one_dialect && !dialect.passes_on && !total.computed &&
                          total.kind != TotalMeaning::Kind::undetermined;
    if (refutation == Refutation::total_above && !is_exact) call_unexplained(violation);
  }

  void report(const Trial& trial, bool one_dialect) {
    const Dialect& dialect = dialect_of(trial);
    const Quantities& q = quantities(trial);
    const auto add = [&](Rule rule, Quantity quantity, std::string_view cause,
                         std::optional<Count> calculated, std::string basis,
                         std::string explanation) {
      Violation& violation = reading_.violations.emplace_back();
      violation.rule = rule;
      violation.key = path(q.key(quantity));
      violation.counter = name_of(quantity);
      violation.asserted = q[quantity];
      violation.calculated = calculated;
      violation.basis = std::move(basis);
      violation.cause = cause;
      violation.explanation = std::move(explanation);
    };
    for (const Refutation refutation : trial.refutations) {
      switch (refutation) {
        case Refutation::none: break;
        case Refutation::total_above:
        case Refutation::total_below: report_total(trial, refutation, one_dialect); break;
        case Refutation::input_part: {
          const Quantity part =
              q[Quantity::cache_read].value_or(0) >= q[Quantity::cache_write].value_or(0)
                  ? Quantity::cache_read
                  : Quantity::cache_write;
          add(Rule::part, part, "meaning-refuted", q[Quantity::input], path(q.key(Quantity::input)),
              fmt::format("{} keeps the cache inside input, and here it does not fit in it",
                          dialect.id));
          break;
        }
        case Refutation::output_part:
          add(Rule::part, Quantity::reasoning, "meaning-refuted", q[Quantity::output],
              path(q.key(Quantity::output)),
              fmt::format("{} keeps reasoning inside output, and here it exceeds it", dialect.id));
          // OpenRouter: completion 10, of them reasoning 11, and the total confirms the 10.
          if (total_confirms(trial) && !dialect.counts_reasoning)
            reading_.violations.back().severity = Severity::warning;
          break;
        case Refutation::fresh:
          add(Rule::identity, Quantity::fresh, "fresh-input", trial.expected_part,
              "input without the cache",
              "the fresh input is not what remains of input without the cache");
          break;
        case Refutation::visible:
          add(Rule::identity, Quantity::visible, "visible-output", trial.expected_part,
              "output without reasoning",
              "the visible output is not what remains of output without reasoning");
          break;
      }
    }
  }

  void agree() {
    const Trial& first = trials_.front();
    reading_.counts = first.counts;
    reading_.atoms = first.atoms;
    const Quantities& q = quantities(first);
    for (std::size_t i = 0; i <= std::size_t(Quantity::total); ++i) {
      reading_.given.set(static_cast<Counter>(i), q.values[i]);
    }
    for (const Trial& other : trials_) {
      // What another one left open or took away stays so.
      if (other.counts == first.counts && other.atoms == first.atoms) continue;
      for (const Counter counter : kCounters) {
        if (reading_.counts[counter] == other.counts[counter]) continue;
        if (counter == Counter::unexplained)
          reading_.counts.forget(counter);
        else
          reading_.counts.leave_open_by_place(counter);
      }
      const auto keep = [](std::optional<Count>& mine, const std::optional<Count>& theirs) {
        if (mine != theirs) mine.reset();
      };
      Atoms& atoms = reading_.atoms;
      keep(atoms.fresh, other.atoms.fresh);
      keep(atoms.cache_read, other.atoms.cache_read);
      keep(atoms.cache_write, other.atoms.cache_write);
      keep(atoms.cache_write_5m, other.atoms.cache_write_5m);
      keep(atoms.cache_write_1h, other.atoms.cache_write_1h);
      keep(atoms.tool_prompt, other.atoms.tool_prompt);
      keep(atoms.visible, other.atoms.visible);
      keep(atoms.reasoning, other.atoms.reasoning);
      keep(atoms.unexplained, other.atoms.unexplained);
    }
    // What is told of a counter and not known stays open, and with it a total that nobody told.
    Counts& counts = reading_.counts;
    for (const Counter counter : kCounters) {
      if (reading_.given.has(counter) && !counts.has(counter) && !counts.is_open(counter))
        counts.leave_open(counter);
    }
    const bool open = counts.is_open(Counter::input) || counts.is_open(Counter::output);
    if (open && !counts.has(Counter::total) && !counts.is_open(Counter::total))
      counts.leave_open(Counter::total);
  }

  /// What a count holds beside what is written there may be too much for 64 bits.
  void check_sizes() {
    const auto say = [&](bool Trial::*is_too_large, Quantity quantity, std::string_view whole) {
      if (!std::all_of(trials_.begin(), trials_.end(),
                       [&](const Trial& trial) { return trial.*is_too_large; }))
        return;
      Violation& violation = reading_.violations.emplace_back();
      violation.rule = Rule::number;
      violation.key = path(quantities(trials_.front()).key(quantity));
      violation.counter = name_of(quantity);
      violation.cause = "not-a-count";
      violation.explanation =
          fmt::format("{} does not fit in 64 bits: it is not known here", whole);
    };
    say(&Trial::input_is_too_large, Quantity::input,
        "input with what was read from and written to the cache");
    say(&Trial::output_is_too_large, Quantity::output, "output with reasoning");
  }

  const Catalogue& catalogue_;
  const CandidateQuantities& quantities_;
  UsageReading& reading_;
  bool stand_for_others_;
  std::vector<Trial>& trials_ = emptied_trials();
};

}  // namespace

void solve(const Catalogue& catalogue, const CandidateQuantities& quantities, UsageReading& reading,
           bool stand_for_others) {
  Choice(catalogue, quantities, reading, stand_for_others).solve();
}

}  // namespace usagectl
