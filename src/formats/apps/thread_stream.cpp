// Event streams of the thread tracker, in three generations:
//
//   v1  thread_info {"thread_id", "token_usage"} … stream_complete {"token_usage"}
//   v2  thread_info {"thread_id"} … token_usage {"thread_id", "token_usage"}, stream_complete {}
//   v3  no usage at all
//
// The numbers are running totals of the thread: a request used what they grew by. A v1 stream says
// where its thread stood before; in v2 the first value of a thread holds everything before as well.
// A file may hold several streams, one behind the other, of one thread or of many.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

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

bool is_zero(const Counts& counts) {
  return std::all_of(kRunning.begin(), kRunning.end(),
                     [&](Counter counter) { return counts[counter].value_or(0) == 0; });
}

Counts difference(const Counts& from, const Counts& to) {
  Counts counts;
  for (const Counter counter : kRunning) {
    if (from.has(counter) && to.has(counter)) counts.set(counter, *to[counter] - *from[counter]);
  }
  return counts;
}

/// A thread as far as the file has told of it.
struct Thread {
  UnitId unit = 0;
  Counts total;
};
/// The stream being read.
struct Stream {
  std::string thread;
  std::uint64_t line = 0;
  bool starts_with_usage = false;  ///< v1
  bool failed = false;
  bool was_rejected = false;    ///< it has usage that cannot be read, which was said
  std::optional<Counts> usage;  ///< the last one reported in it
  std::uint64_t usage_line = 0;
};

class Reader {
 public:
  Reader(const FileContext& file, JsonParser& parser, Observations& observations)
      : file_(file), parser_(parser), observations_(observations) {}

  void read(std::string_view text) {
    each_stream_event(text, [&](std::string_view name, std::string_view data, std::uint64_t line) {
      line_ = line;
      read_event(name, data);
    });
    end_stream(/*complete=*/false);
  }

 private:
  Place at(std::string pointer = {}) const { return {file_.id, line_, std::move(pointer)}; }

  void read_event(std::string_view name, std::string_view data) {
    const ParsedJson parsed = parser_.parse_copy(data);
    if (parsed.fault) {
      if (data.find("token_usage") != std::string_view::npos ||
          data.find("_tokens\"") != std::string_view::npos) {
        observations_.rejected(
            at(), fmt::format("looks like usage, but is not JSON: {}", parsed.fault->what));
        if (stream_) stream_->was_rejected = true;
      } else {
        observations_.ignored("events without usage");
      }
      return;
    }
    if (parsed.invalid_utf8_at)
      observations_.trouble(at(), "holds bytes that are not UTF-8; its counts were read");
    const Json event = parsed.root;
    const std::string_view type = event["type"].is_text() ? event["type"].text() : name;
    if (type == "thread_info") {
      end_stream(/*complete=*/false);
      begin_stream(event);
    } else if (type == "stream_complete") {
      if (!stream_) stream_.emplace().line = line_;
      read_usage(event, /*may_repeat=*/true);
      end_stream(/*complete=*/true);
    } else {
      if (!stream_ && (type == "token_usage" || event.has("token_usage")))
        stream_.emplace().line = line_;
      if (type == "error" && stream_) stream_->failed = true;
      read_usage(event, /*may_repeat=*/false);
    }
  }

  void begin_stream(const Json& event) {
    stream_.emplace();
    stream_->thread = event["thread_id"].text();
    stream_->line = line_;
    const Json usage = event["token_usage"];
    if (usage.is_null()) return observations_.ignored("events without usage");
    const auto counts = read_thread_usage(usage, file_, at("/token_usage"), observations_);
    if (!counts) return;
    stream_->starts_with_usage = true;
    set_baseline(*counts);
  }

  /// A v1 stream says where its thread stood before its request.
  void set_baseline(const Counts& counts) {
    const auto known = threads_.find(stream_->thread);
    if (known != threads_.end() && known->second.total == counts) return observations_.duplicate();
    if (known != threads_.end() && grew(known->second.total, counts)) {
      const Counts missing = difference(known->second.total, counts);
      Finding finding;
      finding.rule = Rule::continuity;
      finding.severity = Severity::warning;
      finding.place = at("/token_usage");
      finding.counter = name_of(Counter::total);
      finding.asserted = counts[Counter::total];
      finding.calculated = known->second.total[Counter::total];
      finding.basis = "when the stream before it ended";
      finding.cause = "request-missing";
      finding.explanation =
          "the thread's total grew between two streams: a request in between was not captured";
      observations_.finding(std::move(finding));
      add(known->second, stream_->thread, Role::cumulative, missing);
      known->second.total = counts;
      return;
    }
    Thread& thread = threads_[stream_->thread];
    thread.unit = new_unit(stream_->thread, counts);
    thread.total = counts;
    if (is_zero(counts)) {
      observations_.ignored("thread that starts at 0");
    } else {
      add(thread, stream_->thread, Role::cumulative, counts, Running::before_its_requests);
    }
  }

