#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/prices/call_price.hpp"
#include "ledger/books/books.hpp"
#include "model/cost.hpp"

namespace usagectl {

/// What the calls of a group cost by the prices.
struct CalculatedCost {
  CostSums sums;              ///< of the records whose price is known
  std::uint64_t records = 0;  ///< with and without a price
};

/// What calls cost, calculated by the prices of their days.
struct CalculatedCosts {
  std::map<std::string, CalculatedCost> by_key;  ///< see GroupKey: packed
  CalculatedCost total;
  /// Records without a price, by their model; of several reasons, the first.
  struct Unpriced {
    std::uint64_t records = 0;
    NoPrice why = NoPrice::not_listed;
  };
  std::map<std::string, Unpriced> unpriced;
  std::uint64_t assumes_5_minutes = 0;  ///< records, see CallPrice
  std::uint64_t assumes_no_cache = 0;   ///< the same
  std::string newest;                   ///< day of the prices
};

/// Prices each record when it is given out, and adds up those that count after the last file.
class PricedCalls {
 public:
  PricedCalls(const PriceTable& table, std::vector<std::string> by, const TimeZone* zone)
      : table_(table), by_(std::move(by)), zone_(zone) {}

  /// As Question::on_record; `file` is the name of its file.
  void note(const UsageRecord& record, std::string_view file);
  /// Of books that keep the uses of records.
  CalculatedCosts finish(const Books& books) const;

 private:
  struct Call {
    std::uint32_t key = 0;
    std::uint32_t model = 0;
    const Price* price = nullptr;
    BilledTier tier = BilledTier::standard;
    bool is_sum = false;
    std::optional<Count> written;
    std::optional<Count> hour_writes;
    CallPrice result;
  };

  static std::uint32_t number_of(std::unordered_map<std::string, std::uint32_t>& numbers,
                                 std::vector<std::string>& names, const std::string& name);

  const PriceTable& table_;
  std::vector<std::string> by_;
  const TimeZone* zone_;
  std::vector<Call> calls_;  ///< as they were given out
  std::vector<std::string> keys_;
  std::unordered_map<std::string, std::uint32_t> number_of_key_;
  std::vector<std::string> models_;
  std::unordered_map<std::string, std::uint32_t> number_of_model_;
  std::string packed_;  ///< reused
};

}  // namespace usagectl
