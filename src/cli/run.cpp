#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/checks/baseline.hpp"
#include "analysis/diff/contract.hpp"
#include "base/nearest_word.hpp"
#include "base/version.hpp"
#include "cli/commands/command.hpp"
#include "cli/help/argument_order.hpp"
#include "cli/help/help_text.hpp"
#include "cli/options/description.hpp"
#include "cli/options/project_file.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/usage_error.hpp"
#include "cli/output/world.hpp"
#include "dialects/catalogue.hpp"
#include "formats/layouts/layout_parser.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kAbout =
    "Audits LLM token counts: adds up the usage in logs and captures, and checks every "
    "total in them.";

struct Tree {
  CLI::App root{std::string(kAbout), "usagectl"};
  std::vector<std::pair<CLI::App*, Run>> runs;

  Tree() {
    root.set_version_flag("--version", "usagectl " + std::string(version()), "Print the version");
    root.set_help_flag("-h,--help", "Print this help");
    root.require_subcommand(0, 1);
    root.allow_extras();
    for (const Command* command : commands()) {
      CLI::App* const app =
          root.add_subcommand(std::string(command->name), std::string(command->summary));
      app->set_help_flag("-h,--help", "Print this help");
      if (command->hidden) app->group("");
      runs.emplace_back(app, command->set_up(OptionSet(*app)));
    }
  }
};

ExitCode refuse(World& world, std::string_view problem, std::string_view command_to_try) {
  say(world, problem);
  say(world, fmt::format("try: {}", command_to_try));
  return ExitCode::trouble;
}

ExitCode refuse(World& world, const CLI::App& app, std::string_view problem) {
  return refuse(world, problem, fmt::format("usagectl {} --help", app.get_name()));
}

/// An argument of a subcommand that it does not have.
std::string unknown_argument(const CLI::App& app, const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  if (!name.starts_with("-")) return fmt::format("unexpected argument {}", visible_text(argument));
  std::vector<std::string> known;
  for (const ArgumentDescription& option : describe(app).options)
    known.insert(known.end(), option.names.begin(), option.names.end());
  const std::string text = fmt::format("unknown option {}", visible_text(name));
  if (const auto advice = option_advice(name)) return fmt::format("{}; {}", text, *advice);
  if (name == "--") return text;
  const auto nearest = nearest_word(name, known);
  return nearest ? fmt::format("{}; did you mean {}?", text, *nearest) : text;
}

/// CLI11 2.1.2 takes a positional "[a,b]" apart at its commas. A path may look like that.
/// What follows "--" is a path, even when it begins with a dash.
std::vector<std::string> with_odd_paths_kept(std::vector<std::string> arguments) {
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
    const bool is_path = argument > dashes;
    const bool is_odd =
        argument->starts_with("[") || (is_path && argument->starts_with("-") && *argument != "-");
    if (is_odd) argument->insert(0, "./");
  }
  if (dashes != arguments.end()) arguments.erase(dashes);
  return arguments;
}

const CLI::App& chosen(const Tree& tree) {
  for (const auto& [app, run] : tree.runs) {
    if (app->parsed()) return *app;
  }
  return tree.root;
}

std::string without_value(const ArgumentDescription& option) {
  const std::string& name = option.names.back();
  if (option.choices.empty())
    return fmt::format("{} needs a value: {} {}", name, name, option.value);
  return fmt::format("{} needs a value: {}", name, fmt::join(option.choices, ", "));
}

/// How often an option is given, under any of its names.
std::size_t times_given(const ArgumentDescription& option,
                        const std::vector<std::string>& arguments) {
  std::size_t times = 0;
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    const bool is_option =
        std::any_of(option.names.begin(), option.names.end(), [&](const std::string& spelling) {
          // "-ofile" is "-o file".
          return spelling.starts_with("--") ? name == spelling : argument.starts_with(spelling);
        });
    if (is_option) ++times;
  }
  return times;
}

