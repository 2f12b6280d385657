#pragma once

#include <string>
#include <vector>

#include "ledger/books/books.hpp"

namespace usagectl {

/// The path of an output as ReportWriter takes it: "-" is standard output, which is empty.
std::string destination(const std::string& named);

/// Checks the outputs of a run (an empty path is standard output) before anything is read. Throws
/// UsageError when two of them are the same, or one is an input that is named.
void check_destinations(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs);

/// Checks the outputs again after the reading, before they replace a file. Throws UsageError when
/// one of them is a file in a folder that usage was read from. A file without usage, such as the
/// report of an earlier run, may be replaced.
void check_destinations_against(const Books& books, const std::vector<std::string>& outputs);

}  // namespace usagectl
