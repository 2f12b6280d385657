#include "ledger/books/group_key.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("groups are sorted as people count: tick 2 before tick 10") {
  CHECK(natural_less(std::optional<std::string>("2"), std::optional<std::string>("10")));
  CHECK_FALSE(natural_less(std::optional<std::string>("10"), std::optional<std::string>("2")));
  CHECK(natural_less(std::optional<std::string>("phase2a"), std::optional<std::string>("phase2b")));
  CHECK(natural_less(std::nullopt, std::optional<std::string>("")));
}

TEST_CASE("a packed key comes back whole, whatever text is in it") {
  UsageRecord record;
  record.model = "a:3+b-\n";
  record.scope.emplace_back("entity", "");
  std::string packed;
  CHECK_FALSE(pack_key(record, {"model", "tick", "entity", "file"}, "7:x", packed));
  const GroupKey key = unpack_key(packed);
  REQUIRE(key.size() == 4);
  CHECK(key[0] == "a:3+b-\n");
  CHECK_FALSE(key[1].has_value());
  CHECK(key[2] == "");
  CHECK(key[3] == "7:x");
}
