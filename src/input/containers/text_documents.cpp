#include "input/containers/text_documents.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "input/containers/json_text.hpp"
#include "input/containers/python_value.hpp"
#include "input/json/json_parser.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

/// Also the commas of a list that lost its brackets.
constexpr std::string_view kBetween = " \t\r\n\x1E,";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kFirstLines = 64;
/// Braces of a line that may begin its object.
constexpr int kMostTries = 4;
/// An object may go on this far, and so many may turn out to be none, before no other is looked
/// for.
constexpr std::size_t kLongestLoggedBytes = std::size_t{4} * 1024 * 1024;
constexpr int kMostWrongGuesses = 16;

std::uint64_t line_breaks_in(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

void append_line_breaks(std::uint64_t count, std::string& to) {
  to.append(static_cast<std::size_t>(count), '\n');
}

/// Adds the line breaks of a text, but for those that were added before their time.
void append_line_breaks(std::uint64_t count, std::uint64_t& ahead, std::string& to) {
  const std::uint64_t paid = std::min(count, ahead);
  ahead -= paid;
  append_line_breaks(count - paid, to);
}

/// Where the object or list at the front of `text` ends; nothing when it does not.
std::optional<std::size_t> end_of_value(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '"':
        for (++i; i < text.size() && text[i] != '"'; ++i) {
          if (text[i] == '\\') ++i;
        }
        break;
      case '{':
      case '[': ++depth; break;
      case '}':
      case ']':
        if (--depth == 0) return i + 1;
        break;
      default: break;
    }
  }
  return {};
}

bool begins_value(char c) { return c == '{' || c == '['; }

void append_on_one_line(std::string_view document, std::string& json_lines) {
  const std::size_t begin = json_lines.size();
  json_lines += document;
  for (std::size_t i = begin; i < json_lines.size(); ++i) {
    if (json_lines[i] == '\n' || json_lines[i] == '\r') json_lines[i] = ' ';
  }
}

std::string_view line_at_front(std::string_view text) { return text.substr(0, text.find('\n')); }

/// An object in a line of a log, which may take more lines.
struct Logged {
  std::string json;
  std::size_t begin = 0;  ///< in the text
  std::size_t end = 0;    ///< behind it
  bool is_found = false;
  bool is_python = false;
  bool was_long = false;  ///< more lines than the first were looked at
};

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

/// Where "CompletionUsage(" begins at or behind `at`.
std::size_t find_usage_object(std::string_view line, std::size_t at) {
  for (;; ++at) {
    at = line.find("(", at);
    if (at == std::string_view::npos) return at;
    std::size_t begin = at;
    while (begin > 0 && is_name_char(line[begin - 1])) --begin;
    const std::string_view name = line.substr(begin, at - begin);
    if (name.find("Usage") != std::string_view::npos) return begin;
  }
}

bool take_python(std::string_view line, std::size_t at, JsonParser& parser, Logged& logged) {
  const auto size = append_python_value(line.substr(at), logged.json);
  if (!size) return false;
  if (parser.parse_copy(logged.json).fault) {
    logged.json.clear();
    return false;
  }
  logged.begin = at;
  logged.end = at + *size;
  logged.is_found = true;
  logged.is_python = true;
  return true;
}

/// Finds the object behind the prefix of the first line of `text`.
Logged logged_object(std::string_view text, bool may_go_on, JsonParser& parser) {
  const std::string_view line = line_at_front(text);
  Logged logged;
  // "RunUsage(requests=2, details={...})": the object inside is a part of it.
  if (line.find("Usage") != std::string_view::npos) {
    const std::size_t usage = find_usage_object(line, 0);
    if (usage < line.find('{') && take_python(line, usage, parser, logged)) return logged;
  }
  std::size_t at = 0;
  for (int tries = 0; tries < kMostTries; ++tries) {
    at = line.find('{', at);
    if (at == std::string_view::npos) break;
    auto end = end_of_value(line.substr(at));
    const std::string_view behind = line.substr(at + 1);
    const bool ends_line = behind.find_first_not_of(" \t\r") == std::string_view::npos;
    if (!end && may_go_on && ends_line) {
      logged.was_long = true;
      end = end_of_value(text.substr(at, kLongestLoggedBytes));
    }
    if (end && !parser.parse_copy(text.substr(at, *end)).fault) {
      logged.json = text.substr(at, *end);
      logged.begin = at;
      logged.end = at + *end;
      logged.is_found = true;
      return logged;
    }
    if (take_python(line, at, parser, logged)) return logged;
    ++at;
  }
  const std::size_t usage = find_usage_object(line, 0);
  if (usage != std::string_view::npos) take_python(line, usage, parser, logged);
  return logged;
}

/// Whether the object is no part of another one that does not end.
bool is_outermost(const Logged& logged, std::string_view line) {
  return logged.is_found && logged.begin <= line.find('{');
}

