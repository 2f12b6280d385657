#include "cli/help/argument_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/nearest_word.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kAdvice = {{
    {"--json", "use --format json"},
    {"--csv", "use --format csv"},
    {"--markdown", "use --format markdown"},
    {"--html", "use --format html"},
    {"-f", "use --format"},
    {"--version", "use usagectl --version"},
    {"-V", "use usagectl --version"},
    {"-v", "use usagectl --version"},
    {"--verbose", "reports are always complete"},
    {"-q", "use -o /dev/null"},
    {"--quiet", "use -o /dev/null"},
    {"--silent", "use -o /dev/null"},
    {"--no-color", "use --color never"},
    {"-j", "use --threads"},
}};

bool exists(const std::string& path) {
  std::error_code fault;
  return std::filesystem::exists(path, fault);
}

std::vector<std::string> names_of(const CommandDescription& program) {
  std::vector<std::string> names;
  for (const CommandDescription& command : program.commands) names.push_back(command.name);
  return names;
}

std::string command_line(const std::vector<std::string>& arguments) {
  std::string line = "usagectl";
  for (const std::string& argument : arguments) line += " " + shell_word(argument);
  return line;
}

bool asks_for_help(const std::string& argument) { return argument == "-h" || argument == "--help"; }

const std::string kHelp = "usagectl --help";

WrongOrder unknown_option(const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  const auto advice = option_advice(name);
  const auto nearest = nearest_word(name, {"--help", "--version"});
  std::string text = fmt::format("unknown option {}", visible_text(name));
  if (advice) return {fmt::format("{}; {}", text, *advice), kHelp};
  return {nearest ? fmt::format("{}; did you mean {}?", text, *nearest) : text, kHelp};
}

/// The first argument is neither an option nor a subcommand, and no subcommand follows.
WrongOrder unknown_subcommand(const std::vector<std::string>& arguments,
                              const std::vector<std::string>& names) {
  const std::string& first = arguments.front();
  if (first != "-" && !exists(first)) {
    const auto nearest = nearest_word(first, names);
    return {fmt::format("unknown subcommand {}{}", shell_word(first),
                        nearest ? fmt::format("; did you mean {}?", *nearest) : std::string()),
            kHelp};
  }
  std::vector<std::string> meant = arguments;
  meant.insert(meant.begin(), "summarize");
  return {"missing subcommand", command_line(meant)};
}

}  // namespace

std::string shell_word(const std::string& argument) {
  const std::string shown = visible_text(argument);
  const bool is_plain =
      !shown.empty() && std::all_of(shown.begin(), shown.end(), [](unsigned char character) {
        return std::isalnum(character) != 0 ||
               std::string_view("_-./=:,@%+~").find(static_cast<char>(character)) !=
                   std::string_view::npos;
      });
  if (is_plain) return shown;
  std::string quoted = "'";
  for (const char character : shown) {
    if (character == '\'') {
      quoted += "'\\''";
    } else {
      quoted += character;
    }
  }
  return quoted + "'";
}

std::optional<std::string> option_advice(const std::string& option) {
  const auto* const found = std::find_if(
      kAdvice.begin(), kAdvice.end(), [&](const auto& advice) { return advice.first == option; });
  if (found == kAdvice.end()) return std::nullopt;
  return std::string(found->second);
}

std::optional<WrongOrder> wrong_order(const std::vector<std::string>& arguments,
                                      const CommandDescription& program) {
  if (arguments.empty()) return std::nullopt;
  const std::vector<std::string> names = names_of(program);
  const auto is_name = [&](const std::string& argument) {
    return std::find(names.begin(), names.end(), argument) != names.end();
  };
  const std::string& first = arguments.front();
  if (is_name(first) || first == "dump-cli") return std::nullopt;
  if (asks_for_help(first)) return std::nullopt;
  if (first == "--version") {
    if (arguments.size() == 1 || (arguments.size() == 2 && arguments[1] == "--verbose"))
      return std::nullopt;
    return WrongOrder{"--version takes no arguments but --verbose", kHelp};
  }
  if (first == "help") {
    const bool is_known = arguments.size() > 1 && is_name(arguments[1]);
    return WrongOrder{"unknown subcommand help",
                      is_known ? fmt::format("usagectl {} --help", arguments[1]) : kHelp};
  }
  const auto subcommand = std::find_if(arguments.begin(), arguments.end(), is_name);
  const bool is_mistyped =
      !first.starts_with("-") && !exists(first) && nearest_word(first, names).has_value();
  // An option that no subcommand has would be no better behind it.
  if (first.starts_with("-") && option_advice(first.substr(0, first.find('='))))
    return unknown_option(first);
  if (subcommand != arguments.end() && !is_mistyped) {
    std::vector<std::string> meant = {*subcommand};
    meant.insert(meant.end(), arguments.begin(), subcommand);
    meant.insert(meant.end(), subcommand + 1, arguments.end());
    return WrongOrder{"the subcommand comes first", command_line(meant)};
  }
  return first.starts_with("-") && first != "-" ? unknown_option(first)
                                                : unknown_subcommand(arguments, names);
}

}  // namespace usagectl
