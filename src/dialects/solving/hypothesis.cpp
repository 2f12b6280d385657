#include "dialects/solving/hypothesis.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace usagectl {
namespace {

__extension__ using Wide = __int128;

std::optional<Count> narrow(Wide value) {
  if (value < 0 || value > Wide(kLargestCount)) return std::nullopt;
  return static_cast<Count>(value);
}

Wide known(std::optional<Count> count) { return count ? Wide(*count) : Wide(0); }

constexpr std::array<Holds, 2> kBoth = {Holds::included, Holds::excluded};

/// The complete answers to try on an axis: one where the dialect has one or where nothing is at
/// stake, both where it has none.
std::span<const Holds> answers(Holds holds, std::optional<Count> part) {
  const std::span<const Holds> both = kBoth;
  if (holds == Holds::included) return both.first(1);
  if (holds == Holds::excluded) return both.last(1);
  return !part || *part == 0 ? both.first(1) : both;
}

class Solver {
 public:
  Solver(const Dialect& dialect, const Quantities& q, Trial& trial)
      : dialect_(dialect), q_(q), trial_(trial) {}

  void solve() {
    solve_output();
    solve_input();
    derive_missing_output();
    check_total();
    fill_counts();
  }

 private:
  Holds axis(Axis axis) const { return trial_.axes[static_cast<std::size_t>(axis)]; }
  bool inside(Axis a) const { return axis(a) == Holds::included; }
  void refute(Refutation refutation) { trial_.refutations.push_back(refutation); }

  void solve_input() {
    const auto in = q_[Quantity::input];
    const auto read = q_[Quantity::cache_read];
    const auto write = q_[Quantity::cache_write];
    const auto tool = q_[Quantity::tool_prompt];
    const auto fresh = q_[Quantity::fresh];
    if (!in) {
      if (fresh) {
        trial_.atoms.fresh = fresh;
        input_ = Wide(*fresh) + known(read) + known(write);
      }
      return;
    }
    Wide rest = *in;
    if (inside(Axis::cache_read)) rest -= known(read);
    if (inside(Axis::cache_write)) rest -= known(write);
    if (inside(Axis::tool_prompt)) rest -= known(tool);
    input_ = Wide(*in) + (inside(Axis::cache_read) ? 0 : known(read)) +
             (inside(Axis::cache_write) ? 0 : known(write)) -
             (inside(Axis::tool_prompt) ? known(tool) : 0);
    if (rest < 0) {
      // Tokens that are read and written at once stand in both counts (OpenRouter in front of
      // Gemini: 2161 read, 2161 written, 2168 in).
      if (dialect_.overlap && known(read) <= *in && known(write) <= *in) return;
      refute(Refutation::input_part);
      return;
    }
    if (known(read) + known(write) > 0) ++trial_.held;
    trial_.atoms.fresh = narrow(rest);
    if (fresh) {
      if (rest == Wide(*fresh)) {
        ++trial_.held;
      } else {
        trial_.expected_part = narrow(rest);
        refute(Refutation::fresh);
      }
    }
  }

  void solve_output() {
    const auto out = q_[Quantity::output];
    const auto reasoning = q_[Quantity::reasoning];
    const auto visible = q_[Quantity::visible];
    if (!out) return;
    output_ = Wide(*out) + (inside(Axis::reasoning) ? 0 : known(reasoning));
    const Wide rest = *output_ - known(reasoning);
    if (rest < 0) {
      refute(Refutation::output_part);
      return;
    }
    if (known(reasoning) > 0) ++trial_.held;
    if (reasoning) trial_.atoms.visible = narrow(rest);
    if (visible) {
      if (reasoning && rest != Wide(*visible)) {
        trial_.expected_part = narrow(rest);
        refute(Refutation::visible);
      } else if (reasoning) {
        ++trial_.held;
      }
      trial_.atoms.visible = visible;
    }
  }

  Wide everything() const { return *input_ + known(q_[Quantity::tool_prompt]) + *output_; }

  /// A zero that was left out: the provider's total tells.
  void derive_missing_output() {
    const auto total = q_[Quantity::total];
    if (output_ || !input_ || (dialect_.zero_if_missing & (1U << unsigned(Quantity::output))) == 0)
      return;
    const Wide beside = *input_ + known(q_[Quantity::tool_prompt]) + known(q_[Quantity::reasoning]);
    if (total && Wide(*total) < beside) return;
    // Where a total is given, it says what was left out; beyond 0 that would be a count without a
    // key.
    output_ = known(q_[Quantity::reasoning]);
    trial_.atoms.visible = 0;
  }

