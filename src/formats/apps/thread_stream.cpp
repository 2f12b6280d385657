// Event streams of the thread tracker, in three generations:
//
//   v1  thread_info {"thread_id", "token_usage"} … stream_complete {"token_usage"}
//   v2  thread_info {"thread_id"} … token_usage {"thread_id", "token_usage"}, stream_complete {}
//   v3  no usage at all
//
// The numbers are running totals of the thread: a request used what they grew by, in whatever file
// the value before it stands. A v1 stream says where its thread stood before; in v2 the first value
// of a thread holds everything before as well. A file may hold several streams, one behind the
// other or answered at once, of one thread or of many.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "formats/apps/thread_usage.hpp"
#include "input/event_stream.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "thread.stream";
constexpr std::array<std::string_view, 3> kOwnEvents = {"thread_info", "token_usage",
                                                        "stream_complete"};
constexpr std::size_t kLooksAt = std::size_t{1} << 16;
constexpr std::array kRunning = {Counter::input, Counter::output, Counter::total};

/// `"type": "thread_info"` somewhere in a line of JSON.
bool names_own_type(std::string_view json) {
  while (skip_past(json, "\"type\"")) {
    auto rest = json.substr(std::min(json.find_first_not_of(" \t"), json.size()));
    if (!take(rest, ":")) continue;
    rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!take(rest, "\"")) continue;
    for (const std::string_view name : kOwnEvents) {
      if (rest.starts_with(name) && rest.substr(name.size()).starts_with('"')) return true;
    }
  }
  return false;
}

bool is_own_line(std::string_view line) {
  if (take(line, "event:")) {
    while (take(line, " ")) {
    }
    return std::find(kOwnEvents.begin(), kOwnEvents.end(), line) != kOwnEvents.end();
  }
  return take(line, "data:") && names_own_type(line);
}

bool recognises(std::string_view text, const FileContext&) {
  // A stream that was cut at its front may show what it is only at its end.
  const std::string_view seen = looks_like_event_stream(text) ? text : text.substr(0, kLooksAt);
  bool found = false;
  each_line(seen,
            [&](std::uint64_t, std::string_view line) { found = found || is_own_line(line); });
  return found;
}

bool grew(const Counts& from, const Counts& to) {
  return std::all_of(kRunning.begin(), kRunning.end(), [&](Counter counter) {
    const auto was = from[counter];
    const auto is = to[counter];
    return !was || !is || *was <= *is;
  });
}

/// A stream that has not ended.
struct Stream {
  std::string thread;
  std::uint64_t line = 0;
  std::optional<UnitId> unit;      ///< v1
  std::optional<Counts> baseline;  ///< v1: where its thread stood before
  bool failed = false;
  bool was_rejected = false;    ///< it has usage that cannot be read, which was said
  std::optional<Counts> usage;  ///< the last one reported in it
  std::uint64_t usage_line = 0;
};

/// The end of a stream that does not name its thread, while several are open.
struct OpenEnd {
  Counts usage;
  std::uint64_t line = 0;
};

class Reader {
 public:
  Reader(const FileContext& file, JsonParser& parser, Observations& observations)
      : file_(file), parser_(parser), observations_(observations) {}

  void read(std::string_view text) {
    each_stream_event(text, [&](std::string_view name, std::string_view data, std::uint64_t line) {
      pass_broken_event();
      line_ = line;
      read_event(name, data);
    });
    if (broken_ && broken_->is_unfinished) {
      observations_.unreadable(at(), {"the file ends inside an event", {}, {}});
      broken_.reset();
    }
    pass_broken_event();
    settle_ends();
    while (!open_.empty()) close(0, /*complete=*/false);
  }

 private:
  struct BrokenEvent {
    std::string what;
    bool is_unfinished = false;
    bool looks_like_usage = false;
  };

  Place at(std::string pointer = {}) const { return at_line(line_, std::move(pointer)); }
  Place at_line(std::uint64_t line, std::string pointer = {}) const {
    return {file_.id, line, std::move(pointer)};
  }

  void read_event(std::string_view name, std::string_view data) {
    const ParsedJson parsed = parser_.parse_copy(data);
    if (parsed.fault) {
      broken_ = BrokenEvent{std::string(parsed.fault->what), parsed.fault->unfinished,
                            data.find("token_usage") != std::string_view::npos ||
                                data.find("_tokens\"") != std::string_view::npos};
      return;
    }
    if (parsed.invalid_utf8_at)
      observations_.trouble(at(), "has bytes that are not UTF-8; its counts were read");
    const Json event = parsed.root;
    const std::string_view type = event["type"].is_text() ? event["type"].text() : name;
    if (type == "thread_info") {
      begin_stream(event);
    } else if (type == "stream_complete") {
      complete_stream(event);
    } else {
      if (open_.empty() && (type == "token_usage" || event.has("token_usage"))) open();
      if (type == "error" && !open_.empty()) open_.back().failed = true;
      read_usage(event);
    }
  }

