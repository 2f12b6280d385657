// Files in containers are read as the same lines and documents are without one.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "capture/file_pieces.hpp"
#include "harness/text_file.hpp"
#include "ledger/read_captures.hpp"

using namespace usagectl;
namespace fs = std::filesystem;

namespace {

struct TemporaryFolder {
  fs::path path = new_folder();
  ~TemporaryFolder() { fs::remove_all(path); }
  std::string file(const std::string& name, std::string_view content) const {
    std::ofstream(path / name, std::ios::binary) << content;
    return (path / name).string();
  }
};

/// "file:line pointer input/output" of every record, then every problem.
std::string found_in(const std::string& path) {
  std::string found;
  const std::vector<std::string>* names = nullptr;
  Question question;
  question.on_record = [&](const UsageRecord& record) {
    found += (fmt::format(
        "{}:{} {} {}/{}\n", fs::path((*names)[record.place.file]).filename().string(),
        record.place.line, record.place.pointer, record.counts[Counter::input].value_or(-1),
        record.counts[Counter::output].value_or(-1)));
  };
  ReadOptions options;
  options.on_files = [&](const std::vector<std::string>& file_names) { names = &file_names; };
  const Books books = read_captures({path}, std::move(question), options);
  for (const Problem& problem : books.intake.problems)
    found += (fmt::format("{}: {}\n", problem.line.value_or(0), problem.problem));
  return found;
}

/// The severity of every finding.
std::string severities_in(const std::string& path) {
  std::string found;
  for (const Finding& finding :
       read_captures({path}, {.wants_claims = true}, ReadOptions{}).findings)
    found += fmt::format("{} ", name_of(finding.severity));
  return found;
}

constexpr std::string_view kTape =
    "interactions:\n"
    "- request: {method: POST}\n"
    "  response:\n"
    "    body:\n"
    "      string: '{\"id\": \"x\", \"object\": \"chat.completion\", \"model\": \"made-up-1\",\n"
    "        \"usage\": {\"prompt_tokens\": 10, \"completion_tokens\": 5, \"total_tokens\": 15}}'\n"
    "    status: {code: 200}\n"
    "- request: {method: POST}\n"
    "  response:\n"
    "    body:\n"
    "      string: '{\"id\": \"y\", \"object\": \"chat.completion\", \"model\": \"made-up-1\",\n"
    "        \"usage\": {\"prompt_tokens\": 20, \"completion_tokens\": 6, \"total_tokens\": 26}}'\n"
    "    status: {code: 200}\n";

constexpr std::string_view kTable =
    "model,input_tokens,output_tokens\nmade-up-1,10,5\nmade-up-1,20,6\n";

}  // namespace

TEST_CASE("rows of a table are calls, on their lines") {
  const TemporaryFolder folder;
  CHECK(found_in(folder.file("usage.csv", kTable)) ==
        "usage.csv:2  10/5\n"
        "usage.csv:3  20/6\n");
  CHECK(found_in(folder.file("usage.csv", std::string(kTable) + "made-up-1,3\n")) ==
        "usage.csv:2  10/5\n"
        "usage.csv:3  20/6\n"
        "4: is a row of 2 fields where the header has 3\n");
}

TEST_CASE("rows of a large table keep their lines, whatever stands in quotes") {
  const TemporaryFolder folder;
  std::string text = "note,model,input_tokens,output_tokens\n";
  std::string expected;
  for (int i = 0; i < 20'000; ++i) {
    text += fmt::format("\"a, \"\"b\"\"\nand c {:0100}\",made-up-1,{},5\n", i, i);
    expected += fmt::format("large.csv:{}  {}/5\n", 2 + 2 * i, i);
  }
  const std::string path = folder.file("large.csv", text + "torn,made-up-1\n");
  CHECK(found_in(path) == expected + "40002: is a row of 2 fields where the header has 4\n");
  CHECK(found_in(folder.file("open.csv", text + "\"" + std::string(40'000'000, 'x')))
            .ends_with("has a row of more than 16 MiB, or a quote that is never closed\n"));
  std::string wide = "a";
  for (int i = 0; i < 1'000'000; ++i) wide += ",b";
  CHECK(found_in(folder.file("wide.csv", wide + "\n")) ==
        "0: has a first row that has more than 4096 fields\n");
}

