#include "formats/reading/call_status.hpp"

#include <algorithm>
#include <array>
#include <span>
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

constexpr std::size_t kLongestKey = std::string_view("successful").size();

}  // namespace

bool says_failed(const Json& call) {
  const auto is_one_of = [](const auto& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  bool failed = false;
  call.each_member([&](std::string_view key, const Json& value) {
    if (failed || key.size() > kLongestKey) return;
    if (value.is_text()) {
      const std::string_view text = value.text();
      failed = (is_one_of(kStatusKeys, key) && is_one_of(kFailures, text)) ||
               (key == "error" && !text.empty());
    } else if (const auto flag = value.boolean()) {
      failed = is_one_of(*flag ? std::span<const std::string_view>(kFailureKeys)
                               : std::span<const std::string_view>(kSuccessKeys),
                         key);
    } else if (value.is_object()) {
      failed = key == "error" && value.size() > 0;
    }
  });
  return failed;
}

bool counts_nothing(const UsageValues& usage) {
  const auto& slots = usage.slots();
  return std::all_of(slots.begin(), slots.end(),
                     [](const UsageValues::Slot& slot) { return slot.count == Count(0); });
}

bool has_failed_without_usage(const Json& call, const UsageValues& usage) {
  return counts_nothing(usage) && says_failed(call);
}

}  // namespace usagectl
