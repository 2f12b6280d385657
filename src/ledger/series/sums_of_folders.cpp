#include "ledger/series/sums_of_folders.hpp"

#include <cstddef>

#include "base/paths.hpp"

namespace usagectl {

bool is_in_folder(std::string_view path, std::string_view folder) {
  if (folder.empty()) return !path.starts_with('/') && !path.starts_with("../");
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

void SumsOfFolders::Sums::add(const Tally& tally) {
  for (std::size_t i = 0; i < kComparedCounters.size(); ++i) {
    sums[i] += tally.sums[static_cast<std::size_t>(kComparedCounters[i])];
    known[i] += static_cast<std::int64_t>(tally.known_of(kComparedCounters[i]));
    open[i] += static_cast<std::int64_t>(tally.open_of(kComparedCounters[i]));
  }
}

void SumsOfFolders::Sums::remove(const Tally& tally) {
  for (std::size_t i = 0; i < kComparedCounters.size(); ++i) {
    sums[i] -= tally.sums[static_cast<std::size_t>(kComparedCounters[i])];
    known[i] -= static_cast<std::int64_t>(tally.known_of(kComparedCounters[i]));
    open[i] -= static_cast<std::int64_t>(tally.open_of(kComparedCounters[i]));
  }
}

std::vector<SumsOfFolders::Sums*> SumsOfFolders::sums_with(std::string_view path) {
  const std::string folder = folder_of(path);
  std::vector<Sums*> all = {&alone_[folder]};
  bool is_own_named = false;
  const auto name = [&](std::string_view outer) {
    is_own_named = is_own_named || outer == folder;
    const auto known = with_folders_below_.find(outer);
    all.push_back(known != with_folders_below_.end() ? &known->second
                                                     : &with_folders_below_[std::string(outer)]);
  };
  for (auto slash = path.find('/', 1); slash != std::string_view::npos;
       slash = path.find('/', slash + 1))
    name(path.substr(0, slash));
  if (is_in_folder(path, "")) name("");
  if (!is_own_named) name(folder);
  return all;
}

void SumsOfFolders::add(std::string_view path, const Tally& tally) {
  for (Sums* const sums : sums_with(path)) sums->add(tally);
}

void SumsOfFolders::remove(std::string_view path, const Tally& tally) {
  for (Sums* const sums : sums_with(path)) sums->remove(tally);
}

bool SumsOfFolders::others_report_as_much(std::string_view folder,
                                          const std::vector<const Source*>& these, const Tally& sum,
                                          bool with_folders_below) const {
  const ByFolder& folders = with_folders_below ? with_folders_below_ : alone_;
  const auto found = folders.find(folder);
  if (found == folders.end()) return false;
  Sums others = found->second;
  for (const Source* const source : these) others.remove(source->tally);
  Tally parts;
  for (std::size_t i = 0; i < kComparedCounters.size(); ++i) {
    const auto counter = static_cast<std::size_t>(kComparedCounters[i]);
    parts.sums[counter] = others.sums[i];
    parts.known[counter] = static_cast<std::uint64_t>(others.known[i]);
    parts.open[counter] = static_cast<std::uint64_t>(others.open[i]);
  }
  return compare(sum, parts).are_equal;
}

}  // namespace usagectl
