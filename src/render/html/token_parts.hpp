#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/tally.hpp"

namespace usagectl {

/// A part of a total that no other part overlaps.
struct TokenPart {
  std::string_view name;
  std::string_view style;  ///< class of the style sheet
  Count count = 0;
};

/// The parts of the tokens of a tally, in the order of their flow. Empty unless every record states
/// input and output and the parts add up to the total: a picture of a part of the tokens would look
/// like one of all of them. Input and output are split where every record allows it.
std::vector<TokenPart> token_parts(const Tally& tally);

/// "12.5 %" of a whole; never 0 % or 100 % of what is neither nothing nor all.
std::string share_text(Count part, Count whole);

}  // namespace usagectl
