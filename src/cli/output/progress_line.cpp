#include "cli/output/progress_line.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace usagectl {
namespace {

constexpr std::string_view kStartOfClearedLine = "\r\x1B[K";
constexpr auto kBetween = std::chrono::milliseconds(200);

/// "999 bytes", "1.2 MB", "512 MB".
std::string amount(double bytes) {
  constexpr std::array<std::string_view, 4> kUnits = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return fmt::format("{:.0f} bytes", bytes);
  std::size_t unit = 0;
  for (bytes /= 1000; bytes >= 999.5 && unit + 1 < kUnits.size(); bytes /= 1000) ++unit;
  return bytes < 9.95 ? fmt::format("{:.1f} {}", bytes, kUnits[unit])
                      : fmt::format("{:.0f} {}", bytes, kUnits[unit]);
}

std::string duration(double seconds) {
  if (seconds < 99.5) return fmt::format("{:.0f} s", seconds);
  return fmt::format("{:.0f} min", seconds / 60);
}

}  // namespace

std::string progress_text(std::uint64_t read_bytes, std::uint64_t expected_bytes, double seconds) {
  const auto read = static_cast<double>(read_bytes);
  const double rate = seconds > 0 ? read / seconds : 0;
  // A file that is being written to may hold more than it did.
  if (expected_bytes < read_bytes) return fmt::format("Read {}, {}/s", amount(read), amount(rate));
  const auto expected = static_cast<double>(expected_bytes);
  std::string text =
      fmt::format("Read {} of {}, {}/s", amount(read), amount(expected), amount(rate));
  if (rate > 0) text += fmt::format(", {} left", duration((expected - read) / rate));
  return text;
}

ProgressLine::~ProgressLine() {
  if (is_shown_) world_.err(kStartOfClearedLine);
}

void ProgressLine::show(std::uint64_t read_bytes, std::uint64_t expected_bytes) {
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + kBetween;
  is_shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  world_.err(
      fmt::format("{}{}", kStartOfClearedLine, progress_text(read_bytes, expected_bytes, seconds)));
}

}  // namespace usagectl
