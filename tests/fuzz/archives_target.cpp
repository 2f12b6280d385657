// Archives, and single files under every compression: any bytes unpack to no more than is allowed,
// or are a problem.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "input/containers/archive_members.hpp"
#include "input/text_buffer.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t kMostUnpacked = 1'000'000;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::uint64_t unpacked = 0;
  Archive archive;
  if (!archive.open(bytes, kMostUnpacked).ok()) return 0;
  (void)each_archive_member(
      archive, {.most_unpacked_bytes = kMostUnpacked, .most_held_bytes = kMostUnpacked},
      [&](const ArchiveMember& member, ByteSource&& source) {
        if (!member.problem.empty()) return;
        TextBuffer text;
        (void)text.fill(source);
        unpacked += text.size();
      });
  if (unpacked > kMostUnpacked) std::abort();
  return 0;
}
