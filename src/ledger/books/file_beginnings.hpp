#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/finding.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// How the files of a run begin, to find those that begin with the calls of another: backups, and
/// sessions that are saved anew at each step. Calls with an id are told apart by it, and are passed
/// over.
class FileBeginnings {
 public:
  /// A call that is counted, in the order in which its file tells them.
  void note(const UsageRecord& record);
  /// The file is not counted after all.
  void forget(FileId file) { files_[file] = {}; }
  /// A file whose first calls are those of another, at the same moments; or, without times, one of
  /// which nothing but these calls is in the one or the other. Both are counted.
  std::vector<Finding> replayed() const;

 private:
  static constexpr std::size_t kMostCalls = 16;
  static constexpr std::size_t kFewestCalls = 2;  ///< one may be alike by chance

  struct Beginning {
    Place place;
    std::vector<std::uint64_t> calls;  ///< hashes of the first ones
    bool is_told_apart = false;        ///< a call of it has an id
    bool has_times = true;             ///< all of them
    bool are_several = false;          ///< not all are alike
  };

  /// How many calls at the beginning of both are the same; 0 where that may be chance.
  static std::size_t shared_calls(const Beginning& a, const Beginning& b);

  std::vector<FileId> order_;
  std::unordered_map<FileId, Beginning> files_;
};

}  // namespace usagectl
