#include "analysis/causes/families.hpp"

namespace usagectl {

std::span<const CauseFamily> cause_families() {
  static constexpr CauseFamily kFamilies[] = {
      find_missing_parts,   find_repeated_parts, find_stale_aggregate, find_parts_left_out,
      find_counts_mixed_up, find_mended_part,    find_number_faults};
  return kFamilies;
}

}  // namespace usagectl
