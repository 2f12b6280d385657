#pragma once

#include <string>

namespace usagectl {

/// Whether a file or folder whose name begins with a dot may hold usage: it has the name of an
/// agent's own folder, or JSON is in it.
bool may_hold_usage(const std::string& path);

}  // namespace usagectl
