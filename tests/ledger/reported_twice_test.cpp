#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

using Files = std::map<std::string, std::string>;

constexpr const char* kCalls =
    "{\"ts\":\"2026-01-01T10:00:00Z\",\"model\":\"a\",\"input_tokens\":1200,\"output_tokens\":90}\n"
    "{\"ts\":\"2026-01-01T10:01:00Z\",\"model\":\"a\",\"input_tokens\":900,\"output_tokens\":40}\n"
    "{\"ts\":\"2026-01-02T09:00:00Z\",\"model\":\"b\",\"input_tokens\":700,\"output_tokens\":30}\n";

constexpr const char* kTable =
    "ts,model,input_tokens,output_tokens\n"
    "2026-01-01T10:00:00Z,a,1200,90\n"
    "2026-01-01T10:01:00Z,a,900,40\n"
    "2026-01-02T09:00:00Z,b,700,30\n";

std::size_t warnings(const MadeCapture& capture) {
  return capture.summary().intake.warnings.size();
}

TEST_CASE("the same calls as a table and as lines are counted once") {
  const MadeCapture capture(Files{{"usage.csv", kTable}, {"usage.jsonl", kCalls}});
  CHECK(capture.sum() == 2960);
  CHECK(warnings(capture) == 0);
  CHECK(capture.report().verdict == Verdict::pass);
}

TEST_CASE("one call without a time in two formats is counted once, with a warning") {
  const MadeCapture capture(
      Files{{"usage.csv", "model,input_tokens,output_tokens\na,1200,90\n"},
            {"usage.json", R"([{"model":"a","input_tokens":1200,"output_tokens":90}])"}});
  CHECK(capture.sum() == 1290);
  CHECK(warnings(capture) == 1);
  CHECK(capture.report().verdict == Verdict::unprovable);
}

TEST_CASE("two runs with the same numbers at other times are two") {
  std::string later = kCalls;
  for (std::size_t at = 0; (at = later.find("2026-01", at)) != std::string::npos; ++at)
    later.replace(at, 7, "2026-02");
  const MadeCapture capture(Files{{"usage.csv", kTable}, {"usage.jsonl", later}});
  CHECK(capture.sum() == 2 * 2960);
}

TEST_CASE("files that differ by their number may hold the same numbers") {
  const std::string run = R"([{"model":"a","input_tokens":1200,"output_tokens":90}])";
  const MadeCapture capture(Files{{"run_1.json", run}, {"run_2.json", run + "\n"}});
  CHECK(capture.sum() == 2 * 1290);
}

TEST_CASE("a summary by model beside the calls is not counted") {
  const MadeCapture capture(Files{
      {"calls.jsonl", kCalls},
      {"summary.json", R"({"models":{"a":{"input_tokens":2100,"output_tokens":130,"calls":2},)"
                       R"("b":{"input_tokens":700,"output_tokens":30,"calls":1}}})"}});
  CHECK(capture.sum() == 2960);
  CHECK(capture.sum(Counter::requests) == 3);
  CHECK(warnings(capture) == 0);
}

TEST_CASE("the sum of the files beside it is not counted") {
  const MadeCapture capture(
      Files{{"run1.json", R"({"model":"m","usage":{"input_tokens":10,"output_tokens":5}})"},
            {"run2.json", R"({"model":"m","usage":{"input_tokens":20,"output_tokens":7}})"},
            {"token_usage.json", R"({"input_tokens":30,"output_tokens":12})"}});
  CHECK(capture.sum() == 42);
}

TEST_CASE("a sum that is off by one is counted beside the calls") {
  const MadeCapture capture(
      Files{{"calls.jsonl", kCalls},
            {"more.json", R"({"model":"a","input_tokens":2801,"output_tokens":160})"}});
  CHECK(capture.sum() == 2960 + 2961);
}

