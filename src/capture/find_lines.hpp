#pragma once

#include <map>
#include <string>
#include <vector>

#include "input/walk.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Sets line and column of the places whose JSON pointer is known, by reading their files again.
/// `files` are names by FileId. Places in databases, archives, tables and YAML stay as they are,
/// and so do places in files that cannot be read twice. `kept` are the files that were taken from
/// partial files, by name: only where such a file is there with the same bytes it is read.
void find_lines(const std::vector<std::string>& files, const std::vector<Place*>& places,
                const std::map<std::string, FoundFile>& kept = {});

}  // namespace usagectl
