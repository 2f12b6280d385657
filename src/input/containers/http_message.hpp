#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// The body of an HTTP/1 response as it was written down: status line, headers, an empty line, the
/// body, whose chunks are put together. Interim responses before it are passed over. Nothing where
/// the text is no such response.
std::optional<std::string> http_body(std::string_view response);

/// Whether the empty line is there that ends the head of a response, and with the chunks of a body
/// the one that ends it.
bool is_whole_response(std::string_view response);

/// Whether a text is a trace of httprr, the recorder of the Go project's tests
/// (https://pkg.go.dev/golang.org/x/oscar/internal/httprr).
bool is_httprr(std::string_view text);

/// Calls visit(response, offset) for each response of a trace: its header line is followed by
/// "N M", a request of N bytes and a response of M bytes, again and again. False where it is cut.
bool each_httprr_response(std::string_view text,
                          const std::function<void(std::string_view, std::size_t)>& visit);

}  // namespace usagectl
