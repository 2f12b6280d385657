#include "dialects/usage_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "dialects/hypothesis.hpp"
#include "dialects/recognise.hpp"

namespace usagectl {
namespace {

bool refuted(const Trial& trial) { return !trial.refutations.empty(); }

bool refuted_by(const Trial& trial, Refutation why) {
  return std::find(trial.refutations.begin(), trial.refutations.end(), why) != trial.refutations.end();
}

class Reader {
 public:
  Reader(const Catalogue& catalogue, const UsageValues& values) : catalogue_(catalogue), values_(values) {}

  UsageReading read(const Envelope& envelope) { return solve(recognise(catalogue_, values_, envelope)); }

  UsageReading solve(std::vector<std::uint16_t> candidates) {
    reading_.candidates = std::move(candidates);
    check_numbers();
    if (reading_.countable()) {
      for (const auto index : reading_.candidates) {
        const Dialect& dialect = catalogue_.dialects()[index];
        try_dialect(dialect, index, quantities_of(dialect, values_), trials_);
      }
      choose();
      agree();
      check_lifetimes();
    }
    reading_.dialect = catalogue_.name_of(reading_.candidates);
    return std::move(reading_);
  }

 private:
  std::string path(std::optional<KeyId> key) const {
    return key ? std::string(catalogue_.path_of(*key)) : std::string();
  }
  const Dialect& dialect_of(const Trial& trial) const { return catalogue_.dialects()[trial.dialect]; }

  bool digits_allowed() const {
    return std::any_of(reading_.candidates.begin(), reading_.candidates.end(),
                       [&](std::uint16_t index) { return catalogue_.dialects()[index].digits; });
  }

  void check_numbers() {
    const auto fault = [&](KeyId key, std::string_view cause, std::string explanation) {
      Violation& violation = reading_.violations.emplace_back();
      violation.rule = Rule::number;
      violation.key = path(key);
      violation.cause = cause;
      violation.explanation = std::move(explanation);
      reading_.faulty = true;
    };
    for (const KeyId key : values_.repeated()) {
      fault(key, "duplicate-key", fmt::format("\"{}\" stands twice in one object", path(key)));
    }
    for (const auto& slot : values_.slots()) {
      if (!slot.fault.empty()) fault(slot.key, "not-a-count", fmt::format("\"{}\" {}", path(slot.key), slot.fault));
      else if (slot.digits && !digits_allowed()) {
        fault(slot.key, "text", fmt::format("\"{}\" is a string, not a number", path(slot.key)));
      }
    }
  }

  /// Drops what the numbers refute, as long as something remains. When nothing does, the object
  /// contradicts every meaning it may have: the least contradicted is kept and its violations told.
  void choose() {
    if (std::any_of(trials_.begin(), trials_.end(), [](const Trial& t) { return !refuted(t); })) {
      std::erase_if(trials_, refuted);
    } else {
      const auto badness = [](const Trial& trial) {
        return std::tuple(refuted_by(trial, Refutation::input_part) + refuted_by(trial, Refutation::output_part),
                          trial.refutations.size());
      };
      const Trial& least = *std::min_element(trials_.begin(), trials_.end(), [&](const Trial& a, const Trial& b) {
        return badness(a) < badness(b);
      });
      const auto limit = badness(least);
      report(least);
      std::erase_if(trials_, [&](const Trial& trial) { return badness(trial) != limit; });
      for (Trial& trial : trials_) forget_what_is_refuted(trial);
    }
    std::vector<std::uint16_t> remaining;
    for (const Trial& trial : trials_) {
      if (remaining.empty() || remaining.back() != trial.dialect) remaining.push_back(trial.dialect);
    }
    reading_.candidates = std::move(remaining);
    reading_.held = std::min_element(trials_.begin(), trials_.end(), [](const Trial& a, const Trial& b) {
                      return a.held < b.held;
                    })->held;
  }

  /// A count stays where the provider's own total confirms it, although a part of it cannot be
  /// right: completion 10 of them reasoning 11, total = prompt + 10.
  void forget_what_is_refuted(Trial& trial) const {
    const bool confirmed = trial.expected_total && !refuted_by(trial, Refutation::total_above) &&
                           !refuted_by(trial, Refutation::total_below) && !dialect_of(trial).meaning.total.computed;
    if (confirmed) return;
    if (refuted_by(trial, Refutation::input_part)) {
      trial.counts.forget(Counter::input);
      trial.atoms.fresh.reset();
    }
    if (refuted_by(trial, Refutation::output_part)) {
      trial.counts.forget(Counter::output);
      trial.atoms.visible.reset();
    }
    if (!trial.counts.has(Counter::input) || !trial.counts.has(Counter::output)) {
      if (!quantities_of(dialect_of(trial), values_)[Quantity::total]) trial.counts.forget(Counter::total);
    }
  }

