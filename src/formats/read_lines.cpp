#include "formats/read_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "input/spelled_words.hpp"

namespace usagectl {
namespace {

constexpr int kFirstLines = 32;
constexpr std::string_view kWhiteSpace = " \t\r";

struct Line {
  std::string_view text;  ///< without white space around it
  bool is_ended = false;  ///< by a line break
};

Line take_line(std::string_view& text) {
  const void* const line_break = std::memchr(text.data(), '\n', text.size());
  const bool is_ended = line_break != nullptr;
  const std::size_t size =
      is_ended ? static_cast<std::size_t>(static_cast<const char*>(line_break) - text.data()) : text.size();
  std::string_view line = text.substr(0, size);
  text.remove_prefix(size + (is_ended ? 1 : 0));
  const auto first = line.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {{}, is_ended};
  return {line.substr(first, line.find_last_not_of(kWhiteSpace) + 1 - first), is_ended};
}

bool says_lines(std::string_view path) { return path.ends_with(".jsonl") || path.ends_with(".ndjson"); }

/// One line alone is a document, unless it is known that such lines follow each other.
bool may_be_alone(const Format& format, const FileContext& file) {
  return !(format.takes_any_lines || format.one_line_is_a_document) || says_lines(file.path);
}

/// The format that takes any line.
const Format& any_lines() {
  const auto all = formats();
  return **std::find_if(all.begin(), all.end(), [](const Format* format) { return format->takes_any_lines; });
}

/// Not cut, as far as its ends tell.
bool is_whole_object(std::string_view line) { return line.front() == '{' && line.back() == '}'; }

void report(const JsonFault& fault, bool is_ended, const Place& place, Sink& sink) {
  const bool unfinished = fault.unfinished && !is_ended;
  sink.unreadable(place, {unfinished ? "is unfinished: the file is still being written to, or was cut"
                                     : fmt::format("is not JSON: {}", fault.what),
                          fault.column, {}});
}

}  // namespace

const Format* line_format_of(std::string_view start, const FileContext& file, JsonParser& parser) {
  const auto all = formats();
  std::vector<bool> claims(all.size());
  int values = 0;
  bool is_first = true;
  while (!start.empty() && values < kFirstLines) {
    const Line line = take_line(start);
    if (line.text.empty()) continue;
    const ParsedJson parsed = parser.parse(line.text);
    // A document over several lines does not begin with a whole value; a line further down may be cut.
    if (parsed.fault && is_first && !(says_lines(file.path) && !start.empty())) return nullptr;
    is_first = false;
    if (parsed.fault) continue;
    ++values;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (claims[i] || all[i]->recognises_line == nullptr) continue;
      claims[i] = all[i]->recognises_line(parsed.root, file);
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (claims[i] && (values > 1 || may_be_alone(*all[i], file))) return all[i];
  }
  return nullptr;
}

bool is_only_line_of_a_log(const Json& document, const FileContext& file) {
  const auto all = formats();
  return std::any_of(all.begin(), all.end(), [&](const Format* format) {
    return format->recognises_line != nullptr && may_be_alone(*format, file) && format->recognises_line(document, file);
  });
}

std::uint64_t read_lines(std::string_view text, std::uint64_t lines_before, const FileContext& file,
                         const Format& format, JsonParser& parser, LineReader& reader, Sink& sink) {
  Place place{file.id, lines_before, {}};
  std::uint64_t passed_over = 0;
  std::unique_ptr<LineReader> others;
  const SpelledWords words(format.words);
  while (!text.empty()) {
    ++place.line;
    const Line line = take_line(text);
    if (line.text.empty()) continue;
    if (is_whole_object(line.text) && !format.words.empty() && !words.may_stand_in(line.text)) {
      ++passed_over;
      continue;
    }
    const ParsedJson parsed = parser.parse(line.text);
    if (parsed.fault) {
      report(*parsed.fault, line.is_ended, place, sink);
      continue;
    }
    if (parsed.invalid_utf8_at) {
      sink.trouble(place, fmt::format("holds bytes that are not UTF-8 (first at column {}); its counts were read",
                                      *parsed.invalid_utf8_at + 1));
    }
    if (!format.recognises_every_line || format.recognises_line(parsed.root, file)) {
      reader.line(parsed.root, place, sink);
      continue;
    }
    // A line of another log that was put together with this one.
    if (!others) others = any_lines().open_lines(file);
    others->line(parsed.root, place, sink);
  }
  if (others) others->finish(sink);
  sink.ignored(kWithoutUsage, passed_over);
  return place.line - lines_before;
}

}  // namespace usagectl
