#pragma once

#include <string>
#include <vector>

#include "input/walk.hpp"

namespace usagectl {

/// Puts what partial files hold in the place of these files: their files among the found ones,
/// their named paths among the named ones. Returns the files that they keep as evidence for claims
/// in others. A partial file that cannot be used is a problem, and so are two files of one path
/// with different bytes. What a walk would leave out, of the files that came from folders, is left
/// out here, too.
std::vector<FoundFile> open_partials(Found& found, std::vector<std::string>& named_paths,
                                     const WalkOptions& options);

}  // namespace usagectl