TEST_CASE("a log as it was before it went on is counted once") {
  const std::string calls = kCalls;
  const std::string before = calls.substr(0, calls.find('\n', calls.find('\n') + 1) + 1);
  const MadeCapture capture(Files{{"before.jsonl", before}, {"log.jsonl", calls}});
  CHECK(capture.sum() == 2960);
  CHECK(warnings(capture) == 0);
}

TEST_CASE("a list of what each file beside it holds is not counted") {
  const MadeCapture capture(
      Files{{"2026-01-01.jsonl", R"({"model":"a","input_tokens":1200,"output_tokens":90})"},
            {"2026-01-02.jsonl", R"({"model":"a","input_tokens":700,"output_tokens":40})"},
            {"daily.json", R"([{"date":"2026-01-01","input_tokens":1200,"output_tokens":90},)"
                           R"({"date":"2026-01-02","input_tokens":700,"output_tokens":40}])"}});
  CHECK(capture.sum() == 2030);
}

TEST_CASE("a first row called a summary is the sum of the rows below it") {
  const MadeCapture capture(
      Files{{"answers.csv",
             "qid,prompt_tokens,completion_tokens,total_tokens\nsummary,1900,130,2030\n"
             "q1,1200,90,1290\nq2,700,40,740\n"}});
  CHECK(capture.sum() == 2030);
}

TEST_CASE("a last row without a name is the sum of rows that have a time") {
  const MadeCapture capture(
      Files{{"usage.csv",
             "ts,prompt_tokens,completion_tokens\n2026-01-01T10:00:00Z,1200,90\n"
             "2026-01-01T11:00:00Z,700,40\n,1900,130\n"}});
  CHECK(capture.sum() == 2030);
}

TEST_CASE("a first call that reports as much as all others together is a doubt") {
  const MadeCapture capture(
      Files{{"usage.csv", "prompt_tokens,completion_tokens\n2600,190\n1200,90\n700,40\n700,60\n"}});
  CHECK(capture.sum() == 2 * 2790);
  CHECK(warnings(capture) == 1);
}

