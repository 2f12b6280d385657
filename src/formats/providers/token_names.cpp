#include "formats/providers/token_names.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace usagectl {
namespace {

/// "tokens": {"prompt": 12}
bool holds_count(const Json& object) {
  bool any = false;
  object.each_member([&](std::string_view, const Json& member) {
    any = any || (member.is_number() && read_count(member).count.value_or(0) > 0);
  });
  return any;
}

}  // namespace

bool counts_tokens(const Json& answer) {
  constexpr std::array<std::string_view, 8> kNoCounts = {"max",    "limit", "per_", "budget",
                                                         "window", "_id",   "last", "remaining"};
  bool any = false;
  answer.each_member([&](std::string_view name, const Json& member) {
    if (any || name == "messages" || name == "choices" || name == "content") return;
    const bool is_count = name.find("oken") != std::string_view::npos &&
                          std::none_of(kNoCounts.begin(), kNoCounts.end(), [&](auto word) {
                            return name.find(word) != std::string_view::npos;
                          });
    any = (is_count && member.is_number() && read_count(member).count.value_or(0) > 0) ||
          (is_count && member.is_object() && holds_count(member)) ||
          (member.is_object() && counts_tokens(member));
    if (member.is_array()) any = any || counts_tokens(member.item(0));
  });
  return any;
}

}  // namespace usagectl
