#include "input/containers/archive_members.hpp"

#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <ios>
#include <vector>

#include "input/containers/libarchive.hpp"

namespace usagectl {
namespace {

/// Where an archive is open, it is there.
const LibArchive& library() { return *libarchive(); }

ReadResult not_loaded() { return {"cannot be unpacked: libarchive is missing or does not fit"}; }

constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;
constexpr std::string_view kPathMark = "!";

struct CloseArchive {
  void operator()(archive* opened) const { library().archive_read_free(opened); }
};

/// Made once and kept: threads that each make and free their own load and unload its tables again
/// for every member of an archive.
locale_t all_letters() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}

/// libarchive loses names that are not ASCII where the locale has no more letters; the program has
/// none, so that its output is the same everywhere. Only this thread uses one.
class LocaleWithAllLetters {
 public:
  LocaleWithAllLetters() {
    if (all_letters() != nullptr) before_ = uselocale(all_letters());
  }
  LocaleWithAllLetters(const LocaleWithAllLetters&) = delete;
  LocaleWithAllLetters& operator=(const LocaleWithAllLetters&) = delete;
  ~LocaleWithAllLetters() {
    if (before_ != nullptr) uselocale(before_);
  }

 private:
  locale_t before_ = nullptr;
};

/// libarchive says "Truncated ZIP file body"; here a message goes on behind "is".
std::string message_of(archive* opened) {
  const char* const text = library().archive_error_string(opened);
  return text == nullptr ? "damaged" : text;
}

ReadResult damage_of(archive* opened) {
  return {fmt::format("is a damaged archive: {}", message_of(opened))};
}

constexpr std::string_view kEndOfZip = "PK\x05\x06";
constexpr std::size_t kEndOfZipBytes = 22;
constexpr std::size_t kLongestComment = 65535;

/// Whether these are the last bytes of a zip archive: the record that ends it, and its comment.
bool ends_zip(std::string_view last) {
  const auto at = last.rfind(kEndOfZip);
  if (at == std::string_view::npos || last.size() - at < kEndOfZipBytes) return false;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(last[at + i]));
  };
  return last.size() - at - kEndOfZipBytes >= byte(20) + (byte(21) << 8U);
}

/// The bytes in which a zip archive ends.
std::string last_bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::streamoff>(file.tellg());
  if (size < 0) return {};
  const auto wanted = std::min<std::streamoff>(size, kEndOfZipBytes + kLongestComment);
  std::string last(static_cast<std::size_t>(wanted), '\0');
  file.seekg(size - wanted);
  file.read(last.data(), wanted);
  return last;
}

}  // namespace

struct Archive::State {
  std::unique_ptr<archive, CloseArchive> opened{library().archive_read_new()};
  archive_entry* entry = nullptr;
  std::string path;        ///< empty: in memory
  std::string_view whole;  ///< in memory
  std::uint64_t most_bytes = 0;
  std::uint64_t bytes = 0;
  bool is_begun = false;   ///< a member that may go on
  bool is_single = false;  ///< a compressed file, behind which nothing comes

  /// Where nothing more is found: whether the archive ends there, or was cut between two members.
  ReadResult check_end() const {
    archive* const reader = opened.get();
    const int format = library().archive_format(reader) & ARCHIVE_FORMAT_BASE_MASK;
    bool is_whole = true;
    if (format == ARCHIVE_FORMAT_TAR) {
      // An empty block ends it, which has been passed since the last header was looked for.
      is_whole = library().archive_filter_bytes(reader, 0) >
                 library().archive_read_header_position(reader);
    } else if (format == ARCHIVE_FORMAT_ZIP) {
      is_whole = ends_zip(path.empty() ? whole : std::string_view(last_bytes_of(path)));
    }
    if (is_whole) return {};
    return {"is a damaged archive: it ends without its end, as it was cut or is being written"};
  }

  State() {
    archive* const reader = opened.get();
    library().archive_read_support_filter_bzip2(reader);
    library().archive_read_support_filter_gzip(reader);
    library().archive_read_support_filter_lzma(reader);
    library().archive_read_support_filter_xz(reader);
    library().archive_read_support_filter_zstd(reader);
    library().archive_read_support_format_tar(reader);
    library().archive_read_support_format_zip(reader);
    library().archive_read_support_format_raw(reader);
  }
};

Archive::Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

ReadResult Archive::open(const std::string& path, std::uint64_t most_unpacked_bytes) {
  if (libarchive() == nullptr) return not_loaded();
  state_ = std::make_unique<State>();
  state_->most_bytes = most_unpacked_bytes;
  state_->path = path;
  archive* const reader = state_->opened.get();
  if (library().archive_read_open_filename(reader, path.c_str(), kBlockBytes) != ARCHIVE_OK)
    return {fmt::format("cannot be opened as an archive: {}", message_of(reader))};
  return {};
}

