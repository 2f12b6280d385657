#include "input/gzip_stream.hpp"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace usagectl {
namespace {

std::string_view fault_of(int status) {
  switch (status) {
    case ISAL_INVALID_BLOCK: return "invalid block";
    case ISAL_INVALID_SYMBOL: return "invalid code";
    case ISAL_INVALID_LOOKBACK: return "invalid distance";
    case ISAL_INVALID_WRAPPER: return "invalid header";
    case ISAL_UNSUPPORTED_METHOD: return "unknown compression method";
    case ISAL_INCORRECT_CHECKSUM: return "wrong checksum";
    default: return "damaged";
  }
}

std::uint32_t as_length(std::size_t bytes) {
  return static_cast<std::uint32_t>(
      std::min<std::size_t>(bytes, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

struct GzipStream::State {
  State() { isal_inflate_init(&stream); }
  void begin() {
    isal_inflate_reset(&stream);
    stream.crc_flag = ISAL_GZIP;
  }

  inflate_state stream;
};

GzipStream::GzipStream() : state_(std::make_unique<State>()) { state_->begin(); }
GzipStream::~GzipStream() = default;

GzipStream::Step GzipStream::step(std::string_view input, char* output, std::size_t capacity) {
  inflate_state& stream = state_->stream;
  const std::uint32_t available = as_length(input.size());
  const std::uint32_t room = as_length(capacity);
  // The library reads through this pointer only.
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(input.data()));
  stream.avail_in = available;
  stream.next_out = reinterpret_cast<std::uint8_t*>(output);
  stream.avail_out = room;
  const int status = isal_inflate(&stream);
  Step step;
  step.used = available - stream.avail_in;
  step.made = room - stream.avail_out;
  if (status < 0 || status > ISAL_OUT_OVERFLOW) step.fault = fault_of(status);
  step.ends = step.fault.empty() && stream.block_state == ISAL_BLOCK_FINISH;
  if (step.ends) state_->begin();
  return step;
}

}  // namespace usagectl
