#include "input/containers/gunzip.hpp"

#include <zlib.h>

#include <memory>

namespace usagectl {
namespace {

constexpr std::size_t kMost = std::size_t{256} << 20;
constexpr int kGzipWindow = 15 + 16;  // the largest window, with the header of gzip

struct InflateEnd {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

std::optional<std::string> gunzipped(std::string_view bytes) {
  const std::unique_ptr<z_stream, InflateEnd> stream(new z_stream{});
  if (inflateInit2(stream.get(), kGzipWindow) != Z_OK) return std::nullopt;
  // zlib reads through this pointer only.
  stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream->avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  char buffer[16384];
  while (true) {
    stream->next_out = reinterpret_cast<Bytef*>(buffer);
    stream->avail_out = sizeof buffer;
    const int status = inflate(stream.get(), Z_NO_FLUSH);
    text.append(buffer, sizeof buffer - stream->avail_out);
    if (status == Z_STREAM_END) return text;
    if (status != Z_OK || text.size() > kMost) return std::nullopt;
  }
}

}  // namespace usagectl
