#include "render/reconcile/finding_block.hpp"

#include <doctest/doctest.h>

#include "reports.hpp"

using namespace usagectl;

namespace {

std::string block(const Finding& finding, const Style& style = {}) {
  return finding_block(finding, report_with({}), style);
}

}  // namespace

TEST_CASE("a finding is shown as the documentation shows it") {
  CHECK(block(missing_detail()) ==
        "token_usage.json  /after/o4-mini-2025-04-16/output_tokens\n"
        "  asserted     44,636\n"
        "  calculated   43,149   sum of 29 per_request_details\n"
        "  difference   +1,487   request 17 is missing from the list (output 1,487)\n"
        "  rule sum · cause detail-missing\n");
}

TEST_CASE("a narrow terminal wraps what is said and keeps places whole") {
  CHECK(block(missing_detail(), {false, 40}) ==
        "token_usage.json\n"
        "  /after/o4-mini-2025-04-16/output_tokens\n"
        "  asserted     44,636\n"
        "  calculated   43,149\n"
        "    sum of 29 per_request_details\n"
        "  difference   +1,487\n"
        "    request 17 is missing from the list\n"
        "    (output 1,487)\n"
        "  rule sum · cause detail-missing\n");
}

TEST_CASE("a finding without numbers says its sentence") {
  Finding finding;
  finding.rule = Rule::layout;
  finding.severity = Severity::warning;
  finding.place = {1, 12, ""};
  finding.explanation = "mixes the old and the new format";
  CHECK(block(finding) ==
        "characters/bob.json:12\n"
        "  mixes the old and the new format\n"
        "  rule layout · warning\n");
}

TEST_CASE("a finding that could not be calculated shows what is asserted") {
  Finding finding;
  finding.severity = Severity::warning;
  finding.place = {0, 0, "/after/x/cached_tokens"};
  finding.counter = "cache_read";
  finding.asserted = 1234;
  finding.explanation = "the parts are not there";
  CHECK(block(finding) ==
        "token_usage.json  /after/x/cached_tokens\n"
        "  asserted     1,234\n"
        "  calculated       -\n"
        "  the parts are not there\n"
        "  rule sum · warning · counter cache_read\n");
}

TEST_CASE("a note is marked as one, and its counter named where the place does not") {
  Finding finding = missing_detail();
  finding.severity = Severity::note;
  finding.cause = {};
  finding.counter = "requests";
  CHECK(block(finding).ends_with("  rule sum · note · counter requests\n"));
}

TEST_CASE("witnesses name their file where it is another one") {
  Finding finding = missing_detail();
  finding.witnesses = {
      {{0, 0, "/before/x/per_request_details/16"}, counts_of({{Counter::cache_read, 1487}})},
      {{1, 3, "/usage"}, {}}};
  CHECK(block(finding).ends_with(
      "  witness      /before/x/per_request_details/16  (cache read 1,487)\n"
      "               characters/bob.json:3  /usage\n"));
}

TEST_CASE("many witnesses are cut, and the cut is said") {
  Finding finding = missing_detail();
  finding.witnesses.resize(11, {{0, 0, "/x"}, {}});
  CHECK(block(finding).ends_with("  and 1 more witness; the JSON report has all of them\n"));
  finding.witnesses.resize(1200, {{0, 0, "/x"}, {}});
  CHECK(block(finding).ends_with("  and 1,190 more witnesses; the JSON report has all of them\n"));
}

TEST_CASE("nothing from a log can act on the terminal") {
  Finding finding = missing_detail();
  finding.place.pointer = "/a\x1b[2J";
  finding.basis = "b\n";
  finding.explanation = "c\u202e";
  finding.witnesses = {{{0, 0, "/\x07"}, {}}};
  const std::string text = block(finding);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find("/a\\x1b[2J") != std::string::npos);
  CHECK(text.find("c\\u202e") != std::string::npos);
}

TEST_CASE("colors say how bad it is") {
  Finding finding = missing_detail();
  CHECK(block(finding, {true, 0}).find("\x1b[31m+1,487\x1b[0m") != std::string::npos);
  finding.severity = Severity::warning;
  CHECK(block(finding, {true, 0}).find("\x1b[33mwarning\x1b[0m") != std::string::npos);
}
