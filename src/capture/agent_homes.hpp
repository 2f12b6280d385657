#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// The known homes of coding agents, a file of src/capture/agent_homes (generated at build time).
struct EmbeddedAgentHomes {
  std::string_view file;
  std::string_view json;
};
extern const EmbeddedAgentHomes kEmbeddedAgentHomes[];
extern const std::size_t kEmbeddedAgentHomesSize;

/// A place where an agent keeps its sessions.
struct AgentHome {
  std::string agent;  ///< "Claude Code"
  std::string path;
  bool exists = false;
};

/// The value of an environment variable; nothing where it is not set.
using EnvironmentVariable = std::function<std::optional<std::string>(const std::string& name)>;

/// Every known place below a home directory. Where a variable of an agent is set, it replaces the
/// places in the home.
std::vector<AgentHome> agent_homes(const std::string& home, const EnvironmentVariable& variable);

/// The agent that alone writes files of a format, by the first word of its name; empty = none.
std::string_view agent_of_format(std::string_view format);

}  // namespace usagectl