/// Says in our own words what CLI11 refused.
std::string fault_text(const CLI::ParseError& error, const CLI::App& app,
                       const std::vector<std::string>& arguments) {
  // The checks are our own, and so are their texts.
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) return error.what();
  const CommandDescription command = describe(app);
  const std::string_view message = error.what();
  for (const ArgumentDescription& option : command.options) {
    const std::string& name = option.names.back();
    if (!message.starts_with(name + ":") && !message.starts_with(name + " ")) continue;
    if (!option.repeats && times_given(option, arguments) > 1)
      return fmt::format("{} is given twice", name);
    return without_value(option);
  }
  for (const ArgumentDescription& positional : command.positionals) {
    if (positional.required)
      return fmt::format("missing {}: {}", positional.names.front(),
                         fmt::join(positional.choices, ", "));
  }
  return "invalid arguments";
}

/// "--strict=no" would be read as a flag that is not set.
std::optional<std::string> flag_with_value(const CommandDescription& command,
                                           const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    const auto equals = argument.find('=');
    if (argument == "--") break;
    if (equals == std::string::npos) continue;
    for (const ArgumentDescription& option : command.options) {
      if (option.value.empty() && option.names.back() == argument.substr(0, equals))
        return fmt::format("{} takes no value", option.names.back());
    }
  }
  return std::nullopt;
}

std::size_t help_width(const World& world) {
  constexpr int kWidest = 80;
  return static_cast<std::size_t>(world.out_is_terminal ? std::min(world.width, kWidest) : kWidest);
}

/// Handles arguments without a subcommand to run, such as --help and --version. Nothing if there is
/// one.
std::optional<ExitCode> answer_without_subcommand(const std::vector<std::string>& arguments,
                                                  const Tree& tree, World& world) {
  const CommandDescription program = describe(tree.root);
  if (arguments.empty()) {
    world.err(program_help(program, help_width(world)));
    return ExitCode::trouble;
  }
  if (const auto wrong = wrong_order(arguments, program))
    return refuse(world, wrong->problem, wrong->meant);
  const std::string& first = arguments.front();
  if (first == "--version") {
    world.out(fmt::format("usagectl {}\n", version()));
    if (arguments.size() > 1 && arguments[1] == "--verbose") {
      world.out(
          fmt::format("commit {}\ndialects of {}\n{}", commit(), catalogue_date(), libraries()));
    }
    return ExitCode::clean;
  }
  if (first == "--help" || first == "-h") {
    for (const CommandDescription& command : program.commands) {
      if (arguments.size() > 1 && arguments[1] == command.name) {
        world.out(command_help(command, help_width(world)));
        return ExitCode::clean;
      }
    }
    world.out(program_help(program, help_width(world)));
    return ExitCode::clean;
  }
  return std::nullopt;
}

ExitCode parse_and_run(std::vector<std::string> arguments, World& world) {
  Tree tree;
  if (const auto answered = answer_without_subcommand(arguments, tree, world)) return *answered;
  const std::vector<std::string> as_written = arguments;
  arguments = with_odd_paths_kept(std::move(arguments));
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  const CLI::App& named = *tree.root.get_subcommand(as_written.front());
  if (const auto wrong = flag_with_value(describe(named), as_written))
    return refuse(world, named, *wrong);
  try {
    tree.root.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    world.out(command_help(describe(chosen(tree)), help_width(world)));
    return ExitCode::clean;
  } catch (const CLI::ParseError& error) {
    const auto extra = named.remaining();
    if (!extra.empty()) return refuse(world, named, unknown_argument(named, extra.front()));
    return refuse(world, named, visible_text(fault_text(error, named, as_written)));
  }
  for (const auto& [app, run] : tree.runs) {
    if (!app->parsed()) continue;
    const auto extra = app->remaining();
    if (!extra.empty()) return refuse(world, *app, unknown_argument(*app, extra.front()));
    try {
      return run(world);
    } catch (const UsageError& error) {
      return refuse(world, *app, visible_text(error.what()));
    }
  }
  return refuse(world, "missing subcommand", "usagectl --help");
}

}  // namespace

ExitCode run(const std::vector<std::string>& arguments, World& world) {
  try {
    return parse_and_run(arguments, world);
  } catch (const WriteError& error) {
    say(world, error.what());
  } catch (const InputError& error) {
    say(world, visible_text(error.what()));
  } catch (const std::bad_alloc&) {
    say(world, "out of memory");
  } catch (const std::exception& error) {
    say(world, fmt::format("internal error: {}", visible_text(error.what())));
  }
  return ExitCode::trouble;
}

}  // namespace usagectl
