#pragma once

#include <string>
#include <string_view>

#include "ledger/books/record_use.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

// A record as one line of JSON, in three parts, of which the last two may only be known after the
// last file. Written by hand because it runs once per record.

/// All that comes before the counts. `file` is the name of its file.
void append_record_head(const UsageRecord& record, std::string_view file, std::string& out);
void append_record_counts(const Counts& counts, std::string& out);
/// What the record cost, where it states that.
void append_record_cost(const CostOfRecord& cost, std::string& out);
/// What became of the record, where that is known, and the end of the line, newline included.
void append_record_end(const RecordUse* use, std::string& out);

}  // namespace usagectl
