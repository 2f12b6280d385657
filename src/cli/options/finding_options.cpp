#include "cli/options/finding_options.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/input_error.hpp"
#include "base/text_file.hpp"
#include "input/byte_source.hpp"
#include "input/containers/archive_members.hpp"
#include "input/line_source.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kLongestList = std::size_t{256} << 20;

/// "512MB", "8GB", "1000000" in bytes.
std::optional<std::uint64_t> parse_size(const std::string& text) {
  constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> kUnits = {{
      {"kB", 1'000},
      {"MB", 1'000'000},
      {"GB", 1'000'000'000},
      {"TB", 1'000'000'000'000},
      {"", 1},
  }};
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(stop, static_cast<std::size_t>(text.data() + text.size() - stop));
  constexpr std::uint64_t kMost = std::uint64_t{1} << 60;
  for (const auto& [name, bytes] : kUnits) {
    if (error == std::errc() && unit == name && number > 0 && number <= kMost / bytes)
      return number * bytes;
  }
  return std::nullopt;
}

std::string check_size(const std::string& text) {
  return parse_size(text) ? std::string()
                          : fmt::format("invalid size \"{}\"; use 512MB or 8GB", text);
}

std::string check_pattern(const std::string& text) {
  return text.empty() ? "an empty pattern excludes nothing" : std::string();
}

}  // namespace

void add_finding_options(OptionSet set, FindingOptions& options) {
  set.add_flag("--hidden", options.hidden, "Read hidden files and folders too");
  set.add("--exclude", options.excluded,
          "Leave out files and folders that match GLOB, such as node_modules or '*.bak'",
          {.name = "GLOB", .check = check_pattern, .one_for_each_name = true});
  set.add("--max-unpacked", options.most_unpacked,
          "Unpack at most SIZE of a file, such as 8GB, and no other once SIZE was unpacked",
          {.name = "SIZE", .check = check_size, .default_text = "16 GiB"});
  set.add("--max-line", options.longest_line, "Reject lines longer than SIZE, such as 64MB",
          {.name = "SIZE", .check = check_size, .default_text = "1 GiB"});
}

void add_list_options(OptionSet set, FindingOptions& options) {
  set.add("--files-from", options.files_from, "Read the paths in FILE too, one on each line",
          {.name = "FILE"});
  set.add_flag("-0,--null", options.null, "The paths in --files-from end with NUL");
}

std::uint64_t FindingOptions::most_unpacked_bytes() const {
  return parse_size(most_unpacked).value_or(kMostUnpackedBytes);
}

std::size_t FindingOptions::longest_line_bytes() const {
  return parse_size(longest_line).value_or(kLongestLineBytes);
}

std::vector<std::string> FindingOptions::listed() const {
  std::vector<std::string> paths;
  if (files_from.empty()) return paths;
  struct stat status {};
  // A device may never end.
  const bool is_path =
      files_from != "-" && files_from != "/dev/null" && stat(files_from.c_str(), &status) == 0;
  if (is_path && !S_ISDIR(status.st_mode) && !is_file_or_pipe(status.st_mode))
    throw InputError(fmt::format("{}: not a regular file or a pipe", files_from));
  ByteSource source;
  ReadResult result = source.open(files_from);
  std::string text;
  std::array<char, 65536> block{};
  for (std::size_t got = 1; result.ok() && got > 0;) {
    result = source.read(block.data(), block.size(), got);
    if (result.ok()) text.append(block.data(), got);
    if (text.size() > kLongestList)
      throw InputError(fmt::format("{}: is longer than 256 MiB", files_from));
  }
  if (!result.ok()) throw InputError(fmt::format("{}: {}", files_from, result.problem));
  const char end = null ? '\0' : '\n';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find(end, at), text.size());
    std::string path = text.substr(at, stop - at);
    if (!null && path.ends_with('\r')) path.pop_back();
    if (path.find('\0') != std::string::npos)
      throw InputError(fmt::format("{}: paths that end with NUL need -0", files_from));
    if (!path.empty()) paths.push_back(std::move(path));
    at = stop + 1;
  }
  return paths;
}

}  // namespace usagectl
