#include "cli/help/completions.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

namespace usagectl {
namespace {

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::string option_names(const CommandDescription& command) {
  std::vector<std::string> names;
  for (const ArgumentDescription& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return joined(names);
}

std::string command_names(const CommandDescription& program) {
  std::vector<std::string> names;
  for (const CommandDescription& command : program.commands) names.push_back(command.name);
  return joined(names);
}

bool takes_file(const ArgumentDescription& argument) {
  return argument.value == "FILE" || argument.value == "PATH" || argument.value == "FOLDER" ||
         argument.value == "DIR" || argument.value == "NAME|FILE";
}

/// The words that complete the value of an option.
const std::vector<std::string>& words_of(const ArgumentDescription& argument) {
  return argument.choices.empty() ? argument.suggestions : argument.choices;
}

/// The words that complete what stands behind the options of a command; empty = files do.
std::vector<std::string> positional_words(const CommandDescription& command) {
  if (command.positionals.empty() || takes_file(command.positionals.front())) return {};
  return words_of(command.positionals.front());
}

/// Quotes a text for a single-quoted string of sh and zsh.
std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char character : text) {
    if (character == '\'') {
      quoted += "'\\''";
    } else {
      quoted += character;
    }
  }
  return quoted + "'";
}

// ---------------------------------------------------------------------------------------- bash

/// The case branches that complete the value of an option of one command.
std::string bash_values(const CommandDescription& command, const std::string& name) {
  std::string branches;
  for (const ArgumentDescription& option : command.options) {
    if (option.value.empty()) continue;
    std::string pattern;
    for (const std::string& spelled : option.names) {
      if (!pattern.empty()) pattern += "|";
      pattern += fmt::format("'{} {}'", name, spelled);
    }
    std::string action = ":";
    if (!words_of(option).empty()) {
      action = fmt::format("_usagectl_words '{}'", joined(words_of(option)));
      if (takes_file(option)) action += "; ((${#COMPREPLY[@]})) || _usagectl_files";
    } else if (takes_file(option)) {
      action = "_usagectl_files";
    }
    branches += fmt::format("    {}) {}; return ;;\n", pattern, action);
  }
  return branches;
}

std::string bash_completions(const CommandDescription& program) {
  std::string values = bash_values(program, "");
  std::string options = fmt::format("    '') _usagectl_words '{}' ;;\n", option_names(program));
  for (const CommandDescription& command : program.commands) {
    values += bash_values(command, command.name);
    options +=
        fmt::format("    {}) _usagectl_words '{}' ;;\n", command.name, option_names(command));
  }
  std::string arguments;
  for (const CommandDescription& command : program.commands) {
    if (const auto words = positional_words(command); !words.empty())
      arguments += fmt::format("    {}) _usagectl_words '{}' ;;\n", command.name, joined(words));
  }
  const std::string commands = command_names(program);
  std::string pattern = commands;
  for (char& character : pattern) {
    if (character == ' ') character = '|';
  }
  return fmt::format(R"(# bash completion for usagectl

_usagectl_words() {{
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
}}

_usagectl_files() {{
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
}}

_usagectl() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous= command= index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; ++index)); do
    case ${{COMP_WORDS[index]}} in
    {pattern}) command=${{COMP_WORDS[index]}}; break ;;
    esac
  done

  # bash makes --option=value three words
  index=$((COMP_CWORD - 1))
  if [[ $current == = ]]; then
    current=
  elif [[ ${{COMP_WORDS[index]}} == = ]]; then
    index=$((index - 1))
  fi
  ((index > 0)) && previous=${{COMP_WORDS[index]}}
  case "$command $previous" in
{values}  esac

  if [[ $current == -* ]]; then
    case $command in
{options}    esac
  elif [[ -z $command ]]; then
    _usagectl_words '{commands}'
  else
    case $command in
{arguments}    *) _usagectl_files ;;
    esac
  fi
}}

complete -F _usagectl usagectl
)",
                     fmt::arg("pattern", pattern), fmt::arg("values", values),
                     fmt::arg("options", options), fmt::arg("commands", commands),
                     fmt::arg("arguments", arguments));
}

// ----------------------------------------------------------------------------------------- zsh

/// A text inside an _arguments specification, where some characters are special.
std::string zsh_text(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    if (character == '[' || character == ']' || character == ':' || character == '\\') {
      escaped += '\\';
    }
    escaped += character;
  }
  return escaped;
}

