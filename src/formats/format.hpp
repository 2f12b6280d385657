#pragma once

#include <span>
#include <string>
#include <string_view>

#include "formats/sink.hpp"
#include "input/json.hpp"
#include "input/json_parser.hpp"
#include "model/place.hpp"

namespace usagectl {

/// What a format may know of the file beside its content.
struct FileContext {
  FileId id = 0;
  std::string_view path;     ///< as shown to people: the named path, and what was found below it
  bool from_folder = false;  ///< found by walking a folder, so its neighbours are read as well
};

/// One layout of a file: how to recognise it and how to read it. The JSON pair is set, or the text
/// pair, or both where a file may hold one document or many.
struct Format {
  std::string_view id;
  std::string_view description;
  bool (*recognises_json)(const Json& document, const FileContext& file) = nullptr;
  void (*read_json)(const Json& document, const FileContext& file, Sink& sink) = nullptr;
  bool (*recognises_text)(std::string_view text, const FileContext& file) = nullptr;
  void (*read_text)(std::string_view text, const FileContext& file, JsonParser& parser,
                    Sink& sink) = nullptr;
  /// Name of a file in the same folder that is evidence for claims in this one; it is read also when
  /// a person names only this one. Empty = none.
  std::string_view companion = {};
};

/// Every format, in the order in which they are tried.
std::span<const Format* const> formats();

}  // namespace usagectl
