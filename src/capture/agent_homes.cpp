#include "capture/agent_homes.hpp"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace usagectl {
namespace {

using Agents = std::map<std::string, std::string, std::less<>>;

/// By the first word of the formats that they write.
Agents read_writers() {
  Agents writers;
  for (std::size_t i = 0; i < kEmbeddedAgentHomesSize; ++i) {
    const auto document = nlohmann::json::parse(kEmbeddedAgentHomes[i].json);
    for (const auto& entry : document.at("agents")) {
      if (!entry.contains("writes")) continue;
      for (const auto& word : entry["writes"])
        writers.emplace(word.get<std::string>(), entry.at("agent").get<std::string>());
    }
  }
  return writers;
}

}  // namespace

std::string_view agent_of_format(std::string_view format) {
  static const Agents kWriters = read_writers();
  const auto writer = kWriters.find(format.substr(0, format.find('.')));
  return writer == kWriters.end() ? std::string_view() : std::string_view(writer->second);
}

std::vector<AgentHome> agent_homes(const std::string& home, const EnvironmentVariable& variable) {
  std::vector<AgentHome> homes;
  std::set<std::string> known;
  const auto add = [&](const std::string& agent, const std::filesystem::path& path) {
    std::error_code fault;
    const std::string name = path.lexically_normal().string();
    if (known.insert(name).second)
      homes.push_back({agent, name, std::filesystem::is_directory(path, fault)});
  };
  for (std::size_t i = 0; i < kEmbeddedAgentHomesSize; ++i) {
    const auto document = nlohmann::json::parse(kEmbeddedAgentHomes[i].json);
    for (const auto& entry : document.at("agents")) {
      const auto agent = entry.at("agent").get<std::string>();
      std::optional<std::string> folder;
      if (entry.contains("variable")) folder = variable(entry["variable"].get<std::string>());
      if (folder && !folder->empty()) {
        for (const auto& below : entry.at("below_variable"))
          add(agent, std::filesystem::path(*folder) / below.get<std::string>());
        continue;
      }
      for (const auto& path : entry.at("paths"))
        add(agent, std::filesystem::path(home) / path.get<std::string>());
    }
  }
  return homes;
}

}  // namespace usagectl
