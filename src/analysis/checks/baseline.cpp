#include "analysis/checks/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "analysis/checks/fingerprint.hpp"
#include "analysis/checks/verdict.hpp"
#include "base/nearest_word.hpp"
#include "base/text_file.hpp"
#include "base/utf8.hpp"
#include "ledger/books/time_span.hpp"

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

/// A mistyped date would accept a finding for ever.
void check_keys(const json& value, const std::string& where) {
  const std::vector<std::string> known = {"fingerprint", "times",   "rule",    "severity",
                                          "file",        "pointer", "counter", "difference",
                                          "explanation", "reason",  "expires"};
  for (const auto& [key, member] : value.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    if (const auto nearest = nearest_word(key, known)) {
      throw InputError(
          fmt::format("{}: invalid key \"{}\"; did you mean {}?", where, key, *nearest));
    }
  }
}

BaselineEntry read_entry(const json& value, const std::string& where) {
  if (!value.is_object()) throw InputError(where + ": expected an object");
  check_keys(value, where);
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
  entry.reason = text_member(value, "reason", where);
  entry.expires = text_member(value, "expires", where);
  constexpr std::string_view kDay = "2026-12-31";
  if (!entry.expires.empty() && (entry.expires.size() != kDay.size() || !is_time(entry.expires))) {
    throw InputError(fmt::format("{}/expires: expected a date such as {}", where, kDay));
  }
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
  if (document.is_discarded()) throw InputError(path + ": is not a baseline: not JSON");
  if (!document.is_object() || document.value("schema", json()) != json(kBaselineSchema)) {
    throw InputError(
        fmt::format("{}: is not a baseline: expected \"schema\": \"{}\"", path, kBaselineSchema));
  }
  if (!document.contains("findings") || !document["findings"].is_array()) {
    throw InputError(path + ": is not a baseline: expected a list \"findings\"");
  }
  Baseline baseline{path, {}};
  for (std::size_t i = 0; i < document["findings"].size(); ++i) {
    baseline.entries.push_back(
        read_entry(document["findings"][i], fmt::format("{}: /findings/{}", path, i)));
  }
  return baseline;
}

void accept_known(const Baseline& baseline, std::string_view today, ReconcileReport& report) {
  const std::string folder = folder_of(baseline.file);
  std::map<std::string, std::vector<std::size_t>> entries_of;
  std::vector<std::uint64_t> left;
  for (const BaselineEntry& entry : baseline.entries) {
    entries_of[entry.fingerprint].push_back(left.size());
    left.push_back(entry.times);
  }
  const auto has_expired = [&](const BaselineEntry& entry) {
    return !entry.expires.empty() && entry.expires < today;
  };
  /// The entry that stands for one more finding, those that still accept it first.
  const auto entry_for = [&](const std::string& print) -> std::optional<std::size_t> {
    std::optional<std::size_t> expired;
    for (const std::size_t index : entries_of[print]) {
      if (left[index] == 0) continue;
      if (!has_expired(baseline.entries[index])) return index;
      if (!expired) expired = index;
    }
    return expired;
  };

  BaselineResult result;
  result.file = baseline.file;
  result.all = baseline.entries;
  const auto named_from_here = [&](BaselineEntry entry, std::uint64_t times) {
    entry.times = times;
    entry.file = (std::filesystem::path(folder) / entry.file).lexically_normal().generic_string();
    return entry;
  };
  std::vector<Finding> fresh;
  std::map<std::size_t, std::uint64_t> expired;
  for (Finding& finding : report.findings) {
    const auto index = entry_for(fingerprint(finding, report, folder));
    if (index) --left[*index];
    if (index && !has_expired(baseline.entries[*index])) {
      result.known.push_back(std::move(finding));
      result.reasons.push_back(baseline.entries[*index].reason);
      continue;
    }
    if (index) ++expired[*index];
    fresh.push_back(std::move(finding));
  }
  for (const auto& [index, times] : expired)
    result.expired.push_back(named_from_here(baseline.entries[index], times));
  report.findings = std::move(fresh);

  const std::set<std::string> read = names_read(report, folder);
  for (std::size_t i = 0; i < baseline.entries.size(); ++i) {
    if (left[i] == 0) continue;
    if (read.contains(baseline.entries[i].file)) {
      result.gone.push_back(named_from_here(baseline.entries[i], left[i]));
    } else {
      result.not_looked_at.push_back(baseline.entries[i]);
      result.not_looked_at.back().times = left[i];
    }
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
      for (const BaselineEntry& entry : report.baseline->all) {
        const auto kept = by_fingerprint.find(entry.fingerprint);
        if (kept == by_fingerprint.end()) continue;
        kept->second.reason = entry.reason;
        kept->second.expires = entry.expires;
      }
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
