#pragma once

#include <string_view>

#include "input/containers/delimited_table.hpp"

namespace usagectl {

/// Names the columns of a table without a header where its first rows prove what they count: two
/// columns of whole numbers that add up to a third one in each row, and no other two do. Something
/// must say that tokens are counted: the name of the file, or a column of models.
///
/// Sets the warning of the table, also where it may count tokens and nothing proves which columns
/// do. `rows` begins with a row.
void name_columns(DelimitedTable& table, std::string_view rows, std::string_view path);

}  // namespace usagectl
