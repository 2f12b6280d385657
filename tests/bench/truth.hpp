#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "output_file.hpp"

namespace usagectl {

/// What one call used, or many of them together. `input` has the cache in it, `output` the
/// reasoning.
struct TrueCounts {
  std::uint64_t requests = 0;
  std::uint64_t input = 0;
  std::uint64_t cache_read = 0;
  std::uint64_t cache_write = 0;
  std::uint64_t output = 0;
  std::uint64_t reasoning = 0;
  std::uint64_t total = 0;
};

/// Counters that no line of a data set has; they are null in the answer.
struct UnknownCounters {
  bool cache_read = false;
  bool cache_write = false;
  bool reasoning = false;
};

/// The right answer for one data set: every call counted once, however often it was written.
class Truth {
 public:
  explicit Truth(UnknownCounters unknown) : unknown_(unknown) {}

  void add(std::string_view model, const TrueCounts& call);
  void add_file(const OutputFile& file);

  std::string json() const;

 private:
  UnknownCounters unknown_;
  std::map<std::string, TrueCounts, std::less<>> models_;
  std::uint64_t files_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t lines_ = 0;
};

}  // namespace usagectl
