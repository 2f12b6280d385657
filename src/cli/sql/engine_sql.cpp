#include "cli/sql/engine_sql.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace usagectl {
namespace {

std::string replaced(std::string_view text, std::string_view word, const std::string& by) {
  std::string result;
  while (true) {
    const std::size_t at = text.find(word);
    result += text.substr(0, at);
    if (at == std::string_view::npos) return result;
    result += by;
    text.remove_prefix(at + word.size());
  }
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string engine_of(const EmbeddedSql& script) {
  return std::string(script.file.substr(0, script.file.rfind(".sql")));
}

std::string_view script_of(const EmbeddedSql* scripts, std::size_t size, std::string_view engine) {
  const auto* const found = std::find_if(scripts, scripts + size, [&](const EmbeddedSql& script) {
    return engine_of(script) == engine;
  });
  if (found == scripts + size) throw std::out_of_range("no SQL for " + std::string(engine));
  return found->sql;
}

/// The script with the lines that are there if a condition holds, or without them.
std::string with_blocks(std::string script, std::string_view condition, bool holds) {
  const std::string begin_line = "-- {if " + std::string(condition) + "}\n";
  constexpr std::string_view kEndLine = "-- {end}\n";
  std::size_t begin = 0;
  while ((begin = script.find(begin_line, begin)) != std::string::npos) {
    const std::size_t end = script.find(kEndLine, begin);
    script.erase(end, kEndLine.size());
    script.erase(begin, holds ? begin_line.size() : end - begin);
  }
  return script;
}

}  // namespace

std::vector<std::string> sql_engines() {
  std::vector<std::string> engines;
  for (std::size_t i = 0; i < kEmbeddedSqlSize; ++i) engines.push_back(engine_of(kEmbeddedSql[i]));
  return engines;
}

std::string engine_sql(std::string_view engine, const SqlLoad& load) {
  const std::string claims(script_of(kEmbeddedClaimsSql, kEmbeddedClaimsSqlSize, engine));
  std::string script =
      replaced(script_of(kEmbeddedSql, kEmbeddedSqlSize, engine), "-- {claims}\n", claims);
  script = with_blocks(std::move(script), "claims", !load.claims.empty());
  script = with_blocks(std::move(script), "cluster", !load.cluster.empty());
  script = replaced(script, "{shard}", load.cluster.empty() ? "" : "_shard");
  script = replaced(script, "{claims}", quoted(load.claims));
  script = replaced(script, "{cluster}", quoted(load.cluster));
  script = replaced(script, "{load}", quoted(load.name));
  return replaced(script, "{file}", quoted(load.file));
}

bool has_clusters(std::string_view engine) {
  return script_of(kEmbeddedSql, kEmbeddedSqlSize, engine).find("{cluster}") !=
         std::string_view::npos;
}

bool is_plain_name(std::string_view name) {
  // Quotes and backslashes mean something else in each engine, and braces are those of the scripts.
  return !name.empty() && std::none_of(name.begin(), name.end(), [](unsigned char c) {
    return c < 0x20 || c == 0x7F || c == '\'' || c == '\\' || c == '{' || c == '}';
  });
}

}  // namespace usagectl
