#include "capture/read_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include "dialects/catalogue.hpp"
#include "formats/inference/participant_columns.hpp"
#include "formats/inference/worded_row.hpp"
#include "formats/providers/usage_places.hpp"
#include "input/json/json_sequence.hpp"
#include "input/unfinished.hpp"

namespace usagectl {
namespace {

constexpr int kFirstLines = 32;
constexpr int kEnoughLines = 4;  ///< where one of them has shown what they are
constexpr std::size_t kMostKindsOfNames = 256;
constexpr std::size_t kUsualBytesOfACall = 512;
constexpr std::size_t kMostCallsExpected = 1024;  // a text may be one long line

bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

struct Line {
  std::string_view text;  ///< without white space around it
  bool is_ended = false;  ///< by a line break
};

Line take_line(std::string_view& text) {
  const void* const line_break = std::memchr(text.data(), '\n', text.size());
  const bool is_ended = line_break != nullptr;
  const std::size_t size =
      is_ended ? static_cast<std::size_t>(static_cast<const char*>(line_break) - text.data())
               : text.size();
  std::string_view line = text.substr(0, size);
  text.remove_prefix(size + (is_ended ? 1 : 0));
  while (!line.empty() && is_white_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_white_space(line.back())) line.remove_suffix(1);
  return {line, is_ended};
}

bool says_lines(std::string_view path) {
  return path.ends_with(".jsonl") || path.ends_with(".ndjson");
}

/// One line alone is a document, unless it is known that such lines follow each other.
bool may_be_alone(const Format& format, const FileContext& file) {
  return !(format.lines->takes_any || format.lines->one_alone_is_a_document) ||
         says_lines(file.path);
}

bool holds_usage(const Json& line, const Catalogue& catalogue) {
  if (!find_usage(catalogue, line).found.empty() || any_usage(catalogue, line)) return true;
  KeyBook keys;
  SaidByRow said;
  return layout_of_worded_row(line, keys, {}, said).has_value() || !participants_of(line).empty();
}

/// A document of a known format, which may stand on one line. Formats that take whatever holds
/// usage know no documents.
bool is_known_document(const Json& value, const FileContext& file) {
  for (const auto& format : file.knowledge->formats) {
    if (format->id == "inferred" || (format->lines && format->lines->takes_any)) return false;
    if (!format->lines && format->open_document && format->open_document(value, file)) return true;
  }
  return false;
}

/// The keys of a line, by which the next line of the same kind is known.
std::size_t names_of(const Json& line) {
  std::size_t names = 0;
  line.each_member([&](std::string_view key, const Json&) {
    names = names * 31 + std::hash<std::string_view>()(key);
  });
  return names;
}

/// Not cut, as far as its ends tell.
bool is_whole_object(std::string_view line) { return line.front() == '{' && line.back() == '}'; }

void report(const JsonFault& fault, bool is_ended, const Place& place, Observations& observations) {
  const bool unfinished = fault.unfinished && !is_ended;
  observations.unreadable(
      place, {unfinished ? std::string(kUnfinished) : fmt::format("is not JSON: {}", fault.what),
              fault.column,
              {}});
}

}  // namespace

const Format& any_lines() {
  const auto all = code_formats();
  return **std::find_if(all.begin(), all.end(), [](const Format* format) {
    return format->lines && format->lines->takes_any;
  });
}

const Format* line_format_of(std::string_view start, const FileContext& file, JsonParser& parser) {
  const auto& all = file.knowledge->formats;
  std::vector<bool> claims(all.size());
  int values = 0;
  bool is_document = false;
  bool is_first = true;
  bool is_known = false;
  while (!start.empty() && values < kFirstLines) {
    const Line line = take_line(start);
    if (line.text.empty()) continue;
    const ParsedJson parsed = parser.parse(line.text);
    // A document over several lines does not begin with a whole value; a line further down may be
    // cut.
    const bool begins_a_list = parsed.fault && is_first && line.text.front() == '[';
    if (begins_a_list || (parsed.fault && is_first && !(says_lines(file.path) && !start.empty())))
      return nullptr;
    is_first = false;
    if (parsed.fault) continue;
    if (++values == 1) is_document = is_known_document(parsed.root, file);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (claims[i] || !all[i]->lines) continue;
      claims[i] = all[i]->lines->recognises(parsed.root, file);
      is_known = is_known || (claims[i] && !all[i]->lines->takes_any);
    }
    // Lines of others are read by their own readers, whichever comes first.
    if (is_known && values >= kEnoughLines) break;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (claims[i] && all[i]->lines->takes_any && values == 1 && is_document) return nullptr;
    if (claims[i] && (values > 1 || may_be_alone(*all[i], file))) return all[i].get();
  }
  return nullptr;
}

