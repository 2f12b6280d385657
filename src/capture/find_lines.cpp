#include "capture/find_lines.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string_view>

#include "input/byte_source.hpp"
#include "input/containers/container_kind.hpp"
#include "input/content_hash.hpp"
#include "input/json/pointer_positions.hpp"

namespace usagectl {
namespace {

/// Whether the lines of places in a file that begins like that are lines of JSON text.
bool has_json_lines(std::string_view start, const std::string& path) {
  switch (container_kind(start, path).kind) {
    case ContainerKind::unknown:
    case ContainerKind::markdown: return true;
    default: return false;
  }
}

void read_positions(const std::string& path, PointerPositions& positions) {
  ByteSource source;
  if (!source.open(path).ok()) return;
  constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;
  std::vector<char> block(kBlockBytes);
  bool is_start = true;
  for (std::size_t got = 0; source.read(block.data(), block.size(), got).ok() && got > 0;) {
    const std::string_view bytes(block.data(), got);
    if (is_start && !has_json_lines(bytes, path)) return;
    is_start = false;
    if (!positions.read(bytes)) return;
  }
}

/// Whether the file has other bytes than it had when its reading was kept.
bool has_changed(const FoundFile& file) {
  std::error_code fault;
  return std::filesystem::file_size(file.path, fault) != file.size_bytes || fault ||
         content_hash(file.path) != file.kept->content;
}

}  // namespace

void find_lines(const std::vector<std::string>& files, const std::vector<Place*>& places,
                const std::map<std::string, FoundFile>& kept) {
  std::map<FileId, std::vector<Place*>> by_file;
  for (Place* const place : places) {
    if (!place->pointer.empty() && place->column == 0 && place->file < files.size())
      by_file[place->file].push_back(place);
  }
  for (const auto& [file, wanted] : by_file) {
    std::error_code fault;
    if (files[file] == "-" || !std::filesystem::is_regular_file(files[file], fault)) continue;
    if (const auto was = kept.find(files[file]); was != kept.end() && has_changed(was->second))
      continue;
    PointerPositions positions;
    for (const Place* const place : wanted) positions.want(place->line, place->pointer);
    read_positions(files[file], positions);
    for (Place* const place : wanted) {
      const auto position = positions.position(place->line, place->pointer);
      if (!position) continue;
      place->line = position->line;
      place->column = position->column;
    }
  }
}

}  // namespace usagectl
