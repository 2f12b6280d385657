#pragma once

#include <array>
#include <string>
#include <string_view>

#include "formats/layouts/layout.hpp"

namespace usagectl {

/// How layout files call the kinds of claims, in the order of LayoutClaim::Kind.
inline constexpr std::array<std::string_view, 5> kClaimKinds = {"sum", "count", "equal", "sequence",
                                                                "continuity"};

/// How they call the lines of a claim, in the order of ClaimedLines::Span from `all` to
/// `since_last`.
inline constexpr std::array<std::string_view, 3> kClaimedLines = {"all", "so_far", "since_last"};

/// The text of a layout file, which reads as the same layout.
std::string layout_text(const Layout& layout);

}  // namespace usagectl