TEST_CASE("a YAML file is read as the same document is in JSON") {
  const TemporaryFolder folder;
  CHECK(found_in(folder.file(
            "tape.yaml",
            "interactions:\n"
            "- request: {method: POST}\n"
            "  response:\n"
            "    status: {code: 200}\n"
            "    body:\n"
            "      string: '{\"id\": \"x\", \"object\": \"chat.completion\", \"model\":\n"
            "        \"made-up-1\", \"usage\": {\"prompt_tokens\": 10,\n"
            "        \"completion_tokens\": 5, \"total_tokens\": 15}}'\n")) ==
        "tape.yaml:0 /interactions/0/response/body/string/usage 10/5\n");
  CHECK(found_in(folder.file("bad.yaml", "a: [1\nb: 2\n")).find("is not YAML") !=
        std::string::npos);
}

TEST_CASE("JSON among other text is read on its line") {
  const TemporaryFolder folder;
  const std::string call =
      R"({"model": "made-up-1", "usage": {"input_tokens": 10, "output_tokens": 5}})";
  const std::string over_lines =
      "{\n \"model\": \"made-up-1\",\n \"usage\": {\"input_tokens\": 7, \"output_tokens\": 1}\n}\n";
  CHECK(found_in(folder.file("a.log", "start\n2025-11-19 INFO " + call + "\n")) ==
        "a.log:2 /usage 10/5\n");
  CHECK(found_in(folder.file("b.log", "[2025-11-19 10:00] start\n[2025-11-19 10:01] " + call +
                                          "\n")) == "b.log:2 /usage 10/5\n");
  CHECK(found_in(folder.file("c.md", "# Run\n\n```json\n" + over_lines + "```\n")) ==
        "c.md:4 /usage 7/1\n");
  CHECK(found_in(folder.file("d.json", over_lines + over_lines)) ==
        "d.json:1 /usage 7/1\n"
        "d.json:5 /usage 7/1\n");
}

TEST_CASE("a row that lacks fields and is not ended was cut") {
  const TemporaryFolder folder;
  CHECK(found_in(folder.file("usage.csv", std::string(kTable) + "made-up-1,3"))
            .ends_with("4: is a row of 2 fields where the header has 3, and no line break ends "
                       "it: the file is still being written to, or was cut\n"));
}

TEST_CASE("a last number that no line break ends is a note, as editors leave such ends") {
  const TemporaryFolder folder;
  const std::string table = std::string(kTable) + "made-up-1,30,7";
  CHECK(severities_in(folder.file("usage.csv", table)) == "note ");
  CHECK(severities_in(folder.file("usage.csv", table + "\n")).empty());
  CHECK(severities_in(folder.file("usage.yaml", "input_tokens: 10\noutput_tokens: 5")) == "note ");
  CHECK(severities_in(folder.file("usage.yaml", "input_tokens: 10\noutput_tokens: 5\n")).empty());
}

TEST_CASE("a last field unlike those of all other rows is a warning") {
  const TemporaryFolder folder;
  const std::string table =
      "model,input_tokens,output_tokens,day\nmade-up-1,10,5,2026-03-01\nmade-up-1,10,5,2026-03-"
      "02\n";
  CHECK(severities_in(folder.file("usage.csv", table + "made-up-1,20,6,2026-03-0")) == "warning ");
  CHECK(severities_in(folder.file("usage.csv", table + "made-up-1,20,6,")) == "warning ");
  CHECK(severities_in(folder.file("usage.csv", table + "made-up-1,20,6,2026-03-03")).empty());
}

TEST_CASE("of a cassette that is cut, the interactions before are read") {
  const TemporaryFolder folder;
  const std::string path = folder.file("tape.yaml", kTape.substr(0, kTape.size() - 60));
  const std::string found = found_in(path);
  CHECK(found.find("tape.yaml:0 /interactions/0/response/body/string/usage 10/5\n") == 0);
  CHECK(found.find("is unfinished: the file is still being written to, or was cut") !=
        std::string::npos);
}

TEST_CASE("a cassette that lacks what its recorder writes last was cut") {
  const TemporaryFolder folder;
  CHECK(severities_in(folder.file("tape.yaml", std::string(kTape) + "version: 1\n")).empty());
  CHECK(severities_in(folder.file("tape.yaml", kTape)) == "warning ");
}

TEST_CASE("a row of a Markdown table without its bar was cut, and is not counted") {
  const TemporaryFolder folder;
  const std::string table =
      "| model | input tokens | output tokens |\n|---|---|---|\n| a-1 | 10 | 5 |\n| a-2 | 20 | 6 "
      "|\n";
  CHECK(found_in(folder.file("a.md", table + "| a-3 | 30 | 7")) ==
        "a.md:3  10/5\n"
        "a.md:4  20/6\n"
        "5: is unfinished: the file is still being written to, or was cut\n");
  CHECK(found_in(folder.file("a.md", table + "| a-3 | 30 | 7 |")) ==
        "a.md:3  10/5\n"
        "a.md:4  20/6\n"
        "a.md:5  30/7\n");
}

