#include "input/containers/container_kind.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace usagectl;
using namespace std::literals;

namespace {

std::string_view name_of(std::string_view start, std::string_view path = "file") {
  return container_kind(start, path).name;
}

}  // namespace

TEST_CASE("containers are named by their first bytes, whatever the file is called") {
  CHECK(name_of("SQLite format 3\0\x10"sv, "usage.json") == "SQLite 3 database");
  CHECK(name_of("PK\x03\x04...."sv, "log.eval") == "zip archive");
  CHECK(name_of("\x1F\x8B\x08"sv) == "gzip file");
  CHECK(name_of("\x28\xB5\x2F\xFD"sv) == "Zstandard file");
  CHECK(name_of("\xFD\x37zXZ\0"sv) == "xz file");
  CHECK(name_of("BZh91AY"sv) == "bzip2 file");
  CHECK(name_of("PAR1"sv) == "Parquet file");
  CHECK(name_of("ARROW1\0\0"sv) == "Arrow file");
  CHECK(name_of("%PDF-1.7"sv) == "PDF document");
  CHECK(name_of("\x89PNG\r\n\x1A\n"sv) == "PNG picture");
  CHECK(name_of("\x7F"
                "ELF"sv) == "ELF program");
  CHECK(name_of("\x80\x04\x95\x10"sv) == "Python pickle");
  CHECK(name_of("\xFF\xFE{\0"sv) == "UTF-16 text");
  CHECK(name_of("{\0\"\0a\0\"\0:\0"
                "1\0}\0"sv) == "UTF-16 text");
  CHECK(name_of("\0{\0\"\0a\0\"\0:\0"
                "1\0}"sv) == "UTF-16 text");
}

TEST_CASE("a tar archive is known by its mark, or by the sum of its header") {
  std::string header(512, '\0');
  header.replace(0, 5, "a.txt");
  header.replace(100, 8, "0000644\0"sv);
  unsigned sum = 8 * ' ';
  for (const char c : header) sum += static_cast<unsigned char>(c);
  std::string digits;
  for (unsigned rest = sum; rest > 0; rest /= 8)
    digits.insert(digits.begin(), static_cast<char>('0' + rest % 8));
  header.replace(148, digits.size(), digits);
  CHECK(name_of(header) == "tar archive");
  header[0] = 'b';
  CHECK(name_of(header).empty());
  header.replace(257, 5, "ustar");
  CHECK(name_of(header) == "tar archive");
}

TEST_CASE("texts are told by their names, or by what only they begin with") {
  CHECK(container_kind("a,b\n1,2\n", "x.csv").kind == ContainerKind::delimited);
  CHECK(container_kind("model;tokens\nm;2\n", "-").kind == ContainerKind::delimited);
  CHECK(container_kind("a: 1\n", "x.yml").kind == ContainerKind::yaml);
  CHECK(container_kind("---\na: 1\n", "x").kind == ContainerKind::yaml);
  CHECK(container_kind("# Usage\n", "usage.md").kind == ContainerKind::markdown);
  CHECK(container_kind("| a | b |\n|---|---|\n| 1 | 2 |\n", "-").kind == ContainerKind::markdown);
  CHECK(container_kind("{\"a\": 1}\n", "x.json").kind == ContainerKind::unknown);
  CHECK(container_kind("Hello, world\n", "x.txt").kind == ContainerKind::unknown);
  CHECK(container_kind("", "x").kind == ContainerKind::unknown);
}

TEST_CASE("a container that is not read says what it is and what to do") {
  CHECK(described(container_kind("PAR1"sv, "x")) ==
        "is a Parquet file: export it as CSV or JSON lines");
  CHECK(described(container_kind("ARROW1\0\0"sv, "x")) ==
        "is an Arrow file: export it as CSV or JSON lines");
  CHECK(described(container_kind("\xFF\xFE{\0"sv, "x")) == "is UTF-16 text: save it as UTF-8 text");
  CHECK(described(container_kind("SQLite format 3\0"sv, "x")) == "is a SQLite 3 database");
  CHECK(described(container_kind("", "x")) == "is a file of an unknown kind");
}
