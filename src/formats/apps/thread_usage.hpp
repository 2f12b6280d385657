#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/reading/format.hpp"
#include "model/observations.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// What the streams and snapshots of the thread tracker share (joelborellis/shadow-container-app):
/// usage {input_tokens, output_tokens, total_tokens}, running totals of one thread.
inline constexpr std::string_view kThreadDialect = "thread.cumulative";
inline constexpr View kThreadTotals{0, "thread totals"};

/// The series that all snapshots of one thread belong to, in whatever file they stand.
std::string thread_series(std::string_view thread);

/// The running totals in a usage object, checked against themselves. Nothing when it was rejected.
std::optional<Counts> read_thread_usage(const Json& usage, const FileContext& file,
                                        const Place& place, Observations& observations,
                                        GroupId part_of = 0);

/// A record of a thread, without counts.
UsageRecord thread_record(std::string_view format, Place place, std::string_view thread,
                          UnitId unit);

/// Reads {"timestamp", "statistics": {…, "threads": {id: usage}}} or the statistics alone; `line`
/// and `pointer` say where that stands in its file.
bool is_thread_statistics(const Json& document);
void read_thread_statistics(const Json& document, const FileContext& file, std::uint64_t line,
                            const std::string& pointer, Observations& observations);

/// Reads {"status", "timestamp", "token_tracking": {"active_threads", "total_tokens_tracked"}}.
bool is_thread_health(const Json& document);
void read_thread_health(const Json& document, const FileContext& file, std::uint64_t line,
                        const std::string& pointer, Observations& observations);

}  // namespace usagectl
