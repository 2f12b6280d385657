// The console output of Thing' Sandbox, in both generations of its wording:
//
//   2025.06.05 14:32:10 | INFO    | 🎭 phase1: Complete (2 chars, 4,500 tokens, 1,200 reasoning)
//   2025.06.05 14:32:18 | INFO    | 🎬 runner: Tick 42 complete (8.2s, 27,800 tokens, 6,500
//   reasoning) … | INFO    | 🎬 runner: Tick 4 completed (0.0s, 33,299 tokens, 3,008 reasoning)
//   (later)
//
//   … | INFO    | 🎬 runner: Starting tick 4 for demo-sim (2 chars, 2 locs)
//
// The phases since the tick began add up to it. A tick that failed has phases and no line of its
// own: what they used was spent all the same. A log that was rotated may hold the end of a tick
// only.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/paths.hpp"
#include "formats/apps/sandbox_usage.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "sandbox.console_log";
constexpr View kTicks{25, "ticks on the console"};
constexpr View kPhases{35, "phases on the console"};

/// "(…, 27,800 tokens, 6,500 reasoning)" behind the word complete or completed.
bool take_counts(std::string_view rest, Counts& counts) {
  if (!take(rest, "(")) return false;
  const auto end = rest.find(" tokens");
  if (end == std::string_view::npos) return false;
  auto start = end;
  while (start > 0 && rest[start - 1] != ' ' && rest[start - 1] != '(') --start;
  std::string_view tokens = rest.substr(start);
  std::string_view reasoning = rest.substr(end);
  counts.set(Counter::total, take_count(tokens));
  if (skip_past(reasoning, ", ") && !reasoning.empty()) {
    counts.set(Counter::reasoning, take_count(reasoning));
  }
  return counts.has(Counter::total);
}

struct ConsoleLine {
  bool is_sound = true;  ///< false: it reports usage, and a number in it is none
  bool begins_tick = false;
  bool is_tick = false;
  Count tick = 0;
  std::string simulation;  ///< where the tick begins
  std::string phase;
  Counts counts;
};

/// A line that reports usage, or nothing.
std::optional<ConsoleLine> read_console_line(std::string_view line) {
  ConsoleLine read;
  std::string_view rest = line;
  if (skip_past(rest, "runner: Tick ")) {
    const auto tick = take_count(rest);
    if (!tick || !take(rest, " complete")) return std::nullopt;
    take(rest, "d");
    read.is_tick = true;
    read.tick = *tick;
    if (!take(rest, " ") || rest.find(" tokens") == std::string_view::npos) return std::nullopt;
    read.is_sound = take_counts(rest, read.counts);
    return read;
  }
  rest = line;
  if (skip_past(rest, "runner: Starting tick ")) {
    const auto tick = take_count(rest);
    if (!tick) return std::nullopt;
    read.begins_tick = true;
    read.tick = *tick;
    if (take(rest, " for ")) read.simulation = rest.substr(0, rest.find_first_of(" ("));
    return read;
  }
  rest = line;
  if (!skip_past(rest, " phase")) return std::nullopt;
  const auto colon = rest.find(": Complete");
  if (colon == std::string_view::npos || colon == 0 || colon > 4) return std::nullopt;
  read.phase = fmt::format("phase{}", rest.substr(0, colon));
  rest.remove_prefix(colon + std::string_view(": Complete").size());
  take(rest, "d");
  if (!take(rest, " ") || rest.find(" tokens") == std::string_view::npos) return std::nullopt;
  read.is_sound = take_counts(rest, read.counts);
  return read;
}

bool recognises(std::string_view text, const FileContext&) {
  // "2025.06.05 14:32:10 | INFO    | …" on some line near the start, and a report of usage.
  bool found = false;
  each_line(text.substr(0, 1 << 16), [&](std::uint64_t, std::string_view line) {
    if (found || line.find(" | ") == std::string_view::npos) return;
    const auto read = read_console_line(line);
    found = read && !read->begins_tick;
  });
  return found;
}

/// A phase whose tick has not ended, with the line that no other phase has.
struct OpenPhase {
  std::uint64_t line = 0;
  ConsoleLine told;
  std::string mark;
};

class Reader {
 public:
  Reader(const FileContext& file, Observations& observations)
      : file_(file),
        observations_(observations),
        unit_(observations.unit(SandboxGroups(folder_of(file.path)).unit)) {}

  void read(std::string_view text) {
    std::uint64_t without_usage = 0;
    each_line(text, [&](std::uint64_t number, std::string_view line) {
      const auto found = read_console_line(line);
      if (!found) {
        ++without_usage;
      } else if (found->begins_tick) {
        ++without_usage;
        begin_tick(*found);
      } else if (!found->is_sound) {
        reject(number);
      } else if (found->is_tick) {
        add_tick(number, *found, mark_of(line));
      } else {
        phases_.push_back({number, *found, mark_of(line)});
      }
    });
    if (!phases_.empty()) add_unfinished(/*at_end=*/true);
    if (without_usage > 0) observations_.ignored("lines without usage", without_usage);
  }

 private:
  /// The line with its time. A line that stands several times is told apart by how often it did.
  std::string mark_of(std::string_view line) {
    const std::uint64_t times = ++lines_[std::hash<std::string_view>()(line)];
    return times == 1 ? std::string(line) : fmt::format("{} #{}", line, times);
  }

