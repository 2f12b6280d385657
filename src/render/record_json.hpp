#pragma once

#include <string>
#include <string_view>

#include "ledger/books/record_use.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Appends the record as one line of JSON, newline included, as it was read: without what became of
/// it. `file` is the name of its file. Written by hand because it runs once per record.
void append_record_json(const UsageRecord& record, std::string_view file, std::string& out);

// The same line in three parts, of which the last two are only known after the last file.

/// All that stands before the counts.
void append_record_head(const UsageRecord& record, std::string_view file, std::string& out);
void append_record_counts(const Counts& counts, std::string& out);
/// What became of the record, and the end of the line.
void append_record_use(const RecordUse& use, std::string& out);

}  // namespace usagectl
