#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/checks/reconcile_report.hpp"
#include "render/text/paint.hpp"
#include "render/text/style.hpp"

// What the blocks of findings are made of.

namespace usagectl {

inline constexpr std::size_t kIndent = 2;
inline constexpr std::size_t kLabelWidth = 13;  // "calculated" and the space after it

Ink ink_of(Severity severity);

/// The columns that are left after an indent.
std::size_t room_after(std::size_t indent, const Style& style);

/// A text that starts after `indent` columns; its other lines are indented as far.
std::string hanging(std::string_view text, std::size_t indent, const Style& style);

/// "token_usage.json:12"
std::string file_and_line(const Place& place, const ReconcileReport& report);

/// The first line of a block: the file and a pointer, which goes below where both do not fit.
std::string place_line(std::string_view file, std::string_view pointer, const Style& style);

/// "rule sum, count · warning · counter output · cause detail-missing", with severity and cause of
/// the finding. An empty counter is left out.
std::string rule_line(const std::vector<std::string>& rules, const Finding& finding,
                      std::string_view counter, const Style& style);

/// The first ten witnesses, a line each, and how many more there are. `from` is the place of the
/// block, which is not said again.
std::string witness_lines(const std::vector<Witness>& witnesses, const Place& from,
                          const ReconcileReport& report, const Style& style);

}  // namespace usagectl
