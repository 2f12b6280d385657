#pragma once

#include <string_view>

#include "ledger/books/record_use.hpp"
#include "model/usage_record.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// An empty sheet of records: CSV has every field, tables show place, role, model and counters.
Sheet record_sheet();

/// The record as a row of that sheet. `file` is the name of its file; `use` is what became of it,
/// nullptr = not known.
Row record_row(const UsageRecord& record, std::string_view file, const RecordUse* use);

/// Parts of that row, one after the other: what is known when a record is read, and what may change
/// until the last file.
Row record_head(const UsageRecord& record, std::string_view file);
Row record_counts(const Counts& counts);
Row record_cost(const CostOfRecord& cost);
Row record_use(const RecordUse* use);

}  // namespace usagectl
