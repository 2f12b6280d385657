#pragma once

namespace usagectl {

/// Tells the allocator to keep what is freed: the records and buffers of one file are made anew for
/// the next, and pages that went back to the system meanwhile come again one fault at a time.
void keep_freed_memory();

/// Asks for the pages that every run fills, before the first is touched: all at once they take a
/// tenth of the time that they take fault by fault. Where the system has no such call, nothing
/// happens.
void touch_first_memory();

}  // namespace usagectl
