#include "analysis/checks/budgets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/nearest_word.hpp"
#include "ledger/books/group_key.hpp"
#include "ledger/books/group_order.hpp"

namespace usagectl {
namespace {

/// The sums of the books in the natural order of their keys.
class Sums {
 public:
  explicit Sums(const Books& books) {
    if (books.counted_views.size() == 1) {
      groups_ = &books.sums_of(books.counted_views.front()).by_key;
    } else {
      for (const ViewOfUnit& view : books.counted_views) {
        for (const auto& [packed, tally] : books.sums_of(view).by_key) merged_.merge(packed, tally);
      }
    }
    order_ = rows_in_natural_order(*groups_);
  }
  Sums(const Sums&) = delete;
  Sums& operator=(const Sums&) = delete;

  /// Of the records without a value; they are no group from now on.
  Tally take_nameless() {
    // Absent comes first.
    if (order_.empty() || key_of(0).front()) return {};
    const Tally nameless = tally_of(0);
    order_.erase(order_.begin());
    return nameless;
  }

  std::size_t size() const { return order_.size(); }
  GroupKey key_of(std::size_t at) const { return unpack_key(groups_->key_of(order_[at])); }
  Tally tally_of(std::size_t at) const { return groups_->tallies()[order_[at]]; }

 private:
  GroupSums merged_;
  const GroupSums* groups_ = &merged_;
  std::vector<GroupSums::Row> order_;
};

Tally sum_of_all(const Books& books) {
  Tally all;
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [packed, tally] : books.sums_of(view).by_key) all.merge(tally);
  }
  return all;
}

std::optional<Counter> counter_named(std::string_view name) {
  const auto found = std::find_if(kCounters.begin(), kCounters.end(),
                                  [&](const Counter counter) { return name_of(counter) == name; });
  return found == kCounters.end() ? std::nullopt : std::optional<Counter>(*found);
}

std::optional<Count> number_of(std::string_view text) {
  Count number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 0) return std::nullopt;
  return number;
}

constexpr std::string_view kCost = "cost";

/// "25USD", "25.50 USD".
std::optional<CostLimit> cost_limit_of(std::string_view text) {
  constexpr std::size_t kLetters = 3;
  if (text.size() <= kLetters) return std::nullopt;
  const std::string_view code = text.substr(text.size() - kLetters);
  if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return std::nullopt;
  std::string_view digits = text.substr(0, text.size() - kLetters);
  if (digits.ends_with(' ')) digits.remove_suffix(1);
  const auto amount = read_amount(digits);
  if (!amount || amount->money < Money()) return std::nullopt;
  return CostLimit{amount->money, Currency(code)};
}

/// What is known of a counter in some records.
struct Known {
  std::optional<Count> sum;  ///< of the records that have it; nothing beyond 64 bits
  std::uint64_t records = 0;
  std::uint64_t with_it = 0;
  bool is_whole = false;  ///< nothing lacks it and nothing was rejected
};

enum class Outcome : std::uint8_t { holds, broken, open };

/// A sum of a part of the records can only grow.
Outcome outcome_of(const Budget& budget, const Known& known) {
  // A sum beyond 64 bits exceeds every budget.
  const bool exceeds = !known.sum || *known.sum > budget.number;
  const bool reaches = !known.sum || *known.sum >= budget.number;
  switch (budget.bound) {
    case Bound::at_most:
      if (exceeds) return Outcome::broken;
      return known.is_whole && known.records > 0 ? Outcome::holds : Outcome::open;
    case Bound::at_least:
      if (reaches) return Outcome::holds;
      return known.is_whole ? Outcome::broken : Outcome::open;
    case Bound::exactly:
      if (exceeds) return Outcome::broken;
      if (!known.is_whole) return Outcome::open;
      return reaches ? Outcome::holds : Outcome::broken;
  }
  return Outcome::open;
}

