#include "input/byte_source.hpp"

#include <fmt/format.h>
#include <zstd.h>

#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "input/descriptor.hpp"
#include "input/gzip_stream.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kZstandardMark = "\x28\xB5\x2F\xFD";
constexpr std::string_view kSkippableMark = "\x2A\x4D\x18";  // behind a byte from 0x50 to 0x5F
constexpr std::size_t kFirstBytes = 4096;
constexpr std::size_t kCompressedBytes = std::size_t{256} * 1024;

/// A buffer for the first bytes that goes from one file of a thread to the next.
std::vector<char>& spare_bytes() {
  static thread_local std::vector<char> spare;
  return spare;
}

/// Bytes that were read and are not used up: the first ones of any file, then all of a compressed
/// one.
struct Waiting {
  Waiting() : bytes(std::exchange(spare_bytes(), {})) { bytes.resize(kFirstBytes); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() { spare_bytes() = std::move(bytes); }

  std::vector<char> bytes;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool at_end = false;  ///< of the file

  std::size_t size() const { return end - begin; }
};

struct ZstandardEnd {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

bool is_padding(const char* bytes, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (bytes[i] != '\0') return false;
  }
  return true;
}

}  // namespace

struct ByteSource::State {
  Read elsewhere;  ///< in place of the file
  std::function<std::uint64_t()> believable_elsewhere;
  Descriptor file;
  Waiting in;
  bool is_plain = true;
  bool between = false;  // a compressed member has ended and no other has begun
  std::uint64_t most_unpacked_bytes = kAnyNumberOfBytes;
  std::uint64_t unpacked_bytes = 0;
  std::unique_ptr<GzipStream> gzip;
  std::unique_ptr<ZSTD_DStream, ZstandardEnd> zstandard;

  ReadResult fill() {
    if (in.begin > 0) {
      std::memmove(in.bytes.data(), in.bytes.data() + in.begin, in.size());
      in.end -= in.begin;
      in.begin = 0;
    }
    std::size_t got = 0;
    ReadResult result = file.read(in.bytes.data() + in.end, in.bytes.size() - in.end, got);
    in.end += got;
    in.at_end = result.ok() && got == 0;
    return result;
  }

  ReadResult find_compression() {
    // A pipe may bring less than a mark at once.
    while (in.size() < kZstandardMark.size() && !in.at_end) {
      if (ReadResult result = fill(); !result.ok()) return result;
    }
    const std::string_view start(in.bytes.data(), in.size());
    if (start.starts_with(kGzipMark)) {
      gzip = std::make_unique<GzipStream>();
      is_plain = false;
      in.bytes.resize(kCompressedBytes);
    } else if (start.starts_with(kZstandardMark) ||
               (start.size() > 3 && (start[0] & 0xF0) == 0x50 &&
                start.substr(1).starts_with(kSkippableMark))) {
      zstandard.reset(ZSTD_createDStream());
      if (zstandard == nullptr) return {"cannot be decompressed: out of memory"};
      is_plain = false;
      in.bytes.resize(kCompressedBytes);
    }
    return {};
  }

  ReadResult read_plain(char* bytes, std::size_t capacity, std::size_t& got) {
    if (in.size() == 0) return file.read(bytes, capacity, got);
    got = std::min(capacity, in.size());
    std::memcpy(bytes, in.bytes.data() + in.begin, got);
    in.begin += got;
    return {};
  }

  /// One step of decompression: what is in `in` to `bytes`.
  ReadResult inflate_some(char* bytes, std::size_t capacity, std::size_t& got) {
    const GzipStream::Step step = gzip->step({in.bytes.data() + in.begin, in.size()}, bytes,
                                             std::min(capacity, kCompressedBytes * 4));
    got = step.made;
    in.begin += step.used;
    between = step.ends;
    if (step.fault.empty()) return {};
    return {fmt::format("is not sound gzip data: {}", step.fault)};
  }

