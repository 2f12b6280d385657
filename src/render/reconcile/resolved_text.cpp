#include "render/reconcile/resolved_text.hpp"

#include <fmt/format.h>

#include "render/text/number_text.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {

std::string resolved_text(const BaselineEntry& entry) {
  std::string text = visible_text(entry.file);
  if (!entry.pointer.empty()) text += " " + visible_text(entry.pointer);
  text += fmt::format(": {}", visible_text(entry.rule));
  if (entry.difference) text += fmt::format(", difference {}", difference_text(*entry.difference));
  if (entry.times > 1) text += fmt::format(", {} times", number_text(entry.times));
  return text;
}

std::string expired_text(const BaselineEntry& entry) {
  std::string text =
      fmt::format("{}; accepted until {}", resolved_text(entry), visible_text(entry.expires));
  if (!entry.reason.empty()) text += ": " + visible_text(entry.reason);
  return text;
}

}  // namespace usagectl
