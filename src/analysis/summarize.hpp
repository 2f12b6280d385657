#pragma once

#include "analysis/summary_report.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// The question that a summary by those keys asks of the records. No keys: whatever the records
/// have to tell them apart.
Question summary_question(const std::vector<std::string>& by);

/// Sums the books of summary_question(by). Takes the intake out of the books.
SummaryReport summarize(Books& books, const std::vector<std::string>& by,
                        const GroupOrder& order = {});

/// Adds what the calls cost by the prices; `by` are the keys of the question.
void add_calculated(SummaryReport& report, CalculatedCosts&& costs,
                    const std::vector<std::string>& by);

}  // namespace usagectl
