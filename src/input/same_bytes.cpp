#include "input/same_bytes.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
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

/// Hashes of how files begin, as several threads read them: opening a small file takes longer than
/// reading it.
class Starts {
 public:
  Starts(const std::vector<FoundFile>& files, const std::vector<std::size_t>& wanted)
      : files_(files), wanted_(wanted), hashes_(files.size()) {}

  /// Of each wanted file by its index; nothing of the others, and of what cannot be read. Throws
  /// where memory is short: without its hash, a copy would count twice.
  std::vector<std::optional<std::size_t>> read(std::size_t threads) {
    std::vector<std::thread> others;
    try {
      while (others.size() + 1 < std::min(threads, wanted_.size() / kFilesPerThread))
        others.emplace_back([this] { read_some(); });
    } catch (const std::system_error&) {
      // Those there are do the work of those that cannot be started.
    }
    read_some();
    for (auto& other : others) other.join();
    if (failure_) std::rethrow_exception(failure_);
    return std::move(hashes_);
  }

 private:
  void read_some() {
    try {
      const auto bytes = std::make_unique_for_overwrite<char[]>(kPieceBytes);
      for (std::size_t i = next_++; i < wanted_.size(); i = next_++)
        hashes_[wanted_[i]] = start_of(files_[wanted_[i]], bytes.get());
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      failure_ = std::current_exception();
    }
  }

  static std::optional<std::size_t> start_of(const FoundFile& found, char* bytes) {
    Descriptor file;
    if (!file.open(found.path).ok()) return std::nullopt;
    const std::size_t wanted = std::min<std::uint64_t>(kPieceBytes, found.size_bytes);
    std::size_t size = 0;
    std::size_t got = 1;
    while (got > 0 && size < wanted) {
      if (!file.read(bytes + size, wanted - size, got).ok()) return std::nullopt;
      size += got;
    }
    return std::hash<std::string_view>()({bytes, size});
  }

  static constexpr std::size_t kFilesPerThread = 64;

  const std::vector<FoundFile>& files_;
  const std::vector<std::size_t>& wanted_;
  std::vector<std::optional<std::size_t>> hashes_;
  std::atomic<std::size_t> next_ = 0;  ///< of the wanted ones
  std::mutex mutex_;                   ///< of what follows
  std::exception_ptr failure_;
};

/// Sizes of the files of which one is not there, only its hash.
std::set<std::uint64_t> sizes_of_kept(const std::vector<FoundFile>& files) {
  std::set<std::uint64_t> sizes;
  for (const auto& file : files) {
    if (file.kept) sizes.insert(file.size_bytes);
  }
  return sizes;
}

}  // namespace

std::vector<std::optional<std::size_t>> files_with_same_bytes(const std::vector<FoundFile>& files,
                                                              std::size_t threads) {
  std::vector<std::optional<std::size_t>> earlier(files.size());
  std::map<std::uint64_t, std::size_t> files_of_size;
  for (const auto& file : files) ++files_of_size[file.size_bytes];
  const std::set<std::uint64_t> by_hash = sizes_of_kept(files);
  std::map<std::pair<std::uint64_t, ContentHash>, std::size_t> first_with_hash;
  std::vector<std::size_t> by_bytes;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto size = files[i].size_bytes;
    if (size == 0 || files_of_size[size] < 2) continue;
    if (!by_hash.contains(size)) {
      by_bytes.push_back(i);
      continue;
    }
    const auto hash = files[i].kept ? files[i].kept->content : content_hash(files[i].path);
    if (!hash) continue;
    const auto [first, is_first] = first_with_hash.try_emplace({size, *hash}, i);
    if (!is_first) earlier[i] = first->second;
  }
  const auto starts = Starts(files, by_bytes).read(threads);
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<std::size_t>> by_start;
  for (const std::size_t i : by_bytes) {
    if (!starts[i]) continue;
    auto& alike = by_start[{files[i].size_bytes, *starts[i]}];
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
