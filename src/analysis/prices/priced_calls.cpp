#include "analysis/prices/priced_calls.hpp"

#include <utility>

#include "ledger/books/group_key.hpp"

namespace usagectl {

std::uint32_t PricedCalls::number_of(std::unordered_map<std::string, std::uint32_t>& numbers,
                                     std::vector<std::string>& names, const std::string& name) {
  const auto [known, is_new] = numbers.try_emplace(name, static_cast<std::uint32_t>(names.size()));
  if (is_new) names.push_back(name);
  return known->second;
}

void PricedCalls::note(const UsageRecord& record, std::string_view file) {
  Call& call = calls_.emplace_back();
  packed_.clear();
  pack_key(record, by_, {file, zone_}, packed_);
  call.key = number_of(number_of_key_, keys_, packed_);
  call.model = number_of(number_of_model_, models_, record.model);
  call.price = find_price(table_, record);
  call.tier = billed_tier(record);
  call.is_sum = is_sum_of_calls(record);
  call.written = record.counts[Counter::cache_write];
  call.hour_writes = record.cache_write_1h;
  if (call.price == nullptr)
    call.result.why_not = record.model.empty() ? NoPrice::no_model : NoPrice::not_listed;
  else
    call.result = price_of(*call.price, record.counts, call.hour_writes, call.tier, call.is_sum);
}

CalculatedCosts PricedCalls::finish(const Books& books) const {
  CalculatedCosts costs;
  costs.newest = table_.newest();
  const RecordUses& uses = books.record_uses;
  for (std::size_t i = 0; i < calls_.size() && i < uses.uses.size(); ++i) {
    if (uses.uses[i].bucket != Bucket::counted) continue;
    const Call& call = calls_[i];
    CallPrice result = call.result;
    const auto changed = uses.final_counts.find(static_cast<RecordNumber>(i + 1));
    if (changed != uses.final_counts.end() && call.price != nullptr) {
      // How long the cache lives is known of what this report says that was written.
      const bool is_same = changed->second[Counter::cache_write] == call.written;
      result = price_of(*call.price, changed->second, is_same ? call.hour_writes : std::nullopt,
                        call.tier, call.is_sum);
    }
    CalculatedCost& group = costs.by_key[keys_[call.key]];
    ++group.records;
    ++costs.total.records;
    if (call.price == nullptr || result.why_not != NoPrice::known) {
      auto [unpriced, is_new] = costs.unpriced.try_emplace(models_[call.model]);
      if (is_new) unpriced->second.why = result.why_not;
      ++unpriced->second.records;
      continue;
    }
    if (result.assumes_5_minutes) ++costs.assumes_5_minutes;
    if (result.assumes_no_cache) ++costs.assumes_no_cache;
    const Cost cost{{result.cost, 0, false}, call.price->currency, {}};
    group.sums.add(cost);
    costs.total.sums.add(cost);
  }
  return costs;
}

}  // namespace usagectl
