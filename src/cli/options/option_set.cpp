#include "cli/options/option_set.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "cli/options/description.hpp"
#include "cli/output/usage_error.hpp"

namespace usagectl {
namespace {

/// The text that CLI11 keeps with an option, as describe() reads it: "{table,json}".
CLI::Validator one_of(const std::vector<std::string>& choices) {
  return CLI::Validator(
      [choices](std::string& value) {
        const bool is_valid = std::find(choices.begin(), choices.end(), value) != choices.end();
        return is_valid ? std::string() : invalid_word("value", value, choices);
      },
      fmt::format("{{{}}}", fmt::join(choices, ",")));
}

/// Checks nothing: CLI11 keeps its text, as describe() reads it: "<model,file>".
CLI::Validator suggestion_of(const std::vector<std::string>& suggestions) {
  return CLI::Validator([](std::string&) { return std::string(); },
                        fmt::format("<{}>", fmt::join(suggestions, ",")));
}

template <typename Variable>
void add_option(CLI::App& app, const std::string& name, Variable& variable,
                const std::string& summary, const OptionValue& value) {
  CLI::Option* const option = app.add_option(name, variable, summary);
  option->type_name(value.name)->required(value.is_required);
  if (value.separator != '\0') option->delimiter(value.separator);
  if (value.one_for_each_name) option->allow_extra_args(false);
  if (!value.choices.empty()) option->check(one_of(value.choices));
  if (!value.suggestions.empty()) option->check(suggestion_of(value.suggestions));
  if (value.check != nullptr) option->check(value.check);
  option->default_str(value.default_text);
}

}  // namespace

void OptionSet::add(const std::string& name, std::string& variable, const std::string& summary,
                    const OptionValue& value) const {
  add_option(*app_, name, variable, summary, value);
}

void OptionSet::add(const std::string& name, std::vector<std::string>& variable,
                    const std::string& summary, const OptionValue& value) const {
  add_option(*app_, name, variable, summary, value);
}

void OptionSet::add_flag(const std::string& name, bool& variable,
                         const std::string& summary) const {
  app_->add_flag(name, variable, summary);
}

std::string OptionSet::command() const { return app_->get_name(); }

CommandDescription OptionSet::program() const { return describe(*app_->get_parent()); }

bool OptionSet::has(const std::string& name) const {
  return app_->get_option_no_throw(name) != nullptr;
}

bool OptionSet::is_given(const std::string& name) const {
  const CLI::Option* const option = app_->get_option_no_throw(name);
  return option != nullptr && option->count() > 0;
}

std::string OptionSet::give(const std::string& name, const std::vector<std::string>& values) const {
  CLI::Option* const option = app_->get_option(name);
  const std::vector<std::string> before = option->results();
  try {
    option->clear();
    for (const std::string& value : values) option->add_result(value);
    for (const std::string& value : before) option->add_result(value);
    option->run_callback();
  } catch (const CLI::Error& error) {
    return error.what();
  }
  return {};
}

void OptionSet::take_back(const std::string& name) const { app_->get_option(name)->clear(); }

}  // namespace usagectl
