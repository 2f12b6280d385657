#include "base/heap.hpp"

#include <malloc.h>

namespace usagectl {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int kMebibyte = 1024 * 1024;
  mallopt(M_TRIM_THRESHOLD, 256 * kMebibyte);
  // Larger blocks are few, grow by moving pages, and go back when they are freed.
  mallopt(M_MMAP_THRESHOLD, 4 * kMebibyte);
#endif
}

}  // namespace usagectl
