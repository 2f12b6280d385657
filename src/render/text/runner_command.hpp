#pragma once

#include <string_view>

namespace usagectl {

/// Whether a runner of a CI obeys what the text begins with, wherever it stands in a line of a
/// job's log: "##[command]" (GitHub and Azure), "##vso[command]" (Azure).
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
inline bool begins_runner_command(std::string_view text) {
  return text.starts_with("##[") || text.starts_with("##vso[");
}

}  // namespace usagectl
