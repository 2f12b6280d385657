#include "capture/partial_file.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/input_error.hpp"
#include "capture/observation_fields.hpp"

using namespace usagectl;

namespace {

struct TemporaryFile {
  std::string path = (std::filesystem::temp_directory_path() /
                      fmt::format("usagectl_partial_file_test.{}", getpid()))
                         .string();
  explicit TemporaryFile(const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::filesystem::remove(path); }
};

UsageRecord a_record() {
  UsageRecord record;
  record.place = {0, 12, "/usage"};
  record.format = "a.format";
  record.role = Role::cumulative;
  record.same_id = SameId::growth;
  record.id = "id-1";
  record.scope = {{"agent", "one"}};
  record.counts.set(Counter::input, 7);
  record.counts.leave_open(Counter::output);
  record.counts.leave_open_by_place(Counter::cache_read);
  record.keys = {{"input_tokens", false, 7}, {"cost", true}};
  return record;
}

FilePiece a_piece() {
  FilePiece piece;
  piece.begins_file = true;
  piece.ends_file = true;
  piece.lines = 12;
  piece.found.record(a_record());
  Finding finding;
  finding.rule = Rule::identity;
  finding.place = {0, 3, "/total"};
  finding.counter = name_of(Counter::total);
  finding.asserted = -5;
  finding.witnesses = {{{0, 4, ""}, a_record().counts}};
  piece.found.finding(std::move(finding));
  piece.found.ignored("a rule", 3);
  piece.found.duplicate(2);
  piece.found.held(4);
  return piece;
}

std::string a_partial_file() {
  std::string bytes;
  PartialWriter writer([&](std::string_view more) { bytes += more; });
  FilePiece piece = a_piece();
  writer.add(piece);
  Found found;
  found.files.push_back({"logs/a.jsonl", 0, true, 0});
  found.hidden = {"logs/.hidden"};
  writer.finish({"logs"}, found, 1);
  return bytes;
}

FilePiece only_piece_of(const PartialContents& contents) {
  std::vector<FilePiece> pieces;
  PieceOptions options;
  options.wants_keys = true;
  read_kept_pieces(contents.files.at(0), 7, options,
                   [&](FilePiece&& piece) { pieces.push_back(std::move(piece)); });
  REQUIRE(pieces.size() == 1);
  return std::move(pieces[0]);
}

}  // namespace

TEST_CASE("a partial file lists the files that it was made of") {
  const TemporaryFile file(a_partial_file());
  CHECK(is_partial_file(file.path));
  const PartialContents contents = read_partial_contents(file.path);
  CHECK(contents.named_paths == std::vector<std::string>{"logs"});
  REQUIRE(contents.files.size() == 1);
  CHECK(contents.files[0].path == "logs/a.jsonl");
  CHECK(contents.files[0].from_folder);
  CHECK(contents.passed_over.hidden == std::vector<std::string>{"logs/.hidden"});
}

TEST_CASE("a record comes out of a partial file as it went in, in the file of the new run") {
  const TemporaryFile file(a_partial_file());
  const FilePiece piece = only_piece_of(read_partial_contents(file.path));
  REQUIRE(piece.found.records().size() == 1);
  const UsageRecord& record = piece.found.records()[0];
  const UsageRecord expected = a_record();
  CHECK(record.place.file == 7);
  CHECK(record.place.line == 12);
  CHECK(record.place.pointer == "/usage");
  CHECK(record.format == expected.format);
  CHECK(record.role == expected.role);
  CHECK(record.same_id == expected.same_id);
  CHECK(record.id == expected.id);
  CHECK(record.scope == expected.scope);
  CHECK(record.counts == expected.counts);
  REQUIRE(record.keys.size() == 2);
  CHECK(record.keys[0].count == 7);
  CHECK(record.keys[1].is_null);
}

TEST_CASE("findings and numbers of objects come out of a partial file as they went in") {
  const TemporaryFile file(a_partial_file());
  const FilePiece piece = only_piece_of(read_partial_contents(file.path));
  REQUIRE(piece.found.entries().size() == 1);
  const auto* const finding = std::get_if<Finding>(&piece.found.entries()[0].what);
  REQUIRE(finding != nullptr);
  CHECK(finding->rule == Rule::identity);
  CHECK(finding->counter == "total");
  CHECK(finding->asserted == -5);
  REQUIRE(finding->witnesses.size() == 1);
  CHECK(finding->witnesses[0].tokens == a_record().counts);
  CHECK(piece.found.objects_ignored().at("a rule") == 3);
  CHECK(piece.found.duplicates() == 2);
  CHECK(piece.found.checks_held() == 4);
}

TEST_CASE("a partial file that is cut anywhere is refused, or says which file it lost") {
  const std::string whole = a_partial_file();
  for (std::size_t size = whole.find('\n') + 1; size < whole.size(); ++size) {
    CAPTURE(size);
    const TemporaryFile file(whole.substr(0, size));
    CHECK_THROWS_AS(read_partial_contents(file.path), InputError);
  }
}

TEST_CASE("a partial file with a changed byte never passes as sound") {
  const std::string whole = a_partial_file();
  for (std::size_t at = whole.find('\n') + 1; at < whole.size(); ++at) {
    CAPTURE(at);
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const TemporaryFile file(changed);
    bool is_refused = false;
    try {
      const FilePiece piece = only_piece_of(read_partial_contents(file.path));
      is_refused = piece.reading.fate == FileFate::failed;
    } catch (const InputError&) {
      is_refused = true;
    }
    CHECK(is_refused);
  }
}

TEST_CASE("a partial file of another version says which one can be read") {
  std::string bytes = a_partial_file();
  bytes.replace(bytes.find(" 3,"), 3, " 9,");
  const TemporaryFile file(bytes);
  CHECK_THROWS_WITH_AS(
      read_partial_contents(file.path),
      "is a partial file of version 9, and version 3 can be read: collect it again", InputError);
}
