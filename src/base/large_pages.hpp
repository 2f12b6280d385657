#pragma once

#include <cstddef>

namespace usagectl {

/// From here on, page faults take longer than what is done with the pages.
inline constexpr std::size_t kLargeBytes = std::size_t{8} * 1024 * 1024;

/// Asks for large pages behind memory that is about to be filled. Where they are refused, nothing
/// changes but the time.
void ask_for_large_pages(void* memory, std::size_t bytes);

}  // namespace usagectl
