#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "capture/file_pieces.hpp"
#include "input/line_source.hpp"
#include "input/text_buffer.hpp"

namespace usagectl {

/// Whether a file that begins like that is a database or an archive, which are read from end to
/// end by one thread.
bool is_packed(std::string_view start, std::string_view path);

/// Whether it is one of these that is unpacked, and no database.
bool is_archive(std::string_view start, std::string_view path);

struct PackedLimits {
  std::uint64_t most_unpacked_bytes = 0;  ///< of the members of an archive
  HeldLimits held;
};

/// Reads a database or an archive. `start` is the beginning of the file, whose rest is in `source`,
/// `path` is where it is opened, `piece` is the first of it.
///
/// The rows of a table are read as JSON lines are: the line of a row is its rowid, and its pointers
/// begin with the name of the table. The members of an archive are files of their own, which come
/// before the last piece of the archive.
void read_packed(const std::string& path, FilePiece&& piece, const FileContext& file,
                 const PackedLimits& limits, TextBuffer& start, LineSource& source,
                 JsonParser& parser, const std::function<void(FilePiece&&)>& bring);

}  // namespace usagectl