  /// What cannot be read in the middle of a stream. At its end it was cut.
  void pass_broken_event() {
    if (!broken_) return;
    if (broken_->looks_like_usage) {
      observations_.rejected(at(),
                             fmt::format("looks like usage, but is not JSON: {}", broken_->what));
      if (!open_.empty()) open_.back().was_rejected = true;
    } else {
      observations_.ignored("events without usage");
    }
    broken_.reset();
  }

  Stream& open() {
    Stream& stream = open_.emplace_back();
    stream.line = line_;
    newest_is_fresh_ = true;
    return stream;
  }

  void begin_stream(const Json& event) {
    // A request that failed has ended, though nothing says so.
    if (!open_.empty() && open_.back().failed) close(open_.size() - 1, /*complete=*/false);
    Stream& stream = open();
    stream.thread = event["thread_id"].text();
    const Json usage = event["token_usage"];
    if (usage.is_null()) return observations_.ignored("events without usage");
    const auto counts = read_thread_usage(usage, file_, at("/token_usage"), observations_);
    if (!counts || counts->empty()) return;
    stream.baseline = counts;
    stream.unit = new_unit(stream.thread);
    totals_[stream.thread] = *counts;
    add(stream.thread, *stream.unit, line_, *counts, Running::before_its_requests);
  }

  void complete_stream(const Json& event) {
    if (open_.empty()) open();
    const Json usage = event["token_usage"];
    if (usage.is_null()) {
      observations_.ignored("events without usage");
      return close(ended_without_usage(), /*complete=*/true);
    }
    const auto counts = read_thread_usage(usage, file_, at("/token_usage"), observations_);
    const auto named = stream_of(event["thread_id"].text());
    if (!counts) {
      open_[named.value_or(open_.size() - 1)].was_rejected = true;
      return close(named.value_or(open_.size() - 1), /*complete=*/true);
    }
    if (counts->empty()) {
      observations_.ignored("usage without a count");
      return close(named.value_or(open_.size() - 1), /*complete=*/true);
    }
    if (named || open_.back().usage || open_.size() == 1) {
      const std::size_t index = named.value_or(open_.size() - 1);
      if (open_[index].usage) {
        compare_reports(open_[index], *counts);
      } else {
        take_usage(open_[index], *counts, line_);
      }
      return close(index, /*complete=*/true);
    }
    ends_.push_back({*counts, line_});
    // Somebody else's end follows an end at once: the streams are answered side by side.
    if (!newest_is_fresh_ || ends_.size() == open_.size()) are_side_by_side_ = true;
    newest_is_fresh_ = false;
    if (ends_.size() == open_.size()) settle_ends();
  }

  /// An end that tells no usage is that of the stream that has told its own.
  std::size_t ended_without_usage() const {
    for (std::size_t i = open_.size(); i > 0; --i) {
      if (open_[i - 1].usage) return i - 1;
    }
    return open_.size() - 1;
  }

  std::optional<std::size_t> stream_of(std::string_view thread) const {
    if (thread.empty()) return std::nullopt;
    for (std::size_t i = open_.size(); i > 0; --i) {
      if (open_[i - 1].thread == thread) return i - 1;
    }
    return std::nullopt;
  }

  void read_usage(const Json& event) {
    const Json usage = event["token_usage"];
    if (usage.is_null()) return observations_.ignored("events without usage");
    const std::string_view thread = event["thread_id"].text();
    Stream& stream = open_[stream_of(thread).value_or(open_.size() - 1)];
    const auto counts = read_thread_usage(usage, file_, at("/token_usage"), observations_);
    if (!counts) {
      stream.was_rejected = true;
      return;
    }
    if (counts->empty()) return observations_.ignored("usage without a count");
    if (stream.thread.empty()) stream.thread = thread;
    if (!thread.empty() && stream.thread != thread) {
      // Usage of a thread of which no stream is open.
      stream.usage = counts;
      stream.usage_line = line_;
      return add_total(std::string(thread), new_unit(thread), *counts, line_);
    }
    take_usage(stream, *counts, line_);
  }

  void take_usage(Stream& stream, const Counts& counts, std::uint64_t line) {
    stream.usage = counts;
    stream.usage_line = line;
    add_total(stream.thread,
              stream.unit ? *std::exchange(stream.unit, {}) : new_unit(stream.thread), counts,
              line);
  }

  void add_total(const std::string& thread, UnitId unit, const Counts& counts, std::uint64_t line) {
    const auto [known, is_new] = totals_.try_emplace(thread, counts);
    if (!is_new && known->second == counts) {
      report(Severity::warning, line, "/token_usage",
             "the request answered, and the thread's total did not grow");
    }
    known->second = counts;
    add(thread, unit, line, counts, Running::total);
  }

  /// Gives ends that name no thread to the streams that are open, where the numbers leave one way.
  void settle_ends() {
    if (ends_.empty()) return;
    const std::vector<OpenEnd> ends = std::exchange(ends_, {});
    std::vector<std::size_t> streams;
    if (std::exchange(are_side_by_side_, false)) {
      if (ends.size() == open_.size()) streams = only_way(ends);
    } else {
      streams = one_behind_the_other(ends);
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (streams.empty()) {
        observations_.rejected(
            at_line(ends[i].line, "/token_usage"),
            fmt::format("{} streams are open, and it is not said whose thread this is",
                        open_.size()));
      } else {
        take_usage(open_[streams[i]], ends[i].usage, ends[i].line);
      }
    }
    for (Stream& stream : open_) stream.was_rejected = stream.was_rejected || streams.empty();
    for (std::size_t i = open_.size(); i > 0; --i) {
      if (open_[i - 1].usage || streams.empty()) close(i - 1, /*complete=*/true);
    }
  }

