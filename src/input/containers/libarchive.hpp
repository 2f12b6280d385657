#pragma once

#include <archive.h>
#include <archive_entry.h>

namespace usagectl {

/// The functions of libarchive under their own names. The library brings eight more, ICU among
/// them: to load them took a fifth of each start, and few runs meet an archive. So the program is
/// not linked to it, and loads it, as the system has it, for the first archive.
struct LibArchive {
#define FUNCTION(name) decltype(&::name) name = nullptr;
#include "input/containers/libarchive_functions.def"
#undef FUNCTION
};

/// nullptr where it cannot be loaded.
const LibArchive* libarchive();

}  // namespace usagectl
