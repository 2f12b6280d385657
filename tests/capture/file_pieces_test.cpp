#include "capture/file_pieces.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "harness/text_file.hpp"
#include "ledger/ledger.hpp"

using namespace usagectl;

namespace {

struct TemporaryFolder {
  std::filesystem::path path = new_folder();
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

/// Where and what every record is, and every problem, as it comes.
std::vector<std::string> found_in(const std::vector<FoundFile>& files, std::size_t threads) {
  std::vector<std::string> found;
  std::vector<std::string> names;
  std::vector<std::size_t> indices;
  for (const auto& file : files) {
    indices.push_back(names.size());
    names.push_back(file.path);
  }
  Question question;
  question.by = {"model"};
  question.on_record = [&](const UsageRecord& record) {
    found.push_back(fmt::format("{}:{} {}", record.place.file, record.place.line,
                                record.counts[Counter::input].value_or(-1)));
  };
  Ledger ledger(question, names);
  std::uint64_t lines = 0;
  read_file_pieces(files, indices, {threads, false}, [&](FilePiece& piece) {
    if (piece.begins_file) {
      lines = 0;
      ledger.begin_file(0, false);
    }
    ledger.add(std::move(piece.found), piece.lines_are_relative ? lines : 0);
    lines += piece.lines;
  });
  for (const auto& problem : ledger.intake().problems) {
    found.push_back(
        fmt::format("{}:{} {}", problem.file, problem.line.value_or(0), problem.problem));
  }
  return found;
}

}  // namespace

TEST_CASE("many threads find what one finds, in the same order, with the same lines") {
  const TemporaryFolder folder;
  std::vector<FoundFile> files;
  for (int number = 0; number < 4; ++number) {
    const std::string path = folder.path / fmt::format("{}.jsonl", number);
    std::ofstream out(path);
    for (int line = 1; line <= 9000; ++line) {
      if (line % 1000 == 7) {
        out << "{\"cut\":\n";
      } else {
        out << fmt::format(
            "{{\"model\":\"made-up\",\"usage\":{{\"prompt_tokens\":{},\"completion_tokens\":1,"
            "\"total_tokens\":{}}},"
            "\"note\":\"{}\"}}\n",
            line, line + 1, std::string(static_cast<std::size_t>(line % 200), 'x'));
      }
    }
    files.push_back({path, 0, true, 1});
  }
  const auto alone = found_in(files, 1);
  CHECK(alone.size() == 4 * 9000);
  CHECK(alone.front() == "0:1 1");
  CHECK(alone[8990] == "0:9000 9000");
  CHECK(found_in(files, 5) == alone);
}

TEST_CASE("lines that are too long are rejected one by one, in blocks and in small files") {
  const TemporaryFolder folder;
  const auto log_of = [](int lines) {
    std::string log;
    for (int i = 1; i <= lines; ++i) {
      log += fmt::format("{{\"id\":\"c{}\",\"note\":\"{}\",\"usage\":{{\"prompt_tokens\":{}}}}}\n",
                         i, std::string(i % 1000 == 2 ? 3000 : 10, 'x'), i);
    }
    return log;
  };
  for (const int lines : {3, 20'000}) {
    CAPTURE(lines);
    const std::string path = (folder.path / fmt::format("{}.jsonl", lines)).string();
    std::ofstream(path) << log_of(lines);
    std::vector<std::uint64_t> rejected;
    std::uint64_t before = 0;
    std::size_t records = 0;
    PieceOptions options;
    options.threads = 3;
    options.longest_line_bytes = 2000;
    read_file_pieces({{path, 0, false, 1}}, {0}, options, [&](FilePiece& piece) {
      records += piece.found.records().size();
      for (const auto& entry : piece.found.entries()) {
        const auto* what = std::get_if<UnreadablePlace>(&entry.what);
        if (what == nullptr) continue;
        CHECK(what->fault.problem == "is longer than 2000 bytes");
        rejected.push_back(what->place.line + (piece.lines_are_relative ? before : 0));
      }
      before += piece.lines;
    });
    const std::size_t long_lines = lines == 3 ? 1 : 20;
    REQUIRE(rejected.size() == long_lines);
    for (std::size_t i = 0; i < long_lines; ++i) CHECK(rejected[i] == i * 1000 + 2);
    CHECK(records == static_cast<std::size_t>(lines) - long_lines);
  }
}
