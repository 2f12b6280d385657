#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "formats/reading/knowledge.hpp"
#include "ledger/books/books.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// Calls of a report and of logs are so far apart at most: one is dated by its start, one by its
/// end, and clocks differ.
inline constexpr std::int64_t kSecondsOfClocks = 600;

/// A window of time, in hours since 1970.
struct Window {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend auto operator<=>(const Window&, const Window&) = default;
};

/// "2026-03-01" for a whole day, else "2026-03-01T09 to 2026-03-01T10".
std::string window_text(const Window& window);

/// What a usage is told apart by, beside time; empty = not given.
struct BillLabels {
  std::string model;
  std::string project;
  std::string key;
  friend auto operator<=>(const BillLabels&, const BillLabels&) = default;
};

/// A row of a report: what a provider says it has counted in a window of time.
struct BilledRow {
  Window window;
  BillLabels labels;
  std::string tier;
  std::string id;       ///< of the call, where the row is one
  std::int64_t at = 0;  ///< seconds since 1970
  Tally tally;
  Place place;
  bool is_cost = false;  ///< it gives money, and no tokens
};

/// The rows of one format, from whatever files.
struct BilledReport {
  std::vector<BilledRow> rows;
  bool is_of_calls = false;  ///< a row is a call, not a sum over a window
  bool is_in_money = false;  ///< no row has tokens
};

struct BilledUsage {
  std::vector<BilledReport> reports;
  std::vector<std::string> files;  ///< names by FileId
};

/// What logs say of one hour, or one call.
struct LoggedRow {
  Window window;  ///< an hour, or a day where no more is known
  BillLabels labels;
  std::string id;
  std::int64_t at = 0;  ///< seconds since 1970
  Tally tally;
};

struct LoggedUsage {
  std::vector<LoggedRow> rows;
  std::vector<LoggedRow> without_time;
};

/// A record that no usage report of a provider holds.
struct LoggedRecord {
  FileId file = 0;
  std::string format;
};

/// Reads the reports of one run: its question, and what its books hold.
class BillReader {
 public:
  explicit BillReader(const Knowledge& knowledge);

  Question question();
  BilledUsage finish(const Books& books) const;
  /// What was read that is not in a provider's usage report; nothing where all is.
  const std::optional<LoggedRecord>& not_a_report() const { return not_a_report_; }

 private:
  void note(const UsageRecord& record);

  std::set<std::string, std::less<>> bills_;      ///< formats of reports
  std::set<std::string, std::less<>> of_calls_;   ///< those whose rows are calls
  std::map<std::string, Place> first_;            ///< by what a row is told apart by
  std::map<std::string, BilledReport> of_costs_;  ///< rows without tokens, by format
  std::set<std::string> known_costs_;
  std::optional<LoggedRecord> not_a_report_;
};

/// The keys that the logs have to be summed by.
std::vector<std::string> keys_of_logged_usage(const BilledUsage& billed);
LoggedUsage logged_usage(const Books& books);

}  // namespace usagectl
