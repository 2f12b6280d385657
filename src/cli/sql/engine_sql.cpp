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

}  // namespace

std::vector<std::string> sql_engines() {
  std::vector<std::string> engines;
  for (std::size_t i = 0; i < kEmbeddedSqlSize; ++i) engines.push_back(engine_of(kEmbeddedSql[i]));
  return engines;
}

std::string engine_sql(std::string_view engine, const SqlLoad& load) {
  constexpr std::string_view kIf = "-- {if claims}\n";
  constexpr std::string_view kEnd = "-- {end}\n";
  std::string claims(script_of(kEmbeddedClaimsSql, kEmbeddedClaimsSqlSize, engine));
  const std::size_t begin = claims.find(kIf);
  const std::size_t end = claims.find(kEnd);
  claims.erase(end, kEnd.size());
  claims.erase(begin, load.claims.empty() ? end - begin : kIf.size());
  claims = replaced(claims, "{claims}", quoted(load.claims));
  std::string script =
      replaced(script_of(kEmbeddedSql, kEmbeddedSqlSize, engine), "-- {claims}\n", claims);
  script = replaced(script, "{load}", quoted(load.name));
  return replaced(script, "{file}", quoted(load.file));
}

bool is_plain_name(std::string_view name) {
  // Quotes and backslashes mean something else in each engine, and braces are those of the scripts.
  return !name.empty() && std::none_of(name.begin(), name.end(), [](unsigned char c) {
    return c < 0x20 || c == 0x7F || c == '\'' || c == '\\' || c == '{' || c == '}';
  });
}

}  // namespace usagectl
