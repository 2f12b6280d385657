#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "capture/read_file.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Keeps everything a format finds, for tests to look at.
struct RecordingSink final : Sink {
  UnitId unit(std::string_view = {}) override { return next_unit++; }
  UnitId snapshot_unit(const Snapshot& snapshot) override {
    snapshots.emplace(next_unit, snapshot);
    return next_unit++;
  }
  GroupId group(std::string_view key = {}) override {
    if (key.empty()) return next_group++;
    const auto [known, is_new] = groups.try_emplace(std::string(key), next_group);
    if (is_new) ++next_group;
    return known->second;
  }
  void continues(std::string_view space, std::string_view other) override {
    continued.emplace_back(space, other);
  }
  void covers(std::string_view) override {}
  void unless_told(UsageRecord&& record, std::optional<Finding>&& finding) override {
    records.push_back(std::move(record));
    if (finding) findings.push_back(std::move(*finding));
  }
  void record(UsageRecord&& record) override { records.push_back(std::move(record)); }
  void member(const Member& member) override { members.push_back(member); }
  void claim(SumClaim&& claim) override { sum_claims.push_back(std::move(claim)); }
  void claim(CountClaim&& claim) override { count_claims.push_back(std::move(claim)); }
  void claim(SequenceClaim&& claim) override { sequence_claims.push_back(std::move(claim)); }
  void claim(UniqueName&&) override {}
  void claim(SharedMark&&) override {}
  void held(std::uint64_t checks = 1) override { checks_held += checks; }
  void finding(Finding&& finding) override { findings.push_back(std::move(finding)); }
  void ignored(std::string_view rule, std::uint64_t objects = 1) override {
    if (objects > 0) ignored_by[std::string(rule)] += objects;
  }
  void duplicate(std::uint64_t objects = 1) override { duplicates += objects; }
  void reject(const Place&, std::string problem, std::span<const GroupId>) override {
    problems.push_back(std::move(problem));
  }
  void unreadable(const Place&, const Fault& fault) override { problems.push_back(fault.problem); }
  void trouble(const Place&, std::string problem) override {
    problems.push_back(std::move(problem));
  }
  void warning(std::string) override {}

  /// The only finding by that rule; a test fails when there is none or several.
  const Finding& only(Rule rule) const {
    const Finding* found = nullptr;
    for (const Finding& finding : findings) {
      if (finding.rule != rule) continue;
      REQUIRE(found == nullptr);
      found = &finding;
    }
    REQUIRE(found != nullptr);
    return *found;
  }
  std::size_t errors() const {
    std::size_t number = 0;
    for (const Finding& finding : findings) number += finding.severity == Severity::error ? 1 : 0;
    return number;
  }

  UnitId next_unit = 0;
  GroupId next_group = 1;
  std::map<UnitId, Snapshot> snapshots;
  std::map<std::string, GroupId> groups;
  std::vector<std::pair<std::string, std::string>> continued;
  std::vector<UsageRecord> records;

  std::vector<Member> members;
  std::vector<SumClaim> sum_claims;
  std::vector<CountClaim> count_claims;
  std::vector<SequenceClaim> sequence_claims;
  std::vector<Finding> findings;
  std::map<std::string, std::uint64_t> ignored_by;
  std::vector<std::string> problems;
  std::uint64_t duplicates = 0;
  std::uint64_t checks_held = 0;
};

/// Reads a text as if it were a file of that name.
inline RecordingSink read_as_file(std::string text, std::string_view path) {
  const std::size_t size = text.size();
  text.append(JsonParser::kPadding, '\0');
  RecordingSink sink;
  JsonParser parser;
  read_text(std::string_view(text).substr(0, size), FileContext{0, path, false}, parser, sink);
  return sink;
}

/// Reads a fixture, named below testdata/formats.
inline RecordingSink read_fixture(const std::string& name) {
  std::ifstream file(std::string(USAGECTL_SOURCE_DIR "/testdata/formats/") + name,
                     std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  return read_as_file({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()},
                      name);
}

/// One counter of a record, -1 where it is not known.
inline Count tokens(const UsageRecord& record, Counter counter) {
  return record.counts[counter].value_or(-1);
}

}  // namespace usagectl
