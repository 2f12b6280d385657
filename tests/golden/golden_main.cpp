// golden_tests TESTDATA GOT CASE     runs the case, says how it differs
// golden_tests --update TESTDATA     makes every case hold what the command line prints now
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "golden/golden_case.hpp"

namespace fs = std::filesystem;
using namespace usagectl;

namespace {

int update_all(const fs::path& testdata) {
  fs::current_path(testdata);
  std::vector<fs::path> folders;
  for (const auto& command : fs::directory_iterator("cases")) {
    for (const auto& folder : fs::directory_iterator(command.path())) {
      folders.push_back(folder.path());
    }
  }
  std::sort(folders.begin(), folders.end());
  std::size_t changed = 0;
  for (const fs::path& folder : folders) {
    const GoldenCase golden = load_golden_case(folder);
    if (!update_golden(golden, run_golden_case(golden))) continue;
    std::printf("updated %s\n", folder.c_str());
    ++changed;
  }
  std::printf("%zu of %zu cases changed; review them with git diff\n", changed, folders.size());
  return 0;
}

int check(const fs::path& testdata, const fs::path& got, const fs::path& folder) {
  fs::current_path(testdata);
  const GoldenCase golden = load_golden_case(folder);
  const std::string report = compare_with_golden(golden, run_golden_case(golden), got);
  std::fputs(report.c_str(), stdout);
  return report.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  try {
    if (arguments.size() == 2 && arguments[0] == "--update") return update_all(arguments[1]);
    if (arguments.size() == 3) return check(arguments[0], arguments[1], arguments[2]);
    std::fputs("golden_tests TESTDATA GOT CASE | golden_tests --update TESTDATA\n", stderr);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
  }
  return 1;
}
