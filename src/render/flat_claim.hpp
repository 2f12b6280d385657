#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analysis/checks/claim_list.hpp"
#include "ledger/books/group_part.hpp"

namespace usagectl {

// Claims and what they are about on one level, for engines that check them: lines of JSON with the
// same keys. `file` is the name of the file.

/// The columns, one a line with its type, as those of flat records.
std::string flat_claim_columns();

void append_flat_claim(const ListedClaim& claim, std::string_view file, std::string& out);
void append_flat_part(const GroupPart& part, std::string_view file, std::string& out);
/// How many claims readers found to hold, which no line lists.
void append_flat_held(std::uint64_t held, std::string& out);

}  // namespace usagectl
