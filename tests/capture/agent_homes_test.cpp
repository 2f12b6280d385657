#include "capture/agent_homes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

using namespace usagectl;

namespace {

std::optional<std::string> not_set(const std::string&) { return std::nullopt; }

bool names(const std::vector<AgentHome>& homes, std::string_view path) {
  return std::any_of(homes.begin(), homes.end(),
                     [&](const AgentHome& home) { return home.path == path; });
}

}  // namespace

TEST_CASE("agents are looked for below the home") {
  const auto homes = agent_homes("agents/home", not_set);
  CHECK(names(homes, "agents/home/.claude/projects"));
  CHECK(std::count_if(homes.begin(), homes.end(),
                      [](const AgentHome& home) { return home.exists; }) == 2);
}

TEST_CASE("a variable that is set replaces the places in the home") {
  const auto homes = agent_homes("/home/made-up", [](const std::string& name) {
    return name == "CODEX_HOME" ? std::optional<std::string>("/srv/codex") : std::nullopt;
  });
  CHECK(names(homes, "/srv/codex/sessions"));
  CHECK_FALSE(names(homes, "/home/made-up/.codex/sessions"));
  CHECK(names(homes, "/home/made-up/.claude/projects"));
}

TEST_CASE("each home names where it was seen, and when") {
  for (std::size_t i = 0; i < kEmbeddedAgentHomesSize; ++i) {
    const auto document = nlohmann::json::parse(kEmbeddedAgentHomes[i].json);
    for (const auto& entry : document.at("agents")) {
      CAPTURE(entry.at("agent").get<std::string>());
      CHECK_FALSE(entry.value("source", "").empty());
      CHECK(entry.value("seen", "").size() == 10);
    }
  }
}
