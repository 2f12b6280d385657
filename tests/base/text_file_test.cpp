#include "base/text_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "harness/text_file.hpp"

using namespace usagectl;

namespace {

std::string fault_of(const std::string& path) {
  try {
    read_text_file(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a device that never ends is not read as a file that a person gave") {
  CHECK(fault_of("/dev/zero") == "/dev/zero: cannot be read: not a regular file or a pipe");
}

TEST_CASE("a pipe that nobody writes to is not waited for") {
  const std::filesystem::path folder = new_folder();
  const std::string pipe = (folder / "pipe").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(fault_of(pipe) == pipe + ": cannot be read: it is a pipe that nobody writes to");
  std::filesystem::remove_all(folder);
}