/// What the letter in front of an object says in the data streams of AI SDK 4, in which an end of
/// a step and the end of a message, which tells the sum of its steps, look alike
/// (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol, 2025-06): its type in the streams of
/// version 5.
std::string_view type_of_part(const Logged& logged, std::string_view line) {
  const std::size_t begin = logged.begin;
  if (begin < 2 || line[begin - 1] != ':' || !logged.json.starts_with(R"({"finishReason")"))
    return {};
  if (begin > 2 && line[begin - 3] != ' ' && line[begin - 3] != '\t') return {};
  const char letter = line[begin - 2];
  return letter == 'e' ? "finish-step" : letter == 'd' ? "finish" : "";
}

bool speaks_of_tokens(const Logged& logged) { return logged.json.find("oken") != logged.json.npos; }

/// `heading`: the line above, where it is one.
LoggedAs label_of(const Logged& logged, std::string_view line, std::string_view heading,
                  ReadLabel read_label) {
  if (read_label == nullptr || !speaks_of_tokens(logged)) return {};
  const std::string_view before = line.substr(0, logged.begin);
  const bool is_alone = before.find_first_not_of(" \t") == std::string_view::npos;
  return read_label(is_alone ? heading : before);
}

/// "Total usage:", of the object on the next line.
std::string_view as_heading(std::string_view line) {
  constexpr std::size_t kLongest = 60;
  const auto last = line.find_last_not_of(" \t\r");
  const bool is_heading = line.size() <= kLongest && last != std::string_view::npos &&
                          line[last] == ':' &&
                          line.find_first_of("0123456789") == std::string_view::npos;
  return is_heading ? line.substr(0, last + 1) : std::string_view();
}

/// Adds a member in front of those of an object.
void append_with_member(std::string_view object, std::string_view member, std::string& json_lines) {
  const std::string_view name = member.substr(0, member.find(':'));
  if (!name.empty() && object.find(name) == std::string_view::npos) {
    json_lines.push_back('{');
    json_lines += member;
    json_lines.push_back(',');
    object.remove_prefix(1);
  }
  append_on_one_line(object, json_lines);
}

void append_logged(const Logged& logged, std::string_view line, const LoggedAs& as,
                   std::string& json_lines) {
  const std::string_view type = type_of_part(logged, line);
  if (type.empty()) return append_with_member(logged.json, as.member, json_lines);
  append_with_member(logged.json, std::string(R"("type":")").append(type) + '"', json_lines);
}

void leave_out(std::uint64_t line, TextDocuments& found) {
  if (found.no_calls++ == 0) found.first_no_call = line;
}

/// Objects behind the first one of a line, where they speak of tokens: each gets a line.
void append_others_of_line(std::string_view rest, JsonParser& parser, ReadLabel read_label,
                           TextDocuments& found, std::uint64_t& ahead, std::string& json_lines) {
  while (rest.find('{') != std::string_view::npos && rest.find("oken") != std::string_view::npos) {
    const Logged other = logged_object(rest, false, parser);
    if (!is_outermost(other, rest)) return;
    const LoggedAs as = label_of(other, rest, {}, read_label);
    if (as.is_no_call) {
      leave_out(found.lines + 1, found);
    } else if (speaks_of_tokens(other)) {
      if (!json_lines.empty() && json_lines.back() != '\n') {
        json_lines.push_back('\n');
        ++ahead;
      }
      append_with_member(other.json, as.member, json_lines);
      ++found.documents;
    }
    rest.remove_prefix(other.end);
  }
}

}  // namespace

void TextDocuments::leave(std::uint64_t line, std::string_view text) {
  constexpr std::string_view kWords[] = {"oken", "OKEN", "rompt", "ROMPT"};
  const bool may_count = std::any_of(std::begin(kWords), std::end(kWords), [&](const auto& word) {
    return text.find(word) != std::string_view::npos;
  });
  if (!may_count || line <= lines_left) return;
  left_over.append(static_cast<std::size_t>(line - 1 - lines_left), '\n');
  left_over += text;
  left_over.push_back('\n');
  lines_left = line;
}

TextDocuments documents_as_json_lines(std::string_view text, std::string& json_lines) {
  TextDocuments found;
  std::uint64_t ahead = 0;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  while (!text.empty()) {
    const auto begin = std::min(text.find_first_not_of(kBetween), text.size());
    const std::uint64_t before = line_breaks_in(text.substr(0, begin));
    append_line_breaks(before, ahead, json_lines);
    found.lines += before;
    text.remove_prefix(begin);
    if (text.empty()) break;
    const auto end = begins_value(text.front()) ? end_of_value(text) : std::nullopt;
    if (!end) {
      append_on_one_line(text, json_lines);
      const std::uint64_t left = line_breaks_in(text);
      append_line_breaks(left, ahead, json_lines);
      found.lines += left;
      break;
    }
    const std::string_view document = text.substr(0, *end);
    // Of two documents on one line, the second one has to be counted to the next.
    if (!json_lines.empty() && json_lines.back() != '\n') {
      json_lines.push_back('\n');
      ++ahead;
    }
    append_on_one_line(document, json_lines);
    ++found.documents;
    const std::uint64_t inside = line_breaks_in(document);
    append_line_breaks(inside, ahead, json_lines);
    found.lines += inside;
    text.remove_prefix(*end);
  }
  return found;
}

