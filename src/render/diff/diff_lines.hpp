#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/diff/diff.hpp"

// Sentences beside the tables of a comparison. Names of logs in them are not escaped.

namespace usagectl {

inline constexpr std::size_t kMostDifferences = 10;

/// What the table of records does not say.
std::vector<std::string> lines_of_records(const DiffReport& report);
/// The differences that are not in the table of the largest; empty if all are.
std::string rest_text(const DiffReport& report);
/// "A is log.jsonl: 1 file, …"
std::string accounting_line(std::string_view letter, const Side& side);
/// The worst verdict of all comparisons.
Likeness worst_of(std::span<const DiffReport> comparisons);
/// "1 of 2 captures passes the comparison with log.jsonl"
std::string captures_text(std::span<const DiffReport> comparisons);

}  // namespace usagectl
