#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "input/json/json.hpp"
#include "input/json/long_text.hpp"

namespace usagectl {

/// Why a text is not one JSON document, and where: offset in bytes, line and column from 1.
struct JsonFault {
  std::string what;
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  bool unfinished = false;    ///< the text ends inside the document
  bool more_follows = false;  ///< a whole document, then something else
};

/// A parsed document, or why there is none.
struct ParsedJson {
  Json root;
  std::optional<JsonFault> fault;
  /// Offset of the first byte that is not UTF-8; the document was read with such bytes replaced.
  std::optional<std::uint64_t> invalid_utf8_at;
};

/// A document that stays in its file.
struct FiledJson {
  Json root;
  std::uint64_t lines = 0;  ///< of the file
};

/// Parses one document at a time; the memory is reused from one to the next. Documents nested
/// deeper than kDeepestNesting are refused.
class JsonParser {
 public:
  static constexpr std::size_t kDeepestNesting = 256;

  /// At most so many threads look at a large document at once.
  explicit JsonParser(std::size_t threads = 1);
  ~JsonParser();
  JsonParser(JsonParser&&) noexcept;
  JsonParser& operator=(JsonParser&&) noexcept;

  /// `text` must be followed by kPadding readable bytes, and stay where it is while the document is
  /// looked at. A UTF-8 byte order mark is skipped.
  ParsedJson parse(std::string_view text);

  /// Copies into a padded buffer first; for texts that are not padded.
  ParsedJson parse_copy(std::string_view text);

  /// Parses a document that stays in its open file: of its long lists, only what is visited is read
  /// again. Nothing where that cannot be done: it has none, or is not sound. Throws
  /// ChangedWhileRead, also when the document is looked at.
  std::optional<FiledJson> parse_file(int descriptor, std::size_t size_bytes);

  static constexpr std::size_t kPadding = 64;

 private:
  std::optional<FiledJson> parse_around_long_lists(const LongText& text);

  struct State;
  std::unique_ptr<State> state_;
};

/// Line and column (from 1, in bytes) of an offset.
void locate(std::string_view text, std::uint64_t offset, std::uint64_t& line,
            std::uint64_t& column);

}  // namespace usagectl
