// What a line of a log claims about other lines of its file.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "analysis/reconcile.hpp"
#include "capture/read_file.hpp"
#include "formats/known_layout.hpp"
#include "formats/layouts/layout_parser.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {
namespace {

/// What reconcile says of a log whose calls have "in" and "out", by a layout with these claims.
ReconcileReport judgement(const std::string& claims, std::string text,
                          const std::string& more = {}) {
  Knowledge known = builtin_knowledge();
  known.formats.insert(
      known.formats.begin(),
      format_of(std::make_shared<const Layout>(parse_layout(
          R"({"layout":"made_up","lines":true,)" + more +
              R"("records":[{"at":"/u","view":"calls","id":"../id","same_id":"growth",)"
              R"("counters":{"input":"in","output":"out"}},)"
              R"({"at":"/sum","role":"aggregate","view":"sums","requests":"calls",)"
              R"("counters":{"input":"in","output":"out"}}],"claims":[)" +
              claims + "]}",
          "x.json"))));
  const std::size_t size = text.size();
  text.append(JsonParser::kPadding, '\0');
  FileContext file{0, "x.jsonl"};
  file.knowledge = &known;
  JsonParser parser;
  Observations found;
  read_text(std::string_view(text).substr(0, size), file, parser, found);
  Ledger ledger(reconcile_question(), {"x.jsonl"});
  ledger.begin_file(0, false);
  ledger.add(std::move(found), 0);
  ledger.end_file();
  Books books = ledger.finish();
  return reconcile(books);
}

std::string call(int in, const std::string& more = {}) {
  return R"({"u":{"in":)" + std::to_string(in) + R"(,"out":1})" + more + "}\n";
}

const Finding& only_error(const ReconcileReport& report) {
  const auto is_error = [](const Finding& one) { return one.severity == Severity::error; };
  REQUIRE(std::count_if(report.findings.begin(), report.findings.end(), is_error) == 1);
  return *std::find_if(report.findings.begin(), report.findings.end(), is_error);
}

const std::string kCount = R"({"count":"/n","of":"calls","lines":"all"})";
const std::string kSum = R"({"sum":"/t","of":"calls","counter":"total","lines":"all"})";

}  // namespace

TEST_CASE("a summary at the end of a log passes where it holds") {
  const ReconcileReport report =
      judgement(kCount + "," + kSum, call(4) + call(5) + "{\"n\":2,\"t\":11}\n");
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.passed == 2);
  CHECK(report.findings.empty());
}

TEST_CASE("a summary that counts another number of calls is refuted at its place") {
  const ReconcileReport report = judgement(kCount, call(4) + call(5) + "{\"n\":3}\n");
  CHECK(report.verdict == Verdict::fail);
  const Finding& finding = only_error(report);
  CHECK(finding.rule == Rule::count);
  CHECK(finding.place.line == 3);
  CHECK(finding.place.pointer == "/n");
  CHECK(finding.asserted == 3);
  CHECK(finding.calculated == 2);
}

TEST_CASE("a total that is not the sum of the calls is refuted at its place") {
  const Finding finding = only_error(judgement(kSum, call(4) + call(5) + "{\"t\":12}\n"));
  CHECK(finding.place.pointer == "/t");
  CHECK(finding.counter == "total");
  CHECK(finding.asserted == 12);
  CHECK(finding.calculated == 11);
}

TEST_CASE("a summary before its calls is about all lines as well") {
  CHECK(judgement(kCount, "{\"n\":2}\n" + call(4) + call(5)).verdict == Verdict::pass);
}

TEST_CASE("a summary of a session is about the calls with the same key") {
  const std::string claim = R"({"count":"/n","of":"calls","lines":"all","same":"s"})";
  const std::string calls =
      call(1, R"(,"s":"a")") + call(2, R"(,"s":"b")") + call(3, R"(,"s":"a")");
  CHECK(judgement(claim, calls + "{\"n\":2,\"s\":\"a\"}\n{\"n\":1,\"s\":\"b\"}\n").verdict ==
        Verdict::pass);
  const Finding finding =
      only_error(judgement(claim, calls + "{\"n\":2,\"s\":\"a\"}\n{\"n\":2,\"s\":\"b\"}\n"));
  CHECK(finding.place.line == 5);
  CHECK(finding.calculated == 1);
}

