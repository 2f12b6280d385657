#include "analysis/checks/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>

namespace usagectl {
namespace {

namespace fs = std::filesystem;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// FNV-1a: small, and the same on every machine and in every release.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
    add_byte(0x1F);  // so that "a" + "bc" is not "ab" + "c"
  }
  std::string digits() const { return fmt::format("{:016x}", value_); }

 private:
  void add_byte(std::uint64_t byte) { value_ = (value_ ^ byte) * 0x100000001B3ULL; }
  std::uint64_t value_ = 0xCBF29CE484222325ULL;
};

/// "/calls/17/usage" -> "/calls/*/usage".
std::string without_indices(std::string_view pointer) {
  std::string text;
  for (std::size_t at = 0; at < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
    const std::string_view token = pointer.substr(at + 1, end - at - 1);
    const bool is_index = !token.empty() && std::all_of(token.begin(), token.end(), is_digit);
    text.append("/").append(is_index ? "*" : token);
    at = end;
  }
  return text;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  if (what.empty()) return;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
}

/// "the same count on line 12" -> "the same count on line ".
std::string without_lines(std::string_view text) {
  constexpr std::string_view kLine = "line ";
  std::string kept;
  while (!text.empty()) {
    const std::size_t at = text.find(kLine);
    if (at == std::string_view::npos) break;
    kept += text.substr(0, at + kLine.size());
    text.remove_prefix(at + kLine.size());
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  }
  return kept.append(text);
}

std::string_view name_of_file(const ReconcileReport& report, FileId file) {
  return file < report.files.size() ? std::string_view(report.files[file]) : std::string_view();
}

/// The explanation with the files that it names as they are named from the folder.
std::string settled_explanation(const Finding& finding, const ReconcileReport& report,
                                std::string_view folder) {
  std::string text = without_lines(finding.explanation);
  for (const Witness& witness : finding.witnesses) {
    const auto name = name_of_file(report, witness.place.file);
    replace_all(text, name, path_from(name, report.folder, folder));
  }
  return text;
}

}  // namespace

std::string path_from(std::string_view file, std::string_view current_folder,
                      std::string_view folder) {
  if (file == "-") return "-";
  const fs::path path = fs::path(file).lexically_normal();
  if (current_folder.empty()) return path.generic_string();
  const fs::path absolute = (fs::path(current_folder) / path).lexically_normal();
  fs::path from = (fs::path(current_folder) / folder).lexically_normal();
  if (!from.has_filename()) from = from.parent_path();  // "/a/b/" is "/a/b"
  const std::string below = absolute.lexically_relative(from).generic_string();
  return below.empty() ? path.generic_string() : below;
}

std::string fingerprint(const Finding& finding, const ReconcileReport& report,
                        std::string_view folder) {
  Hash hash;
  hash.add(name_of(finding.rule));
  hash.add(path_from(name_of_file(report, finding.place.file), report.folder, folder));
  hash.add(without_indices(finding.place.pointer));
  hash.add(finding.counter);
  if (finding.cost) {
    hash.add(finding.cost->difference().text());
  } else if (const auto difference = finding.difference()) {
    hash.add(fmt::format("{}", *difference));
  } else {
    hash.add(settled_explanation(finding, report, folder));
  }
  return hash.digits();
}

std::vector<std::string> numbered_fingerprints(const std::vector<Finding>& findings,
                                               const ReconcileReport& report) {
  std::vector<std::string> all;
  std::map<std::string, std::size_t> times;
  for (const Finding& finding : findings) {
    std::string one = fingerprint(finding, report, "");
    const std::size_t number = ++times[one];
    all.push_back(fmt::format("{}:{}", one, number));
  }
  return all;
}

}  // namespace usagectl
