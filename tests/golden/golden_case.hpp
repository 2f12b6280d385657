#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/in_process.hpp"

namespace usagectl {

/// A folder that shows one run of the command line:
///   args    one argument a line, no shell; paths are relative to testdata/
///   stdin   what the run reads from standard input (absent = nothing)
///   env     NAME=VALUE lines: WIDTH, TERMINAL, NO_COLOR, TERM, NOW
///   stdout  what it must print; always there
///   stderr  what it must say (absent = nothing)
///   exit    its exit status (absent = 0)
struct GoldenCase {
  std::filesystem::path folder;
  std::vector<std::string> arguments;
  RunSetting setting;
};

/// Throws std::runtime_error, with the file at fault, when the folder is not such a case.
GoldenCase load_golden_case(const std::filesystem::path& folder);

/// Runs the case in the current folder.
Outcome run_golden_case(const GoldenCase& golden);

/// How the outcome differs from what the folder holds, for a person to read; empty when it does
/// not. What differs is also written to `got` as stdout.got, stderr.got, exit.got.
std::string compare_with_golden(const GoldenCase& golden, const Outcome& outcome,
                                const std::filesystem::path& got);

/// Makes the folder hold this outcome. Returns whether a file changed.
bool update_golden(const GoldenCase& golden, const Outcome& outcome);

}  // namespace usagectl
