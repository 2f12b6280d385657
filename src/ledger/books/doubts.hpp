#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.hpp"

namespace usagectl {

/// Something that makes a counted number doubtful, at one place or many.
struct Doubt {
  Finding first;
  std::uint64_t places = 0;
};

/// What was found that makes counted numbers doubtful, by its cause: for those who ask for sums and
/// not for every finding.
class Doubts {
 public:
  void note(Finding&& finding);
  std::vector<Doubt> take();

 private:
  std::map<std::pair<Rule, std::string>, Doubt> doubts_;
};

}  // namespace usagectl
