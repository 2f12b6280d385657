#include "cli/options/description.hpp"

#include <CLI/App.hpp>
#include <nlohmann/json.hpp>

namespace usagectl {
namespace {

using nlohmann::ordered_json;

/// The words between two brackets, separated by commas.
std::vector<std::string> words_between(const std::string& type, char open, char close) {
  std::vector<std::string> words;
  const auto begin = type.find(open);
  if (begin == std::string::npos) return words;
  std::string word;
  for (const char character : type.substr(begin + 1, type.find(close, begin) - begin - 1)) {
    if (character == ',') {
      words.push_back(word);
      word.clear();
    } else {
      word += character;
    }
  }
  words.push_back(word);
  return words;
}

/// CLI11 describes the value of an option in one text: "FORMAT:{table,json}", "KEY:<model,file>",
/// "FILE", "".
void read_type(const std::string& type, ArgumentDescription& argument) {
  argument.value = type.substr(0, type.find_first_of(":{ "));
  argument.choices = words_between(type, '{', '}');
  argument.suggestions = words_between(type, '<', '>');
}

ArgumentDescription describe_argument(const CLI::Option& option) {
  ArgumentDescription argument;
  if (option.get_positional()) {
    argument.names.push_back(option.get_single_name());
  } else {
    for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  }
  const bool takes_value = option.get_items_expected_max() > 0 && option.get_type_size_max() > 0;
  if (takes_value) read_type(option.get_type_name(), argument);
  argument.default_value = option.get_default_str();
  argument.summary = option.get_description();
  argument.required = option.get_required();
  argument.repeats = option.get_expected_max() > 1;
  return argument;
}

ordered_json json_of(const std::vector<ArgumentDescription>& arguments) {
  ordered_json list = ordered_json::array();
  for (const ArgumentDescription& argument : arguments) {
    list.push_back({{"names", argument.names},
                    {"value", argument.value},
                    {"choices", argument.choices},
                    {"summary", argument.summary}});
  }
  return list;
}

ordered_json json_of(const CommandDescription& command) {
  ordered_json object;
  object["name"] = command.name;
  object["summary"] = command.summary;
  object["options"] = json_of(command.options);
  object["positionals"] = json_of(command.positionals);
  object["commands"] = ordered_json::array();
  for (const CommandDescription& below : command.commands) {
    object["commands"].push_back(json_of(below));
  }
  return object;
}

}  // namespace

CommandDescription describe(const CLI::App& app) {
  CommandDescription command;
  command.name = app.get_name();
  command.summary = app.get_description();
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    auto& list = option->get_positional() ? command.positionals : command.options;
    list.push_back(describe_argument(*option));
  }
  for (const CLI::App* below : app.get_subcommands({})) {
    if (!below->get_group().empty()) command.commands.push_back(describe(*below));
  }
  return command;
}

std::string description_json(const CommandDescription& program) {
  return json_of(program).dump(2) + "\n";
}

}  // namespace usagectl
