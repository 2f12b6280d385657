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
  CHECK_FALSE(pack_key(record, {"model", "tick", "entity", "file"}, {"7:x"}, packed));
  const GroupKey key = unpack_key(packed);
  REQUIRE(key.size() == 4);
  CHECK(key[0] == "a:3+b-\n");
  CHECK_FALSE(key[1].has_value());
  CHECK(key[2] == "");
  CHECK(key[3] == "7:x");
}

namespace {

std::string value_of_time(std::string time, std::string_view key, const TimeZone* zone = nullptr) {
  UsageRecord record;
  record.time = std::move(time);
  std::string made;
  return std::string(value_of(record, key, {"x.json", zone}, made).value_or("nothing"));
}

}  // namespace

TEST_CASE("weeks are those of ISO 8601, which begin on Monday") {
  CHECK(value_of_time("2026-11-22T12:00:00Z", "week") == "2026-W47");
  CHECK(value_of_time("2026-11-23T12:00:00Z", "week") == "2026-W48");
  CHECK(value_of_time("2027-01-01T12:00:00Z", "week") == "2026-W53");
  CHECK(value_of_time("", "week") == "nothing");
}

TEST_CASE("months are cut off a time") {
  CHECK(value_of_time("2026-11-22T12:00:00Z", "month") == "2026-11");
}

TEST_CASE("a day is that of the zone where the zone of the call is known") {
  const auto berlin = TimeZone::named("Europe/Berlin");
  if (!berlin) return;  // a system without zones
  CHECK(value_of_time("2026-11-22T23:30:00.5Z", "day", &*berlin) == "2026-11-23");
  CHECK(value_of_time("2026-07-22T22:30:00Z", "hour", &*berlin) == "2026-07-23T00");
  CHECK(value_of_time("2026-11-22T23:30:00", "day", &*berlin) == "2026-11-22");
  CHECK_FALSE(TimeZone::named("Europe/Nowhere"));
}

TEST_CASE("the project is the folder that agents keep its sessions in") {
  UsageRecord record;
  record.format = "claude.transcript";
  std::string made;
  const GroupingContext context{".claude/projects/-srv-demo/session.jsonl", nullptr};
  CHECK(value_of(record, "project", context, made) == "-srv-demo");
  CHECK(value_of(record, "agent", context, made) == "Claude Code");
  CHECK_FALSE(value_of(record, "project", {"myprojects/x/a.jsonl", nullptr}, made));
}
