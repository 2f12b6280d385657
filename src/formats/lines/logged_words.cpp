#include "formats/lines/logged_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/layouts/layout.hpp"
#include "formats/layouts/text/text_label.hpp"
#include "formats/layouts/text/text_log.hpp"
#include "formats/reading/surroundings.hpp"
#include "input/containers/json_text.hpp"
#include "input/containers/text_documents.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kLongestMessage = 4096;

template <typename List>
bool is_in(std::string_view name, const List& list) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool may_count(std::string_view text) {
  return text.size() <= kLongestMessage &&
         text.find_first_of("0123456789") != std::string_view::npos &&
         (text.find("oken") != std::string_view::npos ||
          text.find("rompt") != std::string_view::npos);
}

void append_text_member(std::string_view name, std::string_view text, std::string& json) {
  if (json.back() != '{') json.push_back(',');
  append_raw_json_string(name, json);
  json.push_back(':');
  append_raw_json_string(text, json);
}

/// The name by which a row counts what a pattern calls "prompt".
std::string_view name_in_row(std::string_view name) {
  if (name == "prompt" || name == "input") return "prompt_tokens";
  if (name == "completion" || name == "output") return "completion_tokens";
  if (name == "total") return "total_tokens";
  return name;
}

bool has_name(const TextMatch& match, std::string_view name) {
  return std::any_of(match.members.begin(), match.members.end(),
                     [&](const auto& member) { return name_in_row(member.first) == name; });
}

}  // namespace

std::string_view LoggedWords::message_of(const Json& line) {
  // Names of log levels: what has one was written by a logger, and by no chat.
  static constexpr std::array<std::string_view, 14> kLevels = {
      "level",        "severity",      "lvl",        "levelname", "log.level",
      "log_level",    "logLevel",      "loglevel",   "@l",        "level_num",
      "severityText", "severity_text", "loggerName", "logger"};
  static constexpr std::array<std::string_view, 7> kSpeakers = {
      "role", "user", "author", "sender", "from", "channel", "content"};
  static constexpr std::array<std::string_view, 5> kMessages = {"msg", "message", "event", "@m",
                                                                "body"};
  std::string_view message;
  line.each_member([&](std::string_view name, const Json& value) {
    constexpr std::size_t kLongestName = 7;
    if (name.size() > kLongestName || !message.empty() || !value.is_text()) return;
    if (is_in(name, kMessages) && may_count(value.text())) message = value.text();
  });
  if (message.empty()) return {};
  // "msg" is what loggers alone call it.
  bool is_logger = line["msg"].is_text();
  bool is_chat = false;
  line.each_member([&](std::string_view name, const Json&) {
    is_logger = is_logger || is_in(name, kLevels);
    is_chat = is_chat || is_in(name, kSpeakers);
  });
  return is_logger && !is_chat ? message : std::string_view();
}

const TextLayout* LoggedWords::layout() {
  if (std::exchange(is_layout_looked_for_, true)) return layout_;
  for (const auto& format : file_.knowledge->formats) {
    if (format->open_document || format->open_text || format->lines || !format->kept) continue;
    const auto* const layout = static_cast<const Layout*>(format->kept.get());
    if (layout->text == nullptr || layout->text->known_by || layout->text->named) continue;
    layout_ = layout->text.get();
    break;
  }
  return layout_;
}

bool LoggedWords::read(const Json& line, std::string_view message, const Place& place,
                       std::vector<std::string>& rows, Observations& observations) {
  rows.clear();
  Surroundings around;
  describe(file_.catalogue(), line, around);
  std::string about = "{";
  if (!around.time.empty()) append_text_member("time", around.time, about);
  if (!around.model.empty()) append_text_member("model", around.model, about);
  if (!around.session.empty()) append_text_member("session_id", around.session, about);
  const std::uint64_t no_calls = no_calls_.lines;
  if (message.find('{') != std::string_view::npos || message.find("Usage(") != message.npos)
    take_objects(message, rows, place);
  if (!rows.empty() || layout() == nullptr) return !rows.empty();
  bool is_read = false;
  std::string text(message);
  std::replace(text.begin(), text.end(), '\n', ' ');
  text.push_back('\n');
  const TextSeen seen = each_text_match(*layout(), text, [&](TextMatch&& match) {
    is_read = true;
    take_match(match, about, place, rows, observations);
  });
  if (seen.no_calls > 0) no_calls_.add(place);
  return is_read || no_calls_.lines > no_calls;
}

/// "usage {…}"
void LoggedWords::take_objects(std::string_view message, std::vector<std::string>& rows,
                               const Place& place) {
  std::string json_lines;
  std::string text(message);
  std::replace(text.begin(), text.end(), '\n', ' ');
  const TextDocuments taken = logged_json_as_json_lines(text, parser_, json_lines, logged_as);
  if (taken.no_calls > 0) no_calls_.add(place);
  std::string_view rest = json_lines;
  while (!rest.empty()) {
    const std::string_view row = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(row.size() + 1, rest.size()));
    if (row.find("oken") != std::string_view::npos) rows.emplace_back(row);
  }
}

void LoggedWords::take_match(const TextMatch& match, const std::string& about, const Place& place,
                             std::vector<std::string>& rows, Observations& observations) {
  if (!match.fault.empty()) {
    observations.rejected(place, match.fault);
    return;
  }
  const bool has_both = has_name(match, "prompt_tokens") || has_name(match, "input_tokens") ||
                        has_name(match, "completion_tokens") || has_name(match, "output_tokens");
  // A total alone may be that of the calls before it.
  if (!has_both && is_any_call_) {
    totals_.add(place);
    return;
  }
  is_any_call_ = is_any_call_ || has_both;
  if (!match.rounded.empty()) rounded_.add(place);
  std::string row = about;
  if (const LoggedAs as = logged_as(match.label); !as.member.empty()) {
    if (row.back() != '{') row.push_back(',');
    row += as.member;
  }
  for (const auto& [name, value] : match.members) {
    if (name == "time" || name == "requests") continue;
    if (row.back() != '{') row.push_back(',');
    append_raw_json_string(name_in_row(name), row);
    row.push_back(':');
    if (is_json_number(value))
      row += value;
    else
      append_raw_json_string(value, row);
  }
  row.push_back('}');
  rows.push_back(std::move(row));
}

void LoggedWords::finish(Observations& observations) {
  const auto warn = [&](const Noted& noted, std::string_view cause, std::string_view what) {
    if (noted.lines == 0) return;
    observations.finding(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = noted.first,
         .cause = cause,
         .explanation = fmt::format(
             "{}, in the messages of {}", what,
             noted.lines == 1 ? std::string("1 line") : fmt::format("{} lines", noted.lines))});
  };
  observations.ignored("message whose words say that no call used its tokens", no_calls_.lines);
  observations.ignored("message with total tokens beside calls", totals_.lines);
  warn(no_calls_, "not-counted", "not counted: tokens whose words say that no call used them");
  warn(totals_, "not-counted", "not counted: total tokens beside calls with input and output");
  warn(rounded_, "rounded-counts", "counts are rounded, so that sums may be off");
}

}  // namespace usagectl
