#include "base/version.hpp"

namespace usagectl {

std::string_view version() { return USAGECTL_VERSION; }

}  // namespace usagectl
