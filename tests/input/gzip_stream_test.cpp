#include "input/gzip_stream.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "harness/gzipped.hpp"

using namespace usagectl;

namespace {

struct Unpacked {
  std::string text;
  std::size_t members = 0;
  bool ended = true;  ///< with the last member
  std::string fault;
};

/// Reads in pieces of so many bytes, into a buffer of so many.
Unpacked unpacked(std::string_view bytes, std::size_t piece_bytes, std::size_t buffer_bytes) {
  GzipStream stream;
  Unpacked all;
  std::string buffer(buffer_bytes, '\0');
  std::string_view piece;
  while (true) {
    if (piece.empty()) {
      piece = bytes.substr(0, piece_bytes);
      bytes.remove_prefix(piece.size());
    }
    if (all.ended && piece.empty()) return all;
    const GzipStream::Step step = stream.step(piece, buffer.data(), buffer.size());
    piece.remove_prefix(step.used);
    all.text.append(buffer, 0, step.made);
    all.fault = step.fault;
    all.ended = step.ends;
    if (step.ends) ++all.members;
    const bool goes_on = step.used > 0 || step.made > 0 || step.ends;
    if (!all.fault.empty() || (!goes_on && piece.empty() && bytes.empty())) return all;
  }
}

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "{\"prompt_tokens\":" + std::to_string(i * 7919 % 100003) + "}\n";
  return text;
}

}  // namespace

TEST_CASE("gzip is unpacked whatever the pieces it comes in, and the room there is") {
  const std::string text = lines(3000);
  const std::string packed = gzipped(text);
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{4096}, packed.size()}) {
    for (const std::size_t room : {std::size_t{1}, std::size_t{333}, std::size_t{65536}}) {
      CAPTURE(piece);
      CAPTURE(room);
      const Unpacked all = unpacked(packed, piece, room);
      CHECK(all.fault.empty());
      CHECK(all.members == 1);
      CHECK(all.text == text);
    }
  }
}

TEST_CASE("members of gzip follow each other wherever the pieces end") {
  const std::string packed = gzipped("first\n") + gzipped("") + gzipped(lines(50));
  for (std::size_t piece = 1; piece < 80; ++piece) {
    CAPTURE(piece);
    const Unpacked all = unpacked(packed, piece, 4096);
    CHECK(all.fault.empty());
    CHECK(all.members == 3);
    CHECK(all.text == "first\n" + lines(50));
  }
}

TEST_CASE("gzip that is cut anywhere never ends") {
  const std::string packed = gzipped(lines(200));
  for (std::size_t size = 1; size < packed.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(unpacked(std::string_view(packed).substr(0, size), 64, 4096).ended);
  }
}

TEST_CASE("no damaged byte of gzip is taken for another text") {
  const std::string text = lines(200);
  const std::string packed = gzipped(text);
  // What a header says of the time, the system and the level changes nothing.
  constexpr std::size_t kTime = 4;
  constexpr std::size_t kHeader = 10;
  for (std::size_t at = 0; at < packed.size(); ++at) {
    if (at >= kTime && at < kHeader) continue;
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    CAPTURE(at);
    const Unpacked all = unpacked(damaged, 4096, 65536);
    CHECK((!all.fault.empty() || !all.ended || all.text == text));
  }
}
