#include "render/summary_sheet.hpp"

#include <algorithm>
#include <map>

#include "render/parts/counter_columns.hpp"
#include "render/text/money_text.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

Cell sum_cell(const Tally& tally, Counter counter) {
  return tally.overflows(counter) ? Cell::too_large() : Cell(tally.sum_of(counter));
}

Cell number_cell(std::uint64_t number) { return Cell(static_cast<Count>(number)); }

/// What the records of a group cost, where each of them states it in that currency.
std::optional<Money> stated_cost(const Tally& tally, Currency currency) {
  const auto sum = tally.costs.whole(tally.records);
  return sum && sum->currency == currency ? std::optional<Money>(sum->sum) : std::nullopt;
}

std::string lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower;
}

/// "cost_usd"; "cost" where the currency is unknown.
std::string money_column_id(const std::string& what, Currency currency) {
  return currency.is_known() ? what + "_" + lower(currency.code()) : what;
}

/// What the sheet shows of money: recorded and calculated, by currency.
struct MoneyColumns {
  CostSums recorded;
  CostSums calculated;
};

std::optional<Money> calculated_cost(const std::optional<CalculatedCost>& cost, Currency currency) {
  const auto sum = cost ? cost->sums.whole(cost->records) : std::nullopt;
  return sum && sum->currency == currency ? std::optional<Money>(sum->sum) : std::nullopt;
}

std::uint64_t records_of(const CostSums& costs, Currency currency) {
  for (const CostSum& sum : costs.by_currency()) {
    if (sum.currency == currency) return sum.records;
  }
  return 0;
}

Row row_of(const GroupKey& key, const Tally& tally, const std::optional<CalculatedCost>& calculated,
           const MoneyColumns& money) {
  Row row;
  const std::size_t currencies =
      money.recorded.by_currency().size() + money.calculated.by_currency().size();
  row.reserve(key.size() + 1 + 2 * (kCounterColumns.size() + currencies));
  for (const auto& value : key) row.push_back(value ? Cell(*value) : Cell());
  row.push_back(number_cell(tally.records));
  for (const auto& column : kCounterColumns) row.push_back(sum_cell(tally, column.counter));
  for (const CostSum& cost : money.recorded.by_currency())
    row.push_back(Cell::money(stated_cost(tally, cost.currency)));
  for (const CostSum& cost : money.calculated.by_currency())
    row.push_back(Cell::money(calculated_cost(calculated, cost.currency)));
  for (const auto& column : kCounterColumns)
    row.push_back(number_cell(tally.known_of(column.counter)));
  for (const CostSum& cost : money.recorded.by_currency())
    row.push_back(number_cell(records_of(tally.costs, cost.currency)));
  for (const CostSum& cost : money.calculated.by_currency())
    row.push_back(number_cell(calculated ? records_of(calculated->sums, cost.currency) : 0));
  return row;
}

std::vector<Column> columns_of(const std::vector<std::string>& by, const Tally& total,
                               const MoneyColumns& money) {
  std::vector<Column> columns;
  for (const auto& name : by) {
    std::string title = name;
    std::replace(title.begin(), title.end(), '_', ' ');
    columns.push_back({name, title});
  }
  // Where requests are known, records would only repeat them.
  const bool requests_known = total.known_of(Counter::requests) > 0;
  columns.push_back({"records", "records", Content::number, Weight::main, requests_known});
  const bool total_known = total.known_of(Counter::total) > 0;
  for (const auto& [counter, title, weight] : kCounterColumns) {
    const bool stands_for_total = !total_known && counter == Counter::output;
    columns.push_back({std::string(name_of(counter)), std::string(title), Content::number,
                       stands_for_total ? Weight::needed : weight});
  }
  const auto add_money = [&](const CostSums& costs, const std::string& what) {
    for (const CostSum& cost : costs.by_currency()) {
      const std::string title =
          cost.currency.is_known() ? what + " in " + std::string(cost.currency.code()) : what;
      columns.push_back(
          {money_column_id(what, cost.currency), title, Content::number, Weight::main});
    }
  };
  add_money(money.recorded, "cost");
  add_money(money.calculated, "calculated");
  for (const auto& column : kCounterColumns) {
    const std::string id = "known_" + std::string(name_of(column.counter));
    columns.push_back({id, id, Content::number, Weight::detail, true});
  }
  const auto add_known = [&](const CostSums& costs, const std::string& what) {
    for (const CostSum& cost : costs.by_currency()) {
      const std::string id = "known_" + money_column_id(what, cost.currency);
      columns.push_back({id, id, Content::number, Weight::detail, true});
    }
  };
  add_known(money.recorded, "cost");
  add_known(money.calculated, "calculated");
  return columns;
}

/// "2 records state a cost of 0, …".
std::string zero_note(std::uint64_t zeros) {
  return quantity(zeros, "record") + (zeros == 1 ? " states" : " state") +
         " a cost of 0, as some writers do where they do not know it";
}

