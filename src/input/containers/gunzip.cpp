#include "input/containers/gunzip.hpp"

#include "input/gzip_stream.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMost = std::size_t{256} << 20;

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with(kGzipMark); }

std::optional<std::string> gunzipped(std::string_view bytes) {
  GzipStream stream;
  std::string text;
  char buffer[16384];
  while (true) {
    const GzipStream::Step step = stream.step(bytes, buffer, sizeof buffer);
    bytes.remove_prefix(step.used);
    text.append(buffer, step.made);
    if (step.ends) return text;
    const bool goes_on = step.used > 0 || step.made > 0;
    if (!step.fault.empty() || !goes_on || text.size() > kMost) return std::nullopt;
  }
}

}  // namespace usagectl
