#pragma once

#include <string>
#include <string_view>

#include "analysis/bill/match_bill.hpp"

namespace usagectl {

/// Why a bucket and its logs differ, where their numbers show it; else empty.
std::string_view cause_of(const BillBucket& bucket, bool is_cut);

/// The same in words, to follow "the report is above the logs"; may be empty.
std::string words_of_cause(std::string_view cause, const BillBucket& bucket);

}  // namespace usagectl
