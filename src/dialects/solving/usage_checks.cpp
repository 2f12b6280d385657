#include "dialects/solving/usage_checks.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "dialects/solving/hypothesis.hpp"

namespace usagectl {
namespace {

class Checker {
 public:
  Checker(const Catalogue& catalogue, const Dialect& dialect, const UsageValues& values,
          const Quantities& quantities, UsageReading& reading)
      : catalogue_(catalogue),
        dialect_(dialect),
        values_(values),
        quantities_(quantities),
        reading_(reading) {}

  void check() {
    check_lifetimes();
    check_spellings();
    check_details();
  }

 private:
  std::string path(std::optional<KeyId> key) const {
    return key ? std::string(catalogue_.path_of(*key)) : std::string();
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
    // Two zeros are a split that was not made, and no other sum.
    if (sum.count() == Count(0)) violation.severity = Severity::warning;
    violation.key = path(quantities_.key(Quantity::cache_write));
    violation.counter = name_of(Counter::cache_write);
    violation.asserted = atoms.cache_write;
    violation.calculated = sum.count();
    violation.basis = "five-minute + one-hour cache write";
    violation.cause = "cache-lifetimes";
    violation.explanation = "the cache write is not the sum of its two lifetimes";
  }

  /// Audio within input, rejected predictions within output: a part does not exceed its whole.
  void check_details() {
    const Quantities& q = quantities_;
    for (const auto& [whole, key] : dialect_.details) {
      const auto part = values_.count(key);
      if (!part || !q[whole]) continue;
      if (*part <= *q[whole]) {
        if (*part > 0) ++reading_.held;
        continue;
      }
      Violation& violation = reading_.violations.emplace_back();
      violation.rule = Rule::part;
      violation.key = path(key);
      violation.counter = name_of(whole);
      violation.asserted = part;
      violation.calculated = q[whole];
      violation.basis = path(q.key(whole));
      violation.cause = "detail-exceeds-whole";
      violation.explanation = fmt::format("a part of {} exceeds it", name_of(whole));
    }
  }

  /// Several keys may be spellings of one quantity; then they say the same. What a merge put
  /// together may hold an old spelling beside a new one. "total_input_tokens" beside "input_tokens"
  /// may hold the calls before.
  bool is_running_total(KeyId key, KeyId counted) const {
    const auto says_total = [&](KeyId id) {
      return catalogue_.path_of(id).find("otal") != std::string_view::npos;
    };
    return says_total(key) && !says_total(counted) &&
           *values_.count(key) >= *values_.count(counted);
  }

  bool says_whole(std::size_t quantity, Count count) const {
    if (quantity == std::size_t(Quantity::input)) return reading_.counts[Counter::input] == count;
    return quantity == std::size_t(Quantity::output) && reading_.counts[Counter::output] == count;
  }

  void check_spellings() {
    if (values_.merged()) return;
    for (std::size_t i = 0; i < kQuantityCount; ++i) {
      if (dialect_.quantities[i].alternatives.size() < 2) continue;
      std::optional<KeyId> first;
      for (const auto& alternative : dialect_.quantities[i].alternatives) {
        if (alternative.size() != 1) break;  // a sum is no spelling
        const auto count = values_.count(alternative.front());
        if (!count) continue;
        if (!first) {
          first = alternative.front();
          continue;
        }
        if (values_.count(*first) == count) {
          ++reading_.held;
          continue;
        }
        // hermes: input_tokens beside the cache, and prompt_tokens with it.
        if (says_whole(i, *count)) {
          ++reading_.held;
          continue;
        }
        if (is_running_total(alternative.front(), *first)) continue;
        Violation& violation = reading_.violations.emplace_back();
        violation.key = path(alternative.front());
        violation.counter = kQuantityNames[i];
        violation.asserted = count;
        violation.calculated = values_.count(*first);
        violation.basis = fmt::format("the same count under {}, which counts", path(first));
        violation.cause = "spellings-disagree";
        violation.explanation =
            fmt::format("two keys that {} writes for the same count do not agree", dialect_.id);
      }
    }
  }

  const Catalogue& catalogue_;
  const Dialect& dialect_;
  const UsageValues& values_;
  const Quantities& quantities_;
  UsageReading& reading_;
};

}  // namespace

void check_usage(const Catalogue& catalogue, const Dialect& dialect, const UsageValues& values,
                 const Quantities& quantities, UsageReading& reading) {
  Checker(catalogue, dialect, values, quantities, reading).check();
}

}  // namespace usagectl