TEST_CASE("the key of a claim may come from a line before") {
  const std::string claim = R"({"count":"/n","of":"calls","lines":"all","same":"@s"})";
  const std::string context = R"("context":{"s":{"from":"begins"}},)";
  const std::string log = "{\"begins\":\"a\"}\n" + call(1) + "{\"n\":1}\n{\"begins\":\"b\"}\n" +
                          call(2) + call(3) + "{\"n\":2}\n";
  CHECK(judgement(claim, log, context).passed == 2);
  CHECK(judgement(claim, log, context).findings.empty());
}

TEST_CASE("summaries may be about the lines since the last one") {
  const std::string claim = R"({"sum":"/t","of":"calls","counter":"total","lines":"since_last"})";
  const std::string log = call(1) + call(2) + "{\"t\":5}\n" + call(3);
  CHECK(judgement(claim, log + "{\"t\":4}\n").verdict == Verdict::pass);
  const Finding finding = only_error(judgement(claim, log + "{\"t\":9}\n"));
  CHECK(finding.place.line == 5);
  CHECK(finding.calculated == 4);
}

TEST_CASE("summaries may be about all lines up to them") {
  for (const std::string kind : {R"({"sum":"/t","of":"calls","counter":"total","lines":"so_far"})",
                                 R"({"sum":"/t","of":["/u/in","/u/out"],"lines":"so_far"})"}) {
    CAPTURE(kind);
    const std::string log = call(1) + call(2) + "{\"t\":5}\n" + call(3);
    CHECK(judgement(kind, log + "{\"t\":9}\n" + call(7)).verdict == Verdict::pass);
    const Finding finding = only_error(judgement(kind, log + "{\"t\":4}\n" + call(7)));
    CHECK(finding.place.line == 5);
    CHECK(finding.calculated == 9);
  }
}

TEST_CASE("summaries may be about the lines since a beginning") {
  const std::string claim =
      R"({"count":"/n","of":"calls","lines":{"since":{"at":"/run","is":"begins"}}})";
  const std::string runs =
      "{\"run\":\"begins\"}\n" + call(1) + "{\"run\":\"begins\"}\n" + call(2) + call(3);
  CHECK(judgement(claim, runs + "{\"n\":2}\n").verdict == Verdict::pass);
  CHECK(only_error(judgement(claim, runs + "{\"n\":3}\n")).calculated == 2);
}

TEST_CASE("a log whose beginning was cut off refutes no summary") {
  const std::string claim =
      R"({"count":"/n","of":"calls","lines":{"since":{"at":"/run","is":"begins"}}})";
  const ReconcileReport report = judgement(claim, call(2) + "{\"n\":5}\n");
  CHECK(report.verdict == Verdict::unprovable);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings.front().explanation ==
        "cannot be proved: the line since which it claims is not in the file");
}

TEST_CASE("a log whose end was cut off claims nothing") {
  CHECK(judgement(kCount + "," + kSum, call(4) + call(5)).findings.empty());
}

TEST_CASE("a line that cannot be read may have been a part of a sum") {
  const ReconcileReport report =
      judgement(kCount + "," + kSum, call(4) + "{\"u\":{\"in\"\n" + "{\"n\":2,\"t\":11}\n");
  CHECK(report.verdict != Verdict::fail);
  CHECK(report.unprovable == 2);
}

TEST_CASE("a call that was rejected may have been a part of a sum") {
  const ReconcileReport report =
      judgement(kSum, call(4) + R"({"u":{"in":-3,"out":1}})" + "\n" + "{\"t\":11}\n");
  CHECK(std::none_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
    return finding.place.pointer == "/t" && finding.severity == Severity::error;
  }));
  CHECK(report.unprovable == 1);
}

TEST_CASE("a call that is reported again is one part of a summary") {
  for (const std::string lines : {"all", "so_far", "since_last"}) {
    CAPTURE(lines);
    const std::string claims = R"({"count":"/n","of":"calls","lines":")" + lines + R"("},)" +
                               R"({"sum":"/t","of":"calls","counter":"total","lines":")" + lines +
                               R"("},{"sum":"/i","of":"/u/in","lines":")" + lines + R"("})";
    const std::string log = call(4, R"(,"id":"a")") + R"({"u":{"in":4,"out":5},"id":"a"})" + "\n" +
                            call(5, R"(,"id":"b")") + "{\"n\":2,\"t\":15,\"i\":9}\n";
    const ReconcileReport report = judgement(claims, log);
    CHECK(report.findings.empty());
    CHECK(report.passed == 3);
  }
}

