#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/code_point.hpp"

namespace usagectl {

/// Whether a runner of a CI obeys what the text begins with, wherever it stands in a line of a
/// job's log: "##[command]" (GitHub and Azure), "##vso[command]" (Azure), "##teamcity[command]".
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
/// https://www.jetbrains.com/help/teamcity/service-messages.html
inline bool begins_runner_command(std::string_view text) {
  if (!text.starts_with("##")) return false;
  std::string_view name = text.substr(2);
  std::size_t letters = 0;
  while (letters < name.size() && ((name[letters] | 0x20) >= 'a' && (name[letters] | 0x20) <= 'z'))
    ++letters;
  if (letters == name.size() || name[letters] != '[') return false;
  name = name.substr(0, letters);
  const auto is_name = [name](std::string_view other) {
    return std::equal(name.begin(), name.end(), other.begin(), other.end(),
                      [](char a, char b) { return (a | 0x20) == b; });
  };
  return name.empty() || is_name("vso") || is_name("teamcity");
}

/// Where a line of a job's log begins with "::", a command of GitHub, whose runner passes over the
/// white space before it: the offset of the colons. Nothing where it does not.
/// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
inline std::optional<std::size_t> colons_at_start(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    if (character.value == ':') {
      if (text.substr(at).starts_with("::")) return at;
      return std::nullopt;
    }
    if (!is_white_space(character.value)) return std::nullopt;
    at += character.length;
  }
  return std::nullopt;
}

}  // namespace usagectl
