#include "cli/options/description.hpp"

#include <doctest/doctest.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>
#include <vector>

using namespace usagectl;

TEST_CASE("a parser's own definition tells commands, options, values and choices") {
  CLI::App app{"Audits", "usagectl"};
  CLI::App* summarize = app.add_subcommand("summarize", "Adds up");
  std::string format;
  std::string output;
  std::vector<std::string> paths;
  bool strict = false;
  summarize->add_option("--format", format, "How to print")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT");
  summarize->add_option("-o,--output", output, "Where to")->type_name("FILE");
  summarize->add_flag("--strict", strict, "Warnings count");
  summarize->add_option("PATH", paths, "What to read")->type_name("PATH");
  app.add_subcommand("dump-cli", "Not for people")->group("");

  const CommandDescription program = describe(app);
  CHECK(program.name == "usagectl");
  REQUIRE(program.commands.size() == 1);
  const CommandDescription& command = program.commands[0];
  CHECK(command.summary == "Adds up");
  REQUIRE(command.options.size() == 4);
  CHECK(command.options[0].names == std::vector<std::string>{"-h", "--help"});
  CHECK(command.options[0].value.empty());
  CHECK(command.options[1].choices == std::vector<std::string>{"table", "json"});
  CHECK(command.options[1].value == "FORMAT");
  CHECK(command.options[2].names == std::vector<std::string>{"-o", "--output"});
  CHECK(command.options[2].value == "FILE");
  CHECK(command.options[3].value.empty());
  REQUIRE(command.positionals.size() == 1);
  CHECK(command.positionals[0].names == std::vector<std::string>{"PATH"});
  CHECK(command.positionals[0].repeats);
}
