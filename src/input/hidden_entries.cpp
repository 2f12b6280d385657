#include "input/hidden_entries.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/paths.hpp"

namespace usagectl {
namespace {

/// Where agents keep their sessions, in a home or a project. JSON in them is found anyway; these
/// may keep it in databases, or deep below.
constexpr std::array<std::string_view, 28> kAgentFolders = {
    ".aider",     ".amp",      ".claude", ".cline",   ".codebuddy", ".codex",    ".continue",
    ".copilot",   ".crush",    ".cursor", ".factory", ".gemini",    ".goose",    ".grok",
    ".hermes",    ".kilocode", ".kimi",   ".kiro",    ".mux",       ".openclaw", ".opencode",
    ".openhands", ".pi",       ".qwen",   ".roo",     ".trae",      ".vibe",     ".zed"};

/// What editors, package managers and version control keep: much JSON, and none of it usage.
constexpr std::array<std::string_view, 24> kOfTools = {
    ".git",       ".github",     ".vscode",     ".idea",         ".venv",  ".npm",
    ".cache",     ".mypy_cache", ".ruff_cache", ".tox",          ".svn",   ".hg",
    ".gradle",    ".m2",         ".cargo",      ".rustup",       ".Trash", ".next",
    ".terraform", ".yarn",       ".pnpm-store", ".pytest_cache", ".husky", ".nox"};

template <std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// A name that says that data is in it. Settings are kept in one file at the top.
bool is_named_as_data(std::string_view name) {
  return name.ends_with(".jsonl") || name.ends_with(".ndjson") || name.ends_with(".sqlite") ||
         name.ends_with(".db") || (name.ends_with(".json") && name.find("usage") != name.npos);
}

/// Looks at the first entries only: a warning is not worth a long walk.
bool holds_data(const std::string& folder, int depth, int& entries_left) {
  constexpr int kDeepest = 4;
  DIR* const handle = depth > kDeepest ? nullptr : opendir(folder.c_str());
  if (handle == nullptr) return false;
  bool found = false;
  while (const dirent* const entry = found || --entries_left < 0 ? nullptr : readdir(handle)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const std::string path = folder + "/" + entry->d_name;
    found = is_folder(path) ? holds_data(path, depth + 1, entries_left) : is_named_as_data(name);
  }
  closedir(handle);
  return found;
}

}  // namespace

bool may_hold_usage(const std::string& path) {
  const std::string_view name = base_name(path);
  if (!is_folder(path)) return is_named_as_data(name);
  if (is_one_of(name, kOfTools)) return false;
  int entries_left = 1000;
  return is_one_of(name, kAgentFolders) || holds_data(path, 0, entries_left);
}

}  // namespace usagectl