TEST_CASE("a fenced object that the end of the file cuts is an error") {
  const TemporaryFolder folder;
  const std::string call =
      R"({"model": "made-up-1", "usage": {"input_tokens": 10, "output_tokens": 5}})";
  CHECK(found_in(folder.file("a.md", "```json\n" + call + "\n" + call.substr(0, 60))) ==
        "a.md:2 /usage 10/5\n"
        "3: is unfinished: the file is still being written to, or was cut\n");
}

TEST_CASE("a document that is cut is no log of its inner objects") {
  const TemporaryFolder folder;
  const std::string found = found_in(folder.file(
      "cut.json",
      "{\n \"a\": {\"usage\": {\"input_tokens\": 7, \"output_tokens\": 1}},\n \"b\": {\n"));
  CHECK(found.starts_with("4: is not JSON"));
}

TEST_CASE(
    "rows of a database are calls, whose lines are rowids and whose pointers name the table") {
  const TemporaryFolder folder;
  const std::string path = (folder.path / "a.db").string();
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_exec(database,
                       "CREATE TABLE calls(model TEXT, data TEXT);"
                       "INSERT INTO calls(rowid, model, data) VALUES(7, 'made-up-1',"
                       "'{\"usage\": {\"input_tokens\": 10, \"output_tokens\": 5}}');"
                       "CREATE TABLE people(name TEXT); INSERT INTO people VALUES('x')",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
  CHECK(found_in(path) == "a.db:7 /calls/data/usage 10/5\n");
}

TEST_CASE("a member of an archive is a file of its own") {
  const TemporaryFolder folder;
  const std::string path = (folder.path / "logs.tar").string();
  folder.file("usage.csv", kTable);
  folder.file("notes.txt", "nothing");
  REQUIRE(
      std::system(("tar -C '" + folder.path.string() + "' -cf '" + path + "' notes.txt usage.csv")
                      .c_str()) == 0);
  CHECK(found_in(path) ==
        "logs.tar!usage.csv:2  10/5\n"
        "logs.tar!usage.csv:3  20/6\n");
}

TEST_CASE("a large member of an archive keeps its lines, whatever stands in quotes") {
  const TemporaryFolder folder;
  const std::string path = (folder.path / "logs.tgz").string();
  std::string table = "model,note,input_tokens,output_tokens\n";
  constexpr int kRows = 30'000;  // several blocks
  for (int i = 0; i < kRows; ++i) table += fmt::format("m,\"a\nb {}\",{},1\n", i, i);
  folder.file("rows.csv", table);
  REQUIRE(std::system(
              ("tar -C '" + folder.path.string() + "' -czf '" + path + "' rows.csv").c_str()) == 0);
  const std::string found = found_in(path);
  CHECK(std::count(found.begin(), found.end(), '\n') == kRows);
  CHECK(found.starts_with("logs.tgz!rows.csv:2  0/1\n"));
  CHECK(found.ends_with(fmt::format("logs.tgz!rows.csv:{}  {}/1\n", kRows * 2, kRows - 1)));
}

TEST_CASE("what can only be read as a whole has a limit, rows and lines have none") {
  const TemporaryFolder folder;
  std::string yaml = "calls:\n";
  std::string lines;
  while (yaml.size() < 700'000) {
    yaml += "- model: m\n  usage: {input_tokens: 1, output_tokens: 2}\n";
    lines += "{\"model\":\"m\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}\n";
  }
  const auto problems_of = [&](const std::string& path) {
    std::string problems;
    std::vector<FoundFile> files(1);
    files[0].path = path;
    PieceOptions options;
    options.most_held_bytes = 600'000;
    read_file_pieces(files, {0}, options, [&](FilePiece& piece) {
      for (const auto& entry : piece.found.entries()) {
        if (const auto* what = std::get_if<UnreadablePlace>(&entry.what))
          problems += what->fault.problem;
      }
    });
    return problems;
  };
  CHECK(problems_of(folder.file("a.yaml", yaml))
            .starts_with("has more than 600000 bytes, and can only be read as a whole"));
  CHECK(problems_of(folder.file("a.jsonl", lines)).empty());
}

TEST_CASE("a log that ends inside an object behind a prefix has lost a call") {
  const TemporaryFolder folder;
  const std::string line =
      "2026-01-01 INFO got {\"id\":\"a\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}";
  CHECK(found_in(folder.file("whole.log", line + "\n" + line)).find("unfinished") ==
        std::string::npos);
  CHECK(found_in(folder.file("cut.log", line + "\n" + line.substr(0, 60)))
            .ends_with("2: is unfinished: the file is still being written to, or was cut\n"));
}
