#include "input/containers/aws_events.hpp"

#include <cstdint>

namespace usagectl {
namespace {

constexpr std::size_t kPrelude = 12;  // two lengths and their checksum
constexpr std::size_t kChecksum = 4;

std::size_t length_at(std::string_view bytes, std::size_t offset) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i)
    length = length << 8U | static_cast<unsigned char>(bytes[offset + i]);
  return length;
}

struct Frame {
  std::size_t size = 0;
  std::size_t headers = 0;
};

/// A frame of size 0 is none.
Frame frame_of(std::string_view bytes) {
  if (bytes.size() < kPrelude) return {};
  const Frame frame{length_at(bytes, 0), length_at(bytes, 4)};
  const bool fits = frame.size >= kPrelude + frame.headers + kChecksum &&
                    frame.headers < frame.size && frame.size <= (std::size_t{1} << 25U);
  return fits ? frame : Frame{};
}

}  // namespace

bool looks_like_aws_events(std::string_view bytes) {
  const Frame frame = frame_of(bytes);
  if (frame.size == 0 || frame.headers < 2) return false;
  const std::string_view headers = bytes.substr(kPrelude, frame.headers);
  return headers.find(":message-type") != std::string_view::npos;
}

bool each_aws_event(std::string_view bytes,
                    const std::function<void(std::string_view, std::size_t)>& visit) {
  std::size_t offset = 0;
  while (offset < bytes.size()) {
    const Frame frame = frame_of(bytes.substr(offset));
    if (frame.size == 0 || frame.size > bytes.size() - offset) return false;
    const std::size_t payload = kPrelude + frame.headers;
    visit(bytes.substr(offset + payload, frame.size - payload - kChecksum), offset + payload);
    offset += frame.size;
  }
  return true;
}

}  // namespace usagectl