  UsageRecord new_record(View view, std::uint64_t line, const Counts& counts) const {
    UsageRecord record;
    record.format = kFormat;
    record.dialect = "sandbox.console";
    record.role = Role::aggregate;
    record.unit = unit_;
    record.view = view;
    record.place = {file_.id, line, {}};
    record.counts = counts;
    if (!simulation_.empty()) record.scope.emplace_back("run", simulation_);
    record.same_id = SameId::copy;
    record.id_space = "sandbox.console";
    return record;
  }

  void reject(std::uint64_t line) {
    report_bad_number(observations_, {file_.id, line, {}}, "the tokens are not a count");
    observations_.rejected({file_.id, line, {}}, "the tokens are not a count");
    tick_misses_phases_ = true;
  }

  void begin_tick(const ConsoleLine& line) {
    if (!phases_.empty()) add_unfinished(/*at_end=*/false);
    if (simulation_.empty()) simulation_ = line.simulation;
    begun_ = line.tick;
    tick_misses_phases_ = false;
  }

  void add_phases(std::optional<Count> tick, GroupId group, bool are_known = true) {
    for (const OpenPhase& phase : phases_) {
      const Counts& counts = phase.told.counts;
      UsageRecord record = new_record(kPhases, phase.line, counts);
      if (are_known) record.second_id = phase.mark;
      if (tick) record.scope.emplace_back("tick", fmt::format("{}", *tick));
      record.scope.emplace_back("phase", phase.told.phase);
      record.parts_of = {group};
      check_part(observations_, record.place, counts, Counter::reasoning, {}, Counter::total,
                 "tokens");
      observations_.record(std::move(record));
    }
    phases_.clear();
  }

  void report_begin_elsewhere(std::uint64_t line, Count tick) {
    observations_.finding(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = {file_.id, line, {}},
         .counter = "ticks",
         .explanation = fmt::format("tick {} began before this log: where another log has its "
                                    "first phases, they are counted "
                                    "in both",
                                    tick)});
  }

  /// Phases of a tick that failed, or that the log does not tell to its end.
  void add_unfinished(bool at_end) {
    const std::optional<Count> tick = begun_;
    Counts spent;
    for (const Counter counter : {Counter::total, Counter::reasoning}) {
      ExactSum sum;
      bool is_known = true;
      for (const OpenPhase& phase : phases_) {
        const auto count = phase.told.counts[counter];
        is_known = is_known && count;
        sum += count.value_or(0);
      }
      if (is_known) spent.set(counter, sum.count());
    }
    UsageRecord record = new_record(kTicks, phases_.front().line, spent);
    record.second_id = fmt::format("unfinished: {}", phases_.front().mark);
    record.failed = true;
    if (tick) record.scope.emplace_back("tick", fmt::format("{}", *tick));
    Finding finding;
    finding.rule = Rule::coverage;
    finding.severity = Severity::note;
    finding.place = record.place;
    finding.counter = "ticks";
    finding.explanation =
        fmt::format("{} did not end: what its {} phases used was spent all the same",
                    tick ? fmt::format("tick {}", *tick) : std::string("a tick"), phases_.size());
    if (at_end) {
      // A later copy of the log tells the same phase, and its tick to the end.
      record.second_id = phases_.front().mark;
      observations_.unless_reported(std::move(record), std::move(finding));
    } else {
      observations_.record(std::move(record));
      observations_.finding(std::move(finding));
    }
    add_phases(tick, 0, /*are_known=*/!at_end);
    begun_.reset();
  }

  void add_tick(std::uint64_t number, const ConsoleLine& tick, std::string mark) {
    const GroupId group = observations_.group();
    const bool has_begun =
        begun_ || !is_first_ || (!phases_.empty() && phases_.front().told.phase == "phase1");
    if (!has_begun) report_begin_elsewhere(number, tick.tick);
    add_phases(tick.tick, group);
    SumClaim claim;
    claim.place = {file_.id, number, {}};
    claim.group = group;
    claim.parts = "phases since the last tick";
    claim.part = "phase";
    // A log that begins in the middle of a tick has no phases for it.
    claim.parts_are_optional = true;
    for (Counter counter : {Counter::total, Counter::reasoning}) {
      if (const auto asserted = tick.counts[counter]) {
        claim.numbers.push_back({counter, {}, number, *asserted, Relation::equals, {}});
      }
    }
    // A phase that was rejected may be one of this tick's, and the first tick of a log may have
    // begun in another.
    const bool misses_phases = std::exchange(tick_misses_phases_, false) || !has_begun;
    if (!misses_phases) observations_.claim(std::move(claim));
    UsageRecord record = new_record(kTicks, number, tick.counts);
    record.second_id = std::move(mark);
    record.scope.emplace_back("tick", fmt::format("{}", tick.tick));
    check_part(observations_, record.place, tick.counts, Counter::reasoning, {}, Counter::total,
               "tokens");
    observations_.record(std::move(record));
    begun_.reset();
    is_first_ = false;
  }

  const FileContext& file_;
  Observations& observations_;
  UnitId unit_;
  std::vector<OpenPhase> phases_;
  std::optional<Count> begun_;  ///< the tick that has begun, where a line says so
  bool is_first_ = true;        ///< no tick has ended yet
  std::string simulation_;
  std::unordered_map<std::size_t, std::uint64_t> lines_;
  bool tick_misses_phases_ = false;
};

void read(std::string_view text, const FileContext& file, JsonParser&, Observations& observations) {
  Reader(file, observations).read(text);
}

}  // namespace

extern const Format format_sandbox_console_log;
const Format format_sandbox_console_log{
    .id = kFormat,
    .description = "console output of Thing' Sandbox: ticks and phases",
    .open_text = open_text<recognises, read>,
};

}  // namespace usagectl
