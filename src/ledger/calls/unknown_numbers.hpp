#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "model/count.hpp"
#include "model/finding.hpp"

namespace usagectl {

/// Numbers that are not understood, found in one usage object after another: told once for each
/// key, with what they add up to.
class UnknownNumbers {
 public:
  /// Takes the finding when it is about such a number. `of_each_file`: the same key in another file
  /// is told apart.
  bool take(Finding& finding, bool of_each_file);
  void settle(const std::function<void(Finding&&)>& say);

 private:
  struct Number {
    Finding first;
    ExactSum sum;
    std::uint64_t records = 0;
  };

  std::map<std::pair<FileId, std::string>, Number> numbers_;
};

}  // namespace usagectl
