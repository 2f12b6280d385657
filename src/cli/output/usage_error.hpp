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

}  // namespace usagectl