  void check_total() {
    const auto total = q_[Quantity::total];
    const TotalMeaning& meaning = trial_.meaning->total;
    if (!total || meaning.kind == TotalMeaning::Kind::absent) return;
    if (meaning.kind == TotalMeaning::Kind::undetermined) {
      check_open_total(*total);
      return;
    }
    Wide expected = 0;
    if (meaning.kind == TotalMeaning::Kind::all) {
      if (!input_ || !output_) return;
      expected = everything();
    } else {
      for (std::size_t i = 0; i < kQuantityCount; ++i) {
        if ((meaning.terms & (1U << i)) == 0) continue;
        const auto quantity = static_cast<Quantity>(i);
        if (quantity == Quantity::input && !q_[quantity]) return;
        if (quantity == Quantity::output && !q_[quantity] && !output_) return;
        expected += known(q_[quantity]);
      }
    }
    trial_.expected_total = narrow(expected);
    if (Wide(*total) == expected) {
      ++trial_.held;
      return;
    }
    if (Wide(*total) < expected) {
      refute(Refutation::total_below);
      return;
    }
    trial_.atoms.unexplained = narrow(Wide(*total) - expected);
    if (!meaning.hidden) refute(Refutation::total_above);
  }

  /// Whatever is added up in a total, it does not exceed all parts together, and is no less than
  /// one of them.
  void check_open_total(Count total) {
    const auto is_above = [&](Quantity quantity) { return q_[quantity].value_or(0) > total; };
    if (is_above(Quantity::input) || is_above(Quantity::output)) {
      trial_.expected_total = input_ && output_ ? narrow(everything()) : std::nullopt;
      refute(Refutation::total_below);
      return;
    }
    if (!input_ || !output_) return;
    Wide most = *input_ + *output_;
    for (const Quantity part :
         {Quantity::cache_read, Quantity::cache_write, Quantity::tool_prompt, Quantity::reasoning})
      most += known(q_[part]);
    if (Wide(total) <= most) return;
    trial_.expected_total = narrow(everything());
    trial_.atoms.unexplained = narrow(Wide(total) - everything());
    refute(Refutation::total_above);
  }

  void fill_counts() {
    Counts& counts = trial_.counts;
    Atoms& atoms = trial_.atoms;
    if (input_) counts.set(Counter::input, narrow(*input_));
    if (output_) counts.set(Counter::output, narrow(*output_));
    trial_.input_is_too_large = input_ && *input_ > Wide(kLargestCount);
    trial_.output_is_too_large = output_ && *output_ > Wide(kLargestCount);
    const auto copy = [&](Quantity quantity, Counter counter, std::optional<Count>& atom) {
      atom = q_[quantity];
      counts.set(counter, q_[quantity]);
    };
    copy(Quantity::cache_read, Counter::cache_read, atoms.cache_read);
    copy(Quantity::cache_write, Counter::cache_write, atoms.cache_write);
    copy(Quantity::tool_prompt, Counter::tool_prompt, atoms.tool_prompt);
    copy(Quantity::reasoning, Counter::reasoning, atoms.reasoning);
    atoms.cache_write_5m = q_[Quantity::cache_write_5m];
    atoms.cache_write_1h = q_[Quantity::cache_write_1h];
    if (atoms.unexplained) counts.set(Counter::unexplained, atoms.unexplained);
    if (q_[Quantity::total]) {
      counts.set(Counter::total, q_[Quantity::total]);
    } else if (input_ && output_) {
      counts.set(Counter::total, narrow(everything()));
    }
  }

  const Dialect& dialect_;
  const Quantities& q_;
  Trial& trial_;
  std::optional<Wide> input_;
  std::optional<Wide> output_;
};

}  // namespace

Quantities quantities_of(const Dialect& dialect, const UsageValues& values) {
  Quantities quantities;
  for (std::size_t i = 0; i < kQuantityCount; ++i) {
    const QuantitySource& source = dialect.quantities[i];
    quantities.values[i] = source.constant;
    for (const auto& alternative : source.alternatives) {
      std::optional<ExactSum> sum;
      for (const KeyId key : alternative) {
        const auto count = values.count(key);
        if (!count) continue;
        if (!sum) {
          sum.emplace();
          quantities.keys[i] = key;
        }
        *sum += *count;
      }
      if (sum) {
        quantities.values[i] = sum->count();
        break;
      }
    }
  }
  return quantities;
}

const Meaning& any_meaning() {
  static const Meaning meaning = [] {
    Meaning any;
    any.total.kind = TotalMeaning::Kind::all;
    any.total.words = "all";
    return any;
  }();
  return meaning;
}

void try_meaning(const Dialect& dialect, std::uint16_t index, const Meaning& meaning,
                 const Quantities& quantities, std::vector<Trial>& trials) {
  const auto on = [&](Axis axis, Quantity part) {
    return answers(meaning.on(axis), quantities[part]);
  };
  for (const Holds read : on(Axis::cache_read, Quantity::cache_read)) {
    for (const Holds write : on(Axis::cache_write, Quantity::cache_write)) {
      for (const Holds tool : on(Axis::tool_prompt, Quantity::tool_prompt)) {
        for (const Holds reasoning : on(Axis::reasoning, Quantity::reasoning)) {
          Trial& trial = trials.emplace_back();
          trial.dialect = index;
          trial.meaning = &meaning;
          trial.axes = {read, write, tool, reasoning};
          Solver(dialect, quantities, trial).solve();
        }
      }
    }
  }
}

}  // namespace usagectl
