#pragma once

#include <cstddef>
#include <vector>

#include "formats/reading/format.hpp"
#include "input/containers/text_documents.hpp"

namespace usagectl {

/// The tables of one text may break the same usage down more than once: by model, and by day. Those
/// with the same sums and other labels are one usage: one table counts, and the others are compared
/// with it. Where their sums differ, a warning says that they may be the same.
/// Records of the text begin at `records_before`.
void settle_breakdowns(const std::vector<TableInText>& tables, std::size_t records_before,
                       const FileContext& file, Observations& observations);

}  // namespace usagectl
