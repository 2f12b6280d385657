#include "cli/help/argument_order.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace usagectl;

namespace {

const CommandDescription kProgram = {
    "usagectl", "Audits", {}, {}, {{"summarize", "", {}, {}, {}}, {"reconcile", "", {}, {}, {}}}};

WrongOrder fault_of(const std::vector<std::string>& arguments) {
  return wrong_order(arguments, kProgram).value_or(WrongOrder{});
}

}  // namespace

TEST_CASE("a subcommand that comes first is in order, whatever follows") {
  CHECK_FALSE(wrong_order({"reconcile"}, kProgram));
  CHECK_FALSE(wrong_order({"reconcile", "--strict", "summarize"}, kProgram));
}

TEST_CASE("an option before the subcommand is moved behind it, with its value") {
  CHECK(fault_of({"--strict", "reconcile", "logs"}).meant == "usagectl reconcile --strict logs");
  CHECK(fault_of({"--format", "json", "reconcile"}).meant == "usagectl reconcile --format json");
}

TEST_CASE("a path before the subcommand is moved behind it") {
  CHECK(fault_of({"bad_dir", "reconcile"}).meant == "usagectl reconcile bad_dir");
}

TEST_CASE("a suggestion can be pasted into a shell") {
  CHECK(fault_of({"my logs", "reconcile"}).meant == "usagectl reconcile 'my logs'");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("a\x1b[31m") == "'a\\x1b[31m'");
}

TEST_CASE("a path alone suggests summarize") {
  CHECK(fault_of({"."}).meant == "usagectl summarize .");
  CHECK(fault_of({"-"}).meant == "usagectl summarize -");
}

TEST_CASE("a mistyped subcommand is a mistyped subcommand, even before another one") {
  CHECK(fault_of({"sumarize", "reconcile"}).problem ==
        "unknown subcommand sumarize; did you mean summarize?");
}

TEST_CASE("--help and --version need no subcommand, and --version takes nothing else") {
  CHECK_FALSE(wrong_order({"--help"}, kProgram));
  CHECK_FALSE(wrong_order({"--version"}, kProgram));
  CHECK(fault_of({"--version", "reconcile", "logs"}).problem ==
        "--version takes no arguments but --verbose");
}
