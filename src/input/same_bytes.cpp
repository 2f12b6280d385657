#include "input/same_bytes.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "input/content_hash.hpp"
#include "input/descriptor.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;

/// Reads a file piece by piece. Every piece but the last is full.
class Pieces {
 public:
  explicit Pieces(const std::string& path)
      : bytes_(std::make_unique_for_overwrite<char[]>(kPieceBytes)) {
    readable_ = file_.open(path).ok();
  }

  /// Empty at the end, and when the file cannot be read.
  std::string_view next() {
    std::size_t size = 0;
    std::size_t got = 1;
    while (readable_ && got > 0 && size < kPieceBytes) {
      readable_ = file_.read(bytes_.get() + size, kPieceBytes - size, got).ok();
      size += got;
    }
    return {bytes_.get(), readable_ ? size : 0};
  }
  bool readable() const { return readable_; }

 private:
  std::unique_ptr<char[]> bytes_;
  Descriptor file_;
  bool readable_ = false;
};

bool same_bytes(const std::string& path, const std::string& other_path) {
  Pieces file(path);
  Pieces other(other_path);
  for (;;) {
    const std::string_view piece = file.next();
    if (piece != other.next() || !file.readable() || !other.readable()) return false;
    if (piece.empty()) return true;
  }
}

/// Sizes of the files of which one is not there, only its hash.
std::set<std::uint64_t> sizes_of_kept(const std::vector<FoundFile>& files) {
  std::set<std::uint64_t> sizes;
  for (const auto& file : files) {
    if (file.kept) sizes.insert(file.size_bytes);
  }
  return sizes;
}

}  // namespace

std::vector<std::optional<std::size_t>> files_with_same_bytes(const std::vector<FoundFile>& files) {
  std::vector<std::optional<std::size_t>> earlier(files.size());
  std::map<std::uint64_t, std::size_t> files_of_size;
  for (const auto& file : files) ++files_of_size[file.size_bytes];
  const std::set<std::uint64_t> by_hash = sizes_of_kept(files);
  std::map<std::pair<std::uint64_t, ContentHash>, std::size_t> first_with_hash;
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<std::size_t>> by_start;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto size = files[i].size_bytes;
    if (size == 0 || files_of_size[size] < 2) continue;
    if (by_hash.contains(size)) {
      const auto hash = files[i].kept ? files[i].kept->content : content_hash(files[i].path);
      if (!hash) continue;
      const auto [first, is_first] = first_with_hash.try_emplace({size, *hash}, i);
      if (!is_first) earlier[i] = first->second;
      continue;
    }
    auto& alike = by_start[{size, std::hash<std::string_view>()(Pieces(files[i].path).next())}];
    const auto found = std::find_if(alike.begin(), alike.end(), [&](std::size_t candidate) {
      return same_bytes(files[candidate].path, files[i].path);
    });
    if (found != alike.end()) {
      earlier[i] = *found;
    } else {
      alike.push_back(i);
    }
  }
  return earlier;
}

}  // namespace usagectl
