#pragma once

#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace usagectl {

/// Names that were read from a file and are passed on as views: each is kept once, for as long as
/// this lives. Several threads may add to it.
class KeptNames {
 public:
  std::string_view keep(std::string_view name);

 private:
  std::mutex mutex_;
  std::set<std::string, std::less<>> names_;
};

}  // namespace usagectl
