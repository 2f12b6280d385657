#pragma once

#include <cstdint>
#include <string_view>

#include "model/counts.hpp"
#include "model/place.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// What a part adds to its group.
enum class PartKind : std::uint8_t {
  record,     ///< a member, and its counts where the group is not summed as written
  member,     ///< members without counts: outputs, lines of a log
  rejected,   ///< nothing that is known: no sum of the group can be proved
  written,    ///< its counts as they are written, where a claim is about those
  unwritten,  ///< takes these back: a fuller report of the call follows
  solved,     ///< the counts of a written one in the words of every report
  unsolved,   ///< takes these back
};

constexpr std::string_view name_of(PartKind kind) {
  constexpr std::string_view kNames[] = {"record",    "member", "rejected", "written",
                                         "unwritten", "solved", "unsolved"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// Something that the ledger adds to a group, for those who check the claims about it elsewhere.
struct GroupPart {
  GroupId group = 0;
  PartKind kind = PartKind::record;
  Place place;
  Counts counts;
  std::uint64_t members = 1;  ///< of a written one: 1 where it used any tokens
  Count number = 0;           ///< in a numbering from 1; 0 = not numbered
};

}  // namespace usagectl
