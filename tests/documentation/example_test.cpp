#include "documentation/example.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("a console block of Markdown is a block of examples, other blocks are not") {
  const auto blocks = markdown_examples(
      "text\n```console\n$ usagectl summarize\na\n\nb\n$ echo $?\n0\n```\n"
      "```sh\n$ rm -rf /\n```\n");
  REQUIRE(blocks.size() == 1);
  REQUIRE(blocks[0].size() == 2);
  CHECK(blocks[0][0].command == "usagectl summarize");
  CHECK(blocks[0][0].line == 3);
  CHECK(blocks[0][0].output == "a\n\nb\n");
  CHECK(blocks[0][1].command == "echo $?");
}

TEST_CASE("a command may go on over lines") {
  const auto blocks =
      markdown_examples("```console\n$ usagectl \\\n> summarize\nout\n> not\n```\n");
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0][0].command == "usagectl \\\nsummarize");
  CHECK(blocks[0][0].output == "out\n> not\n");
}

TEST_CASE("a literal display of an mdoc page is read as man shows it") {
  const auto blocks = mdoc_examples(
      ".Bd -literal -offset indent\n$ usagectl records . | grep \\(aqa\\eb\\(aq\n\\&.x\n"
      "a\\-b\n\\[u2026]\n.Ed\n.Bd -literal\nno command\n.Ed\n");
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0][0].command == "usagectl records . | grep 'a\\b'");
  CHECK(blocks[0][0].output == ".x\na-b\n…\n");
}

TEST_CASE("output is held line by line, and an ellipsis stands for any lines") {
  CHECK(output_matches("a\nb\n", "a\nb\n"));
  CHECK_FALSE(output_matches("a\n", "a\nb\n"));
  CHECK_FALSE(output_matches("a\nb\n", "a\n"));
  CHECK(output_matches("a\n…\nd\n", "a\nb\nc\nd\n"));
  CHECK(output_matches("a\n…\n", "a\n"));
  CHECK_FALSE(output_matches("…\nd\n", "a\nb\n"));
}
