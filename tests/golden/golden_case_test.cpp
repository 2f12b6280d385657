#include "golden/golden_case.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "harness/text_file.hpp"

namespace fs = std::filesystem;
using namespace usagectl;

namespace {

struct Folder {
  fs::path path = new_folder();
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("a golden case without stdout fails even when nothing is printed") {
  const Folder folder;
  save(folder.path / "args", "summarize\n");
  const GoldenCase golden = load_golden_case(folder.path);
  CHECK_FALSE(compare_with_golden(golden, Outcome{}, folder.path / "got").empty());
}

TEST_CASE("an updated golden case compares equal and holds no files for silence") {
  const Folder folder;
  save(folder.path / "args", "summarize\n--by\nmodel file\n");
  save(folder.path / "env", "WIDTH=60\nTERMINAL=1\nNO_COLOR=\n");
  const GoldenCase golden = load_golden_case(folder.path);
  CHECK(golden.arguments == std::vector<std::string>{"summarize", "--by", "model file"});
  CHECK(golden.setting.width == 60);
  CHECK(golden.setting.out_is_terminal);
  CHECK(golden.setting.no_color == "");

  CHECK(update_golden(golden, Outcome{"report\n", "warning\n", 1}));
  CHECK(compare_with_golden(golden, Outcome{"report\n", "warning\n", 1}, folder.path).empty());
  CHECK(update_golden(golden, Outcome{"report\n", "", 0}));
  CHECK_FALSE(update_golden(golden, Outcome{"report\n", "", 0}));
  CHECK_FALSE(fs::exists(folder.path / "stderr"));
  CHECK_FALSE(fs::exists(folder.path / "exit"));
}

TEST_CASE("each part of an outcome that differs from its golden case is told and kept") {
  const Folder folder;
  save(folder.path / "args", "");
  const GoldenCase golden = load_golden_case(folder.path);
  update_golden(golden, Outcome{"a\n", "", 0});
  const std::string report =
      compare_with_golden(golden, Outcome{"b\n", "oops\n", 2}, folder.path / "got");
  CHECK(report.find("-a\n+b\n") != std::string::npos);
  CHECK(report.find("+oops\n") != std::string::npos);
  CHECK(contents_of(folder.path / "got/exit.got") == "2\n");
}

TEST_CASE("a golden case with an unknown setting is refused") {
  const Folder folder;
  save(folder.path / "args", "");
  save(folder.path / "env", "WIDHT=60\n");
  CHECK_THROWS_AS(load_golden_case(folder.path), std::runtime_error);
}
