#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "formats/sink.hpp"

namespace usagectl {

/// Keeps what a format yields, for tests to look at.
class RecordingSink : public Sink {
 public:
  UnitId unit(std::string_view) override { return ++units; }
  UnitId snapshot_unit(const Snapshot&) override { return ++units; }
  GroupId group(std::string_view) override { return ++groups; }
  void record(UsageRecord&& record) override { records.push_back(std::move(record)); }
  void member(const Member&) override {}
  void claim(SumClaim&&) override {}
  void claim(CountClaim&&) override {}
  void claim(SequenceClaim&&) override {}
  void claim(UniqueName&&) override {}
  void claim(SharedMark&&) override {}
  void held(std::uint64_t checks) override { checks_held += checks; }
  void finding(Finding&& finding) override { findings.push_back(std::move(finding)); }
  void ignored(std::string_view rule, std::uint64_t objects) override { set_aside[std::string(rule)] += objects; }
  void duplicate(std::uint64_t objects) override { duplicates += objects; }
  void rejected(const Place&, std::string problem, std::initializer_list<GroupId>) override {
    problems.push_back(std::move(problem));
  }
  void unreadable(const Place&, const Fault& fault) override { problems.push_back(fault.problem); }
  void trouble(const Place&, std::string problem) override { problems.push_back(std::move(problem)); }
  void warning(std::string text) override { problems.push_back(std::move(text)); }

  UnitId units = 0;
  GroupId groups = 0;
  std::vector<UsageRecord> records;
  std::vector<Finding> findings;
  std::map<std::string, std::uint64_t> set_aside;
  std::uint64_t checks_held = 0;
  std::uint64_t duplicates = 0;
  std::vector<std::string> problems;
};

}  // namespace usagectl
