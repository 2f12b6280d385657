#include "dialects/usage_reading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dialects/recognise.hpp"
#include "dialects/solving/solve.hpp"
#include "dialects/solving/usage_checks.hpp"
#include "dialects/unknown_counts.hpp"

namespace usagectl {
namespace {

/// Its room is used again, as every usage object of a log needs it.
CandidateQuantities& emptied_quantities() {
  static thread_local CandidateQuantities quantities;
  quantities.clear();
  return quantities;
}

class Reader {
 public:
  Reader(const Catalogue& catalogue, const UsageValues& values)
      : catalogue_(catalogue), values_(values) {}

  UsageReading read(const Envelope& envelope) {
    return read_as(recognise(catalogue_, values_, envelope));
  }

  UsageReading read_as(std::vector<std::uint16_t> candidates) {
    reading_.candidates = std::move(candidates);
    check_numbers();
    if (reading_.countable()) {
      CandidateQuantities& quantities = emptied_quantities();
      for (const std::uint16_t index : reading_.candidates) {
        quantities.emplace_back(index, quantities_of(catalogue_.dialects()[index], values_));
        pass_over_other_total(catalogue_.dialects()[index], quantities.back().second);
      }
      solve(catalogue_, quantities, reading_);
      const std::uint16_t first = reading_.candidates.front();
      check_usage(catalogue_, catalogue_.dialects()[first], values_,
                  quantities_of(quantities, first), reading_);
      open_what_is_not_understood(catalogue_, values_, reading_);
    }
    reading_.dialect = catalogue_.name_of(reading_.candidates);
    return std::move(reading_);
  }

 private:
  std::string path(KeyId key) const { return std::string(catalogue_.path_of(key)); }

  /// A bare "total" of which nobody says what it adds up, and that is less than each part of
  /// it, counts something else: the questions of a benchmark.
  void pass_over_other_total(const Dialect& dialect, Quantities& quantities) {
    auto& total = quantities.values[static_cast<std::size_t>(Quantity::total)];
    const Count smallest =
        std::min(quantities[Quantity::input].value_or(0), quantities[Quantity::output].value_or(0));
    const bool is_open =
        dialect.fallback ||
        std::all_of(dialect.meanings.begin(), dialect.meanings.end(), [](const Meaning& meaning) {
          return meaning.total.kind == TotalMeaning::Kind::undetermined;
        });
    if (!total || *total >= smallest || !is_open ||
        path(*quantities.key(Quantity::total)) != "total")
      return;
    Violation& violation = reading_.violations.emplace_back();
    violation.rule = Rule::coverage;
    violation.severity = Severity::note;
    violation.key = "total";
    violation.asserted = *total;
    violation.basis = "total";
    violation.explanation = "total is less than each part of it, so it counts no tokens";
    total.reset();
  }

  bool digits_allowed() const {
    return std::any_of(reading_.candidates.begin(), reading_.candidates.end(),
                       [&](std::uint16_t index) { return catalogue_.dialects()[index].digits; });
  }

  void check_numbers() {
    const auto fault = [&](KeyId key, std::string_view cause, std::string explanation,
                           bool is_detail = false) {
      Violation& violation = reading_.violations.emplace_back();
      violation.rule = Rule::number;
      violation.key = path(key);
      violation.cause = cause;
      violation.explanation = std::move(explanation);
      // What no counter is read from spoils none.
      if (is_detail) return;
      reading_.faulty = true;
      if (reading_.fault.empty()) reading_.fault = violation.explanation;
    };
    for (const KeyId key : values_.repeated()) {
      fault(key, "duplicate-key", fmt::format("\"{}\" appears twice in one object", path(key)));
    }
    for (const auto& slot : values_.slots()) {
      if (slot.fault.empty() && !slot.digits) continue;
      // "cached": true is a fault only where "cached" counts.
      if (!slot.detail && !reading_.candidates.empty() &&
          !is_known_to_any(catalogue_, reading_.candidates, slot.key))
        continue;
      if (!slot.fault.empty()) {
        fault(slot.key, "not-a-count", fmt::format("\"{}\" {}", path(slot.key), slot.fault),
              slot.detail);
      } else if (slot.digits && !slot.detail && !digits_allowed()) {
        fault(slot.key, "text", fmt::format("\"{}\" is a string, not a number", path(slot.key)));
      }
    }
  }

  const Catalogue& catalogue_;
  const UsageValues& values_;
  UsageReading reading_;
};

}  // namespace

UsageReading read_usage_as(const Catalogue& catalogue, const Dialect& dialect,
                           const UsageValues& values) {
  const auto index = static_cast<std::uint16_t>(&dialect - catalogue.dialects().data());
  return Reader(catalogue, values).read_as({index});
}

UsageReading read_usage(const Catalogue& catalogue, const UsageValues& values,
                        const Envelope& envelope) {
  return Reader(catalogue, values).read(envelope);
}

}  // namespace usagectl