  ReadResult decompress_some(char* bytes, std::size_t capacity, std::size_t& got) {
    ZSTD_inBuffer input{in.bytes.data() + in.begin, in.size(), 0};
    ZSTD_outBuffer output{bytes, capacity, 0};
    const std::size_t status = ZSTD_decompressStream(zstandard.get(), &output, &input);
    got = output.pos;
    in.begin += input.pos;
    if (ZSTD_isError(status) != 0)
      return {fmt::format("is not sound Zstandard data: {}", ZSTD_getErrorName(status))};
    between = status == 0;
    return {};
  }

  ReadResult read_compressed(char* bytes, std::size_t capacity, std::size_t& got) {
    for (;;) {
      if (in.size() == 0 && !in.at_end) {
        if (ReadResult result = fill(); !result.ok()) return result;
      }
      // Tools that write to blocks of a fixed size fill the last one with zeros.
      if (between && gzip && is_padding(in.bytes.data() + in.begin, in.size())) {
        in.begin = in.end;
        if (!in.at_end) continue;
      }
      if (in.size() == 0 && between) return {};
      const std::string_view next(in.bytes.data() + in.begin, in.size());
      if (between && gzip && !kGzipMark.starts_with(next.substr(0, kGzipMark.size())))
        return {"is not sound gzip data: something else follows it"};
      const std::size_t before = in.size();
      ReadResult result =
          gzip ? inflate_some(bytes, capacity, got) : decompress_some(bytes, capacity, got);
      unpacked_bytes += got;
      if (unpacked_bytes > most_unpacked_bytes) {
        got = 0;
        return {fmt::format("is not read to its end: it unpacks to more than {} bytes",
                            most_unpacked_bytes)};
      }
      if (!result.ok() || got > 0) return result;
      if (in.at_end && in.size() == before && !between) {
        return {fmt::format("ends in the middle of its {} data", gzip ? "gzip" : "Zstandard")};
      }
    }
  }
};

ByteSource::ByteSource() = default;
ByteSource::ByteSource(Read read, std::function<std::uint64_t()> believable_bytes)
    : state_(std::make_unique<State>()) {
  state_->elsewhere = std::move(read);
  state_->believable_elsewhere = std::move(believable_bytes);
}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

ReadResult ByteSource::open(const std::string& path, std::uint64_t most_unpacked_bytes) {
  state_ = std::make_unique<State>();
  state_->most_unpacked_bytes = most_unpacked_bytes;
  if (ReadResult result = state_->file.open(path); !result.ok()) return result;
  return state_->find_compression();
}

ReadResult ByteSource::read(char* bytes, std::size_t capacity, std::size_t& got) {
  got = 0;
  if (state_->elsewhere) return state_->elsewhere(bytes, capacity, got);
  return state_->is_plain ? state_->read_plain(bytes, capacity, got)
                          : state_->read_compressed(bytes, capacity, got);
}

std::uint64_t ByteSource::expected_bytes() const {
  return state_->is_plain && !state_->elsewhere ? state_->file.size_when_opened() : 0;
}

bool ByteSource::is_compressed() const { return !state_->is_plain; }

std::uint64_t ByteSource::believable_bytes() const {
  if (state_->believable_elsewhere) return state_->believable_elsewhere();
  if (state_->elsewhere || state_->is_plain) return kAnyNumberOfBytes;
  const std::uint64_t used = state_->file.bytes_read() - state_->in.size();
  return used * (state_->gzip ? kMostTimesDeflated : kMostTimesCompressed);
}

int ByteSource::regular_file() const {
  return state_->is_plain && !state_->elsewhere ? state_->file.regular_file() : -1;
}

std::string_view without_compression_suffix(std::string_view path) {
  for (const std::string_view suffix : {".gz", ".zst"}) {
    if (path.size() > suffix.size() && path.ends_with(suffix))
      return path.substr(0, path.size() - suffix.size());
  }
  return path;
}

}  // namespace usagectl
