#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ledger/books/case_part.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Keeps the records of groups, to explain the claims about them.
class KeptParts {
 public:
  /// A group of more parts is let go whole; what its sums tell is all that is then known of it.
  static constexpr std::size_t kMostParts = 250'000;

  struct Parts {
    std::vector<CasePart> items;
    std::vector<CasePart> told_again;  ///< reports of a part that was known already
    bool is_let_go = false;
  };

  KeptParts() = default;
  /// Keeps these groups alone.
  explicit KeptParts(std::unordered_set<GroupId> wanted)
      : wanted_(std::move(wanted)), wants_all_(false) {}

  void add(const UsageRecord& record);
  void add_told_again(const UsageRecord& record);
  /// An object in that document contradicts itself: its record, when it comes, is kept.
  void expect_object(const Place& place) { expected_ = place; }
  void add_object(const UsageRecord& record);
  const std::vector<UsageRecord>& objects() const { return objects_; }
  /// Nothing, where no part of the group was kept.
  const Parts* of(GroupId group) const;
  /// Takes over what another one has kept of groups that this one has nothing of.
  void complete_with(KeptParts&& other);

 private:
  template <typename Take>
  void each_group(const UsageRecord& record, Take take);

  std::unordered_set<GroupId> wanted_;
  bool wants_all_ = true;
  std::unordered_map<GroupId, Parts> groups_;
  CasePart in_order(const UsageRecord& record);

  std::size_t kept_ = 0;
  std::uint64_t order_ = 0;
  std::optional<Place> expected_;
  std::vector<UsageRecord> objects_;
};

CasePart case_part(const UsageRecord& record);

}  // namespace usagectl
