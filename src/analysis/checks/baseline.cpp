#include "analysis/checks/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>

#include "analysis/checks/fingerprint.hpp"
#include "analysis/checks/verdict.hpp"
#include "base/text_file.hpp"
#include "base/utf8.hpp"

namespace usagectl {
namespace {

using nlohmann::json;

constexpr std::uint64_t kMostTimes = 1'000'000'000'000;  // their sum stays a number

std::string folder_of(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().parent_path().generic_string();
}

std::string text_member(const json& entry, const char* key, const std::string& where) {
  if (!entry.contains(key) || entry[key].is_null()) return {};
  if (!entry[key].is_string()) throw InputError(fmt::format("{}/{}: expected a text", where, key));
  return entry[key].get<std::string>();
}

BaselineEntry read_entry(const json& value, const std::string& where) {
  if (!value.is_object()) throw InputError(where + ": expected an object");
  BaselineEntry entry;
  entry.fingerprint = text_member(value, "fingerprint", where);
  if (entry.fingerprint.empty()) throw InputError(where + ": lacks its \"fingerprint\"");
  if (value.contains("times")) {
    const bool is_whole = value["times"].is_number_unsigned();
    if (!is_whole || value["times"] == 0 || value["times"] > kMostTimes) {
      throw InputError(
          fmt::format("{}/times: expected a whole number from 1 to {}", where, kMostTimes));
    }
    entry.times = value["times"].get<std::uint64_t>();
  }
  entry.rule = text_member(value, "rule", where);
  entry.severity = text_member(value, "severity", where);
  entry.file = text_member(value, "file", where);
  entry.pointer = text_member(value, "pointer", where);
  entry.counter = text_member(value, "counter", where);
  entry.explanation = text_member(value, "explanation", where);
  if (value.contains("difference") && value["difference"].is_number_integer()) {
    entry.difference = value["difference"].get<Count>();
  }
  return entry;
}

std::string name_from(const ReconcileReport& report, FileId file, const std::string& folder) {
  if (file >= report.files.size()) return "?";
  return with_invalid_utf8_replaced(path_from(report.files[file], report.folder, folder));
}

/// Names of the files that were read, as the baseline names them.
std::set<std::string> names_read(const ReconcileReport& report, const std::string& folder) {
  std::set<std::string> names;
  for (FileId file = 0; file < report.files.size(); ++file) {
    if (file >= report.file_uses.size() || report.file_uses[file] == FileUse::read) {
      names.insert(name_from(report, file, folder));
    }
  }
  for (const Problem& problem : report.intake.problems) {
    // Only in part.
    names.erase(with_invalid_utf8_replaced(path_from(problem.file, report.folder, folder)));
  }
  return names;
}

}  // namespace

Baseline load_baseline(const std::string& path) {
  return parse_baseline(read_text_file(path), path);
}

Baseline parse_baseline(std::string_view text, const std::string& path) {
  const json document = json::parse(text, nullptr, false);
  if (document.is_discarded()) throw InputError(path + ": is no baseline: not JSON");
  if (!document.is_object() || document.value("schema", json()) != json(kBaselineSchema)) {
    throw InputError(
        fmt::format("{}: is no baseline: expected \"schema\": \"{}\"", path, kBaselineSchema));
  }
  if (!document.contains("findings") || !document["findings"].is_array()) {
    throw InputError(path + ": is no baseline: expected a list \"findings\"");
  }
  Baseline baseline{path, {}};
  for (std::size_t i = 0; i < document["findings"].size(); ++i) {
    baseline.entries.push_back(
        read_entry(document["findings"][i], fmt::format("{}: /findings/{}", path, i)));
  }
  return baseline;
}

void accept_known(const Baseline& baseline, ReconcileReport& report) {
  const std::string folder = folder_of(baseline.file);
  std::map<std::string, std::uint64_t> left;
  for (const BaselineEntry& entry : baseline.entries) left[entry.fingerprint] += entry.times;

  BaselineResult result;
  result.file = baseline.file;
  std::vector<Finding> fresh;
  for (Finding& finding : report.findings) {
    const auto known = left.find(fingerprint(finding, report, folder));
    if (known != left.end() && known->second > 0) {
      --known->second;
      result.known.push_back(std::move(finding));
    } else {
      fresh.push_back(std::move(finding));
    }
  }
  report.findings = std::move(fresh);

  const std::set<std::string> read = names_read(report, folder);
  for (BaselineEntry entry : baseline.entries) {
    std::uint64_t& times = left[entry.fingerprint];
    if (times == 0) continue;
    entry.times = std::min(entry.times, times);
    times -= entry.times;
    if (!read.contains(entry.file)) {
      result.not_looked_at.push_back(std::move(entry));
      continue;
    }
    // From here on it is named like every other file of the report.
    entry.file = (std::filesystem::path(folder) / entry.file).lexically_normal().generic_string();
    result.gone.push_back(std::move(entry));
  }
  report.baseline = std::move(result);
  judge(report);
}

Baseline make_baseline(const ReconcileReport& report, const std::string& path) {
  const std::string folder = folder_of(path);
  std::map<std::string, BaselineEntry> by_fingerprint;
  const auto add = [&](const Finding& finding) {
    const std::string print = fingerprint(finding, report, folder);
    const auto [place, is_new] = by_fingerprint.try_emplace(print);
    BaselineEntry& entry = place->second;
    if (!is_new) {
      ++entry.times;
      return;
    }
    entry.fingerprint = print;
    entry.rule = name_of(finding.rule);
    entry.severity = name_of(finding.severity);
    entry.file = name_from(report, finding.place.file, folder);
    entry.pointer = finding.place.pointer;
    entry.counter = finding.counter;
    entry.difference = finding.difference();
    entry.explanation = finding.explanation;
  };
  for (const Finding& finding : report.findings) add(finding);
  if (report.baseline) {
    for (const Finding& finding : report.baseline->known) add(finding);
    if (folder_of(report.baseline->file) == folder) {
      for (const BaselineEntry& entry : report.baseline->not_looked_at)
        by_fingerprint.emplace(entry.fingerprint, entry);
    }
  }
  Baseline baseline{path, {}};
  for (auto& [print, entry] : by_fingerprint) baseline.entries.push_back(std::move(entry));
  const auto order = [](const BaselineEntry& entry) {
    return std::tie(entry.file, entry.pointer, entry.rule, entry.counter, entry.fingerprint);
  };
  std::sort(baseline.entries.begin(), baseline.entries.end(),
            [&](const BaselineEntry& a, const BaselineEntry& b) { return order(a) < order(b); });
  return baseline;
}

}  // namespace usagectl