  void read_usage(const Json& event, bool may_repeat) {
    const Json usage = event["token_usage"];
    if (usage.is_null()) return observations_.ignored("events without usage");
    const auto counts = read_thread_usage(usage, file_, at("/token_usage"), observations_);
    if (!counts) {
      stream_->was_rejected = true;
      return;
    }
    if (counts->empty()) return observations_.ignored("usage without a count");
    if (may_repeat && stream_->usage) return compare_reports(*counts);
    const Json thread = event["thread_id"];
    if (thread.is_text() && stream_->thread.empty()) stream_->thread = thread.text();
    add_request(thread.is_text() ? std::string(thread.text()) : stream_->thread, *counts);
    stream_->usage = counts;
    stream_->usage_line = line_;
  }

  /// Both a token_usage event and the end of one stream tell the total: it must be the same.
  void compare_reports(const Counts& counts) {
    observations_.duplicate();
    if (counts == *stream_->usage) return observations_.held();
    for (const Counter counter : kRunning) {
      const auto here = counts[counter];
      const auto there = (*stream_->usage)[counter];
      if (here == there) continue;
      Finding finding;
      finding.rule = Rule::identity;
      finding.place = at(fmt::format("/token_usage/{}_tokens", name_of(counter)));
      finding.counter = name_of(counter);
      finding.asserted = here;
      finding.calculated = there;
      finding.basis = fmt::format("token_usage of the same stream, line {}", stream_->usage_line);
      finding.cause = here && there && ExactSum(*here) == (ExactSum(*there) += *there)
                          ? "counted-twice"
                          : "copies-disagree";
      finding.explanation = "two reports of one stream disagree about its thread";
      observations_.finding(std::move(finding));
    }
  }

  void add_request(const std::string& id, const Counts& counts) {
    const auto known = threads_.find(id);
    if (known != threads_.end() && grew(known->second.total, counts)) {
      const Counts used = difference(known->second.total, counts);
      known->second.total = counts;
      if (is_zero(used)) {
        report(Severity::warning, "/token_usage",
               "the request answered, and the thread's total did not grow");
      }
      return add(known->second, id, Role::request, used);
    }
    // The first value, or the first after a reset: everything up to now.
    Thread& thread = threads_[id];
    thread.unit = new_unit(id, std::nullopt);
    thread.total = counts;
    add(thread, id, Role::cumulative, counts, Running::total);
  }

  UnitId new_unit(const std::string& thread, std::optional<Counts> starts_at) {
    if (thread.empty()) return observations_.unit();
    return observations_.snapshot_unit({thread_series(thread), std::nullopt, starts_at});
  }

  void add(const Thread& thread, const std::string& id, Role role, const Counts& counts,
           Running running = Running::no) {
    UsageRecord record = thread_record(kFormat, at("/token_usage"), id, thread.unit);
    record.role = role;
    record.running = running;
    record.counts = counts;
    if (role == Role::request) record.counts.set(Counter::requests, 1);
    observations_.record(std::move(record));
  }

  void end_stream(bool complete) {
    if (!stream_) return;
    const Stream stream = *stream_;
    if (!stream.usage && !stream.was_rejected) {
      line_ = stream.line;
      if (stream.failed) {
        report(Severity::warning, {}, "the request failed and reports no usage");
      } else if (!complete) {
        report(Severity::warning, {}, "the stream ends before its usage");
      } else if (stream.starts_with_usage) {
        report(Severity::warning, {},
               "the stream tells the usage before its request, and not after it");
      } else {
        report(Severity::note, {}, "the stream reports no usage");
      }
    }
    stream_.reset();
  }

  void report(Severity severity, std::string pointer, std::string explanation) {
    Finding finding;
    finding.rule = Rule::coverage;
    finding.severity = severity;
    finding.place = at(std::move(pointer));
    finding.explanation = std::move(explanation);
    observations_.finding(std::move(finding));
  }

  const FileContext& file_;
  JsonParser& parser_;
  Observations& observations_;
  std::uint64_t line_ = 0;
  std::optional<Stream> stream_;
  std::map<std::string, Thread> threads_;
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
