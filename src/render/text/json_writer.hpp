#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "render/text/text_sink.hpp"

namespace usagectl {

/// Writes a JSON document member by member, with the bytes that json_text() has for the whole of
/// it: what is written is held no longer.
class JsonWriter {
 public:
  explicit JsonWriter(TextSink out) : out_(std::move(out)) {}

  void begin_object();
  void begin_array();
  /// Of the innermost object or array.
  void end();
  /// The next value belongs to it. A name of our own, with nothing in it to escape.
  void key(std::string_view name);

  void null() { put("null"); }
  void number(std::int64_t number);
  void number(std::uint64_t number);
  void number_or_null(const std::optional<std::int64_t>& number);
  /// Any bytes.
  void text(std::string_view text);
  void value(const nlohmann::ordered_json& value);

  /// The newline behind the document.
  void finish();

 private:
  struct Level {
    char end;
    bool is_empty = true;
  };
  void begin(char first, char end);
  void begin_value();
  void put(std::string_view written);
  void break_line();
  void flush_when_full();

  TextSink out_;
  std::string buffer_;
  std::vector<Level> levels_;
  bool has_key_ = false;
};

}  // namespace usagectl
