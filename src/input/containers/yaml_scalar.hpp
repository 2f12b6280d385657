#pragma once

#include <string>
#include <string_view>

namespace usagectl {

/// The JSON of a scalar that stands without quotes and without a tag, by the core schema of YAML
/// 1.2: null, true, false, numbers, else a string. Whole numbers keep their digits. What versions
/// of YAML read differently stays a string: 007 and 1_000; so do numbers that JSON lacks: .inf and
/// .nan.
void append_plain_scalar(std::string_view text, std::string& json);

}  // namespace usagectl
