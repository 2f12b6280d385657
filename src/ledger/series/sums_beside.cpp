#include "ledger/series/sums_beside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

namespace usagectl {
namespace {

constexpr Counter kCompared[] = {Counter::input, Counter::output, Counter::total};

using SumsOfFiles = std::map<FileId, Tally>;

std::string folder_of(const std::string& path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

bool has_tokens(const Tally& tally) {
  return std::any_of(std::begin(kCompared), std::end(kCompared),
                     [&](Counter counter) { return tally.sum_of(counter).value_or(0) > 0; });
}

std::map<std::string, SumsOfFiles> sums_by_folder(const Books& books) {
  std::map<std::string, SumsOfFiles> folders;
  for (const ViewOfUnit& view : books.counted_views) {
    const Unit& unit = books.units[view.unit];
    if (!unit.series.empty()) continue;
    Tally& tally = folders[folder_of(books.file_names[unit.place.file])][unit.place.file];
    for (const auto& [key, sum] : books.sums_of(view).by_key) tally.merge(sum);
  }
  for (auto& [folder, files] : folders)
    std::erase_if(files, [](const auto& file) { return !has_tokens(file.second); });
  return folders;
}

/// Twice as much is all of them together. Chance does not make two numbers so, or a large one.
bool is_half_of(const Tally& one, const Tally& all) {
  constexpr Count kNoChance = 25;
  constexpr Count kLarge = 1000;
  int matches = 0;
  Count largest = 0;
  for (const Counter counter : kCompared) {
    const auto mine = one.sum_of(counter);
    const auto together = all.sum_of(counter);
    if (!mine || !together) continue;
    if ((ExactSum(*mine) += *mine) != ExactSum(*together)) return false;
    if (*mine > 0) ++matches;
    largest = std::max(largest, *mine);
  }
  return matches > 1 ? largest >= kNoChance : largest >= kLarge;
}

}  // namespace

std::vector<Finding> find_sums_beside_their_parts(const Books& books) {
  std::vector<Finding> findings;
  for (const auto& folder : sums_by_folder(books)) {
    const SumsOfFiles& files = folder.second;
    if (files.size() < 2) continue;
    Tally all;
    for (const auto& [file, tally] : files) all.merge(tally);
    const auto sum = std::find_if(files.begin(), files.end(), [&](const auto& file) {
      const std::uint64_t others = all.records - file.second.records;
      // Of two files with the same numbers, each may be a run of its own.
      const bool tells_no_calls =
          file.second.known_of(Counter::requests) == 0 && all.known_of(Counter::requests) > 0;
      const bool may_be_sum = others > 1 && (file.second.records == 1 || tells_no_calls);
      return may_be_sum && is_half_of(file.second, all);
    });
    if (sum == files.end()) continue;
    Finding finding;
    finding.rule = Rule::duplicate;
    finding.severity = Severity::warning;
    finding.place = {sum->first, 0, {}};
    finding.cause = "unrelated-usage";
    finding.explanation =
        fmt::format("may be counted twice: it reports as much as the {} file{} beside it together",
                    files.size() - 1, files.size() == 2 ? "" : "s");
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace usagectl
