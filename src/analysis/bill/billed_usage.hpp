#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/books.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// A window of time, in hours since 1970.
struct Window {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend auto operator<=>(const Window&, const Window&) = default;
};

/// "2026-03-01" for a whole day, else "2026-03-01T09 to 2026-03-01T10".
std::string window_text(const Window& window);

/// What a provider's usage reports say, by window and model; an empty model = all models.
struct BilledUsage {
  std::map<std::pair<Window, std::string>, Tally> buckets;
  std::map<std::pair<Window, std::string>, Place> places;
  std::vector<std::string> files;  ///< names by FileId
};

/// What logs say, by hour and model; an empty model = not given.
struct LoggedUsage {
  std::map<std::pair<std::int64_t, std::string>, Tally> hours;
  std::uint64_t without_time = 0;  ///< records
};

/// A record that no usage report of a provider holds.
struct LoggedRecord {
  FileId file = 0;
  std::string format;
};

/// Reads the reports of one run: its question, and what its books hold.
class BillReader {
 public:
  Question question();
  BilledUsage finish(const Books& books) const;
  /// What was read that is not in a provider's usage report; nothing where all is.
  const std::optional<LoggedRecord>& not_a_report() const { return not_a_report_; }

 private:
  std::optional<LoggedRecord> not_a_report_;
  std::map<std::pair<std::string, std::string>, Place> first_;  ///< by hour and model
};

/// The keys that the logs have to be summed by.
std::vector<std::string> keys_of_logged_usage();
LoggedUsage logged_usage(const Books& books);

}  // namespace usagectl
