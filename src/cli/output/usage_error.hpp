#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// Arguments that make no sense together. The message says what to change.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `invalid format "jsn"; did you mean json?`, or with the valid words when none is near.
std::string invalid_word(std::string_view what, std::string_view word,
                         const std::vector<std::string>& valid);

/// A fault without the word in quotes, unless that is nearly a valid one: in a file the word may be
/// anything, and its place is known.
std::string unquoted(const std::string& fault);

}  // namespace usagectl
