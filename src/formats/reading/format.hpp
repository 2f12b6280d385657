#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "formats/reading/knowledge.hpp"
#include "input/json/json.hpp"
#include "input/json/json_parser.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl {

/// What a format may know of the file beside its content.
struct FileContext {
  FileId id = 0;
  std::string_view path;     ///< as shown to people: the named path, and what was found below it
  bool from_folder = false;  ///< found by walking a folder, so its neighbours are read as well
  bool wants_keys = false;   ///< records bring the keys of their usage objects
  const Knowledge* knowledge = &builtin_knowledge();

  const Catalogue& catalogue() const { return *knowledge->catalogue; }
};

/// Hashes of the names of lines, in their order.
using LineNames = std::unordered_set<std::size_t>;

/// Reads a file with one JSON value a line, in their order. Virtual, as each log has a reader with
/// a state of its own, chosen by its first lines.
class LineReader {
 public:
  virtual ~LineReader() = default;
  virtual void line(const Json& value, const Place& place, Observations& observations) = 0;
  /// Reads a line from its text, where it has names that are `ours`, and others before it were
  /// written in the same way. False: it has to be parsed. 64 bytes behind it must be readable.
  virtual bool text(std::string_view, const LineNames& /*ours*/, const Place&, Observations&) {
    return false;
  }
  /// So is the line written that was read last. `names`: the hash of its names.
  virtual void learn(std::string_view, const Json& /*line*/, std::size_t /*names*/) {}
  /// A line could not be read: what it would have told is missing.
  virtual void missed_line() {}
  virtual void finish(Observations&) {}
};

/// The rule that leaves out the lines of a log that hold no usage.
inline constexpr std::string_view kWithoutUsage = "line without usage";

/// Reads the document that was recognised, and may keep what recognising it found out.
using DocumentReader = std::function<void(Observations&)>;

/// Reads the text of the file that was recognised by its start.
using TextReader = std::function<void(std::string_view text, JsonParser& parser, Observations&)>;

/// How the lines of a log are read, one JSON value each.
struct LineFormat {
  /// Whether this line, one of the first of a file, shows that the file is of this format.
  std::function<bool(const Json& value, const FileContext& file)> recognises;
  std::function<std::unique_ptr<LineReader>(const FileContext& file)> open;
  /// What a line says does not depend on the lines before it, so that several readers may share the
  /// lines of one file.
  bool are_independent = false;
  /// Every line of its own with usage is recognised, so that others in the file are of another log.
  bool recognises_every_line = false;
  /// A line that matters holds one of these words, of letters and underscores, in the name of a key
  /// or of a kind (see SpelledWords); other lines are ignored as `line without usage`. Empty = any
  /// line may matter.
  std::span<const std::string_view> words = {};
  /// Claims whatever is JSON a line; a file in which it finds nothing was not known.
  bool takes_any = false;
  /// One line alone is read as a document, unless the file says that it has lines.
  bool one_alone_is_a_document = false;
};

/// One format of a file: how it is recognised, by whatever reads it then. A file may hold one
/// document or many, so several ways may be set.
struct Format {
  std::string_view id;
  std::string_view description;
  /// The reader of a document of this format; empty for any other.
  std::function<DocumentReader(const Json& document, const FileContext& file)> open_document = {};
  /// The same for a text that is not JSON alone, by its first bytes.
  std::function<TextReader(std::string_view start, const FileContext& file)> open_text = {};
  std::optional<LineFormat> lines = {};
  /// Name of a file in the same folder that is evidence for claims in this one; it is read also
  /// when a person names only this one. Empty = none.
  std::string_view companion = {};
  bool is_given = false;  ///< by a person: that it describes none of the files is worth saying
  /// What a provider or a gateway says it has counted: logs can be compared with it.
  bool is_bill = false;
  std::shared_ptr<const void> kept = {};  ///< what the views above are of, where it is not static
};

/// Every format that is code, in the order in which they are tried.
std::span<const Format* const> code_formats();

/// `LineFormat::open`, for a reader that is made from its file.
template <typename Reader>
std::unique_ptr<LineReader> open_reader(const FileContext& file) {
  return std::make_unique<Reader>(file);
}

/// `Format::open_document`, where recognising finds out nothing that reading needs.
template <auto recognises, auto read>
DocumentReader open_document(const Json& document, const FileContext& file) {
  if (!recognises(document, file)) return {};
  return [document, file](Observations& observations) { read(document, file, observations); };
}

/// `Format::open_document`, where a document is read as a line of a log is.
template <auto recognises, typename Reader>
DocumentReader open_as_line(const Json& document, const FileContext& file) {
  if (!recognises(document, file)) return {};
  return [document, file](Observations& observations) {
    Reader reader(file);
    reader.line(document, {file.id, 0, {}}, observations);
    reader.finish(observations);
  };
}

/// `Format::open_text`, where recognising finds out nothing that reading needs.
template <auto recognises, auto read>
TextReader open_text(std::string_view start, const FileContext& file) {
  if (!recognises(start, file)) return {};
  return [file](std::string_view text, JsonParser& parser, Observations& observations) {
    read(text, file, parser, observations);
  };
}

}  // namespace usagectl
