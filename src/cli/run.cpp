#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <utility>

#include "analysis/checks/baseline.hpp"
#include "analysis/meaning/contract.hpp"
#include "base/nearest_word.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/project_file.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/world.hpp"
#include "dialects/catalogue.hpp"
#include "formats/layouts/layout_text.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kAbout =
    "Audits LLM token counts: sums saved usage, and proves or refutes the totals in it.";

struct Tree {
  CLI::App root{std::string(kAbout), "usagectl"};
  std::vector<std::pair<CLI::App*, Run>> runs;

  Tree() {
    root.set_version_flag("--version", "usagectl " USAGECTL_VERSION, "Print the version and exit");
    root.set_help_flag("-h,--help", "Print this help and exit");
    root.require_subcommand(0, 1);
    root.allow_extras();
    root.get_formatter()->column_width(26);
    for (const Command* command : commands()) {
      CLI::App* const app =
          root.add_subcommand(std::string(command->name), std::string(command->summary));
      app->set_help_flag("-h,--help", "Print this help and exit");
      if (command->hidden) app->group("");
      runs.emplace_back(app, command->set_up(OptionSet(*app)));
    }
  }
};

std::vector<std::string> subcommand_names() {
  std::vector<std::string> names;
  for (const Command* command : commands()) {
    if (!command->hidden) names.emplace_back(command->name);
  }
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

ExitCode refuse(World& world, const CLI::App& app, std::string_view what) {
  say(world, what);
  const bool is_root = app.get_parent() == nullptr;
  say(world, fmt::format("try: usagectl {}--help", is_root ? "" : app.get_name() + " "));
  return ExitCode::trouble;
}

ExitCode refuse_unknown(World& world, const CLI::App& app, const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  const bool is_option = name.starts_with("-");
  const auto nearest = nearest_word(name, is_option ? option_names(app) : subcommand_names());
  return refuse(
      world, app,
      fmt::format("no {} is called {}{}", is_option ? "option" : "subcommand", visible_text(name),
                  nearest ? fmt::format("; did you mean {}?", *nearest) : std::string()));
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

/// CLI11 says "--format: x not in {a,b}"; people are told what the choices are.
std::string reworded(const std::string& message) {
  const auto brace = message.find(" not in {");
  if (brace == std::string::npos) return message;
  std::string choices = message.substr(brace + 9);
  choices = choices.substr(0, choices.find('}'));
  for (std::size_t at = 0; (at = choices.find(',', at)) != std::string::npos; at += 2) {
    choices.replace(at, 1, ", ");
  }
  return fmt::format("{} is not one of {}", message.substr(0, brace), choices);
}

ExitCode parse_and_run(std::vector<std::string> arguments, World& world) {
  Tree tree;
  arguments = with_odd_paths_kept(std::move(arguments));
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    tree.root.parse(arguments);
  } catch (const CLI::CallForVersion&) {
    world.out("usagectl " USAGECTL_VERSION "\n");
    return ExitCode::clean;
  } catch (const CLI::CallForHelp&) {
    const CLI::App& app = chosen(tree);
    world.out(app.get_parent() == nullptr ? app.help() : app.help(tree.root.get_name()));
    return ExitCode::clean;
  } catch (const CLI::ParseError& error) {
    for (const auto& [app, run] : tree.runs) {
      const auto extra = app->remaining();
      if (app->parsed() && !extra.empty()) return refuse_unknown(world, *app, extra.front());
    }
    return refuse(world, chosen(tree), visible_text(reworded(error.what())));
  }
  for (const auto& [app, run] : tree.runs) {
    if (!app->parsed()) continue;
    const auto extra = app->remaining();
    if (!extra.empty()) return refuse_unknown(world, *app, extra.front());
    return run(world);
  }
  const auto extra = tree.root.remaining();
  if (!extra.empty()) return refuse_unknown(world, tree.root, extra.front());
  world.err(tree.root.help());
  return ExitCode::trouble;
}

}  // namespace

ExitCode run(const std::vector<std::string>& arguments, World& world) {
  try {
    return parse_and_run(arguments, world);
  } catch (const WriteError& error) {
    say(world, error.what());
  } catch (const CatalogueError& error) {
    say(world, visible_text(error.what()));
  } catch (const LayoutError& error) {
    say(world, visible_text(error.what()));
  } catch (const BaselineError& error) {
    say(world, visible_text(error.what()));
  } catch (const ProjectFileError& error) {
    say(world, visible_text(error.what()));
  } catch (const ContractError& error) {
    say(world, visible_text(error.what()));
  } catch (const std::bad_alloc&) {
    say(world, "out of memory");
  } catch (const std::exception& error) {
    say(world,
        fmt::format("stopped by an error in usagectl itself: {}", visible_text(error.what())));
  }
  return ExitCode::trouble;
}

}  // namespace usagectl
