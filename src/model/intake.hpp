#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace usagectl {

/// Something that could not be read or counted, and why. Any problem makes the exit status 2.
struct Problem {
  std::string file;
  std::optional<std::uint64_t> line;
  std::optional<std::uint64_t> column;
  std::optional<std::uint64_t> offset;  ///< bytes from the start of the file
  std::string pointer;                  ///< empty = the file or line as a whole
  std::string problem;
};

/// What became of a file that a run found.
enum class FileUse : std::uint8_t {
  read,     ///< a format read it
  ignored,  ///< sound, but nothing known is in it
  failed,   ///< unreadable
  unused,   ///< evidence beside a named file that was not needed
};

/// What was read and where it went. An object is a usage object, or a file or line in which none
/// was found; each ends in exactly one bucket:
///   objects == counted + duplicate + ignored + rejected
struct Intake {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t lines = 0;
  std::uint64_t counted = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t rejected = 0;
  std::map<std::string, std::uint64_t, std::less<>> ignored;  ///< by the rule that ignored them
  std::vector<Problem> problems;
  std::vector<std::string> warnings;  ///< said on stderr, without consequence for the exit status

  std::uint64_t ignored_total() const {
    std::uint64_t total = 0;
    for (const auto& [rule, number] : ignored) total += number;
    return total;
  }
  std::uint64_t objects() const { return counted + duplicate + ignored_total() + rejected; }
};

}  // namespace usagectl
