#include "cli/help/help_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "render/text/words.hpp"
#include "render/text/wrapped_text.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kWidestTerm = 26;

/// A space at which no line is broken.
constexpr char kUnbroken = '\x1f';

struct Entry {
  std::string term;
  std::string text;
};

/// Two columns; a term that is too long for its column has a line of its own.
std::string entries_text(const std::vector<Entry>& entries, std::size_t width) {
  std::size_t widest = 0;
  for (const Entry& entry : entries) {
    if (entry.term.size() <= kWidestTerm) widest = std::max(widest, entry.term.size());
  }
  const std::size_t indent = widest + 4;
  const std::size_t room = width > indent + 20 ? width - indent : 20;
  std::string text;
  for (const Entry& entry : entries) {
    std::string line = "  " + entry.term;
    if (entry.term.size() > widest) {
      text += line + "\n";
      line.clear();
    }
    for (const std::string& part : wrapped_text(entry.text, room)) {
      line.resize(indent, ' ');
      text += line + part + "\n";
      std::replace(text.begin(), text.end(), kUnbroken, ' ');
      line.clear();
    }
  }
  return text;
}

/// "-o, --output FILE"; options with a long name alone are indented so that long names line up.
std::string term_of(const ArgumentDescription& option) {
  std::string term = option.names.front().starts_with("--") ? "    " : "";
  term += joined(option.names, ", ");
  if (!option.value.empty()) term += " " + option.value;
  return term;
}

std::string summary_of(const ArgumentDescription& argument) {
  std::string text = argument.summary;
  if (!argument.choices.empty()) text += ": " + joined(argument.choices, ", ");
  if (!argument.default_value.empty())
    text += fmt::format(" [default:{}{}]", kUnbroken, argument.default_value);
  return text;
}

std::string positional_term(const ArgumentDescription& positional) {
  return positional.names.front() + (positional.repeats ? "..." : "");
}

std::vector<Entry> option_entries(const CommandDescription& command) {
  std::vector<Entry> entries;
  std::vector<Entry> last;
  for (const ArgumentDescription& option : command.options) {
    const bool is_help = option.names.back() == "--help";
    (is_help ? last : entries).push_back({term_of(option), summary_of(option)});
  }
  std::move(last.begin(), last.end(), std::back_inserter(entries));
  return entries;
}

std::string wrapped(const std::string& text, std::size_t width) {
  return joined(wrapped_text(text, width), "\n") + "\n";
}

}  // namespace

std::string program_help(const CommandDescription& program, std::size_t width) {
  std::vector<Entry> commands;
  for (const CommandDescription& command : program.commands)
    commands.push_back({command.name, command.summary});
  return wrapped(program.summary, width) +
         "\nUsage: usagectl SUBCOMMAND [OPTIONS] [PATH...]\n\nSubcommands:\n" +
         entries_text(commands, width) + "\nOptions:\n" +
         entries_text(option_entries(program), width) +
         "\nOptions of a subcommand: usagectl SUBCOMMAND --help\n";
}

std::string command_help(const CommandDescription& command, std::size_t width) {
  std::string usage = fmt::format("Usage: usagectl {} [OPTIONS]", command.name);
  std::vector<Entry> positionals;
  for (const ArgumentDescription& positional : command.positionals) {
    const std::string term = positional_term(positional);
    usage += positional.required ? " " + term : " [" + term + "]";
    positionals.push_back({term, summary_of(positional)});
  }
  std::string text = wrapped(command.summary, width) + "\n" + usage + "\n";
  if (!positionals.empty()) text += "\nArguments:\n" + entries_text(positionals, width);
  return text + "\nOptions:\n" + entries_text(option_entries(command), width);
}

}  // namespace usagectl
