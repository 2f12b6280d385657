#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/usage_record.hpp"

namespace usagectl {

/// Tells by its names whether a record is of the kind of one before it: of the same unit, model,
/// provider and so on. What follows from these need not be found out again: most records of a log
/// are of few kinds.
class AlikeRecords {
 public:
  static constexpr std::size_t kKinds = 65;
  static constexpr std::size_t kNoKind = 64;  ///< records of it have nothing in common
  struct Kind {
    /// Below kKinds; of another kind from the next record that has it and is not known.
    std::size_t number = kNoKind;
    bool is_known = false;
  };
  Kind kind_of(const UsageRecord& record);

  /// Whether records of one kind may have other values under a key to group by.
  static bool may_differ(std::string_view key);

 private:
  struct Names {
    FileId file = 0;
    UnitId unit = 0;
    std::uint8_t rank = 0;
    bool is_set = false;
    bool is_usage = false;
    bool is_on_line = false;
    std::string_view format;
    std::string_view dialect;
    std::string pointer;
    std::string model;
    std::vector<ScopeEntry> scope;  ///< without what may differ

    bool are_of(const UsageRecord& record) const;
    void take(const UsageRecord& record);
  };
  static constexpr std::size_t kMostInVain = 1024;

  std::array<Names, kNoKind> kinds_;
  UnitId unit_ = 0;          ///< of the last record
  std::size_t in_vain_ = 0;  ///< records of the unit in a row that were of no known kind
};

}  // namespace usagectl
