#pragma once

#include <array>
#include <string>
#include <string_view>

#include "formats/layouts/layout.hpp"

namespace usagectl {

/// How layout files call the kinds of claims, in the order of LayoutClaim::Kind.
inline constexpr std::array<std::string_view, 5> kClaimKinds = {"sum", "count", "equal", "sequence",
                                                                "continuity"};

/// The text of a layout file, which reads as the same layout.
std::string layout_text(const Layout& layout);

}  // namespace usagectl
