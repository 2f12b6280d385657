#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/series/equal_sums.hpp"
#include "ledger/series/usage_sources.hpp"

namespace usagectl {

/// Whether the path is of a file in the folder, or in one below it. A relative path without a
/// folder is in "".
bool is_in_folder(std::string_view path, std::string_view folder);

/// What the files of each folder report together, and with those of all folders below it: whether
/// one of them may be the sum of the others is known without a look at each of them.
class SumsOfFolders {
 public:
  void add(std::string_view path, const Tally& tally);
  void remove(std::string_view path, const Tally& tally);
  /// Whether all of a folder but these, which are of it, report as much as `sum`.
  bool others_report_as_much(std::string_view folder, const std::vector<const Source*>& these,
                             const Tally& sum, bool with_folders_below) const;

 private:
  /// Of the counters that are compared, as Tally has them.
  struct Sums {
    std::array<ExactSum, kComparedCounters.size()> sums{};
    std::array<std::int64_t, kComparedCounters.size()> known{};
    std::array<std::int64_t, kComparedCounters.size()> open{};

    void add(const Tally& tally);
    void remove(const Tally& tally);
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using ByFolder = std::unordered_map<std::string, Sums, Hash, std::equal_to<>>;

  /// The sums that a file is a part of: of its folder alone, and of all that it is in.
  std::vector<Sums*> sums_with(std::string_view path);

  ByFolder alone_;
  ByFolder with_folders_below_;
};

}  // namespace usagectl
