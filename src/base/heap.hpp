#pragma once

namespace usagectl {

/// Tells the allocator to keep what is freed: the records and buffers of one file are made anew for
/// the next, and pages that went back to the system meanwhile come again one fault at a time.
void keep_freed_memory();

}  // namespace usagectl
