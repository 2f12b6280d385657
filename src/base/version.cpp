#include "base/version.hpp"

namespace usagectl {

std::string_view version() { return USAGECTL_VERSION; }

std::string_view commit() { return USAGECTL_COMMIT; }

std::string_view catalogue_date() { return USAGECTL_CATALOGUE_DATE; }

std::string_view libraries() { return USAGECTL_LIBRARIES; }

}  // namespace usagectl
