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

/// What a reader found, sorted by kind for tests to look at.
struct FormatReading {
  FormatReading() = default;
  explicit FormatReading(Observations&& found)
      : records(std::move(found.records())),
        ignored_by(found.objects_ignored().begin(), found.objects_ignored().end()),
        duplicates(found.duplicates()),
        checks_held(found.checks_held()) {
    for (auto& [records_before, what] : found.entries()) {
      std::visit([this](auto& one) { take(std::move(one)); }, what);
    }
  }

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
  UnitId units = 0;  ///< how many were made

 private:
  void take(NewUnit&&) { ++units; }
  void take(Snapshot&& snapshot) { snapshots.emplace(units++, std::move(snapshot)); }
  void take(NewGroup&& group) {
    if (!group.key.empty()) groups.try_emplace(group.key, next_group_);
    ++next_group_;
  }
  void take(ContinuedSpace&& space) { continued.emplace_back(space.space, space.other); }
  void take(CoveredSeries&&) {}
  void take(UnlessReported&& one) {
    records.push_back(std::move(one.record));
    if (one.finding) findings.push_back(std::move(*one.finding));
  }
  void take(CopiedCall&& one) { records.push_back(std::move(one.record)); }
  void take(ResumedSum&& sum) {
    for (UsageRecord& record : sum.records) records.push_back(std::move(record));
  }
  void take(Member&& member) { members.push_back(member); }
  void take(SumClaim&& claim) { sum_claims.push_back(std::move(claim)); }
  void take(CountClaim&& claim) { count_claims.push_back(std::move(claim)); }
  void take(SequenceClaim&& claim) { sequence_claims.push_back(std::move(claim)); }
  void take(UniqueName&&) {}
  void take(SharedMark&&) {}
  void take(Finding&& finding) { findings.push_back(std::move(finding)); }
  void take(RejectedObject&& object) { problems.push_back(std::move(object.problem)); }
  void take(UnreadablePlace&& place) { problems.push_back(std::move(place.fault.problem)); }
  void take(Trouble&& trouble) { problems.push_back(std::move(trouble.problem)); }
  void take(InferredLayout&&) {}
  void take(LayoutPaths&&) {}
  void take(Warning&&) {}

  GroupId next_group_ = 1;
};

/// Reads a text as if it were a file of that name.
inline FormatReading read_as_file(std::string text, std::string_view path) {
  const std::size_t size = text.size();
  text.append(JsonParser::kPadding, '\0');
  Observations found;
  JsonParser parser;
  read_text(std::string_view(text).substr(0, size), FileContext{0, path, false}, parser, found);
  return FormatReading(std::move(found));
}

/// Reads a fixture, named below testdata/formats.
inline FormatReading read_fixture(const std::string& name) {
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
