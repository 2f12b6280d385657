// gzip and Zstandard, read in blocks of lines: any bytes give no more than is allowed, and lines
// that together are the text.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "input/byte_source.hpp"
#include "input/line_source.hpp"
#include "input/text_buffer.hpp"

using namespace usagectl;

namespace {

constexpr std::uint64_t kMostUnpacked = 1'000'000;
constexpr std::size_t kLongestLine = 5000;

void require(bool holds) {
  if (!holds) std::abort();
}

/// The text as blocks of about `block_bytes`.
std::string joined(const std::string& path, std::size_t block_bytes, bool cuts_lines) {
  ByteSource source;
  std::string all;
  if (!source.open(path, kMostUnpacked).ok()) return all;
  LineSource lines(std::move(source), false);
  if (cuts_lines) lines.cut_lines(kLongestLine);
  TextBuffer block;
  while (!lines.at_end()) {
    const bool is_sound = lines.next(block, block_bytes).ok();
    require(!is_sound || lines.at_end() || block.text().ends_with('\n'));
    all += block.text();
    if (!is_sound) break;
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
  if (descriptor < 0) return 0;
  const bool is_written = write(descriptor, data, size) == static_cast<ssize_t>(size);
  if (is_written) {
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
    const std::string small = joined(path, 100, false);
    require(small.size() <= std::max<std::uint64_t>(kMostUnpacked, size));
    const std::string cut = joined(path, 100, true);
    require(cut.size() <= small.size());
    for (std::size_t at = 0; at < cut.size();) {
      const std::size_t end = std::min(cut.find('\n', at), cut.size());
      require(end - at <= kLongestLine + 1 || end == cut.size());
      at = end + 1;
    }
  }
  close(descriptor);
  return 0;
}
