#include "formats/layouts/text/text_no_call.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

/// "min" is none: it may be minutes.
constexpr std::array<std::string_view, 28> kNoCall = {
    "estimated", "estimate",  "estimates", "predicted", "projected", "forecast", "expected",
    "budget",    "remaining", "quota",     "limit",     "limits",    "allowed",  "available",
    "average",   "averages",  "avg",       "mean",      "median",    "max",      "maximum",
    "minimum",   "saved",     "savings",   "price",     "prices",    "pricing",  "threshold"};
constexpr std::size_t kMostWords = 4;
constexpr std::size_t kMostBytes = 64;

}  // namespace

bool says_no_call(std::string_view before) {
  if (before.size() > kMostBytes) before.remove_prefix(before.size() - kMostBytes);
  // "[budget] prompt_tokens=3" and "max_tokens=500, prompt_tokens=3" are counts of calls.
  if (const auto end = before.find_last_of(",;|])=."); end != std::string_view::npos) {
    const bool is_value = before[end] == '=';
    before.remove_prefix(end + 1);
    // So are "model=max prompt_tokens=3"
    if (is_value && !before.starts_with(' '))
      before.remove_prefix(std::min(before.find(' '), before.size()));
  }
  // and "qwen-max: prompt_tokens=3".
  std::vector<std::string> words;
  while (!before.empty()) {
    const auto begin = std::min(before.find_first_not_of(" \t"), before.size());
    const auto size = std::min(before.find_first_of(" \t", begin), before.size()) - begin;
    const std::string_view token = before.substr(begin, size);
    if (!looks_like_model(token)) {
      for (std::string& word : words_of(token)) words.push_back(std::move(word));
    }
    before.remove_prefix(begin + size);
  }
  // "limit reached" and "quota exceeded" happened.
  constexpr std::array<std::string_view, 4> kHappened = {"reached", "exceeded", "hit", "over"};
  const bool has_happened = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(kHappened.begin(), kHappened.end(), word) != kHappened.end();
  });
  if (has_happened) return false;
  const std::size_t first = words.size() - std::min(words.size(), kMostWords);
  return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(first), words.end(),
                     [](const std::string& word) {
                       return std::find(kNoCall.begin(), kNoCall.end(), word) != kNoCall.end();
                     });
}

}  // namespace usagectl
