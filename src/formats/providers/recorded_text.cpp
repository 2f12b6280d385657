#include "formats/providers/recorded_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/base64.hpp"
#include "input/containers/gunzip.hpp"
#include "input/event_stream.hpp"

namespace usagectl {
namespace {

/// How the beginnings of answers look in base64: {", [{, data:, event:, and gzip.
constexpr std::array<std::string_view, 6> kBase64Beginnings = {"eyJ",      "W3si", "ZGF0YTo",
                                                               "ZXZlbnQ6", "H4sI", "ewog"};
/// And in hexadecimal digits: gzip, {, [, data, event.
constexpr std::array<std::string_view, 5> kHexBeginnings = {"1f8b", "7b", "5b", "64617461",
                                                            "6576656e"};

bool begins_with_one(std::string_view text, const auto& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return text.starts_with(beginning); });
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<std::string> hex_decoded(std::string_view text) {
  if (text.size() < 16 || text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

/// Polly writes the pieces of a compressed body as a list of base64 texts, written as a text:
/// ["H4sI…","…"]. They are cut anywhere, but each is complete base64.
std::optional<std::string> pieces_decoded(std::string_view text) {
  if (!text.starts_with("[\"") || !text.ends_with("\"]")) return std::nullopt;
  std::string bytes;
  text = text.substr(2, text.size() - 4);
  while (true) {
    const auto end = text.find("\",\"");
    const auto piece = base64_decoded(text.substr(0, end));
    if (!piece) return std::nullopt;
    bytes += *piece;
    if (end == std::string_view::npos) return bytes;
    text.remove_prefix(end + 3);
  }
}

std::optional<std::string> decoded(std::string_view text, bool is_base64) {
  if (is_base64) {
    if (auto pieces = pieces_decoded(text)) return pieces;
    return base64_decoded(text);
  }
  if (begins_with_one(text, kBase64Beginnings)) return base64_decoded(text);
  if (begins_with_one(text, kHexBeginnings)) return hex_decoded(text);
  return std::nullopt;
}

}  // namespace

std::string text_as_sent(std::string_view text, bool is_base64) {
  std::string bytes = decoded(text, is_base64).value_or(std::string(text));
  if (is_gzip(bytes)) {
    if (auto inside = gunzipped(bytes)) return *inside;
  }
  return bytes;
}

bool may_name_an_answer(std::string_view name) {
  constexpr std::array<std::string_view, 8> kWords = {"response", "resp_", "completion", "answer",
                                                      "raw",      "body",  "output",     "result"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool is_said_in_a_call(std::string_view name) {
  constexpr std::array<std::string_view, 10> kNames = {
      "request", "messages", "message", "content",   "prompt",
      "input",   "choices",  "tools",   "arguments", "candidates"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool may_count_tokens(std::string_view text) {
  return text.find("oken") != std::string_view::npos || text.find("eval_count") != text.npos;
}

bool may_be_an_answer(std::string_view text) {
  if (!may_count_tokens(text)) return false;
  return text.starts_with('{') || text.starts_with('[') || looks_like_event_stream(text);
}

}  // namespace usagectl
