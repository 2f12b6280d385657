#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace usagectl {

/// Takes the text of a report, piece by piece.
using TextSink = std::function<void(std::string_view)>;

/// All of it, for reports that are small.
template <typename WriteTo>
std::string collected(WriteTo write_to) {
  std::string text;
  write_to(TextSink([&text](std::string_view piece) { text += piece; }));
  return text;
}

}  // namespace usagectl
