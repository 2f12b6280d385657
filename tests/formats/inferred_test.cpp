#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "formats/counted_of.hpp"
#include "formats/inference/infer_layout.hpp"
#include "formats/judgement_of.hpp"
#include "formats/layouts/layout_parser.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/layouts/layout_text.hpp"
#include "formats/reading_of.hpp"
#include "harness/in_process.hpp"
#include "harness/text_file.hpp"

namespace fs = std::filesystem;

namespace usagectl {
namespace {

FormatReading read(std::string text) { return read_as_file(std::move(text), "usage_log.json"); }

const std::string kCall = R"({"model":"m","prompt_tokens":10,"completion_tokens":4})";

}  // namespace

TEST_CASE("a total whose counters are the sums of a list beside it is not counted with it") {
  const std::string text = R"({"totals":{"prompt_tokens":20,"completion_tokens":8},"items":[)" +
                           kCall + "," + kCall + "]}";
  const auto reading = read(text);
  CHECK(counted(reading).size() == 2);
  CHECK(sum(reading, Counter::input) == 20);
  const ReconcileReport report = judgement_of(text, "usage_log.json");
  CHECK(report.passed == 2);
  CHECK(report.findings.empty());
}

TEST_CASE("a total is found under any name when its numbers show it") {
  const auto reading = read(
      R"({"bilanz":{"prompt_tokens":520,"completion_tokens":108},"items":[{"prompt_tokens":500,"completion_tokens":100},)"
      R"({"prompt_tokens":20,"completion_tokens":8}]})");
  CHECK(counted(reading).size() == 2);
  CHECK(sum(reading, Counter::output) == 108);
}

TEST_CASE("a number that other numbers show to be a total is refuted where it differs") {
  const ReconcileReport report = judgement_of(
      R"({"summary":{"prompt_tokens":520,"completion_tokens":109},"items":[{"prompt_tokens":500,"completion_tokens":100},)"
      R"({"prompt_tokens":20,"completion_tokens":8}]})",
      "usage_log.json");
  REQUIRE(report.findings.size() == 1);
  const Finding& finding = report.findings.front();
  CHECK(finding.rule == Rule::sum);
  CHECK(finding.severity == Severity::error);
  CHECK(finding.place.pointer == "/summary/completion_tokens");
  CHECK(finding.asserted == 109);
  CHECK(finding.calculated == 108);
  CHECK(finding.explanation.starts_with("inferred: "));
}

TEST_CASE("parts may have traces in common, so that these add up to more than there are") {
  const auto report_of = [](std::string_view thing, int number) {
    return judgement_of(
        fmt::format(R"({{"days":[{{"day":"2026-01-02","{0}":{1},"by_model":[)"
                    R"({{"model":"a","{0}":3,"prompt_tokens":500,"completion_tokens":100}},)"
                    R"({{"model":"b","{0}":2,"prompt_tokens":20,"completion_tokens":8}}],)"
                    R"("prompt_tokens":520,"completion_tokens":108}}]}})",
                    thing, number),
        "usage_log.json");
  };
  CHECK(report_of("countTraces", 3).findings.empty());
  CHECK(report_of("users", 4).findings.empty());
  CHECK(report_of("task_count", 5).findings.empty());
  const ReconcileReport of_tasks = report_of("task_count", 4);
  REQUIRE(of_tasks.findings.size() == 1);
  CHECK(of_tasks.findings.front().rule == Rule::sum);
}

TEST_CASE("a name alone accuses no list: it may be cut, and the total counts") {
  const auto reading =
      read(R"({"total":{"prompt_tokens":5000,"completion_tokens":900},"recent":[)" + kCall + "," +
           kCall + "]}");
  CHECK(sum(reading, Counter::input) == 5000);
  CHECK(reading.errors() == 0);
  CHECK(reading.only(Rule::sum).cause == "not-counted");
}

TEST_CASE("parts of one map that nothing relates are counted each") {
  const auto reading = read(
      R"({"draft":{"prompt_tokens":100,"completion_tokens":7},"review":{"prompt_tokens":90,"completion_tokens":8}})");
  CHECK(sum(reading, Counter::input) == 190);
}

TEST_CASE("a step that is called summary is a step when the numbers say so") {
  const FormatReading reading = read_fixture("inferred/total_beside_its_parts.json");
  CHECK(sum(reading, Counter::input) == 600);
  CHECK(counted(reading).size() == 3);
}

TEST_CASE("prices, limits, budgets, averages and packages are no usage") {
  for (const auto& entry :
       fs::directory_iterator(USAGECTL_SOURCE_DIR "/testdata/formats/no_usage")) {
    CAPTURE(entry.path().string());
    const auto reading =
        read_as_file(contents_of(entry.path()).value(), entry.path().filename().string());
    CHECK(reading.records.empty());
    CHECK(reading.ignored_by.contains("JSON without a known layout"));
  }
}

TEST_CASE(
    "no sound file is accused, and every suggested layout reads its file with the same result") {
  std::vector<fs::path> files;
  for (const std::string folder : {"testdata/formats/inferred", "../shared/samples/other"}) {
    std::error_code absent;
    for (const auto& entry :
         fs::directory_iterator(fs::path(USAGECTL_SOURCE_DIR) / folder, absent)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
  }
  CHECK(files.size() > 15);
  for (const fs::path& file : files) {
    CAPTURE(file.string());
    std::string text = contents_of(file).value();
    text.append(JsonParser::kPadding, ' ');
    JsonParser parser;
    const ParsedJson parsed =
        parser.parse(std::string_view(text).substr(0, text.size() - JsonParser::kPadding));
    const std::string name = file.string();
    const auto inference = infer_layout(parsed.root, FileContext{0, name});
    REQUIRE(inference);
    const std::string suggested = layout_text(inference->layout);
    const Layout read_again = parse_layout(suggested, "suggested");
    CHECK(layout_text(read_again) == suggested);
    const FileContext context{0, name};
    const auto read_by = [&](const Layout& layout) {
      Observations found;
      LayoutReader(layout, context).read(parsed.root, 0, {}, found);
      return FormatReading(std::move(found));
    };
    const FormatReading by_inference = read_by(inference->layout);
    const FormatReading by_suggestion = read_by(read_again);
    REQUIRE(by_inference.records.size() == by_suggestion.records.size());
    for (std::size_t i = 0; i < by_inference.records.size(); ++i) {
      CHECK(by_inference.records[i].counts == by_suggestion.records[i].counts);
      CHECK(by_inference.records[i].view.rank == by_suggestion.records[i].view.rank);
    }
    CHECK(by_inference.findings.size() == by_suggestion.findings.size());
    CHECK(by_inference.checks_held == by_suggestion.checks_held);
  }
}

TEST_CASE("the samples have the right sums and verdicts") {
  struct Expected {
    const char* file;
    Count input;
    Count output;
    std::size_t records;
    std::size_t errors;
  };
  const Expected samples[] = {
      {"PeterJBurke_WebGCS__token_usage.json", 2916900, 2329312, 15, 1},
      {"dominicnunez_claude-code__token_usage.json", 32927, 54450, 239, 0},
      {"isaacnfairplay_autoduck__token_usage.first6.json", 7643, 2181, 6, 0},
      {"jiange91_lm_compiler__token_usage.json", 62366, 2290, 5, 0},
      {"jpm0112_swarmLLM__token_usage.json", 16075, 3992, 2, 0},
      {"shuaisyn_MultiCC__token_usage.first3.json", 1443799876, 6900951, 3, 0},
      {"wadeco2000_pspla-checker__token_usage.json", 834493, 97323, 2, 0},
  };
  for (const Expected& sample : samples) {
    const auto text =
        contents_of(fs::path(USAGECTL_SOURCE_DIR) / "../shared/samples/other" / sample.file);
    if (!text) continue;
    CAPTURE(std::string(sample.file));
    const auto reading = read_as_file(*text, sample.file);
    CHECK(counted(reading).size() == sample.records);
    CHECK(sum(reading, Counter::input) == sample.input);
    CHECK(sum(reading, Counter::output) == sample.output);
    CHECK(reading.errors() == sample.errors);
  }
}

TEST_CASE("the lengths of chunks and their sum are no usage") {
  const auto reading =
      read(R"({"chunks":[{"id":1,"tokens":100},{"id":2,"tokens":101}],"total_tokens":201})");
  CHECK(reading.records.empty());
}

TEST_CASE("the lengths of files and their sum are no usage") {
  const auto reading = read(
      R"({"total_files":2,"total_tokens":30,"by_type":{"text/md":{"count":1,"tokens":10},"code/python":{"count":1,"tokens":20}}})");
  CHECK(reading.records.empty());
}

TEST_CASE("tokens that were used on files are usage") {
  const auto reading = read(
      R"({"files":[{"file":"a","tokens_used":10,"cost":0.1},{"file":"b","tokens_used":20,"cost":0.2}],"total_tokens":30})");
  CHECK(sum(reading, Counter::total) == 30);
}

TEST_CASE("the details of a usage object may be a list with one object") {
  const auto reading = read(
      R"({"context":{"usage":{"requests":1,"input_tokens":10,"input_tokens_details":[{"cached_tokens":3}],"output_tokens":2,"output_tokens_details":[{"reasoning_tokens":1}],"total_tokens":12}}})");
  CHECK(sum(reading, Counter::cache_read) == 3);
  CHECK(sum(reading, Counter::reasoning) == 1);
}

TEST_CASE("calls that grow are calls, although the last one is told again") {
  const auto reading = read(
      R"({"calls":[{"prompt_tokens":100,"completion_tokens":10},{"prompt_tokens":300,"completion_tokens":30},{"prompt_tokens":500,"completion_tokens":50}],"tokens_used":{"prompt_tokens":500,"completion_tokens":50}})");
  CHECK(sum(reading, Counter::input) == 900);
}

TEST_CASE("parts that tell totals alone are parts of a sum whose cache stands beside its input") {
  const auto reading = read(
      R"({"model":"m","turns":3,"tokens":{"input":20,"output":150,"cache_write":1600,"cache_read":48000},"per_application":[{"label":"x","turns":1,"total_tokens":40000},{"label":"y","turns":2,"total_tokens":9770}]})");
  CHECK(sum(reading, Counter::total) == 49770);
}

}  // namespace usagectl
