#pragma once

#include <optional>

#include "formats/inference/key_book.hpp"
#include "formats/layouts/layout.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// What is known of a row beside its names.
struct AroundRow {
  bool speaks = false;       ///< the name of the file speaks of tokens
  bool may_be_part = false;  ///< input or output alone will do: no dialect knows a name in it
};

/// What a row says beside its layout.
struct SaidByRow {
  bool may_be = false;     ///< the numbers of another row with the same names may settle it
  bool is_so_far = false;  ///< it counts what was used so far: "cumulative_tokens"
};

/// A row of a table or a log of somebody's own whose names say in words what is counted, in a
/// spelling that no dialect knows: {"Prompt Tokens": 12, "Completion Tokens": 3}, {"model": "m",
/// "tokens": 74}. Nothing where the names leave it open: bare names ("prompt", "completion",
/// "total") must add up, and a number of tokens alone must be that of a call, beside its model or
/// beside a time and an agent. Totals so far count where the row counts nothing else.
std::optional<Layout> layout_of_worded_row(const Json& row, KeyBook& keys, const AroundRow& around,
                                           SaidByRow& said);

}  // namespace usagectl
