#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// Why a text is not YAML, or is refused, and where: line and column from 1.
struct YamlFault {
  std::string what;
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  bool is_at_end = false;  ///< the text ends where more of it is needed
};

/// What the aliases of a document may repeat in all, beside twice the size of its text.
inline constexpr std::size_t kMostAliasBytes = std::size_t{16} * 1024 * 1024;

/// Calls visit(json, line) for each document of a YAML text: as JSON on one line, and where it
/// begins. Returns what stopped it, if something did; the documents before that are sound. Of one
/// that the end of the text stops, the items of its list before the last one are visited.
///
/// Scalars in quotes are strings, others are read by the core schema (see yaml_scalar.hpp), tags of
/// the core schema are obeyed and others passed over. An alias repeats what it stands for. Text
/// that is tagged as binary is decoded where it is base64 of UTF-8, and stays base64 on one line
/// where it is of anything else. Keys are strings as written; keys that appear twice stay twice.
std::optional<YamlFault> each_yaml_document(
    std::string_view text,
    const std::function<void(std::string_view json, std::uint64_t line)>& visit);

/// Whether the file calls itself YAML, or begins as YAML only does.
bool looks_like_yaml(std::string_view start, std::string_view path);

}  // namespace usagectl