TEST_CASE("records that sum up others are compared counter by counter") {
  const std::string claim = R"({"sum":"sums","of":"calls","lines":"all"})";
  const std::string calls = call(4) + call(5);
  CHECK(judgement(claim, calls + R"({"sum":{"in":9,"out":2,"calls":2}})" + "\n").verdict ==
        Verdict::pass);
  const Finding finding =
      only_error(judgement(claim, calls + R"({"sum":{"in":9,"out":3,"calls":2}})" + "\n"));
  CHECK(finding.place.pointer == "/sum/out");
  CHECK(finding.calculated == 2);
}

TEST_CASE("a numbering of lines that has a gap is refuted, and one that goes on is not") {
  const std::string claim = R"({"sequence":"/no","lines":"all"})";
  const auto numbered = [](int number) { return call(1, ",\"no\":" + std::to_string(number)); };
  CHECK(judgement(claim, numbered(1) + numbered(2) + numbered(3)).passed == 3);
  CHECK(only_error(judgement(claim, numbered(1) + numbered(3))).calculated == 2);
  const ReconcileReport later = judgement(claim, numbered(7) + numbered(8));
  REQUIRE(later.findings.size() == 1);
  CHECK(later.findings.front().severity == Severity::note);
}

TEST_CASE("a running total over lines grows by what the lines add") {
  const std::string claim = R"({"continuity":"/so_far","adds":"/u/in","lines":"all"})";
  CHECK(judgement(claim, call(4, R"(,"so_far":4)") + call(5) + call(6, R"(,"so_far":15)"))
            .findings.empty());
  CHECK(only_error(judgement(claim, call(4, R"(,"so_far":4)") + call(5, R"(,"so_far":10)")))
            .calculated == 9);
  CHECK(only_error(judgement(claim, call(4, R"(,"so_far":4)") + call(5, R"(,"so_far":3)"))).rule ==
        Rule::continuity);
}

TEST_CASE("only lines that meet the conditions of a claim claim anything") {
  const std::string claim =
      R"({"sum":"/t","of":"/u/in","lines":"all","where":{"at":"/type","is":"end"}})";
  CHECK(judgement(claim, call(4, R"(,"t":1)") + R"({"type":"end","t":4})" + "\n").verdict ==
        Verdict::pass);
}

TEST_CASE("what several lines claim of the same calls is checked, however much they claim") {
  std::string claims = kCount;
  for (int i = 0; i < 6; ++i)
    claims +=
        R"(,{"sum":"/t)" + std::to_string(i) + R"(","of":"calls","counter":"input","lines":"all"})";
  const ReconcileReport report =
      judgement(claims, call(4) + call(5) +
                            "{\"n\":2,\"t0\":9,\"t1\":9,\"t2\":9,\"t3\":9,\"t4\":9,\"t5\":9}\n");
  CHECK(report.passed == 7);
  CHECK(report.findings.empty());
}

TEST_CASE("a claim over lines that cannot be meant is a mistake of the layout") {
  const auto fault = [](const std::string& layout) -> std::string {
    try {
      parse_layout(layout, "x.json");
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  };
  const std::string records = R"("records":[{"at":"/u","view":"calls"}],)";
  CHECK(fault(R"({"layout":"x",)" + records +
              R"("claims":[{"count":"/n","of":"calls","lines":"all"}]})") ==
        "x.json: /claims/0/lines: belongs to a log; expected \"lines\": true in the layout");
  CHECK(fault(R"({"layout":"x","lines":true,)" + records +
              R"("claims":[{"count":"/n","of":"cals","lines":"all"}]})")
            .find("did you mean calls?") != std::string::npos);
  CHECK(fault(R"({"layout":"x","lines":true,)" + records +
              R"("claims":[{"sum":"/n","of":"calls","lines":"all"}]})")
            .find("expected \"counter\"") != std::string::npos);
  CHECK(fault(R"({"layout":"x","lines":true,)" + records +
              R"("claims":[{"count":"/n","of":"calls"}]})")
            .find("needs \"lines\"") != std::string::npos);
}

}  // namespace usagectl
