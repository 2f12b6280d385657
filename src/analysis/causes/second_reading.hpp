#pragma once

#include <cstddef>
#include <functional>
#include <unordered_set>

#include "capture/file_pieces.hpp"
#include "ledger/books/books.hpp"
#include "ledger/books/kept_parts.hpp"

namespace usagectl {

/// What a second reading is to bring.
struct SecondQuestion {
  std::unordered_set<GroupId> groups;  ///< whose parts are wanted
  std::unordered_set<FileId> files;    ///< to read for other reasons
  std::function<void(const UsageRecord&)> on_read;
};

/// Reads the files once more that hold what is wanted, those that can be: the parts of the groups,
/// together with those that the first reading kept.
KeptParts read_again(Books& first, SecondQuestion question, const PieceOptions& reading);

}  // namespace usagectl
