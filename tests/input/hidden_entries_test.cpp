#include "input/hidden_entries.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace usagectl;

namespace {

/// A folder that is gone when the test ends.
struct Folder {
  std::string path = [] {
    std::string name = (std::filesystem::temp_directory_path() / "hidden_XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    return name;
  }();
  ~Folder() { std::filesystem::remove_all(path); }

  std::string add(const std::string& file) const {
    const auto at = std::filesystem::path(path) / file;
    std::filesystem::create_directories(at.parent_path());
    std::ofstream(at) << "{}\n";
    return path + "/" + file.substr(0, file.find('/'));
  }
};

}  // namespace

TEST_CASE("a hidden folder of an agent may hold usage, whatever is in it") {
  const Folder folder;
  CHECK(may_hold_usage(folder.add(".codex/config.toml")));
}

TEST_CASE("a hidden folder with logs deep in it may hold usage, whatever its name is") {
  const Folder folder;
  CHECK(may_hold_usage(folder.add(".somebody/sessions/2026/a.jsonl")));
  CHECK_FALSE(may_hold_usage(folder.add(".settings/theme.json")));
}

TEST_CASE("what version control and editors keep is none") {
  const Folder folder;
  CHECK_FALSE(may_hold_usage(folder.add(".git/logs/a.jsonl")));
  CHECK_FALSE(may_hold_usage(folder.add(".gitignore")));
}
