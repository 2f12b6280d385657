#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/diff/diff.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// "log.jsonl:3 /usage".
std::string place_text(const Place& place, const std::vector<std::string>& files);

/// The verdicts of the parts.
Sheet sheet_of_parts(const DiffReport& report);
/// Counts and names that differ.
Sheet sheet_of_records(const DiffReport& report);
/// Axes, without those that neither side reports.
Sheet sheet_of_meaning(const DiffReport& report);
/// The axes that neither side reports, in one line; empty if there are none.
std::string absent_axes(const DiffReport& report);
/// What a client did to the provider's numbers.
Sheet sheet_of_client(const DiffReport& report);
/// Keys that are not as often on one side as on the other.
Sheet sheet_of_keys(const DiffReport& report);
Sheet sheet_of_totals(const DiffReport& report);
/// The largest differences of models, entities, calls, …; at most so many.
Sheet sheet_of_differences(const DiffReport& report, std::size_t most);
/// Everything in rows of one shape, for CSV.
Sheet sheet_of_everything(const DiffReport& report);

}  // namespace usagectl