std::string zsh_action(const ArgumentDescription& argument) {
  if (!words_of(argument).empty()) return fmt::format("({})", joined(words_of(argument)));
  return takes_file(argument) ? "_files" : " ";
}

std::string zsh_options(const CommandDescription& command, const std::string& indent) {
  std::string specifications;
  for (const ArgumentDescription& option : command.options) {
    for (const std::string& name : option.names) {
      std::string text = option.repeats ? "*" : fmt::format("({})", joined(option.names));
      text += name;
      if (!option.value.empty() && name.compare(0, 2, "--") == 0) text += "=";
      text += fmt::format("[{}]", zsh_text(option.summary));
      if (!option.value.empty()) {
        text += fmt::format(":{}:{}", zsh_text(option.value), zsh_action(option));
      }
      specifications += fmt::format(" \\\n{}{}", indent, shell_quoted(text));
    }
  }
  return specifications;
}

std::string zsh_completions(const CommandDescription& program) {
  std::string list;
  std::string cases;
  for (const CommandDescription& command : program.commands) {
    list +=
        fmt::format("        {}\n", shell_quoted(command.name + ":" + zsh_text(command.summary)));
    std::string specifications = zsh_options(command, "            ");
    for (const ArgumentDescription& positional : command.positionals) {
      const std::string action = takes_file(positional) || words_of(positional).empty()
                                     ? "_files"
                                     : zsh_action(positional);
      specifications +=
          fmt::format(" \\\n            {}",
                      shell_quoted(fmt::format("{}:{}:{}", positional.repeats ? "*" : "",
                                               zsh_text(positional.names.front()), action)));
    }
    cases +=
        fmt::format("        {})\n          _arguments -s{} ;;\n", command.name, specifications);
  }
  return fmt::format(R"(#compdef usagectl

_usagectl() {{
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C{options} \
    '1:command:->command' \
    '*::argument:->argument'
  case $state in
    command)
      local -a commands=(
{list}      )
      _describe -t commands command commands ;;
    argument)
      case $words[1] in
{cases}      esac ;;
  esac
}}

_usagectl "$@"
)",
                     fmt::arg("options", zsh_options(program, "    ")), fmt::arg("list", list),
                     fmt::arg("cases", cases));
}

// ---------------------------------------------------------------------------------------- fish

std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char character : text) {
    if (character == '\'' || character == '\\') quoted += '\\';
    quoted += character;
  }
  return quoted + "'";
}

std::string fish_options(const CommandDescription& command, const std::string& condition) {
  std::string lines;
  for (const ArgumentDescription& option : command.options) {
    lines += fmt::format("complete -c usagectl -n {}", fish_quoted(condition));
    for (const std::string& name : option.names) {
      const bool is_long = name.compare(0, 2, "--") == 0;
      lines += is_long ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!words_of(option).empty()) {
      lines +=
          (takes_file(option) ? " -r -F -a " : " -x -a ") + fish_quoted(joined(words_of(option)));
    } else if (takes_file(option)) {
      lines += " -r -F";
    } else if (!option.value.empty()) {
      lines += " -x";
    }
    lines += fmt::format(" -d {}\n", fish_quoted(option.summary));
  }
  return lines;
}

std::string fish_completions(const CommandDescription& program) {
  std::string lines = "# fish completion for usagectl\n\n";
  const std::string no_command = "not __fish_seen_subcommand_from " + command_names(program);
  for (const CommandDescription& command : program.commands) {
    lines += fmt::format("complete -c usagectl -n {} -f -a {} -d {}\n", fish_quoted(no_command),
                         command.name, fish_quoted(command.summary));
  }
  lines += fish_options(program, no_command);
  for (const CommandDescription& command : program.commands) {
    const std::string condition = "__fish_seen_subcommand_from " + command.name;
    lines += "\n" + fish_options(command, condition);
    if (const auto words = positional_words(command); !words.empty())
      lines += fmt::format("complete -c usagectl -n {} -f -a {}\n", fish_quoted(condition),
                           fish_quoted(joined(words)));
  }
  return lines;
}

}  // namespace

std::string completions(const CommandDescription& program, std::string_view shell) {
  if (shell == "bash") return bash_completions(program);
  if (shell == "zsh") return zsh_completions(program);
  if (shell == "fish") return fish_completions(program);
  throw std::invalid_argument(fmt::format("no completions for {}", shell));
}

}  // namespace usagectl
