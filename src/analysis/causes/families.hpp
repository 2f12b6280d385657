#pragma once

#include <span>
#include <vector>

#include "analysis/causes/case.hpp"

namespace usagectl {

/// Looks for causes of one kind and adds those under which all numbers of the case hold.
using CauseFamily = void (*)(const Case& of, std::vector<Fit>& fits);

void find_missing_parts(const Case& of, std::vector<Fit>& fits);
void find_repeated_parts(const Case& of, std::vector<Fit>& fits);
void find_stale_aggregate(const Case& of, std::vector<Fit>& fits);
void find_parts_left_out(const Case& of, std::vector<Fit>& fits);
void find_counts_mixed_up(const Case& of, std::vector<Fit>& fits);
void find_mended_part(const Case& of, std::vector<Fit>& fits);
void find_number_faults(const Case& of, std::vector<Fit>& fits);

std::span<const CauseFamily> cause_families();

}  // namespace usagectl
