// manual_check PAGE
// Holds a manual page against the command line's own definition: every option of the command has an
// entry, every entry is an option, and every value that an option is limited to is named.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>

#include "documentation/manual_page.hpp"
#include "harness/in_process.hpp"
#include "harness/text_file.hpp"

namespace fs = std::filesystem;
using namespace usagectl;
using nlohmann::json;

namespace {

/// The definition of the command that the page is about: the program itself for usagectl.1.
json definition_for(const fs::path& page) {
  const Outcome outcome = run_in_process({"dump-cli"});
  if (outcome.exit != 0) throw std::runtime_error("dump-cli fails: " + outcome.err);
  const json program = json::parse(outcome.out);
  const std::string name = page.stem().string();
  if (name == "usagectl") return program;
  for (const json& command : program.at("commands")) {
    if ("usagectl-" + command.at("name").get<std::string>() == name) return command;
  }
  throw std::runtime_error(name + ": no such command");
}

int check(const fs::path& file) {
  const json command = definition_for(file);
  const auto text = contents_of(file);
  if (!text) throw std::runtime_error("no file " + file.string());
  const ManualPage page = read_manual_page(*text);
  const std::string name = file.filename().string();
  int wrong = 0;
  const auto complain = [&](const std::string& what) {
    std::printf("%s: %s\n", name.c_str(), what.c_str());
    ++wrong;
  };

  std::set<std::string> known;
  for (const json& option : command.at("options")) {
    for (const json& spelled : option.at("names")) {
      const auto spelling = spelled.get<std::string>();
      known.insert(spelling);
      if (page.options.count(spelling) == 0) complain("no entry for the option " + spelling);
    }
    for (const json& choice : option.at("choices")) {
      const auto word = choice.get<std::string>();
      if (page.words.count(word) == 0) {
        complain("does not name the value " + word + " of " + option.at("names").back().dump());
      }
    }
  }
  for (const std::string& option : page.options) {
    if (known.count(option) == 0) complain("documents " + option + ", which is no option");
  }

  std::set<std::string> commands;
  for (const json& below : command.at("commands")) commands.insert(below.at("name"));
  for (const std::string& below : commands) {
    if (page.commands.count(below) == 0) complain("no entry for the command " + below);
  }
  if (!commands.empty()) {
    for (const std::string& below : page.commands) {
      if (commands.count(below) == 0) complain("documents " + below + ", which is no command");
    }
  }
  return wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  try {
    if (count == 2) return check(words[1]);
    std::fputs("manual_check PAGE\n", stderr);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
  }
  return 1;
}
