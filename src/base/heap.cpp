#include "base/heap.hpp"

#include <malloc.h>
#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>

namespace usagectl {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int kMebibyte = 1024 * 1024;
  mallopt(M_TRIM_THRESHOLD, 256 * kMebibyte);
  // Larger blocks are few, grow by moving pages, and go back when they are freed.
  mallopt(M_MMAP_THRESHOLD, 4 * kMebibyte);
#endif
}

void touch_first_memory() {
#ifdef MADV_POPULATE_WRITE
  // What the catalogue, the layouts and the options of any command take.
  constexpr std::size_t kBytes = std::size_t{1152} * 1024;
  constexpr std::uintptr_t kPage = 4096;
  void* const memory = std::malloc(kBytes);
  if (memory == nullptr) return;
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + kPage - 1) / kPage * kPage;
  const auto end = (reinterpret_cast<std::uintptr_t>(memory) + kBytes) / kPage * kPage;
  static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE));
  std::free(memory);
#endif
}

}  // namespace usagectl
