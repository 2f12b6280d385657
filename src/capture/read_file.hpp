#pragma once

#include <cstdint>
#include <string_view>

#include "formats/reading/format.hpp"
#include "input/json_parser.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// How a file ended.
enum class FileFate : std::uint8_t {
  known,    ///< a format read it
  ignored,  ///< sound, but nothing known is in it
  failed,   ///< unreadable
};

/// What became of a file, and the format that read it.
struct FileReading {
  FileFate fate = FileFate::ignored;
  const Format* format = nullptr;
};

/// The format that is told by the start of a text that is not JSON alone; nullptr when there is
/// none.
const Format* text_format_of(std::string_view start, const FileContext& file);

/// Recognises a document by its content and reads it into the sink.
FileReading read_document(const Json& document, const FileContext& file, Sink& sink);

/// Recognises the text of one file by its content and reads it into the sink.
FileReading read_text(std::string_view text, const FileContext& file, JsonParser& parser,
                      Sink& sink);

}  // namespace usagectl