/// The bytes of a database that the statements make.
std::string database(const std::string& statements) {
  sqlite3* made = nullptr;
  REQUIRE(sqlite3_open(":memory:", &made) == SQLITE_OK);
  REQUIRE(sqlite3_exec(made, statements.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_int64 size = 0;
  unsigned char* const bytes = sqlite3_serialize(made, "main", &size, 0);
  REQUIRE(bytes != nullptr);
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  sqlite3_close(made);
  return text;
}

MadeCapture with_database(const std::string& statements) {
  return MadeCapture(Files{{"usage.db", database(statements)}});
}

constexpr const char* kCallsTable =
    "CREATE TABLE calls(at TEXT, model TEXT, input_tokens INT, output_tokens INT);"
    "INSERT INTO calls VALUES('2026-01-01T10:00:00Z', 'a', 1200, 90),"
    "('2026-01-01T11:00:00Z', 'a', 900, 40), ('2026-01-02T09:00:00Z', 'b', 700, 30);";

TEST_CASE("a table of sums by day beside the calls is not counted, wherever it stands") {
  const std::string days =
      "CREATE TABLE daily(day TEXT, input_tokens INT, output_tokens INT);"
      "INSERT INTO daily VALUES('2026-01-01', 2100, 130), ('2026-01-02', 700, 30);";
  CHECK(with_database(kCallsTable + days).sum() == 2960);
  CHECK(with_database(days + kCallsTable).sum() == 2960);
}

TEST_CASE("a table of one grand total beside the calls is not counted") {
  CHECK(with_database(std::string(kCallsTable) +
                      "CREATE TABLE totals(name TEXT, input_tokens INT, output_tokens INT);"
                      "INSERT INTO totals VALUES('all', 2800, 160);")
            .sum() == 2960);
}

TEST_CASE("totals so far in a table of snapshots are not counted beside the calls") {
  const MadeCapture capture = with_database(
      std::string(kCallsTable) +
      "CREATE TABLE session_snapshots(captured_at INT, session_id TEXT, model TEXT, total_tokens "
      "INT); INSERT INTO session_snapshots VALUES(1773612520, 's', 'a', 4000),"
      "(1773616520, 's', 'a', 9000);");
  CHECK(capture.sum() == 2960);
  CHECK(warnings(capture) == 1);
}

TEST_CASE("another table of other calls is counted") {
  CHECK(
      with_database(std::string(kCallsTable) +
                    "CREATE TABLE images(at TEXT, model TEXT, input_tokens INT, output_tokens INT);"
                    "INSERT INTO images VALUES('2026-01-01T10:00:00Z', 'i', 50, 400);")
          .sum() == 3410);
}

TEST_CASE("calls that each use more than the one before, in and out, may be totals so far") {
  std::string rows = "prompt_tokens,completion_tokens\n";
  for (int i = 1; i <= 6; ++i)
    rows += std::to_string(100 * i) + "," + std::to_string(10 * i) + "\n";
  CHECK(warnings(MadeCapture(Files{{"usage.csv", rows}})) == 1);
}

}  // namespace

TEST_CASE("answers of two models to the same questions are no copies") {
  const std::string rows = R"(","prompt_tokens":812,"completion_tokens":1})";
  const MadeCapture capture(
      Files{{"alpha.jsonl", R"({"ts":"2026-01-01T10:00:00Z","model":"alpha)" + rows},
            {"beta.jsonl", R"({"ts":"2026-01-01T10:00:00Z","model":"beta)" + rows}});
  CHECK(capture.sum() == 2 * 813);
}

TEST_CASE("equal usage on other days is other usage") {
  const std::string rest = ",1000,100\n";
  const MadeCapture capture(Files{{"march.csv", "date,prompt_tokens,completion_tokens\n2026-03-01" +
                                                    rest + "2026-03-02" + rest},
                                  {"april.csv", "date,prompt_tokens,completion_tokens\n2026-04-01" +
                                                    rest + "2026-04-02" + rest}});
  CHECK(capture.sum() == 4 * 1100);
}

TEST_CASE("a call of a later day is no sum of the calls of the day before") {
  const auto call = [](const std::string& day, const std::string& counts) {
    return R"({"ts":")" + day + R"(T10:00:00Z","model":"m",)" + counts + "}\n";
  };
  const MadeCapture capture(
      Files{{"1.jsonl", call("2026-03-01", R"("prompt_tokens":1000,"completion_tokens":100)") +
                            call("2026-03-01", R"("prompt_tokens":2000,"completion_tokens":200)")},
            {"2.jsonl", call("2026-03-02", R"("prompt_tokens":3000,"completion_tokens":300)")}});
  CHECK(capture.sum() == 6600);
}

TEST_CASE("rows that each say how many requests they are do not sum each other up") {
  const MadeCapture capture(
      Files{{"days.csv", "requests,input_tokens,output_tokens\n1,812,4\n1,812,4\n1,812,4\n"}});
  CHECK(capture.sum() == 3 * 816);
  CHECK(capture.sum(Counter::requests) == 3);
}

TEST_CASE("a summary in a folder beside its calls is not counted, with a warning") {
  const MadeCapture capture(
      Files{{"logs/calls.jsonl", kCalls},
            {"reports/summary.json", R"({"input_tokens":2800,"output_tokens":160,"requests":3})"}});
  CHECK(capture.sum() == 2960);
  CHECK(warnings(capture) == 1);
}

/// A file for each call, and what they use together.
Files calls_in_files(const std::string& folder, int calls, Count& input, Count& output) {
  Files files;
  for (int i = 0; i < calls; ++i) {
    const Count in = 300 + 7 * i % 1009;
    const Count out = 20 + 11 * i % 97;
    input += in;
    output += out;
    files[fmt::format("{}/{:05}.json", folder, i)] =
        fmt::format(R"({{"request":"{}-{}","usage":{{"input_tokens":{},"output_tokens":{}}}}})",
                    folder, i, in, out);
  }
  return files;
}

std::string sum_of(Count input, Count output) {
  return fmt::format(R"({{"totals":{{"input_tokens":{},"output_tokens":{}}}}})", input, output);
}

TEST_CASE("a sum of many files is found as one of few") {
  for (const int calls : {5, 300, 600, 4200}) {
    CAPTURE(calls);
    Count input = 0;
    Count output = 0;
    Files files = calls_in_files("calls", calls, input, output);
    files["results.json"] = sum_of(input, output);
    CHECK(MadeCapture(files).sum() == input + output);
  }
}

TEST_CASE("of several sums of the same files none is counted") {
  Count input = 0;
  Count output = 0;
  Files files = calls_in_files("calls", 12, input, output);
  files["summary.json"] = sum_of(input, output);
  files["totals.json"] = sum_of(input, output);
  files["totals.csv"] = fmt::format("input_tokens,output_tokens\n{},{}\n", input, output);
  const MadeCapture capture(files);
  CHECK(capture.sum() == input + output);
  CHECK(capture.sum(Counter::requests) == 12);
}

TEST_CASE("calls in files with the same bytes are parts of a sum") {
  Count input = 0;
  Count output = 0;
  Files files = calls_in_files("calls", 12, input, output);
  files["calls/again.json"] = files["calls/00003.json"];
  files["calls/and_again.json"] = files["calls/00003.json"];
  input += 2 * (300 + 7 * 3);
  output += 2 * (20 + 11 * 3);
  files["results.json"] = sum_of(input, output);
  const MadeCapture capture(files);
  CHECK(capture.sum() == input + output);
  CHECK(capture.sum(Counter::requests) == 14);
}

TEST_CASE("a sum of sums is not counted, whichever of them is read first") {
  for (const std::string name : {"all.json", "summary.json"}) {
    CAPTURE(name);
    Count input = 0;
    Count output = 0;
    Files files = calls_in_files("run1", 9, input, output);
    files["run1/summary.json"] = sum_of(input, output);
    Count input_of_second = 0;
    Count output_of_second = 0;
    files.merge(calls_in_files("run2", 7, input_of_second, output_of_second));
    files["run2/summary.json"] = sum_of(input_of_second, output_of_second);
    input += input_of_second;
    output += output_of_second;
    files[name] = sum_of(input, output);
    CHECK(MadeCapture(files).sum() == input + output);
  }
}

TEST_CASE("calls that all report the same are no sums of each other") {
  Files files;
  for (int i = 0; i < 5; ++i)
    files[fmt::format("{}.json", static_cast<char>('a' + i))] = fmt::format(
        R"({{"request":"q{}","usage":{{"input_tokens":4000,"output_tokens":700}}}})", i);
  CHECK(MadeCapture(files).sum(Counter::requests) == 5);
}

TEST_CASE("of small calls that are alike none is the sum of the others") {
  Files files;
  for (const auto& [name, input] : {std::pair("a", 20), {"b", 20}, {"c", 10}, {"d", 10}})
    files[fmt::format("{}.json", name)] =
        fmt::format(R"({{"request":"{}","usage":{{"input_tokens":{},"output_tokens":{}}}}})", name,
                    input, input / 2);
  CHECK(MadeCapture(files).sum(Counter::requests) == 4);
}

TEST_CASE("the beginning of one of many logs is counted once") {
  Files files;
  Count sum = 0;
  for (int log = 0; log < 300; ++log) {
    std::string& lines = files[fmt::format("logs/{:03}.jsonl", log)];
    for (int i = 0; i < 3; ++i) {
      const int input = 900 + 3 * log + i;
      sum += input + 50 + i;
      lines += fmt::format(
          R"({{"ts":"2026-02-01T{:02}:{:02}:{:02}Z","input_tokens":{},"output_tokens":{}}})"
          "\n",
          log / 60, log % 60, i, input, 50 + i);
    }
  }
  const std::string& whole = files["logs/123.jsonl"];
  files["saved/log.jsonl"] = whole.substr(0, whole.find('\n', whole.find('\n') + 1) + 1);
  CHECK(MadeCapture(files).sum() == sum);
}

}  // namespace usagectl
