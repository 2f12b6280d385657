#include "capture/partial_file.hpp"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "base/input_error.hpp"
#include "base/text_hash.hpp"
#include "base/version.hpp"
#include "capture/observation_fields.hpp"
#include "capture/places.hpp"
#include "capture/read_lines.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {

template <typename Codec>
void fields(Codec& codec, Problem& problem) {
  codec(problem.file, problem.line, problem.column, problem.offset, problem.pointer,
        problem.problem);
}

template <typename Codec>
void fields(Codec& codec, ContentHash& hash) {
  codec(hash.low, hash.high);
}

template <typename Codec>
void fields(Codec& codec, KeptReading& kept) {
  codec(kept.offset, kept.bytes, kept.content);
}

template <typename Codec>
void fields(Codec& codec, FoundFile& file) {
  std::uint64_t named = file.named;
  codec(file.path, named, file.from_folder, file.size_bytes, file.kept);
  file.named = named;
}

template <typename Codec>
void fields(Codec& codec, Found& found) {
  codec(found.problems, found.excluded, found.special_files, found.hidden, found.repeated);
}

template <typename Codec>
void fields(Codec& codec, PartialContents& contents) {
  codec(contents.named_paths, contents.files, contents.companions, contents.passed_over);
}

namespace {

constexpr std::string_view kMark = "usagectl partial ";
constexpr std::string_view kEndMark = "partial\n";
constexpr std::size_t kOffsetBytes = 8;
constexpr std::size_t kEndBytes = kOffsetBytes + kEndMark.size();
constexpr std::size_t kHeadBytes = 16;  ///< of a chunk
constexpr std::size_t kLongChunkBytes = std::size_t{256} * 1024;
constexpr std::size_t kLongestChunkBytes = std::size_t{1} << 30;
constexpr int kCompression = 3;
constexpr unsigned kBitsInByte = 8;
constexpr unsigned kByteMask = 0xFF;

std::string first_line() {
  return fmt::format("{}{}, written by usagectl {}\n", kMark, kPartialVersion, version());
}

void append_fixed(std::string& bytes, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i, value >>= kBitsInByte)
    bytes.push_back(static_cast<char>(value & kByteMask));
}

std::uint64_t read_fixed(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i)
    value = value << kBitsInByte | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

/// A partial file that is open for reading.
class PartialSource {
 public:
  explicit PartialSource(const std::string& path) : file_(path, std::ios::binary) {}

  std::string bytes(std::uint64_t offset, std::size_t size) {
    std::string read(size, '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(offset));
    file_.read(read.data(), static_cast<std::streamsize>(size));
    if (file_.gcount() != static_cast<std::streamsize>(size)) throw DamagedPartial();
    return read;
  }

  /// The bytes of the chunk at that place before they were compressed; moves the place on.
  std::string chunk(std::uint64_t& offset) {
    const std::string head = bytes(offset, kHeadBytes);
    const std::string_view view = head;
    const auto size = static_cast<std::size_t>(read_fixed(view.substr(0, 4)));
    const auto packed_size = static_cast<std::size_t>(read_fixed(view.substr(4, 4)));
    if (size > kLongestChunkBytes || packed_size > kLongestChunkBytes) throw DamagedPartial();
    const std::string packed = bytes(offset + kHeadBytes, packed_size);
    if (short_text_hash(packed) != read_fixed(view.substr(8))) throw DamagedPartial();
    std::string unpacked(size, '\0');
    const std::size_t got =
        ZSTD_decompress(unpacked.data(), unpacked.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) != 0 || got != size) throw DamagedPartial();
    offset += kHeadBytes + packed_size;
    return unpacked;
  }

 private:
  std::ifstream file_;
};

/// The format that read the file, if this run knows it too.
const Format* format_with(std::string_view id, const Knowledge& knowledge) {
  if (id == any_lines().id) return &any_lines();
  const auto known = std::find_if(knowledge.formats.begin(), knowledge.formats.end(),
                                  [&](const auto& format) { return format->id == id; });
  return known == knowledge.formats.end() ? nullptr : known->get();
}

/// All of a piece but its file.
template <typename Codec>
void fields(Codec& codec, FilePiece& piece, std::string& format) {
  codec(piece.member, piece.table, piece.bytes, piece.lines, piece.lines_are_relative,
        piece.begins_file, piece.ends_file, piece.reading.fate, format, piece.found);
}

std::string damaged(const std::string& path) {
  return fmt::format("{} is damaged: collect it again", path);
}

}  // namespace

PartialWriter::PartialWriter(Write write) : write_(std::move(write)) { this->write(first_line()); }

void PartialWriter::write(std::string_view bytes) {
  write_(bytes);
  offset_ += bytes.size();
}

void PartialWriter::write_chunk() {
  const std::string& raw = chunk_.bytes();
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), kCompression));
  std::string head;
  append_fixed(head, raw.size(), 4);
  append_fixed(head, packed.size(), 4);
  append_fixed(head, short_text_hash(packed), 8);
  write(head);
  write(packed);
  chunk_.clear();
}

