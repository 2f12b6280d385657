#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/prices/cost_judgement.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// What became of the costs that counted records state.
struct CheckedCosts {
  std::uint64_t held = 0;
  std::uint64_t unproven = 0;
  std::vector<Finding> findings;  ///< refuted ones, and a note for each reason of unproven ones
};

/// Compares the costs that records state with what they cost by the prices, after the last file.
class CostChecks {
 public:
  explicit CostChecks(const PriceTable& table) : table_(table) {}

  /// As Question::on_record.
  void note(const UsageRecord& record);
  /// Of books that keep the uses of records.
  CheckedCosts finish(const Books& books) const;

 private:
  struct Call {
    RecordNumber number = 0;
    Place place;
    CostOfRecord cost;
    CallToPrice call;
  };

  const PriceTable& table_;
  RecordNumber last_ = 0;
  std::vector<Call> calls_;  ///< that state a cost, or of which a later report may
};

}  // namespace usagectl
