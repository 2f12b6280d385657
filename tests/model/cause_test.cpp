#include "model/cause.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "harness/text_file.hpp"

namespace fs = std::filesystem;

namespace usagectl {
namespace {

/// The words in quotes on a line that look like the id of a cause: with a hyphen and no capital.
std::set<std::string> ids_on(const std::string& line) {
  std::set<std::string> ids;
  for (std::size_t open = line.find('"'); open != std::string::npos;) {
    const std::size_t close = line.find('"', open + 1);
    if (close == std::string::npos) break;
    const std::string word = line.substr(open + 1, close - open - 1);
    const bool is_id = word.find('-') != std::string::npos &&
                       word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
    if (is_id) ids.insert(word);
    open = line.find('"', close + 1);
  }
  return ids;
}

TEST_CASE("every cause that the code names is listed with its meaning") {
  std::set<std::string> listed;
  for (const Cause& cause : causes()) {
    CHECK_MESSAGE(listed.emplace(cause.id).second, cause.id);
    CHECK_FALSE(cause.shows.empty());
  }
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(USAGECTL_SOURCE_DIR) / "src")) {
    if (entry.path().extension() != ".cpp") continue;
    for (const std::string& line : lines_of(contents_of(entry.path()).value_or(""))) {
      const bool names_one = line.find("cause = ") != std::string::npos ||
                             line.find("warn(") != std::string::npos ||
                             line.find(", Shown::") != std::string::npos;
      if (!names_one) continue;
      for (const std::string& id : ids_on(line))
        CHECK_MESSAGE(listed.contains(id), id, " in ", entry.path().string());
    }
  }
}

}  // namespace
}  // namespace usagectl
