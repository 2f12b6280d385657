#include "cli/output/destinations.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>

#include "cli/output/usage_error.hpp"

namespace usagectl {
namespace {

namespace fs = std::filesystem;

/// One spelling for every way to name a file. Empty for devices and pipes, which may be written to
/// more than once.
std::string identity_of(const std::string& path) {
  std::error_code fault;
  if (fs::exists(path, fault) && !fs::is_regular_file(path, fault)) return {};
  // Absolute first: a relative path that does not exist yet would stay as it is spelled.
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, fault), fault);
  return fault ? path : whole.string();
}

/// A report or records of ours in JSON: nothing in them was counted as usage.
bool is_own_report(const std::string& path) {
  std::array<char, 4096> bytes{};
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), bytes.size());
  const std::string_view beginning(bytes.data(), static_cast<std::size_t>(file.gcount()));
  const auto has = [&](std::string_view text) {
    return beginning.find(text) != std::string_view::npos;
  };
  const bool is_record = beginning.starts_with("{\"file\":") && has("\"pointer\":") &&
                         has("\"dialect\":") && has("\"role\":");
  return is_record || has("\"schema\": \"usagectl.");
}

std::string refused(const std::string& path) {
  return fmt::format("{} is an input; write the report to another file", path);
}

}  // namespace

std::string destination(const std::string& named) { return named == "-" ? std::string() : named; }

void check_destinations(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs) {
  std::set<std::string> read;
  for (const std::string& input : inputs) {
    if (!input.empty() && input != "-") read.insert(identity_of(input));
  }
  bool stdout_is_taken = false;
  std::set<std::string> written;
  for (const std::string& output : outputs) {
    if (output.empty()) {
      if (stdout_is_taken)
        throw UsageError("two reports go to standard output; write one of them to a file");
      stdout_is_taken = true;
      continue;
    }
    const std::string file = identity_of(output);
    if (file.empty()) continue;
    if (!written.insert(file).second) throw UsageError(fmt::format("two reports go to {}", output));
    if (read.count(file) > 0) throw UsageError(refused(output));
  }
}

void check_destinations_against(const Books& books, const std::vector<std::string>& outputs) {
  std::set<std::string> files;
  for (const std::string& output : outputs) {
    std::error_code fault;
    if (output.empty() || !fs::is_regular_file(output, fault)) continue;
    files.insert(identity_of(output));
  }
  if (files.empty()) return;
  for (std::size_t id = 0; id < books.file_names.size() && id < books.file_uses.size(); ++id) {
    const std::string& name = books.file_names[id];
    if (books.file_uses[id] != FileUse::read || files.count(identity_of(name)) == 0) continue;
    if (!is_own_report(name)) throw UsageError(refused(name));
  }
  for (const FoundFile& file : books.found_files) {
    if (file.kept && files.count(identity_of(file.kept->partial)) > 0)
      throw UsageError(refused(file.kept->partial));
  }
}

}  // namespace usagectl