bool is_only_line_of_a_log(const Json& document, const FileContext& file) {
  const auto& all = file.knowledge->formats;
  return std::any_of(all.begin(), all.end(), [&](const auto& format) {
    return format->lines && may_be_alone(*format, file) &&
           format->lines->recognises(document, file) &&
           !(format->lines->takes_any && is_known_document(document, file));
  });
}

bool lines_hold_usage(std::string_view start, const FileContext& file, JsonParser& parser) {
  while (!start.empty()) {
    const Line line = take_line(start);
    if (line.text.empty()) continue;
    const ParsedJson parsed = parser.parse_copy(line.text);
    if (!parsed.fault && holds_usage(parsed.root, file.catalogue())) return true;
  }
  return false;
}

LineReaders::LineReaders(const FileContext& file, const Format& format, JsonParser& parser)
    : file_(file), format_(format), parser_(parser), words_(format.lines->words) {
  reader(format);
}

LineReader& LineReaders::reader(const Format& format) {
  for (const auto& [known, reader] : readers_) {
    if (known == &format) return *reader;
  }
  return *readers_.emplace_back(&format, format.lines->open(file_)).second;
}

LineReader& LineReaders::reader_of(const Json& line) {
  if (format_.lines->takes_any) return reader_of_any(line);
  if (format_.lines->recognises(line, file_)) return *readers_.front().second;
  for (const auto& other : file_.knowledge->formats) {
    if (other->lines && !other->lines->takes_any && other->lines->recognises(line, file_))
      return reader(*other);
  }
  const bool is_of_another_log =
      format_.lines->recognises_every_line && holds_usage(line, file_.catalogue());
  return is_of_another_log ? reader(any_lines()) : *readers_.front().second;
}

/// Lines of a known log may stand among others, however late.
LineReader& LineReaders::reader_of_any(const Json& line) {
  const std::size_t names = names_of(line);
  names_.reset();
  if (plain_names_.contains(names)) {
    names_ = names;
    return *readers_.front().second;
  }
  for (const auto& other : file_.knowledge->formats) {
    if (other->lines && !other->lines->takes_any && other->lines->recognises(line, file_))
      return reader(*other);
  }
  if (plain_names_.size() < kMostKindsOfNames) plain_names_.insert(names);
  return *readers_.front().second;
}

std::uint64_t LineReaders::read(std::string_view text, std::uint64_t lines_before,
                                Observations& observations) {
  // Where any line may be a call, most are.
  if (format_.lines->takes_any)
    observations.expect(std::min(text.size() / kUsualBytesOfACall, kMostCallsExpected));
  Place place{file_.id, lines_before, {}};
  std::uint64_t passed_over = 0;
  while (!text.empty()) {
    ++place.line;
    const Line line = take_line(text);
    if (line.text.empty()) continue;
    // One that no line break ends may be cut behind an inner brace.
    if (line.is_ended && is_whole_object(line.text) && !format_.lines->words.empty() &&
        !words_.may_stand_in(line.text)) {
      ++passed_over;
      continue;
    }
    if (!plain_names_.empty() &&
        readers_.front().second->text(line.text, plain_names_, place, observations))
      continue;
    read_line(line.text, line.is_ended, place, observations);
  }
  observations.ignored(kWithoutUsage, passed_over);
  return place.line - lines_before;
}

void LineReaders::read_line(std::string_view text, bool is_ended, const Place& place,
                            Observations& observations) {
  const ParsedJson parsed = parser_.parse(text);
  if (parsed.fault && parsed.fault->more_follows && is_row_of_objects(text)) {
    JsonInSequence next;
    std::uint64_t line = place.line;
    while (next_in_sequence(text, line, next)) read_line(next.text, true, place, observations);
    return;
  }
  if (parsed.fault) {
    report(*parsed.fault, is_ended, place, observations);
    for (const auto& [format, reader] : readers_) reader->missed_line();
    return;
  }
  if (parsed.invalid_utf8_at) {
    observations.trouble(
        place,
        fmt::format("has bytes that are not UTF-8 (first at column {}); its counts were read",
                    *parsed.invalid_utf8_at + 1));
  }
  LineReader& reader = reader_of(parsed.root);
  reader.line(parsed.root, place, observations);
  if (names_) reader.learn(text, parsed.root, *names_);
}

void LineReaders::finish(Observations& observations) {
  for (const auto& [format, reader] : readers_) reader->finish(observations);
}

}  // namespace usagectl
