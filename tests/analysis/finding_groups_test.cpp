#include "analysis/checks/finding_groups.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

namespace {

Finding finding_at(FileId file, std::string pointer, std::string explanation) {
  Finding finding;
  finding.place = {file, 0, std::move(pointer)};
  finding.explanation = std::move(explanation);
  return finding;
}

using Numbers = std::vector<std::size_t>;

}  // namespace

TEST_CASE("findings with one explanation are one group") {
  CHECK(group_numbers({finding_at(0, "/a", "x"), finding_at(0, "/b", "y"),
                       finding_at(0, "/c", "x")}) == Numbers{1, 2, 1});
}

TEST_CASE("errors of two files are two groups") {
  CHECK(group_numbers({finding_at(0, "/a", "x"), finding_at(1, "/a", "x")}) == Numbers{1, 2});
}

TEST_CASE("a cause and its witnesses join findings with different explanations") {
  Finding gap = finding_at(0, "/list", "number 2 is missing");
  gap.cause = "detail-missing";
  gap.witnesses = {{{0, 0, "/list/1"}, {}}};
  Finding sum = finding_at(0, "/output", "request 2 is missing");
  sum.cause = gap.cause;
  sum.witnesses = gap.witnesses;
  CHECK(group_numbers({gap, sum}) == Numbers{1, 1});
  sum.witnesses.front().place.pointer = "/list/7";
  CHECK(group_numbers({gap, sum}) == Numbers{1, 2});
}

TEST_CASE("numbers of one sum without a known cause are one group") {
  Finding input = finding_at(0, "/total/input", "input is not the sum");
  input.asserted = 5;
  Finding output = finding_at(0, "/total/output", "output is not the sum");
  output.asserted = 6;
  CHECK(group_numbers({input, output}) == Numbers{1, 1});
}

TEST_CASE("one number that breaks two claims is one group") {
  Finding entities = finding_at(0, "/total", "total is not the sum of its entities");
  entities.asserted = 5;
  entities.cause = "part-missing";
  Finding logs = finding_at(0, "/total", "total is not the sum of its tick logs");
  logs.asserted = 5;
  CHECK(group_numbers({entities, logs}) == Numbers{1, 1});
}

TEST_CASE("warnings that say the same of several files are one group") {
  Finding one = finding_at(0, "/a", "2 of 3 records are not known");
  one.severity = Severity::warning;
  Finding other = finding_at(1, "/b", "12 of 1,300 records are not known");
  other.severity = Severity::warning;
  CHECK(group_numbers({one, other}) == Numbers{1, 1});
}

TEST_CASE("groups keep the order of their first findings") {
  const auto groups = group_findings(
      {finding_at(0, "/a", "x"), finding_at(0, "/b", "y"), finding_at(0, "/c", "x")});
  CHECK(groups == std::vector<FindingGroup>{{0, 2}, {1}});
}