  void report(const Trial& trial) {
    const Dialect& dialect = dialect_of(trial);
    const Quantities q = quantities_of(dialect, values_);
    const auto add = [&](Rule rule, Quantity quantity, std::string_view cause, std::optional<Count> calculated,
                         std::string basis, std::string explanation) {
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
        case Refutation::total_below:
          add(Rule::identity, Quantity::total, "total", trial.expected_total, dialect.meaning.total.words,
              fmt::format("the total is not {}, as {} counts", dialect.meaning.total.words, dialect.id));
          break;
        case Refutation::input_part: {
          const Quantity part = q[Quantity::cache_read].value_or(0) >= q[Quantity::cache_write].value_or(0)
                                    ? Quantity::cache_read : Quantity::cache_write;
          add(Rule::part, part, "meaning-refuted", q[Quantity::input], path(q.key(Quantity::input)),
              fmt::format("{} keeps the cache inside input, and here it does not fit in it", dialect.id));
          break;
        }
        case Refutation::output_part:
          add(Rule::part, Quantity::reasoning, "meaning-refuted", q[Quantity::output], path(q.key(Quantity::output)),
              fmt::format("{} keeps reasoning inside output, and here it exceeds it", dialect.id));
          break;
        case Refutation::fresh:
          add(Rule::identity, Quantity::fresh, "fresh-input", trial.expected_part, "input without the cache",
              "the fresh input is not what remains of input without the cache");
          break;
        case Refutation::visible:
          add(Rule::identity, Quantity::visible, "visible-output", trial.expected_part, "output without reasoning",
              "the visible output is not what remains of output without reasoning");
          break;
      }
    }
  }

  void agree() {
    const Trial& first = trials_.front();
    reading_.counts = first.counts;
    reading_.atoms = first.atoms;
    const Quantities q = quantities_of(dialect_of(first), values_);
    for (std::size_t i = 0; i <= std::size_t(Quantity::total); ++i) {
      reading_.given.set(static_cast<Counter>(i), q.values[i]);
    }
    for (const Trial& other : trials_) {
      for (const Counter counter : kCounters) {
        if (reading_.counts[counter] != other.counts[counter]) reading_.counts.forget(counter);
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
  }

  /// The two lifetimes of a cache write add up to it, where both are told.
  void check_lifetimes() {
    Atoms& atoms = reading_.atoms;
    if (!atoms.cache_write || !atoms.cache_write_5m || !atoms.cache_write_1h) return;
    ExactSum sum(*atoms.cache_write_5m);
    sum += *atoms.cache_write_1h;
    if (sum.count() == atoms.cache_write) {
      ++reading_.held;
      return;
    }
    if (values_.merged()) {
      // message_delta replaces the cache write and does not repeat its lifetimes.
      atoms.cache_write_5m.reset();
      atoms.cache_write_1h.reset();
      return;
    }
    Violation& violation = reading_.violations.emplace_back();
    violation.key = path(quantities_of(dialect_of(trials_.front()), values_).key(Quantity::cache_write));
    violation.counter = name_of(Counter::cache_write);
    violation.asserted = atoms.cache_write;
    violation.calculated = sum.count();
    violation.basis = "five-minute + one-hour cache write";
    violation.cause = "cache-lifetimes";
    violation.explanation = "the cache write is not the sum of its two lifetimes";
  }

  const Catalogue& catalogue_;
  const UsageValues& values_;
  std::vector<Trial> trials_;
  UsageReading reading_;
};

}  // namespace

UsageReading read_usage_as(const Catalogue& catalogue, const Dialect& dialect, const UsageValues& values) {
  const auto index = static_cast<std::uint16_t>(&dialect - catalogue.dialects().data());
  return Reader(catalogue, values).solve({index});
}

UsageReading read_usage(const Catalogue& catalogue, const UsageValues& values, const Envelope& envelope) {
  return Reader(catalogue, values).read(envelope);
}

}  // namespace usagectl
