#include "input/line_source.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "harness/gzipped.hpp"

using namespace usagectl;

namespace {

constexpr std::size_t kEnough = 1'000'000;

/// A file of the test, gone with it.
struct TemporaryFile {
  std::string path = (std::filesystem::temp_directory_path() /
                      fmt::format("usagectl_line_source_test.{}.{}", getpid(), number()))
                         .string();
  static int number() {
    static int files = 0;
    return ++files;
  }
  explicit TemporaryFile(const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
  }
  ~TemporaryFile() { std::remove(path.c_str()); }
};

LineSource lines_of(const TemporaryFile& file) {
  ByteSource source;
  REQUIRE(source.open(file.path).ok());
  return {std::move(source), false};
}

}  // namespace

TEST_CASE("blocks end with a line, and together they are the file") {
  std::string content;
  for (std::size_t i = 0; i < 500; ++i) content.append(i % 37, 'x').push_back('\n');
  content += "last";
  const TemporaryFile file(content);
  LineSource source = lines_of(file);
  TextBuffer block;
  std::string joined;
  while (!source.at_end()) {
    REQUIRE(source.next(block, 256).ok());
    CHECK((source.at_end() || block.text().ends_with('\n')));
    joined += block.text();
  }
  CHECK(joined == content);
}

TEST_CASE("a line that is longer than a block comes whole") {
  const std::string line(100000, 'x');
  const TemporaryFile file(fmt::format("a\n{}\nb\n", line));
  LineSource source = lines_of(file);
  TextBuffer block;
  REQUIRE(source.next(block, 64).ok());
  CHECK(block.text() == "a\n");
  REQUIRE(source.next(block, 64).ok());
  CHECK(block.text().starts_with(line));
}

TEST_CASE("gzip data of two members is read as one") {
  std::string members = gzipped("one\n");
  members += gzipped("two\n");
  members.append(7, '\0');
  const TemporaryFile file(members);
  LineSource source = lines_of(file);
  TextBuffer text;
  REQUIRE(source.rest(text, kEnough).ok());
  CHECK(text.text() == "one\ntwo\n");
}

TEST_CASE("what follows gzip data and is none is said, however short it is") {
  for (const char* const other : {"x", "garbage", "more garbage than a header has"}) {
    CAPTURE(other);
    const TemporaryFile file(gzipped("one\n") + other);
    LineSource source = lines_of(file);
    TextBuffer text;
    CHECK(source.rest(text, kEnough).problem ==
          "is not sound gzip data: something else follows it");
    CHECK(text.text() == "one\n");
  }
}

TEST_CASE("gzip data that is none is said") {
  const TemporaryFile file("\x1F\x8B\x08 no gzip data");
  LineSource source = lines_of(file);
  TextBuffer text;
  CHECK(source.rest(text, kEnough).problem.starts_with("is not sound gzip data"));
}

TEST_CASE("what must be held in memory to be read has a limit") {
  const std::string content(1000, 'x');
  const TemporaryFile file(content);
  TextBuffer text;
  REQUIRE(lines_of(file).rest(text, 1000).ok());
  CHECK(text.text() == content);
  text.truncate(0);
  CHECK(lines_of(file).rest(text, 999).problem ==
        "has more than 999 bytes, and can only be read as a whole: cut it into parts, or save its "
        "usage as JSON lines or CSV");
  CHECK(text.empty());
}

TEST_CASE("of a line that is too long come the first bytes, and the lines behind it whole") {
  const TemporaryFile file("a\n" + std::string(100'000, 'x') + "\nb\nc");
  LineSource source = lines_of(file);
  source.cut_lines(1000);
  TextBuffer block;
  std::string joined;
  while (!source.at_end()) {
    REQUIRE(source.next(block, 64).ok());
    joined += block.text();
  }
  CHECK(joined == "a\n" + std::string(1001, 'x') + "\nb\nc");
}

TEST_CASE("a compressed file is not read beyond what it may unpack to") {
  const TemporaryFile file(gzipped(std::string(100'000, 'x') + "\n"));
  ByteSource source;
  REQUIRE(source.open(file.path, 1000).ok());
  LineSource lines(std::move(source), false);
  TextBuffer text;
  CHECK(lines.rest(text, kEnough).problem ==
        "is not read to its end: it unpacks to more than 1000 bytes");
}

TEST_CASE("a text that was next to nothing is not held in memory, lines of such a text are read") {
  const std::string bomb = gzipped(std::string(std::size_t{20} << 20, 'x'));
  const TemporaryFile file(bomb);
  TextBuffer text;
  CHECK(
      lines_of(file).rest(text, std::size_t{1} << 30).problem.find("hundreds of times its size") !=
      std::string::npos);
  CHECK(text.empty());
  std::string lines;
  for (int i = 0; i < 1'000'000; ++i) lines += "{\"a\":1}\n";
  const TemporaryFile log(gzipped(lines));
  LineSource source = lines_of(log);
  std::size_t bytes = 0;
  while (!source.at_end()) {
    REQUIRE(source.next(text, std::size_t{1} << 19).ok());
    bytes += text.size();
  }
  CHECK(bytes == lines.size());
}
