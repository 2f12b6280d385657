#pragma once

#include <string_view>

#include "capture/read_file.hpp"
#include "input/json/json_parser.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// JSON may keep usage objects as texts: {"usage": "{\"prompt_tokens\": 12}"}, and {"usage":
/// "CompletionUsage(prompt_tokens=12)"}, as Python prints one. Where nothing else of a file counts,
/// it is read as if the objects stood there. `text` is all of the file.
void settle_usage_in_texts(std::string_view text, const FileContext& file, JsonParser& parser,
                           Observations& found, FileReading& reading);

}  // namespace usagectl
