#pragma once

#include <cstdint>
#include <string_view>

#include "formats/reading/format.hpp"
#include "input/json/json_parser.hpp"
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

/// A text that is not JSON alone, recognised by its start.
struct KnownText {
  const Format* format = nullptr;  ///< nullptr where no format is known by it
  TextReader read;
};
KnownText recognise_text(std::string_view start, const FileContext& file);

/// Recognises a document by its content and reads it into the observations.
FileReading read_document(const Json& document, const FileContext& file,
                          Observations& observations);

/// Recognises the text of one file by its content and reads it into the observations. `known` is
/// what its start was recognised as, where somebody has looked.
FileReading read_text(std::string_view text, const FileContext& file, JsonParser& parser,
                      Observations& observations, const KnownText* known = nullptr);

}  // namespace usagectl
