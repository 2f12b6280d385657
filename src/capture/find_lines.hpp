#pragma once

#include <string>
#include <vector>

#include "model/place.hpp"

namespace usagectl {

/// Sets line and column of the places whose JSON pointer is known, by reading their files again.
/// `files` are names by FileId. Places in databases, archives, tables and YAML stay as they are,
/// and so do places in files that cannot be read twice.
void find_lines(const std::vector<std::string>& files, const std::vector<Place*>& places);

}  // namespace usagectl
