// Two runs in one process: what one was given, the next one does not know.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "harness/in_process.hpp"

using namespace usagectl;

namespace {

/// A file with that text, gone at the end of the test.
struct GivenFile {
  std::filesystem::path path;
  GivenFile(const std::string& name, const std::string& text)
      : path(std::filesystem::temp_directory_path() / name) {
    std::ofstream(path) << text;
  }
  ~GivenFile() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("dialects that one run was given are unknown to the next one") {
  const GivenFile dialects("usagectl_two_runs_dialects.json", R"([{
    "id": "made_up.two_runs", "title": "made up", "provider": "made-up",
    "keys": {"all": [["tokens_of_two_runs_in", "tokens_of_two_runs_out"]]},
    "counters": {"input": ["tokens_of_two_runs_in"], "output": ["tokens_of_two_runs_out"]},
    "meaning": {"total": "absent"}}])");
  const std::vector<std::string> plain = {"dialects", "--format", "csv"};
  const Outcome before = run_in_process(plain);
  const Outcome with =
      run_in_process({"dialects", "--dialects", dialects.path.string(), "--format", "csv"});
  REQUIRE(with.exit == 0);
  CHECK(with.out != before.out);
  CHECK(run_in_process(plain).out == before.out);
}

TEST_CASE("a layout that one run was given is unknown to the next one") {
  const GivenFile log("usagectl_two_runs_log.json",
                      R"({"made_up_rows":[{"a":1,"b":2},{"a":10,"b":20}]})");
  const GivenFile layout("usagectl_two_runs_layout.json",
                         R"({"layout":"made_up.two_runs","known_by":["/made_up_rows"],
    "records":[{"at":"/made_up_rows/*","counters":{"input":"a","output":"b"}}]})");
  const std::vector<std::string> plain = {"summarize", log.path.string(), "--format", "csv"};
  const Outcome before = run_in_process(plain);
  const Outcome with = run_in_process(
      {"summarize", "--layout", layout.path.string(), log.path.string(), "--format", "csv"});
  REQUIRE(with.exit == 0);
  CHECK(with.out != before.out);
  CHECK(with.out.find("11,") != std::string::npos);
  CHECK(run_in_process(plain).out == before.out);
  CHECK(run_in_process(plain).err == before.err);
}
