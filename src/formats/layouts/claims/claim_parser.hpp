#pragma once

#include <string>

#include "formats/layouts/layout.hpp"
#include "formats/layouts/layout_values.hpp"

namespace usagectl {

/// One entry of "claims".
LayoutClaim parse_layout_claim(const LayoutValues& values, const Json& object,
                               const std::string& at);

/// Whether it fits the rest of the layout; throws InputError where not.
void check_layout_claim(const LayoutValues& values, const Layout& layout, const LayoutClaim& claim,
                        const std::string& at);

}  // namespace usagectl