/// The same of what is stated. Costs may be negative, so that a part proves nothing where one is.
Outcome outcome_of(const Budget& budget, const CostSum& sum, bool is_whole) {
  const bool only_grows = sum.sum == sum.magnitude;
  const bool exceeds = sum.sum > budget.cost->money;
  const bool is_below = sum.sum < budget.cost->money;
  if (budget.bound == Bound::at_least && !is_below && (is_whole || only_grows))
    return Outcome::holds;
  if (budget.bound != Bound::at_least && exceeds && (is_whole || only_grows))
    return Outcome::broken;
  if (!is_whole) return Outcome::open;
  if (budget.bound == Bound::at_most) return Outcome::holds;
  return is_below ? Outcome::broken : Outcome::holds;
}

std::string_view broken_words(const Budget& budget, bool is_more) {
  if (budget.bound == Bound::at_most) return "exceeds its budget";
  if (budget.bound == Bound::at_least) return "is less than it should be";
  return is_more ? "is more than expected" : "is less than expected";
}

class Checker {
 public:
  Checker(const Budgets& budgets, const Books& books) : budgets_(budgets), books_(books) {}

  BudgetResult check() {
    if (budgets_.per.empty()) {
      const Tally all = sum_of_all(books_);
      for (const Budget& budget : budgets_.list) check(budget, {}, all);
      return std::move(result_);
    }
    Sums sums(books_);
    const Tally nameless = sums.take_nameless();
    for (const Budget& budget : budgets_.list) {
      for (std::size_t i = 0; i < sums.size(); ++i) check(budget, sums.key_of(i), sums.tally_of(i));
      if (nameless.records > 0 || sums.size() == 0) say_nameless(budget, nameless);
    }
    return std::move(result_);
  }

 private:
  Known known_of(Counter counter, const Tally& tally) const {
    Known known;
    known.records = tally.records;
    known.with_it = tally.known_of(counter);
    known.sum = tally.sums[static_cast<std::size_t>(counter)].count();
    known.is_whole = known.with_it == known.records && tally.open_of(counter) == 0 &&
                     books_.intake.rejected == 0 && books_.intake.problems.empty();
    return known;
  }

  Finding finding_of(const Budget& budget) const {
    if (budget.cost) return Finding{.rule = Rule::budget, .counter = kCost};
    return Finding{
        .rule = Rule::budget, .counter = name_of(budget.counter), .asserted = budget.number};
  }

  static std::string_view what_of(const Budget& budget) {
    return budget.cost ? kCost : name_of(budget.counter);
  }

  std::string subject(const Budget& budget, const GroupKey& key) const {
    std::string text(what_of(budget));
    if (!budgets_.per.empty() && key.front())
      text += fmt::format(" of {} {}", budgets_.per, *key.front());
    return text;
  }

  /// What the files state of the records, where it is in the currency of the budget.
  void check_cost(const Budget& budget, const GroupKey& key, const Tally& tally) {
    CostSum sum;
    for (const CostSum& one : tally.costs.by_currency()) {
      if (one.currency == budget.cost->currency) sum = one;
    }
    const bool is_whole = tally.records > 0 && sum.records == tally.records && !sum.overflows &&
                          books_.intake.rejected == 0 && books_.intake.problems.empty();
    const Outcome outcome = sum.overflows ? Outcome::open : outcome_of(budget, sum, is_whole);
    if (outcome == Outcome::holds) {
      ++result_.passed;
      return;
    }
    Finding finding = finding_of(budget);
    finding.basis = fmt::format("{} {}", sum.records,
                                sum.records == 1 ? "record states it" : "records state it");
    if (sum.records > 0)
      finding.cost = ComparedCost{budget.cost->money, sum.sum, budget.cost->currency};
    if (outcome == Outcome::broken) {
      finding.explanation = fmt::format("{} {}", subject(budget, key),
                                        broken_words(budget, sum.sum > budget.cost->money));
    } else {
      ++result_.unprovable;
      finding.severity = Severity::warning;
      finding.explanation = fmt::format(
          "{} cannot be proved to keep its budget: {}", subject(budget, key),
          tally.records == 0 ? std::string("no usage was counted")
          : sum.records < tally.records
              ? fmt::format("{} of {} records state none in {}", tally.records - sum.records,
                            tally.records, budget.cost->currency.code())
              : std::string("some of the input could not be read"));
    }
    result_.findings.push_back(std::move(finding));
  }

