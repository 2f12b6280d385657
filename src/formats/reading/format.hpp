#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "input/json.hpp"
#include "input/json_parser.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl {

/// What a format may know of the file beside its content.
struct FileContext {
  FileId id = 0;
  std::string_view path;     ///< as shown to people: the named path, and what was found below it
  bool from_folder = false;  ///< found by walking a folder, so its neighbours are read as well
};

/// Reads a file with one JSON value a line, in their order.
class LineReader {
 public:
  virtual ~LineReader() = default;
  virtual void line(const Json& value, const Place& place, Sink& sink) = 0;
  /// A line could not be read: what it would have told is missing.
  virtual void missed_line() {}
  virtual void finish(Sink&) {}
};

/// What `open_lines` is, for a reader that is made from its file.
template <typename Reader>
std::unique_ptr<LineReader> open_reader(const FileContext& file) {
  return std::make_unique<Reader>(file);
}

/// The rule that sets aside the lines of a log that say nothing of usage.
inline constexpr std::string_view kWithoutUsage = "line without usage";

/// One layout of a file: how to recognise it and how to read it. The JSON pair is set, or the text
/// pair, or the line pair, or several where a file may hold one document or many.
struct Format {
  std::string_view id;
  std::string_view description;
  bool (*recognises_json)(const Json& document, const FileContext& file) = nullptr;
  /// Without it, a document is read as a line is.
  void (*read_json)(const Json& document, const FileContext& file, Sink& sink) = nullptr;
  bool (*recognises_text)(std::string_view text, const FileContext& file) = nullptr;
  void (*read_text)(std::string_view text, const FileContext& file, JsonParser& parser,
                    Sink& sink) = nullptr;
  /// Whether this line, one of the first of a file, shows that the file is of this format.
  bool (*recognises_line)(const Json& value, const FileContext& file) = nullptr;
  std::unique_ptr<LineReader> (*open_lines)(const FileContext& file) = nullptr;
  /// What a line says does not depend on the lines before it, so that several readers may share the
  /// lines of one file.
  bool lines_are_independent = false;
  /// Every line of its own that tells of usage is recognised, so that others in the file are of
  /// another log.
  bool recognises_every_line = false;
  /// A line that matters holds one of these words, of letters and underscores, in the name of a key
  /// or of a kind (see SpelledWords); other lines are passed over as `line without usage`. Empty =
  /// any line may matter.
  std::span<const std::string_view> words = {};
  /// Claims whatever is JSON a line; a file in which it finds nothing was not known.
  bool takes_any_lines = false;
  /// One line alone is read as a document, unless the file says that it has lines.
  bool one_line_is_a_document = false;
  /// Name of a file in the same folder that is evidence for claims in this one; it is read also
  /// when a person names only this one. Empty = none.
  std::string_view companion = {};
};

/// Every format, in the order in which they are tried.
std::span<const Format* const> formats();

}  // namespace usagectl