void PartialWriter::add(FilePiece& piece) {
  if (written_.size() <= piece.file) written_.resize(piece.file + 1);
  Written& file = written_[piece.file];
  if (file.offset == 0) file.offset = offset_;
  std::string format(piece.reading.format == nullptr ? std::string_view()
                                                     : piece.reading.format->id);
  Codec<BytesWriter> codec(chunk_);
  const std::size_t before = chunk_.bytes().size();
  fields(codec, piece, format);
  file.content = text_hash(std::string_view(chunk_.bytes()).substr(before), file.content).low;
  const bool is_last = piece.ends_file && piece.member.empty();
  if (is_last || chunk_.bytes().size() >= kLongChunkBytes) write_chunk();
  file.bytes = offset_ - file.offset;
}

void PartialWriter::finish(const std::vector<std::string>& named_paths, const Found& found,
                           std::size_t named_files) {
  PartialContents contents;
  contents.named_paths = named_paths;
  contents.passed_over = found;
  for (std::size_t i = 0; i < found.files.size() && i < written_.size(); ++i) {
    if (written_[i].offset == 0) continue;
    FoundFile file = found.files[i];
    KeptReading kept = file.kept.value_or(KeptReading());
    if (!file.kept) {
      // What came through a pipe is known by what was found in it.
      const ContentHash found_in{written_[i].content, 1};
      kept.content = file.size_bytes > 0 ? content_hash(file.path).value_or(found_in) : found_in;
    }
    kept.offset = written_[i].offset;
    kept.bytes = written_[i].bytes;
    file.kept = kept;
    (i < named_files ? contents.files : contents.companions).push_back(std::move(file));
  }
  const std::uint64_t list = offset_;
  Codec<BytesWriter> codec(chunk_);
  fields(codec, contents);
  write_chunk();
  std::string end;
  append_fixed(end, list, kOffsetBytes);
  end += kEndMark;
  write(end);
}

bool is_partial_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, kMark.size()> start{};
  file.read(start.data(), start.size());
  return file.gcount() == start.size() && std::string_view(start.data(), start.size()) == kMark;
}

PartialContents read_partial_contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::uint64_t>(file.tellg());
  file.seekg(0);
  std::string line;
  std::getline(file, line);
  const std::string version =
      line.substr(std::min(line.size(), kMark.size()), line.find(',') - kMark.size());
  if (version != std::to_string(kPartialVersion)) {
    throw InputError(
        fmt::format("is a partial file of version {}, and version {} can be read: collect it again",
                    version, kPartialVersion));
  }
  const std::string cut_off = "is cut off or damaged: collect it again";
  if (size < line.size() + 1 + kEndBytes) throw InputError(cut_off);
  try {
    PartialSource source(path);
    const std::string end = source.bytes(size - kEndBytes, kEndBytes);
    const std::string_view view = end;
    if (view.substr(kOffsetBytes) != kEndMark) throw InputError(cut_off);
    std::uint64_t list = read_fixed(view.substr(0, kOffsetBytes));
    if (list > size) throw InputError(cut_off);
    const std::string bytes = source.chunk(list);
    KeptNames names;
    BytesReader reader(bytes, names);
    Codec<BytesReader> codec(reader);
    PartialContents contents;
    fields(codec, contents);
    for (auto* const files : {&contents.files, &contents.companions}) {
      for (FoundFile& found : *files) {
        if (!found.kept || found.named >= contents.named_paths.size()) throw DamagedPartial();
        found.kept->partial = path;
      }
    }
    return contents;
  } catch (const DamagedPartial&) {
    throw InputError(cut_off);
  }
}

void read_kept_pieces(const FoundFile& file, std::size_t index, const PieceOptions& options,
                      const std::function<void(FilePiece&&)>& use) {
  const KeptReading& kept = *file.kept;
  bool has_begun = false;
  bool has_ended = false;
  try {
    PartialSource source(kept.partial);
    for (std::uint64_t offset = kept.offset; offset < kept.offset + kept.bytes;) {
      const std::string bytes = source.chunk(offset);
      BytesReader reader(bytes, *options.knowledge->names);
      while (!reader.at_end()) {
        Codec<BytesReader> codec(reader);
        FilePiece piece;
        std::string format;
        fields(codec, piece, format);
        piece.file = index;
        piece.reading.format = format_with(format, *options.knowledge);
        set_file(piece.found, static_cast<FileId>(index));
        if (!options.wants_keys) {
          for (UsageRecord& record : piece.found.records()) record.keys.clear();
        }
        has_begun = true;
        has_ended = piece.ends_file && piece.member.empty();
        use(std::move(piece));
      }
    }
    if (!has_ended) throw DamagedPartial();
  } catch (const DamagedPartial&) {
    FilePiece piece;
    piece.file = index;
    piece.begins_file = !has_begun;
    piece.ends_file = true;
    piece.reading.fate = FileFate::failed;
    piece.found.unreadable({static_cast<FileId>(index), 0, {}}, {damaged(kept.partial), {}, {}});
    use(std::move(piece));
  }
}

}  // namespace usagectl