  void check(const Budget& budget, const GroupKey& key, const Tally& tally) {
    if (budget.cost) return check_cost(budget, key, tally);
    const Known known = known_of(budget.counter, tally);
    const Outcome outcome = outcome_of(budget, known);
    if (outcome == Outcome::holds) {
      ++result_.passed;
      return;
    }
    Finding finding = finding_of(budget);
    finding.basis =
        fmt::format("sum of {} {}", known.with_it, known.with_it == 1 ? "record" : "records");
    if (known.with_it < known.records) {
      finding.basis += fmt::format("; {} more lack it", known.records - known.with_it);
    }
    if (outcome == Outcome::broken) {
      finding.calculated = known.sum;
      finding.explanation =
          fmt::format("{} {}", subject(budget, key),
                      broken_words(budget, !known.sum || *known.sum > budget.number));
    } else {
      ++result_.unprovable;
      finding.severity = Severity::warning;
      finding.explanation =
          fmt::format("{} cannot be proved to keep its budget: {}", subject(budget, key),
                      reason_of(known, tally.open_of(budget.counter)));
    }
    result_.findings.push_back(std::move(finding));
  }

  std::string reason_of(const Known& known, std::uint64_t open) const {
    if (known.records == 0) return "no usage was counted";
    if (open > 0)
      return fmt::format("it is not understood in {} of {} records", open, known.records);
    if (known.with_it < known.records)
      return fmt::format("{} of {} records do not have it", known.records - known.with_it,
                         known.records);
    return "some of the input could not be read";
  }

  void say_nameless(const Budget& budget, const Tally& nameless) {
    ++result_.unprovable;
    Finding finding = finding_of(budget);
    finding.severity = Severity::warning;
    finding.explanation =
        nameless.records == 0
            ? fmt::format("{} cannot be proved to keep its budget: no usage was counted",
                          what_of(budget))
            : fmt::format("{} cannot be proved to keep its budget: {} records have no {}",
                          what_of(budget), nameless.records, budgets_.per);
    result_.findings.push_back(std::move(finding));
  }

  const Budgets& budgets_;
  const Books& books_;
  BudgetResult result_;
};

}  // namespace

std::optional<Budget> parse_budget(Bound bound, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  if (text.substr(0, equals) == kCost) {
    const auto limit = cost_limit_of(text.substr(equals + 1));
    return limit ? std::optional<Budget>({bound, Counter::total, 0, limit}) : std::nullopt;
  }
  const auto counter = counter_named(text.substr(0, equals));
  const auto number = number_of(text.substr(equals + 1));
  if (!counter || !number) return std::nullopt;
  return Budget{bound, *counter, *number};
}

std::string check_budget(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    return fmt::format("\"{}\" has no number; use COUNTER=N, such as total=500000", text);
  const std::string name = text.substr(0, equals);
  if (name == kCost) {
    return cost_limit_of(text.substr(equals + 1))
               ? std::string()
               : fmt::format("invalid amount \"{}\"; use one with its currency such as 25USD",
                             text.substr(equals + 1));
  }
  if (!counter_named(name)) {
    std::vector<std::string> names(kCounterNames.begin(), kCounterNames.end());
    names.emplace_back(kCost);
    const auto nearest = nearest_word(name, names);
    return nearest ? fmt::format("invalid counter \"{}\"; did you mean {}?", name, *nearest)
                   : fmt::format("invalid counter \"{}\"; use {}", name, fmt::join(names, ", "));
  }
  const std::string number = text.substr(equals + 1);
  return number_of(number)
             ? std::string()
             : fmt::format("invalid number \"{}\"; use a whole number such as 500000", number);
}

BudgetResult check_budgets(const Budgets& budgets, const Books& books) {
  return Checker(budgets, books).check();
}

}  // namespace usagectl
