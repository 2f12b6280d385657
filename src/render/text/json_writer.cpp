#include "render/text/json_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kFullBuffer = std::size_t{64} * 1024;

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '#';
  });
}

}  // namespace

void JsonWriter::break_line() {
  buffer_.push_back('\n');
  buffer_.append(kIndent * levels_.size(), ' ');
}

void JsonWriter::flush_when_full() {
  if (buffer_.size() < kFullBuffer) return;
  out_(buffer_);
  buffer_.clear();
}

void JsonWriter::begin_value() {
  if (std::exchange(has_key_, false) || levels_.empty()) return;
  if (!std::exchange(levels_.back().is_empty, false)) buffer_.push_back(',');
  break_line();
}

void JsonWriter::put(std::string_view written) {
  begin_value();
  buffer_ += written;
  flush_when_full();
}

void JsonWriter::begin(char first, char end) {
  begin_value();
  buffer_.push_back(first);
  levels_.push_back({end});
}

void JsonWriter::begin_object() { begin('{', '}'); }
void JsonWriter::begin_array() { begin('[', ']'); }

void JsonWriter::end() {
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.is_empty) break_line();
  buffer_.push_back(level.end);
  flush_when_full();
}

void JsonWriter::key(std::string_view name) {
  begin_value();
  buffer_.push_back('"');
  buffer_ += name;
  buffer_ += "\": ";
  has_key_ = true;
}

void JsonWriter::number(std::int64_t number) { put(fmt::format_int(number).c_str()); }
void JsonWriter::number(std::uint64_t number) { put(fmt::format_int(number).c_str()); }

void JsonWriter::number_or_null(const std::optional<std::int64_t>& count) {
  if (count)
    number(*count);
  else
    null();
}

void JsonWriter::text(std::string_view text) {
  if (!is_plain(text)) return value(json_string(text));
  begin_value();
  buffer_.push_back('"');
  buffer_ += text;
  buffer_.push_back('"');
  flush_when_full();
}

void JsonWriter::value(const nlohmann::ordered_json& value) {
  put(json_part(value, kIndent * levels_.size()));
}

void JsonWriter::finish() {
  buffer_.push_back('\n');
  out_(buffer_);
  buffer_.clear();
}

}  // namespace usagectl
