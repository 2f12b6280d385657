#include "input/containers/container_kind.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/paths.hpp"
#include "input/containers/delimited_table.hpp"
#include "input/containers/markdown_documents.hpp"
#include "input/containers/yaml_documents.hpp"

namespace usagectl {
namespace {

using namespace std::literals;

constexpr std::string_view kExportRows = "export it as CSV or JSON lines";
constexpr std::string_view kUnpack = "unpack it, and name the files";
constexpr std::string_view kNoUsage = "it holds no usage";
constexpr std::string_view kSaveAsText = "save it as UTF-8 text";
constexpr std::string_view kNameDatabase = "name the database that it lies beside";

/// Bytes that stand at the same place in every file of a kind.
struct Mark {
  std::size_t offset;
  std::string_view bytes;
  Container container;
};

constexpr std::array kMarks = {
    Mark{0, "SQLite format 3\0"sv, {ContainerKind::sqlite, "SQLite 3 database", {}}},
    Mark{0, "\x37\x7F\x06\x82"sv, {ContainerKind::unread, "SQLite write-ahead log", kNameDatabase}},
    Mark{0, "\x37\x7F\x06\x83"sv, {ContainerKind::unread, "SQLite write-ahead log", kNameDatabase}},
    Mark{0,
         "\xD9\xD5\x05\xF9\x20\xA1\x63\xD7"sv,
         {ContainerKind::unread, "SQLite journal", kNameDatabase}},
    Mark{0, "PK\x03\x04"sv, {ContainerKind::archive, "zip archive", {}}},
    Mark{0, "PK\x05\x06"sv, {ContainerKind::archive, "zip archive", {}}},
    Mark{257, "ustar"sv, {ContainerKind::archive, "tar archive", {}}},
    Mark{0, "\x1F\x8B"sv, {ContainerKind::compressed, "gzip file", {}}},
    Mark{0, "\x28\xB5\x2F\xFD"sv, {ContainerKind::compressed, "Zstandard file", {}}},
    Mark{0, "\xFD\x37zXZ\0"sv, {ContainerKind::compressed, "xz file", {}}},
    Mark{0, "BZh"sv, {ContainerKind::compressed, "bzip2 file", {}}},
    Mark{0, "\x37z\xBC\xAF\x27\x1C"sv, {ContainerKind::unread, "7-Zip archive", kUnpack}},
    Mark{0, "Rar!\x1A\x07"sv, {ContainerKind::unread, "RAR archive", kUnpack}},
    Mark{0, "\x04\x22\x4D\x18"sv, {ContainerKind::unread, "LZ4 file", kUnpack}},
    Mark{0, "PAR1"sv, {ContainerKind::unread, "Parquet file", kExportRows}},
    Mark{0, "ARROW1\0\0"sv, {ContainerKind::unread, "Arrow file", kExportRows}},
    Mark{0, "FEA1"sv, {ContainerKind::unread, "Feather file", kExportRows}},
    Mark{0, "Obj\x01"sv, {ContainerKind::unread, "Avro file", kExportRows}},
    Mark{0, "ORC"sv, {ContainerKind::unread, "ORC file", kExportRows}},
    Mark{0, "\x89HDF\r\n\x1A\n"sv, {ContainerKind::unread, "HDF5 file", kExportRows}},
    Mark{8, "DUCK"sv, {ContainerKind::unread, "DuckDB database", kExportRows}},
    Mark{0, "\x93NUMPY"sv, {ContainerKind::unread, "NumPy array", kExportRows}},
    Mark{4, "Standard Jet DB"sv, {ContainerKind::unread, "Access database", kExportRows}},
    Mark{4, "Standard ACE DB"sv, {ContainerKind::unread, "Access database", kExportRows}},
    Mark{0,
         "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv,
         {ContainerKind::unread, "Office document", kExportRows}},
    Mark{0, "%PDF-"sv, {ContainerKind::unread, "PDF document", "save the numbers as CSV"}},
    Mark{0, "\x89PNG\r\n\x1A\n"sv, {ContainerKind::unread, "PNG picture", kNoUsage}},
    Mark{0, "\xFF\xD8\xFF"sv, {ContainerKind::unread, "JPEG picture", kNoUsage}},
    Mark{0, "GIF8"sv, {ContainerKind::unread, "GIF picture", kNoUsage}},
    Mark{8, "WEBP"sv, {ContainerKind::unread, "WebP picture", kNoUsage}},
    Mark{0,
         "\x7F"
         "ELF"sv,
         {ContainerKind::unread, "ELF program", kNoUsage}},
    Mark{0, "\xCF\xFA\xED\xFE"sv, {ContainerKind::unread, "Mach-O program", kNoUsage}},
    Mark{0, "MZ\x90"sv, {ContainerKind::unread, "Windows program", kNoUsage}},
    Mark{0, "\xCA\xFE\xBA\xBE"sv, {ContainerKind::unread, "Java class or program", kNoUsage}},
    Mark{0, "\0asm"sv, {ContainerKind::unread, "WebAssembly program", kNoUsage}},
    Mark{0, "\xFF\xFE"sv, {ContainerKind::unread, "UTF-16 text", kSaveAsText}},
    Mark{0, "\xFE\xFF"sv, {ContainerKind::unread, "UTF-16 text", kSaveAsText}},
};

/// The protocol number, then what begins a list, a map, a tuple or a frame.
bool looks_like_pickle(std::string_view start) {
  return start.size() > 2 && start[0] == '\x80' && start[1] >= 2 && start[1] <= 5 &&
         "}](c\x95X\x8C"sv.find(start[2]) != std::string_view::npos;
}

/// Text of Latin letters without a mark: every other byte is zero.
bool looks_like_utf16(std::string_view start) {
  constexpr std::size_t kEnough = 8;
  const std::size_t size = std::min<std::size_t>(start.size(), 64) & ~std::size_t{1};
  if (size < kEnough) return false;
  for (const std::size_t zero : {0U, 1U}) {
    bool is_text = true;
    for (std::size_t i = 0; i < size; ++i)
      is_text = is_text && (start[i] == '\0') == (i % 2 == zero);
    if (is_text) return true;
  }
  return false;
}

/// Tar archives of before 1988 have no mark, but the sum of the header's bytes, in octal digits.
bool is_tar_header(std::string_view start) {
  constexpr std::size_t kHeaderBytes = 512;
  constexpr std::size_t kSumAt = 148;
  constexpr std::size_t kSumBytes = 8;
  if (start.size() < kHeaderBytes || start[0] == '\0') return false;
  unsigned sum = 0;
  unsigned told = 0;
  for (std::size_t i = 0; i < kHeaderBytes; ++i) {
    const bool is_of_sum = i >= kSumAt && i < kSumAt + kSumBytes;
    sum += static_cast<unsigned char>(is_of_sum ? ' ' : start[i]);
    if (is_of_sum && start[i] >= '0' && start[i] <= '7')
      told = told * 8 + static_cast<unsigned>(start[i] - '0');
  }
  return told == sum;
}

std::string lower_ending(std::string_view path) {
  const std::string_view name = base_name(path);
  const auto point = name.rfind('.');
  std::string ending(point == std::string_view::npos ? std::string_view() : name.substr(point));
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return ending;
}

}  // namespace

Container container_kind(std::string_view start, std::string_view path) {
  for (const Mark& mark : kMarks) {
    if (start.size() > mark.offset && start.substr(mark.offset).starts_with(mark.bytes))
      return mark.container;
  }
  if (looks_like_pickle(start)) {
    return {ContainerKind::unread, "Python pickle",
            "save it as JSON with the program that wrote it (reading one runs code)"};
  }
  if (looks_like_utf16(start)) return {ContainerKind::unread, "UTF-16 text", kSaveAsText};
  const std::string ending = lower_ending(path);
  if (is_tar_header(start)) return {ContainerKind::archive, "tar archive", {}};
  if (start.starts_with("]\0\0"sv) && ending == ".lzma")
    return {ContainerKind::compressed, "lzma file", {}};
  if (is_named_delimited(path)) return {ContainerKind::delimited, "table of delimited text", {}};
  if (looks_like_yaml(start, path)) return {ContainerKind::yaml, "YAML file", {}};
  if (ending == ".md" || ending == ".markdown")
    return {ContainerKind::markdown, "Markdown text", {}};
  if (start.find('\0') == std::string_view::npos) {
    if (delimited_table(start, path, start.size() < kContainerStartBytes))
      return {ContainerKind::delimited, "table of delimited text", {}};
    if (holds_markdown_documents(start)) return {ContainerKind::markdown, "Markdown text", {}};
  }
  return {};
}

std::string described(const Container& container) {
  if (container.name.empty()) return "is a file of an unknown kind";
  // UTF-16 text is no thing that can be counted.
  if (container.name.ends_with(" text"))
    return "is " + std::string(container.name) +
           (container.advice.empty() ? "" : ": " + std::string(container.advice));
  const bool is_vowel = "AEIOaeio"sv.find(container.name.front()) != std::string_view::npos;
  // As they are spoken: an LZ4 file.
  const bool is_spoken_with_vowel = container.name.starts_with("LZ4") ||
                                    container.name.starts_with("xz") ||
                                    container.name.starts_with("HDF");
  std::string text = is_vowel || is_spoken_with_vowel ? "is an " : "is a ";
  text += container.name;
  if (!container.advice.empty()) text += ": " + std::string(container.advice);
  return text;
}

}  // namespace usagectl
