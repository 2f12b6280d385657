#pragma once

#include <string>

namespace usagectl {

/// The text as one member of gzip, made by another library than the one that reads it.
std::string gzipped(std::string text);

}  // namespace usagectl
