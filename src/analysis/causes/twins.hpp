#pragma once

#include <cstdint>
#include <vector>

#include "analysis/causes/case.hpp"

namespace usagectl {

/// Whether two parts are one, told twice: by their counts alone, or by what names them as well.
enum class Twin : std::uint8_t { no, by_counts, by_name };

Twin are_twins(const CasePart& a, const CasePart& b);

struct Repeat {
  const CasePart* first;
  const CasePart* again;
  Twin twin;
};

/// Each part that repeats an earlier one, once.
std::vector<Repeat> repeats_among(const Case& of);

}  // namespace usagectl
