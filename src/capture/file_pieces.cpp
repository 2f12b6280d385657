#include "capture/file_pieces.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "capture/beside/lines_as_list.hpp"
#include "capture/beside/usage_in_texts.hpp"
#include "capture/in_order.hpp"
#include "capture/long_lines.hpp"
#include "capture/partial_file.hpp"
#include "capture/read_lines.hpp"
#include "capture/read_packed.hpp"
#include "capture/read_source.hpp"
#include "capture/unpack_budget.hpp"
#include "input/byte_source.hpp"
#include "input/json/json_parser.hpp"
#include "input/line_source.hpp"
#include "input/text_buffer.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kTurnsAhead = 4;  ///< for each thread
/// A file of at most so many bytes is one thread's from its opening to its end where the others
/// have files of their own: sharing it would take longer than what it saves.
constexpr std::uint64_t kOneThreadBytes = std::uint64_t{8} * 1024 * 1024;
constexpr std::size_t kPiecesWaiting = 8;

/// A file whose lines are shared by the threads.
struct SharedLines {
  std::size_t file = 0;
  bool is_packed = false;
  const Format* format = nullptr;
  std::shared_ptr<const DelimitedTable> table;  ///< whose rows they are; nullptr for JSON lines
  LineSource source;
};

/// Of a file, in which a NUL byte shows that it is no text.
constexpr std::size_t kStartBytes = 1024;

/// What a thread does next.
struct Task {
  enum class Kind : std::uint8_t {
    unreadable,  ///< the file cannot be opened
    whole,       ///< `text` is the file
    lines,       ///< `text` is a block of a shared file
    alone,       ///< `text` is the start of a file that one thread must read
    packed,      ///< `text` is the start of a database or an archive
    kept,        ///< a partial file has the pieces
  };
  Kind kind = Kind::unreadable;
  std::size_t file = 0;
  std::uint64_t turn = 0;
  bool begins_file = true;
  bool ends_file = true;
  bool is_packed = false;
  bool may_be_shared = true;  ///< else the thread that takes the file opens it
  OpenedText opened;
  std::optional<LineSource> source;  ///< of the rest, where a thread reads alone
};

/// Thrown through a format when what it finds is no longer wanted.
struct GivenUp {};

class Reading {
 public:
  Reading(const std::vector<FoundFile>& files, const std::vector<std::size_t>& indices,
          const PieceOptions& options, const std::function<void(FilePiece&)>& use)
      : files_(files),
        indices_(indices),
        options_(options),
        budget_(options.most_unpacked_bytes),
        order_(kTurnsAhead * options.threads, kPiecesWaiting, [this, use](FilePiece& piece) {
          if (budget_.allows(piece)) use(piece);
        }) {}