  /// Every end directly behind a beginning: the streams before it were cut.
  std::vector<std::size_t> one_behind_the_other(const std::vector<OpenEnd>& ends) const {
    std::vector<std::size_t> streams;
    std::size_t next = 0;
    for (const OpenEnd& end : ends) {
      while (next + 1 < open_.size() && open_[next + 1].line < end.line) ++next;
      streams.push_back(next++);
    }
    return streams;
  }

  /// The stream of each end, when no other way keeps every total from falling.
  std::vector<std::size_t> only_way(const std::vector<OpenEnd>& ends) const {
    constexpr std::size_t kMostTried = 6;
    std::vector<std::size_t> way(ends.size());
    if (ends.size() > kMostTried) return {};
    std::iota(way.begin(), way.end(), std::size_t{0});
    std::vector<std::size_t> found;
    do {
      bool possible = true;
      bool is_other = found.empty();
      for (std::size_t i = 0; i < ends.size(); ++i) {
        const Stream& stream = open_[way[i]];
        possible = possible && stream.line < ends[i].line &&
                   (!stream.baseline || grew(*stream.baseline, ends[i].usage));
        is_other = is_other || open_[found[i]].thread != stream.thread;
      }
      if (!possible || !is_other) continue;
      if (!found.empty()) return {};
      found = way;
    } while (std::next_permutation(way.begin(), way.end()));
    return found;
  }

  /// Both a token_usage event and the end of one stream tell the total: it must be the same.
  void compare_reports(const Stream& stream, const Counts& counts) {
    observations_.duplicate();
    if (counts == *stream.usage) return observations_.held();
    for (const Counter counter : kRunning) {
      const auto here = counts[counter];
      const auto there = (*stream.usage)[counter];
      if (here == there) continue;
      observations_.finding(
          {.rule = Rule::identity,
           .place = at(fmt::format("/token_usage/{}_tokens", name_of(counter))),
           .counter = name_of(counter),
           .asserted = here,
           .calculated = there,
           .basis = fmt::format("token_usage of the same stream, line {}", stream.usage_line),
           .cause = here && there && ExactSum(*here) == (ExactSum(*there) += *there)
                        ? "counted-twice"
                        : "copies-disagree",
           .explanation = "two reports of one stream disagree about its thread"});
    }
  }

  /// A thread without a name is that of its file.
  UnitId new_unit(std::string_view thread) {
    const std::string series =
        thread.empty() ? fmt::format("thread of {}", file_.path) : thread_series(thread);
    return observations_.snapshot_unit({series, std::nullopt});
  }

  void add(const std::string& thread, UnitId unit, std::uint64_t line, const Counts& counts,
           Running running) {
    UsageRecord record = thread_record(kFormat, at_line(line, "/token_usage"), thread, unit);
    record.running = running;
    record.counts = counts;
    if (running == Running::total) record.counts.set(Counter::requests, 1);
    observations_.record(std::move(record));
  }

  void close(std::size_t index, bool complete) {
    const Stream stream = open_[index];
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index));
    if (stream.usage || stream.was_rejected) return;
    if (stream.failed) {
      report(Severity::warning, stream.line, {}, "the request failed and reports no usage");
    } else if (!complete) {
      report(Severity::warning, stream.line, {}, "the stream ends before its usage");
    } else if (stream.baseline) {
      report(Severity::warning, stream.line, {},
             "the stream reports the usage before its request, and not after it");
    } else {
      report(Severity::note, stream.line, {}, "the stream reports no usage");
    }
  }

  void report(Severity severity, std::uint64_t line, std::string pointer, std::string explanation) {
    observations_.finding({.rule = Rule::coverage,
                           .severity = severity,
                           .place = at_line(line, std::move(pointer)),
                           .explanation = std::move(explanation)});
  }

  const FileContext& file_;
  JsonParser& parser_;
  Observations& observations_;
  std::uint64_t line_ = 0;
  std::optional<BrokenEvent> broken_;  ///< the last event
  std::vector<Stream> open_;           ///< in the order in which they began
  std::vector<OpenEnd> ends_;          ///< since several are open
  bool newest_is_fresh_ = false;       ///< nothing ended since the newest stream began
  bool are_side_by_side_ = false;
  std::map<std::string, Counts> totals_;  ///< where each thread stood last
};

void read(std::string_view text, const FileContext& file, JsonParser& parser,
          Observations& observations) {
  Reader(file, parser, observations).read(text);
}

}  // namespace

extern const Format format_thread_stream;
const Format format_thread_stream{
    .id = kFormat,
    .description =
        "event streams of tracked threads: running totals, before and after each request",
    .open_text = open_text<recognises, read>,
};

}  // namespace usagectl