ReadResult Archive::open(std::string_view bytes, std::uint64_t most_unpacked_bytes,
                         std::uint64_t unpacked_bytes) {
  if (libarchive() == nullptr) return not_loaded();
  state_ = std::make_unique<State>();
  state_->most_bytes = most_unpacked_bytes;
  state_->bytes = unpacked_bytes;
  state_->whole = bytes;
  archive* const reader = state_->opened.get();
  if (library().archive_read_open_memory(reader, bytes.data(), bytes.size()) != ARCHIVE_OK)
    return {fmt::format("cannot be opened as an archive: {}", message_of(reader))};
  return {};
}

/// What nobody read of a member has to be unpacked all the same, where the archive is compressed as
/// a whole.
ReadResult Archive::end_member() {
  const bool is_unpacked_to_pass = library().archive_filter_count(state_->opened.get()) > 1;
  ReadResult result;
  std::vector<char> passed(state_->is_begun && is_unpacked_to_pass ? kBlockBytes : 0);
  std::size_t got = passed.size();
  while (result.ok() && got > 0) result = read(passed.data(), passed.size(), got);
  state_->is_begun = false;
  return result;
}

ReadResult Archive::next(std::optional<std::string>& path) {
  path.reset();
  const LocaleWithAllLetters locale;
  archive* const reader = state_->opened.get();
  if (state_->is_single) return {};
  if (ReadResult result = end_member(); !result.ok()) return result;
  for (;;) {
    const int status = library().archive_read_next_header(reader, &state_->entry);
    if (status == ARCHIVE_EOF) return state_->check_end();
    if (status == ARCHIVE_FATAL || status == ARCHIVE_FAILED) return damage_of(reader);
    if (status == ARCHIVE_RETRY) continue;
    archive_entry* const entry = state_->entry;
    if (library().archive_entry_filetype(entry) != AE_IFREG ||
        library().archive_entry_hardlink(entry) != nullptr)
      continue;
    if (library().archive_entry_is_encrypted(entry) != 0)
      return {"is an encrypted archive: unpack it and name the files"};
    state_->is_begun = true;
    if (library().archive_format(reader) == ARCHIVE_FORMAT_RAW) {
      state_->is_single = true;
      if (library().archive_filter_count(reader) < 2)
        return {"is a damaged archive: it begins like one, and goes on like none"};
      path.emplace();
      return {};
    }
    const char* name = library().archive_entry_pathname_utf8(entry);
    if (name == nullptr) name = library().archive_entry_pathname(entry);
    path = name == nullptr ? "?" : name;
    return {};
  }
}

ReadResult Archive::read(char* bytes, std::size_t capacity, std::size_t& got) {
  got = 0;
  archive* const reader = state_->opened.get();
  for (;;) {
    const la_ssize_t count = library().archive_read_data(reader, bytes, capacity);
    if (count == ARCHIVE_RETRY) continue;
    if (count <= 0) state_->is_begun = false;
    if (count < 0) {
      if (library().archive_read_has_encrypted_entries(reader) == 1)
        return {"is an encrypted archive: unpack it and name the files"};
      return damage_of(reader);
    }
    state_->bytes += static_cast<std::uint64_t>(count);
    if (state_->bytes > state_->most_bytes)
      return {fmt::format("is not read to its end: the archive unpacks to more than {} bytes",
                          state_->most_bytes)};
    got = static_cast<std::size_t>(count);
    return {};
  }
}