  void run() {
    std::vector<std::thread> others;
    try {
      for (std::size_t i = 1; i < options_.threads; ++i) others.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      // Those there are do the work of those that cannot be started.
    }
    work();
    for (auto& other : others) other.join();
    order_.rethrow();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  FileContext context(std::size_t file) const {
    return {static_cast<FileId>(file), without_compression_suffix(files_[file].path),
            files_[file].from_folder, options_.wants_keys, options_.knowledge};
  }

  HeldLimits held_limits() const { return {options_.most_held_bytes, options_.longest_line_bytes}; }

  void work() {
    try {
      JsonParser parser(options_.threads);
      TextBuffer text;
      Task task;
      while (order_.wait_for_room() && take(task, text, parser)) read(task, text, parser);
      order_.use_the_rest();
    } catch (const GivenUp&) {
      // Another thread has failed, or nobody wants to know more: run() says so.
    } catch (...) {
      // An allocation that failed, as a rule. What waits for this turn would wait for ever.
      const std::scoped_lock lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      order_.stop();
    }
  }

  /// Takes the next block or file. False at the end.
  bool take(Task& task, TextBuffer& text, JsonParser& parser) {
    const std::scoped_lock lock(mutex_);
    task = {};
    text.truncate(0);
    if (!shared_ && next_ == indices_.size()) return false;
    if (shared_) {
      task.kind = Task::Kind::lines;
      task.begins_file = false;
      task.file = shared_->file;
      task.is_packed = shared_->is_packed;
      task.opened.format = shared_->format;
      task.opened.table = shared_->table;
      task.opened.problem = shared_->source.next(text, kBlockBytes);
      task.ends_file = shared_->source.at_end();
      if (task.ends_file) shared_.reset();
    } else {
      task.file = indices_[next_];
      const std::size_t left = indices_.size() - next_++;
      task.may_be_shared = !is_small(files_[task.file]) || left < options_.threads;
      if (task.may_be_shared) open(task, text, parser);
    }
    task.turn = order_.begin();
    return true;
  }

  static bool is_small(const FoundFile& file) {
    return !file.kept && file.size_bytes > 0 && file.size_bytes <= kOneThreadBytes;
  }

  /// Called while taking where the lines of the file may be shared.
  void open(Task& task, TextBuffer& text, JsonParser& parser) {
    if (files_[task.file].kept) {
      task.kind = Task::Kind::kept;
      return;
    }
    ByteSource source;
    task.opened.problem = source.open(files_[task.file].path, options_.most_unpacked_bytes);
    if (!task.opened.problem.ok()) return;
    task.is_packed = source.is_compressed();
    if (task.is_packed && budget_.is_used_up()) return;
    bool at_end = false;
    task.opened.problem = text.fill(source, kBlockBytes, at_end);
    if (!task.opened.problem.ok() && text.empty()) return;
    const FileContext file = context(task.file);
    if (!task.opened.problem.ok()) {
      // Lines that came before the fault are sound; the start of a line or of a document says
      // nothing.
      task.opened.format = line_format_of(text.text(), file, parser);
      if (task.opened.format != nullptr && task.opened.format->lines->are_independent)
        task.kind = Task::Kind::lines;
      if (task.opened.format != nullptr) text.truncate(text.text().rfind('\n') + 1);
      return;
    }
    const bool is_packed_file = is_packed(text.text(), file.path);
    if (is_packed_file && is_archive(text.text(), file.path)) {
      task.is_packed = true;
      if (budget_.is_used_up()) return;
    }
    // What begins with a NUL byte is no text, and its start shows what it is; /dev/zero has no end.
    const bool is_binary =
        !is_packed_file && text.text().substr(0, kStartBytes).find('\0') != std::string_view::npos;
    if ((at_end || is_binary) && !is_packed_file) {
      task.kind = Task::Kind::whole;
      return;
    }
    LineSource lines(std::move(source), at_end);
    lines.cut_lines(options_.longest_line_bytes);
    if (is_packed_file) {
      task.kind = Task::Kind::packed;
      task.source.emplace(std::move(lines));
      return;
    }
    task.opened = open_text(lines, text, file, parser);
    if (!task.opened.problem.ok() && text.empty()) return;
    task.ends_file = lines.at_end();
    if (task.may_be_shared && task.opened.format != nullptr &&
        task.opened.format->lines->are_independent) {
      task.kind = Task::Kind::lines;
      if (!task.ends_file)
        shared_.emplace(SharedLines{task.file, task.is_packed, task.opened.format,
                                    task.opened.table, std::move(lines)});
    } else {
      task.kind = Task::Kind::alone;
      task.ends_file = true;
      task.source.emplace(std::move(lines));
    }
  }

  void read(Task& task, TextBuffer& text, JsonParser& parser) {
    if (!task.may_be_shared) open(task, text, parser);
    if (task.kind == Task::Kind::kept) {
      read_kept_pieces(files_[task.file], task.file, options_, [&](FilePiece&& kept) {
        const bool is_last = kept.member.empty() && kept.ends_file;
        if (!order_.bring(task.turn, std::move(kept), is_last)) throw GivenUp();
      });
      return;
    }
    const FileContext file = context(task.file);
    FilePiece piece;
    piece.file = task.file;
    piece.begins_file = task.begins_file;
    piece.is_packed = task.is_packed;
    if (task.kind == Task::Kind::alone) {
      read_alone(task, std::move(piece), file, text, parser);
      return;
    }
    if (task.kind == Task::Kind::packed) {
      const std::string& path = files_[task.file].path;
      const PackedLimits limits{options_.most_unpacked_bytes, held_limits()};
      read_packed(path, std::move(piece), file, limits, text, *task.source, parser,
                  [&](FilePiece&& part) {
                    const bool is_last = part.member.empty() && part.ends_file;
                    if (!order_.bring(task.turn, std::move(part), is_last)) throw GivenUp();
                  });
      return;
    }
    piece.ends_file = task.ends_file;
    piece.bytes = text.size();
    piece.unpacked_bytes = task.is_packed ? piece.bytes : 0;
    if (task.opened.table == nullptr)
      reject_long_lines(text, 0, options_.longest_line_bytes, file, piece.found);
    if (task.kind == Task::Kind::whole) {
      piece.lines = lines_in(text.text());
      piece.reading = read_text(text.text(), file, parser, piece.found);
      settle_usage_in_texts(text.text(), file, parser, piece.found, piece.reading);
      settle_as_list(text.text(), file, parser, piece.found, piece.reading);
    } else if (task.kind == Task::Kind::lines) {
      piece.lines_are_relative = true;
      piece.reading = {FileFate::known, task.opened.format};
      LineReaders readers(file, *task.opened.format, parser);
      TextBuffer rows;
      const std::string_view lines =
          json_lines_of(task.opened.table.get(), text.text(), task.begins_file, 0, file, parser,
                        rows, piece.found);
      piece.lines = readers.read(lines, 0, piece.found);
      readers.finish(piece.found);
    }
    report_problem(task.opened.problem, file, piece.found, piece.reading);
    if (!order_.bring(task.turn, std::move(piece), true)) throw GivenUp();
  }

  /// One thread reads the whole file, and brings it in pieces.
  void read_alone(Task& task, FilePiece&& first, const FileContext& file, TextBuffer& text,
                  JsonParser& parser) {
    FilePiece piece = std::move(first);
    const auto bring = [&](Observations&& part) {
      piece.found = std::move(part);
      const bool is_last = piece.ends_file;
      FilePiece next;
      next.file = task.file;
      next.is_packed = task.is_packed;
      if (!order_.bring(task.turn, std::exchange(piece, std::move(next)), is_last)) throw GivenUp();
    };
    Observations found(bring);
    AmountRead amount;
    const FileReading reading = read_source(std::move(task.opened), *task.source, text,
                                            held_limits(), file, parser, amount, found);
    piece.bytes = amount.bytes;
    piece.unpacked_bytes = task.is_packed ? amount.bytes : 0;
    piece.lines = amount.lines;
    piece.reading = reading;
    piece.ends_file = true;
    bring(found.take());
  }

  const std::vector<FoundFile>& files_;
  const std::vector<std::size_t>& indices_;
  const PieceOptions& options_;
  UnpackBudget budget_;
  InOrder<FilePiece> order_;
  std::mutex mutex_;  ///< of what follows: taking is one thread's at a time
  std::size_t next_ = 0;
  std::optional<SharedLines> shared_;
  std::exception_ptr failure_;
};

}  // namespace

void read_file_pieces(const std::vector<FoundFile>& files, const std::vector<std::size_t>& indices,
                      const PieceOptions& options, const std::function<void(FilePiece&)>& use) {
  Reading(files, indices, options, use).run();
}

}  // namespace usagectl
