#include "cli/help/help_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "harness/in_process.hpp"
#include "harness/text_file.hpp"
#include "render/text/text_width.hpp"

using namespace usagectl;

TEST_CASE("the help of every subcommand fits 80 columns") {
  for (const char* const command : {"summarize", "reconcile", "diff", "inspect", "records",
                                    "dialects", "formats", "config", "completions"}) {
    for (const std::string& line : lines_of(run_in_process({command, "--help"}).out)) {
      CAPTURE(line);
      CHECK(text_width(line) <= 80);
    }
  }
}

TEST_CASE("a term that is wider than its column has a line of its own") {
  ArgumentDescription option;
  option.names = {"--an-option-with-a-long-name"};
  option.value = "VALUE";
  option.summary = "What it does";
  CommandDescription command;
  command.name = "do";
  command.options = {option};
  const std::string help = command_help(command, 80);
  CHECK(help.find("      --an-option-with-a-long-name VALUE\n    What it does\n") !=
        std::string::npos);
}

TEST_CASE("choices and the default follow the summary") {
  ArgumentDescription option;
  option.names = {"-f", "--format"};
  option.value = "FORMAT";
  option.choices = {"table", "json"};
  option.default_value = "table";
  option.summary = "Report format";
  CommandDescription command;
  command.name = "do";
  command.options = {option};
  CHECK(command_help(command, 80)
            .find("-f, --format FORMAT  Report format: table, json [default: table]\n") !=
        std::string::npos);
}
