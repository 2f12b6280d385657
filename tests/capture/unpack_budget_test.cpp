#include "capture/unpack_budget.hpp"

#include <doctest/doctest.h>

#include <utility>

using namespace usagectl;

namespace {

FilePiece piece_of(std::size_t file, std::uint64_t unpacked_bytes, bool is_last) {
  FilePiece piece;
  piece.file = file;
  piece.is_packed = true;
  piece.unpacked_bytes = unpacked_bytes;
  piece.ends_file = is_last;
  return piece;
}

bool allows(UnpackBudget& budget, FilePiece&& piece) { return budget.allows(piece); }

}  // namespace

TEST_CASE("the file that uses up the budget is read to its end, no other is unpacked") {
  UnpackBudget budget(1000);
  CHECK(allows(budget, piece_of(0, 900, false)));
  CHECK_FALSE(budget.is_used_up());
  CHECK(allows(budget, piece_of(0, 900, true)));
  CHECK(budget.is_used_up());
  CHECK_FALSE(allows(budget, piece_of(1, 10, false)));
  FilePiece last = piece_of(1, 10, true);
  REQUIRE(budget.allows(last));
  CHECK(last.begins_file);
  CHECK(last.reading.fate == FileFate::failed);
  CHECK(last.found.entries().size() == 1);
}

TEST_CASE("members of an archive are refused with it, files that nothing compresses are not") {
  UnpackBudget budget(1000);
  CHECK(allows(budget, piece_of(0, 1001, true)));
  FilePiece member = piece_of(1, 10, true);
  member.member = "a.zip!b";
  member.is_packed = false;
  CHECK_FALSE(budget.allows(member));
  FilePiece plain = piece_of(2, 0, true);
  plain.is_packed = false;
  plain.bytes = 5000;
  REQUIRE(budget.allows(plain));
  CHECK(plain.bytes == 5000);
}
