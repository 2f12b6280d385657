#include "formats/reading/call_status.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace usagectl {
namespace {

constexpr std::array<std::string_view, 4> kStatusKeys = {"status", "state", "outcome", "result"};
constexpr std::array<std::string_view, 4> kSuccessKeys = {"success", "ok", "succeeded",
                                                          "successful"};
constexpr std::array<std::string_view, 5> kFailureKeys = {"failed", "is_error", "isError",
                                                          "has_error", "failure"};
constexpr std::array<std::string_view, 10> kFailures = {
    "error",   "failed",    "failure",  "parse_error", "timeout",
    "aborted", "cancelled", "canceled", "refused",     "errored"};

}  // namespace

bool says_failed(const Json& call) {
  if (!call.is_object()) return false;
  for (const std::string_view key : kStatusKeys) {
    const std::string_view status = call[key].text();
    if (std::find(kFailures.begin(), kFailures.end(), status) != kFailures.end()) return true;
  }
  for (const std::string_view key : kSuccessKeys) {
    if (call[key].boolean() == false) return true;
  }
  for (const std::string_view key : kFailureKeys) {
    if (call[key].boolean() == true) return true;
  }
  const Json error = call["error"];
  return (error.is_text() && !error.text().empty()) || (error.is_object() && error.size() > 0);
}

}  // namespace usagectl
