#pragma once

#include <chrono>
#include <cstdint>

#include "cli/output/world.hpp"

namespace usagectl {

/// One line on the terminal with the progress of the reading: bytes, rate, time left. It appears
/// after a second and disappears when the reading ends.
class ProgressLine {
 public:
  explicit ProgressLine(World& world) : world_(world) {}
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `expected_bytes` is 0 where it is unknown.
  void show(std::uint64_t read_bytes, std::uint64_t expected_bytes);

 private:
  using Clock = std::chrono::steady_clock;

  World& world_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_ + std::chrono::seconds(1);
  bool is_shown_ = false;
};

/// "Read 512 MB of 1.0 GB, 850 MB/s, 1 s left".
std::string progress_text(std::uint64_t read_bytes, std::uint64_t expected_bytes, double seconds);

}  // namespace usagectl
