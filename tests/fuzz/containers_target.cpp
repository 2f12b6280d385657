// Every container: any bytes give JSON or a problem, what comes out is JSON on the right number of
// lines, and nothing unpacks to more than is allowed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "input/containers/archive_members.hpp"
#include "input/containers/container_kind.hpp"
#include "input/containers/delimited_row.hpp"
#include "input/containers/delimited_text.hpp"
#include "input/containers/markdown_documents.hpp"
#include "input/containers/sqlite_tables.hpp"
#include "input/containers/text_documents.hpp"
#include "input/containers/yaml_documents.hpp"
#include "input/json/json_parser.hpp"
#include "input/text_buffer.hpp"

using namespace usagectl;

namespace {

constexpr std::uint64_t kMostUnpacked = 1'000'000;

void require(bool holds) {
  if (!holds) std::abort();
}

std::uint64_t lines_of(std::string_view text) {
  const auto breaks = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return breaks + (text.empty() || text.back() == '\n' ? 0 : 1);
}

void each_json(std::string_view lines, JsonParser& parser) {
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    if (!line.empty()) require(!parser.parse_copy(line).fault);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

void read_rows(std::string_view text, JsonParser& parser) {
  const auto table = delimited_table(text, "a.csv", true);
  if (!table || !table->problem.empty()) return;
  require(table->header_bytes <= text.size());
  const std::string_view rows = text.substr(table->header_bytes);
  std::string json;
  require(rows_as_json_lines(rows, *table, parser, json).lines == lines_of(rows));
  require(lines_of(json) == lines_of(rows));
  each_json(json, parser);
  // What is cut at the end of a row gives the same.
  const std::size_t cut = whole_rows_bytes(rows.substr(0, rows.size() / 2), table->separator);
  std::string in_two;
  rows_as_json_lines(rows.substr(0, cut), *table, parser, in_two);
  rows_as_json_lines(rows.substr(cut), *table, parser, in_two);
  require(in_two == json);
}

void read_text(std::string_view text, JsonParser& parser) {
  std::string json;
  require(logged_json_as_json_lines(text, parser, json).lines == lines_of(text));
  // Further objects of a line have lines of their own.
  require(lines_of(json) >= lines_of(text));
  each_json(json, parser);
  json.clear();
  require(markdown_as_json_lines(text, parser, json).lines == lines_of(text));
  json.clear();
  documents_as_json_lines(text, json);
  json.clear();
  escaped_lines_as_json_lines(text, json);
  (void)holds_documents_in_sequence(text);
  (void)holds_escaped_lines(text);
  (void)holds_logged_json(text, parser);
}

void read_archive(std::string_view bytes) {
  std::uint64_t unpacked = 0;
  Archive archive;
  if (!archive.open(bytes, kMostUnpacked).ok()) return;
  each_archive_member(archive, {.most_unpacked_bytes = kMostUnpacked},
                      [&](const ArchiveMember& member, ByteSource&& source) {
                        if (!member.problem.empty()) return;
                        TextBuffer text;
                        (void)text.fill(source);
                        unpacked += text.size();
                      });
  require(unpacked <= kMostUnpacked);
}

void read_tables(std::string_view bytes, JsonParser& parser) {
  SqliteTables tables;
  if (!tables.open(bytes).ok()) return;
  for (const SqliteTable& table : tables.tables()) {
    tables.each_row(table, parser, [&](std::int64_t, std::string_view json) {
      require(!parser.parse_copy(json).fault);
    });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JsonParser parser;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)described(container_kind(bytes, "a"));
  read_rows(bytes, parser);
  read_text(bytes, parser);
  const auto fault = each_yaml_document(bytes, [&](std::string_view json, std::uint64_t line) {
    require(line > 0);
    require(!parser.parse_copy(json).fault);
  });
  if (fault) require(fault->line > 0 && fault->column > 0 && !fault->what.empty());
  if (looks_like_archive(bytes)) read_archive(bytes);
  if (bytes.starts_with("SQLite format 3")) read_tables(bytes, parser);
  return 0;
}
