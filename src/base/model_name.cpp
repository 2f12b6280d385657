#include "base/model_name.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

namespace usagectl {
namespace {

/// What Amazon Bedrock writes before a model, as of 2026-11:
/// https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
constexpr std::array<std::string_view, 12> kPrefixes = {
    "us.",        "eu.",   "apac.",    "global.", "jp.",     "au.",
    "anthropic.", "meta.", "mistral.", "cohere.", "amazon.", "deepseek."};

std::string_view without_vendor(std::string_view model) {
  const std::size_t slash = model.rfind('/');
  if (slash != std::string_view::npos) model.remove_prefix(slash + 1);
  for (const std::string_view prefix : kPrefixes) {
    if (model.starts_with(prefix)) model.remove_prefix(prefix.size());
  }
  return model;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "-2025-04-16", "-20250416", "-0613", "-v1", "-latest": not "-mini", and not "-5" of 4-5.
bool is_version(std::string_view token) {
  if (token == "latest") return true;
  if (is_digits(token)) return token.size() > 1;
  return token.size() > 1 && token[0] == 'v' && is_digits(token.substr(1));
}

struct ModelName {
  std::string base;
  std::string version;  ///< empty where any is meant
  std::string variant;  ///< "free", "70b"; empty where any is meant

  /// The words of its base in one order: Claude Haiku 3.5 is claude-3-5-haiku.
  std::string sorted() const {
    std::vector<std::string> words(1);
    for (const char c : base) {
      if (c == '-') {
        words.emplace_back();
      } else {
        words.back().push_back(c);
      }
    }
    std::sort(words.begin(), words.end());
    std::string text;
    for (const std::string& word : words) text += word + '-';
    return text;
  }
};

ModelName name_of(std::string_view model) {
  model = without_vendor(model);
  ModelName name;
  if (const auto end = model.find_first_of(":@"); end != std::string_view::npos) {
    const std::string_view behind = model.substr(end + 1);
    if (model[end] == '@') {
      name.version = behind;
    } else if (!is_digits(behind)) {
      name.variant = behind;
    }
    model = model.substr(0, end);
  }
  for (const char c : model) {
    const bool joins = c == ' ' || c == '_' || c == '.';
    name.base.push_back(joins ? '-'
                              : static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  for (auto dash = name.base.rfind('-'); dash != std::string::npos && dash > 0;
       dash = name.base.rfind('-')) {
    const std::string token = name.base.substr(dash + 1);
    if (!is_version(token)) break;
    if (is_digits(token)) name.version.insert(0, token);
    name.base.resize(dash);
  }
  return name;
}

}  // namespace

bool may_be_same_model(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a == b) return true;
  const ModelName first = name_of(a);
  const ModelName second = name_of(b);
  const auto differ = [](const std::string& x, const std::string& y) {
    return !x.empty() && !y.empty() && x != y;
  };
  if (differ(first.version, second.version) || differ(first.variant, second.variant)) return false;
  if (first.base == second.base) return true;
  // Names for people have spaces, and may order their words otherwise.
  const bool is_for_people =
      a.find(' ') != std::string_view::npos || b.find(' ') != std::string_view::npos;
  return is_for_people && first.sorted() == second.sorted();
}

}  // namespace usagectl
