#pragma once

#include <string_view>

#include "model/usage_record.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// An empty sheet of records: CSV has every field, tables show place, role, model and counters.
Sheet record_sheet();

/// The record as a row of that sheet. `file` is the name of its file.
Row record_row(const UsageRecord& record, std::string_view file);

}  // namespace usagectl