/// "cost is as recorded, for 12 of 30 records: 0.25 USD".
std::string cost_note(const Tally& tally) {
  std::string note = "cost is as recorded";
  const auto known = tally.costs.records();
  if (const auto whole = tally.costs.whole(tally.records))
    return whole->currency.is_known() ? note : note + ", in a currency that nobody names";
  if (known < tally.records)
    note += ", for " + number_text(known) + " of " + quantity(tally.records, "record");
  std::vector<std::string> sums;
  for (const CostSum& sum : tally.costs.by_currency()) {
    std::string text = sum.overflows ? std::string("too much") : money_text(sum.sum);
    text += sum.currency.is_known() ? " " + std::string(sum.currency.code())
                                    : std::string(" in a currency that nobody names");
    sums.push_back(std::move(text));
  }
  return note + ": " + enumerated(sums);
}

}  // namespace

Tally tally_of(const Breakdown& breakdown) {
  Tally sum;
  for (std::size_t i = 0; i < breakdown.groups.size(); ++i) sum.merge(breakdown.groups.tally_of(i));
  sum.merge(breakdown.rest);
  return sum;
}

MadeSheet summary_sheet(const Breakdown& breakdown, const Tally& total) {
  MoneyColumns money{total.costs, {}};
  std::optional<CalculatedCost> all;
  const std::size_t groups = breakdown.groups.size();
  for (std::size_t i = 0; i < groups; ++i) {
    const auto calculated = breakdown.groups.calculated_of(i);
    if (!calculated) continue;
    if (!all) all.emplace().records = total.records;
    all->sums.merge(calculated->sums);
  }
  if (all) money.calculated = all->sums;
  MadeSheet sheet{columns_of(breakdown.by, total, money), groups, {}, std::nullopt};
  if (breakdown.rest_groups > 0) ++sheet.rows;
  sheet.row = [&breakdown, money, groups](std::size_t at) {
    if (at < groups) {
      const SummaryGroup group = breakdown.groups[at];
      return row_of(group.key, group.tally, group.calculated, money);
    }
    GroupKey label(breakdown.by.size());
    if (!label.empty()) label.front() = number_text(breakdown.rest_groups) + " more";
    return row_of(label, breakdown.rest, std::nullopt, money);
  };
  if (sheet.rows > 1) {
    GroupKey label(breakdown.by.size());
    if (!label.empty()) label.front() = "total";
    sheet.total = row_of(label, total, all, money);
  }
  return sheet;
}

std::vector<std::string> price_notes(const CalculatedCosts& costs) {
  std::vector<std::string> notes;
  const auto priced = costs.total.sums.records();
  notes.push_back("calculated by the prices as of " + costs.newest + ", for " +
                  number_text(priced) + " of " + quantity(costs.total.records, "record"));
  std::map<NoPrice, std::vector<std::string>> why;
  for (const auto& [model, unpriced] : costs.unpriced) {
    why[unpriced.why].push_back((model.empty() ? std::string("no model") : visible_text(model)) +
                                " (" + number_text(unpriced.records) + ")");
  }
  const auto say = [&](NoPrice reason, const std::string& text) {
    const auto models = why.find(reason);
    if (models != why.end()) notes.push_back(text + ": " + enumerated(models->second));
  };
  say(NoPrice::not_listed, "no price is known for");
  say(NoPrice::no_model, "nothing to price by");
  say(NoPrice::counts_unknown, "counts that a price needs are unknown for");
  say(NoPrice::beyond_prompt, "the price of longer prompts is unknown for");
  say(NoPrice::other_tier, "the price of the tier of service is unknown for");
  if (costs.assumes_5_minutes > 0)
    notes.push_back("cache writes of " + quantity(costs.assumes_5_minutes, "record") +
                    " are priced as if they lived for 5 minutes");
  if (costs.assumes_no_cache > 0)
    notes.push_back(quantity(costs.assumes_no_cache, "record") +
                    " without a count of cache reads " +
                    (costs.assumes_no_cache == 1 ? "is" : "are") +
                    " priced as if nothing was read from the cache");
  return notes;
}

std::vector<std::string> footnotes(const Tally& tally) {
  std::map<std::uint64_t, std::vector<std::string>, std::greater<>> partly_known;
  std::vector<std::string> too_large;
  std::map<std::uint64_t, std::vector<std::string>, std::greater<>> open;
  for (const auto& [counter, title, weight] : kCounterColumns) {
    // Not every entity has a chain, so a record without one lacks nothing.
    if (counter == Counter::chain_length) continue;
    const auto known = tally.known_of(counter);
    if (const auto records = tally.open_of(counter); records > 0) {
      open[records].emplace_back(title);
      continue;
    }
    if (known > 0 && known < tally.records) partly_known[known].emplace_back(title);
    if (tally.overflows(counter)) too_large.emplace_back(title);
  }
  std::vector<std::string> notes;
  for (const auto& [known, names] : partly_known) {
    const bool singular = names.size() == 1 && names.front().back() != 's';
    notes.push_back(enumerated(names) + (singular ? " is" : " are") + " known for " +
                    number_text(known) + " of " + quantity(tally.records, "record"));
  }
  for (const auto& [records, names] : open) {
    const bool singular = names.size() == 1 && names.front().back() != 's';
    notes.push_back(enumerated(names) + (singular ? " is" : " are") +
                    " reported but not understood in " + quantity(records, "record"));
  }
  if (!too_large.empty()) {
    notes.push_back("the sum of " + enumerated(too_large) + " does not fit in 64 bits");
  }
  if (!tally.costs.empty()) notes.push_back(cost_note(tally));
  if (const auto zeros = tally.costs.zeros(); zeros > 0) notes.push_back(zero_note(zeros));
  return notes;
}

}  // namespace usagectl
