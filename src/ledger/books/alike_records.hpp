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
  static constexpr std::size_t kKinds = 64;
  struct Kind {
    std::size_t number = 0;  ///< below kKinds; of another kind from the next one that is not known
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
  std::array<Names, kKinds> kinds_;
};

}  // namespace usagectl
