#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace usagectl {

/// What a file is, as its first bytes tell, or its name where they do not.
enum class ContainerKind : std::uint8_t {
  unknown,  ///< text, or nothing that has a mark
  sqlite,
  archive,     ///< zip or tar
  compressed,  ///< one file, by gzip, Zstandard, xz, bzip2 or lzma
  delimited,   ///< CSV or TSV
  yaml,
  markdown,
  unread,  ///< has a name, and nobody reads it here
};

/// The kind, and words for a person.
struct Container {
  ContainerKind kind = ContainerKind::unknown;
  std::string_view name;    ///< "SQLite 3 database"; empty where unknown
  std::string_view advice;  ///< what to do about one that is not read: "export it as CSV"
};

/// So many bytes are enough to tell.
inline constexpr std::size_t kContainerStartBytes = 1024;

/// Tells the kind from the first bytes of a file, at least kContainerStartBytes where it has them.
Container container_kind(std::string_view start, std::string_view path);

/// "is a Parquet file: export it as CSV or JSON lines"
std::string described(const Container& container);

}  // namespace usagectl