std::uint64_t Archive::unpacked_bytes() const { return state_->bytes; }
std::uint64_t Archive::bytes_inside() const {
  return static_cast<std::uint64_t>(
      std::max<la_int64_t>(library().archive_filter_bytes(state_->opened.get(), 0), 0));
}
std::uint64_t Archive::believable_bytes() const {
  archive* const reader = state_->opened.get();
  bool is_deflated =
      (library().archive_format(reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
  for (int i = 0; i < library().archive_filter_count(reader); ++i)
    is_deflated = is_deflated || library().archive_filter_code(reader, i) == ARCHIVE_FILTER_GZIP;
  const auto used = static_cast<std::uint64_t>(
      std::max<la_int64_t>(library().archive_filter_bytes(reader, -1), 0));
  return used * (is_deflated ? kMostTimesDeflated : kMostTimesCompressed);
}
void Archive::add_unpacked(std::uint64_t bytes) { state_->bytes += bytes; }

namespace {

constexpr std::size_t kStartBytes = 512;  // of a tar header, which no other mark exceeds

/// The bytes of one member, of which the first were read already.
class MemberBytes {
 public:
  MemberBytes(Archive& archive, std::size_t most_held_bytes)
      : archive_(archive), most_held_bytes_(most_held_bytes) {}

  /// Reads the first bytes, by which an archive is known.
  ReadResult begin() {
    start_.resize(kStartBytes);
    std::size_t size = 0;
    ReadResult result;
    for (std::size_t got = 1; result.ok() && got > 0 && size < kStartBytes; size += got)
      result = archive_.read(start_.data() + size, kStartBytes - size, got);
    start_.resize(size);
    return result;
  }
  std::string_view start() const { return start_; }

  ReadResult read(char* bytes, std::size_t capacity, std::size_t& got) {
    if (used_ < start_.size()) {
      got = std::min(capacity, start_.size() - used_);
      std::copy_n(start_.data() + used_, got, bytes);
      used_ += got;
      return {};
    }
    ReadResult result = archive_.read(bytes, capacity, got);
    has_failed_ = has_failed_ || !result.ok();
    return result;
  }

  /// All of the member.
  ReadResult read_all(std::string& bytes) {
    bytes.clear();
    for (std::size_t got = 1; got > 0;) {
      const std::size_t before = bytes.size();
      if (before > most_held_bytes_) {
        return {fmt::format("is an archive of more than {} bytes in an archive, which is not read",
                            most_held_bytes_)};
      }
      bytes.resize(std::max(bytes.capacity(), before + kBlockBytes));
      ReadResult result = read(bytes.data() + before, bytes.size() - before, got);
      bytes.resize(before + got);
      if (!result.ok()) return result;
    }
    return {};
  }

  bool has_failed() const { return has_failed_; }

 private:
  Archive& archive_;
  std::size_t most_held_bytes_;
  std::string start_;
  std::size_t used_ = 0;
  bool has_failed_ = false;
};

/// Where an archive is.
enum class Inside : std::uint8_t { file, archive };

ReadResult visit_members(Archive& archive, const std::string& outer, Inside inside,
                         const ArchiveLimits& limits, const VisitMember& visit);

/// Visits the members of an archive that is a member itself.
ReadResult visit_inner(Archive& archive, MemberBytes& bytes, const std::string& name,
                       const ArchiveLimits& limits, const VisitMember& visit) {
  std::string held;
  ReadResult result = bytes.read_all(held);
  if (bytes.has_failed()) return result;
  if (result.ok()) {
    Archive inner;
    const std::uint64_t before = archive.unpacked_bytes();
    result = inner.open(held, limits.most_unpacked_bytes, before);
    if (result.ok()) result = visit_members(inner, name, Inside::archive, limits, visit);
    archive.add_unpacked(inner.unpacked_bytes() - before);
    // Of what a whole archive may have, nothing is left for the members behind it.
    if (archive.unpacked_bytes() > limits.most_unpacked_bytes) return result;
  }
  if (!result.ok()) visit({name, result.problem}, ByteSource());
  return {};
}

/// Visits the members of one archive, whose own path is `outer`.
ReadResult visit_members(Archive& archive, const std::string& outer, Inside inside,
                         const ArchiveLimits& limits, const VisitMember& visit) {
  for (;;) {
    std::optional<std::string> path;
    ReadResult result = archive.next(path);
    if (!path) return result;
    MemberBytes bytes(archive, limits.most_held_bytes);
    if (result = bytes.begin(); !result.ok()) return result;
    const bool is_joined = !path->empty() && !outer.empty();
    const std::string name = outer + (is_joined ? std::string(kPathMark) : "") + *path;
    if (!looks_like_archive(bytes.start())) {
      visit({name, {}}, ByteSource([&](char* to, std::size_t capacity,
                                       std::size_t& got) { return bytes.read(to, capacity, got); },
                                   [&archive] { return archive.believable_bytes(); }));
      if (bytes.has_failed()) return {};
    } else if (inside == Inside::archive) {
      visit({name, "is an archive in an archive in an archive, which is not read"}, ByteSource());
    } else {
      if (result = visit_inner(archive, bytes, name, limits, visit); !result.ok()) return result;
      if (archive.unpacked_bytes() > limits.most_unpacked_bytes) return {};
    }
  }
}

}  // namespace

ReadResult each_archive_member(Archive& archive, const ArchiveLimits& limits,
                               const VisitMember& visit) {
  return visit_members(archive, {}, Inside::file, limits, visit);
}

bool looks_like_archive(std::string_view start) {
  using namespace std::literals;
  constexpr std::array kMarks = {"PK\x03\x04"sv,    "PK\x05\x06"sv,       "BZh"sv,  "\x1F\x8B"sv,
                                 "\xFD\x37zXZ\0"sv, "\x28\xB5\x2F\xFD"sv, "]\0\0"sv};
  constexpr std::size_t kTarMarkAt = 257;
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return start.starts_with(mark); }) ||
         (start.size() > kTarMarkAt && start.substr(kTarMarkAt).starts_with("ustar"));
}

}  // namespace usagectl