bool holds_documents_in_sequence(std::string_view start) {
  if (start.starts_with(kByteOrderMark)) start.remove_prefix(kByteOrderMark.size());
  const auto begin = start.find_first_not_of(kBetween);
  if (begin == std::string_view::npos || !begins_value(start[begin])) return false;
  start.remove_prefix(begin);
  const auto end = end_of_value(start);
  if (!end) return false;
  const bool is_over_lines = start.substr(0, *end).find('\n') != std::string_view::npos;
  start.remove_prefix(*end);
  const auto next = start.find_first_not_of(kBetween);
  if (next == std::string_view::npos || !begins_value(start[next])) return false;
  return is_over_lines || start.substr(0, next).find('\n') == std::string_view::npos;
}

TextDocuments logged_json_as_json_lines(std::string_view text, JsonParser& parser,
                                        std::string& json_lines, ReadLabel read_label) {
  TextDocuments found;
  std::uint64_t ahead = 0;
  int wrong_guesses = 0;
  std::string_view heading;
  while (!text.empty()) {
    const std::string_view line = line_at_front(text);
    const Logged logged = logged_object(text, wrong_guesses < kMostWrongGuesses, parser);
    std::size_t bytes = std::min(line.size() + 1, text.size());
    if (logged.is_found) {
      const LoggedAs as = label_of(logged, line, heading, read_label);
      heading = {};
      if (as.is_no_call) {
        leave_out(found.lines + 1, found);
      } else {
        append_logged(logged, line, as, json_lines);
        ++found.documents;
      }
      if (is_outermost(logged, line))
        append_others_of_line(line_at_front(text.substr(logged.end)), parser, read_label, found,
                              ahead, json_lines);
      const auto line_break = text.find('\n', logged.end);
      bytes = line_break == std::string_view::npos ? text.size() : line_break + 1;
      // What stands around an object that counts nothing may count.
      if (!speaks_of_tokens(logged) && logged.end <= line.size()) {
        found.leave(found.lines + 1,
                    std::string(line.substr(0, logged.begin)) += line.substr(logged.end));
      }
    } else {
      if (logged.was_long) ++wrong_guesses;
      heading = as_heading(line);
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) ++found.without_json;
      found.leave(found.lines + 1, line);
    }
    const std::string_view taken = text.substr(0, bytes);
    const std::uint64_t lines = line_breaks_in(taken) + (taken.ends_with('\n') ? 0 : 1);
    append_line_breaks(lines, ahead, json_lines);
    if (!json_lines.empty() && json_lines.back() != '\n') {
      json_lines.push_back('\n');
      ++ahead;
    }
    found.lines += lines;
    text.remove_prefix(bytes);
  }
  return found;
}

bool holds_logged_json(std::string_view start, JsonParser& parser) {
  for (int i = 0; i < kFirstLines && !start.empty(); ++i) {
    const std::string_view line = line_at_front(start);
    const Logged logged = logged_object(start, true, parser);
    if (logged.is_python || (logged.is_found && line.find_first_not_of(" \t\r") < line.find('{')))
      return true;
    start.remove_prefix(std::min(line.size() + 1, start.size()));
  }
  return false;
}

TextDocuments escaped_lines_as_json_lines(std::string_view text, std::string& json_lines) {
  TextDocuments found;
  const std::size_t begin = json_lines.size();
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      const char next = text[++i];
      if (in_string) {
        json_lines.push_back(c);
        json_lines.push_back(next);
      } else if (next == 'n') {
        json_lines.push_back('\n');
      } else if (next != 'r' && next != 't') {
        json_lines.push_back(c);
        json_lines.push_back(next);
      }
      continue;
    }
    if (c == '"') in_string = !in_string;
    json_lines.push_back(c);
  }
  each_line(std::string_view(json_lines).substr(begin),
            [&](std::uint64_t number, std::string_view line) {
              found.lines = number;
              const auto first = line.find_first_not_of(" \t");
              if (first == std::string_view::npos) return;
              if (begins_value(line[first])) {
                ++found.documents;
              } else {
                ++found.without_json;
              }
            });
  return found;
}

bool holds_escaped_lines(std::string_view start) {
  const auto begin = start.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || !begins_value(start[begin])) return false;
  start.remove_prefix(begin);
  const auto end = end_of_value(start);
  return end && (start.substr(*end).starts_with("\\n") || start.substr(*end).starts_with("\\r\\n"));
}

}  // namespace usagectl
