// Observations in a partial file, behind its checksums: any bytes give a piece or are damaged, and
// what was read is written as it was.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "capture/observation_fields.hpp"
#include "capture/partial_bytes.hpp"

using namespace usagectl;

namespace {

std::string written(Observations& found) {
  BytesWriter bytes;
  Codec<BytesWriter> codec(bytes);
  codec(found);
  return bytes.bytes();
}

void read(std::string_view text, KeptNames& names, Observations& found) {
  BytesReader bytes(text, names);
  Codec<BytesReader> codec(bytes);
  codec(found);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  KeptNames names;
  Observations found;
  try {
    read({reinterpret_cast<const char*>(data), size}, names, found);
  } catch (const DamagedPartial&) {
    return 0;
  }
  const std::string first = written(found);
  Observations again;
  read(first, names, again);
  if (written(again) != first) std::abort();
  return 0;
}
