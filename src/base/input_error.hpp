#pragma once

#include <stdexcept>

namespace usagectl {

/// A file that a person gave (dialects, a layout, a contract, a baseline, a project file) cannot be
/// used. what() is one line: the file, the place in it, what was expected.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace usagectl
