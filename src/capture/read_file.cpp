#include "capture/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "capture/read_container.hpp"
#include "capture/read_lines.hpp"
#include "capture/unread_file.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Logs are known by how they begin; one line may be longer than anybody wants to look at again.
constexpr std::size_t kStartBytes = std::size_t{64} * 1024;

bool ends_like_json(std::string_view path) {
  return path.ends_with(".json") || path.ends_with(".jsonl") || path.ends_with(".ndjson") ||
         path == "-";
}

/// A file that a person named, or that calls itself JSON, is expected to be readable; anything else
/// in a folder may be what it likes.
bool is_expected_to_be_readable(const FileContext& file) {
  return !file.from_folder || ends_like_json(file.path);
}

FileReading parse_document(std::string_view text, const FileContext& file, JsonParser& parser,
                           Observations& observations) {
  const ParsedJson parsed = parser.parse(text);
  if (parsed.fault) {
    if (const auto reading = read_contained(text, file, parser, observations)) return *reading;
    if (!is_expected_to_be_readable(file)) {
      observations.ignored("not JSON and not a known log");
      return {FileFate::ignored, nullptr};
    }
    std::uint64_t line = 1;
    std::uint64_t column = 1;
    locate(text, parsed.fault->offset, line, column);
    const Place place{file.id, line, {}};
    const std::string problem =
        parsed.fault->more_follows
            ? fmt::format("is not one JSON document: something follows its end ({})",
                          parsed.fault->what)
            : fmt::format("is not JSON: {}", parsed.fault->what);
    observations.unreadable(place, {problem, column, parsed.fault->offset});
    return {FileFate::failed, nullptr};
  }
  if (parsed.invalid_utf8_at) {
    std::uint64_t line = 1;
    std::uint64_t column = 1;
    locate(text, *parsed.invalid_utf8_at, line, column);
    observations.trouble(
        {file.id, line, {}},
        fmt::format("has bytes that are not UTF-8 (first at column {}); its counts were read",
                    column));
  }
  return read_document(parsed.root, file, observations);
}

}  // namespace

FileReading read_document(const Json& document, const FileContext& file,
                          Observations& observations) {
  for (const auto& format : file.knowledge->formats) {
    if (!format->open_document) continue;
    if (const DocumentReader read = format->open_document(document, file)) {
      const std::uint64_t before = observations.met();
      read(observations);
      if (observations.met() == before) observations.ignored("document without usage");
      return {FileFate::known, format.get()};
    }
  }
  // Of a file that is named alone, the run says that it holds nothing that is known.
  if (file.from_folder) say_unread(document, file, observations);
  observations.ignored("JSON without a known layout");
  return {FileFate::ignored, nullptr};
}

KnownText recognise_text(std::string_view start, const FileContext& file) {
  if (start.starts_with(kByteOrderMark)) start.remove_prefix(kByteOrderMark.size());
  for (const auto& format : file.knowledge->formats) {
    if (!format->open_text) continue;
    if (TextReader read = format->open_text(start.substr(0, kStartBytes), file))
      return {format.get(), std::move(read)};
  }
  return {};
}

FileReading read_text(std::string_view text, const FileContext& file, JsonParser& parser,
                      Observations& observations, const KnownText* known) {
  std::string_view content = text;
  if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
  const auto start = content.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) {
    if (is_expected_to_be_readable(file)) {
      observations.unreadable(
          {file.id, 0, {}}, {text.empty() ? "is empty" : "holds nothing but white space", {}, {}});
      return {FileFate::failed, nullptr};
    }
    observations.ignored("empty");
    return {FileFate::ignored, nullptr};
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    observations.unreadable({file.id, 0, {}}, {"is UTF-16 text: save it as UTF-8", {}, {}});
    return {FileFate::failed, nullptr};
  }
  const KnownText by_start = known != nullptr ? *known : recognise_text(content, file);
  if (by_start.format != nullptr) {
    const std::uint64_t before = observations.met();
    by_start.read(content, parser, observations);
    if (observations.met() == before) observations.ignored("log without usage");
    return {FileFate::known, by_start.format};
  }
  if (const Format* format = line_format_of(content, file, parser)) {
    LineReaders readers(file, *format, parser);
    readers.read(content, 0, observations);
    readers.finish(observations);
    return {FileFate::known, format};
  }
  const bool begins_like_json =
      content[start] == '{' ||
      (content[start] == '[' && !begins_with_bracketed_prefix(content.substr(start)));
  if (begins_like_json || ends_like_json(file.path)) {
    return parse_document(text, file, parser, observations);
  }
  if (const auto nul = text.substr(0, 1024).find('\0');
      nul != std::string_view::npos && !file.from_folder) {
    observations.unreadable({file.id, 0, {}},
                            {fmt::format("is not text: a NUL byte at offset {}", nul), {}, nul});
    return {FileFate::failed, nullptr};
  }
  if (const auto reading = read_contained(content, file, parser, observations)) return *reading;
  say_unread(text, file, observations);
  observations.ignored("not JSON and not a known log");
  return {FileFate::ignored, nullptr};
}

}  // namespace usagectl
