#pragma once

#include <string>
#include <string_view>

#include "model/usage_record.hpp"

namespace usagectl {

/// Appends the record as one line of JSON, newline included. `file` is the name of its
/// file. Written by hand because it runs once per record.
void append_record_json(const UsageRecord& record, std::string_view file, std::string& out);

}  // namespace usagectl
