#pragma once

#include <map>
#include <string>
#include <string_view>

#include "input/json/json.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// What a span counts under names that no convention gives: "llm.usage.prompt_tokens",
/// "ai.usage.promptTokens", or an object in a text, as "langfuse.observation.usage_details" is.
class SpanCounts {
 public:
  void take_number(std::string_view key, Count count);
  void take_text(std::string_view key, std::string_view text);

  /// Input and output of one holder, which may be told by several: one of them alone may be the
  /// size of anything.
  bool are_whole() const { return whole() != nullptr; }
  /// As a usage object in the usual words.
  std::string usage() const;

 private:
  void take(std::string_view holder, std::string_view name, Count count, bool says_tokens);
  const Counts* whole() const;

  std::map<std::string, Counts> by_holder_;  ///< "llm.usage" of "llm.usage.prompt_tokens"
};

}  // namespace usagectl
