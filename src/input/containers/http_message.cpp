#include "input/containers/http_message.hpp"

#include <algorithm>
#include <charconv>

namespace usagectl {
namespace {

constexpr std::string_view kTraceHeader = "httprr trace v1\n";

std::string lower(std::string_view text) {
  std::string copy(text);
  std::transform(copy.begin(), copy.end(), copy.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return copy;
}

std::optional<std::size_t> number(std::string_view& text, int base) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

/// Takes the bytes up to an empty line, and the empty line.
std::string_view take_head(std::string_view& text) {
  const auto crlf = text.find("\r\n\r\n");
  const auto lf = text.find("\n\n");
  const bool is_crlf = crlf < lf;
  const auto end = std::min({crlf, lf, text.size()});
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), end + (is_crlf ? 4 : 2)));
  return head;
}

bool begins_response(std::string_view text) { return text.starts_with("HTTP/"); }

/// The end of a trace, or "N M" of the next exchange.
bool begins_exchange(std::string_view text) {
  if (text.find_first_not_of("\r\n") == std::string_view::npos) return true;
  return number(text, 10) && text.starts_with(' ') &&
         (text.remove_prefix(1), number(text, 10).has_value()) && text.starts_with('\n');
}

/// Takes a message of that many bytes, behind which stands what `is_next` expects. Where somebody's
/// editor or version control made one byte of the two that end a line of its head, each still
/// counts two.
std::optional<std::string_view> take_message(std::string_view& text, std::size_t size,
                                             bool (*is_next)(std::string_view)) {
  std::string_view rest = text;
  static_cast<void>(take_head(rest));
  const std::string_view head = text.substr(0, text.size() - rest.size());
  const auto lost = head.find('\r') == std::string_view::npos
                        ? static_cast<std::size_t>(std::count(head.begin(), head.end(), '\n'))
                        : 0;
  // One more where the other message of the exchange has lost one less.
  for (std::size_t less = lost + 2; less-- > 0;) {
    if (size < less || size - less < head.size() || size - less > text.size()) continue;
    if (!is_next(text.substr(size - less))) continue;
    const std::string_view message = text.substr(0, size - less);
    text.remove_prefix(size - less);
    return message;
  }
  return std::nullopt;
}

/// The body without the sizes of its chunks. `is_cut`: it has some, and ends before the last one.
std::string without_chunks(std::string_view body, bool& is_cut) {
  std::string whole;
  is_cut = false;
  std::string_view rest = body;
  while (const auto size = number(rest, 16)) {
    const auto line = rest.find('\n');
    if (line == std::string_view::npos) break;
    rest.remove_prefix(line + 1);
    if (*size == 0) {
      is_cut = false;
      return whole;
    }
    if (*size > rest.size()) break;
    whole += rest.substr(0, *size);
    rest.remove_prefix(*size);
    is_cut = true;
    while (rest.starts_with('\r') || rest.starts_with('\n')) rest.remove_prefix(1);
  }
  return std::string(body);  // written down without them
}

bool is_chunked(std::string_view head) {
  return head.find("transfer-encoding: chunked") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> http_body(std::string_view response) {
  std::string head;
  while (response.starts_with("HTTP/")) head = lower(take_head(response));
  if (head.empty()) return std::nullopt;
  if (!is_chunked(head)) return std::string(response);
  bool is_cut = false;
  return without_chunks(response, is_cut);
}

bool is_whole_response(std::string_view response) {
  std::string head;
  while (response.starts_with("HTTP/")) {
    if (response.find("\n\n") == std::string_view::npos &&
        response.find("\r\n\r\n") == std::string_view::npos)
      return false;
    head = lower(take_head(response));
  }
  bool is_cut = false;
  if (is_chunked(head)) static_cast<void>(without_chunks(response, is_cut));
  return !is_cut;
}

bool is_httprr(std::string_view text) { return text.starts_with(kTraceHeader); }

bool each_httprr_response(std::string_view text,
                          const std::function<void(std::string_view, std::size_t)>& visit) {
  const std::string_view whole = text;
  text.remove_prefix(std::min(text.size(), kTraceHeader.size()));
  while (!text.empty()) {
    const auto request = number(text, 10);
    if (!request || !text.starts_with(' ')) return false;
    text.remove_prefix(1);
    const auto response = number(text, 10);
    if (!response || !text.starts_with('\n')) return false;
    text.remove_prefix(1);
    if (!take_message(text, *request, begins_response)) return false;
    const std::size_t offset = whole.size() - text.size();
    const auto answer = take_message(text, *response, begins_exchange);
    if (!answer) return false;
    visit(*answer, offset);
  }
  return true;
}

}  // namespace usagectl
