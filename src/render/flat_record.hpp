#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/books/record_use.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// How a flat record is written.
enum class FlatForm : std::uint8_t {
  json,
  csv,
  csv_as_is,  ///< with the cells that a spreadsheet would run
};

// A record on one level, for engines that load tables: the same columns for every record, in the
// same order. A text or number that is not known is null, and an empty field in CSV. Its parts are
// appended one after the other; counts and use may be known later than the rest.

/// The columns, one a line with its type, in words that every SQL engine knows: "model TEXT".
std::string flat_columns();
/// The header of a CSV file, with its line feed.
std::string flat_csv_header();

void append_flat_head(const UsageRecord& record, std::string_view file, FlatForm form,
                      std::string& out);
void append_flat_counts(const Counts& counts, FlatForm form, std::string& out);
void append_flat_cost(const CostOfRecord& cost, FlatForm form, std::string& out);
/// Bucket and reason, where they are known, and the end of the line.
void append_flat_end(const RecordUse* use, FlatForm form, std::string& out);

}  // namespace usagectl
