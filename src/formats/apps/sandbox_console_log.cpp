// The console output of Thing' Sandbox, in both generations of its wording:
//
//   2025.06.05 14:32:10 | INFO    | 🎭 phase1: Complete (2 chars, 4,500 tokens, 1,200 reasoning)
//   2025.06.05 14:32:18 | INFO    | 🎬 runner: Tick 42 complete (8.2s, 27,800 tokens, 6,500
//   reasoning) … | INFO    | 🎬 runner: Tick 4 completed (0.0s, 33,299 tokens, 3,008 reasoning)
//   (later)
//
// The phases since the last tick line add up to the tick.
#include <fmt/format.h>

#include <utility>

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
  bool is_tick = false;
  Count tick = 0;
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
    found = found || (line.find(" | ") != std::string_view::npos && read_console_line(line));
  });
  return found;
}

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
      } else if (!found->is_sound) {
        reject(number);
      } else if (found->is_tick) {
        add_tick(number, *found);
      } else {
        // The tick a phase belongs to is only named by the line that ends it.
        phases_.emplace_back(number, *found);
      }
    });
    if (!phases_.empty()) add_phases(std::nullopt, 0);
    if (without_usage > 0) observations_.ignored("lines without usage", without_usage);
  }

 private:
  UsageRecord new_record(View view, std::uint64_t line, const Counts& counts) const {
    UsageRecord record;
    record.format = kFormat;
    record.dialect = "sandbox.console";
    record.role = Role::aggregate;
    record.unit = unit_;
    record.view = view;
    record.place = {file_.id, line, {}};
    record.counts = counts;
    return record;
  }

  void reject(std::uint64_t line) {
    report_bad_number(observations_, {file_.id, line, {}}, "the tokens are not a count");
    observations_.rejected({file_.id, line, {}}, "the tokens are not a count");
    tick_misses_phases_ = true;
  }

  void add_phases(std::optional<Count> tick, GroupId group) {
    for (const auto& [line, phase] : phases_) {
      UsageRecord record = new_record(kPhases, line, phase.counts);
      if (tick) record.scope.emplace_back("tick", fmt::format("{}", *tick));
      record.scope.emplace_back("phase", phase.phase);
      record.parts_of = {group};
      check_part(observations_, record.place, phase.counts, Counter::reasoning, {}, Counter::total,
                 "tokens");
      observations_.record(std::move(record));
    }
    phases_.clear();
  }

  void add_tick(std::uint64_t number, const ConsoleLine& tick) {
    const GroupId group = observations_.group();
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
    // A phase that was rejected may be one of this tick's.
    if (!std::exchange(tick_misses_phases_, false)) observations_.claim(std::move(claim));
    UsageRecord record = new_record(kTicks, number, tick.counts);
    record.scope.emplace_back("tick", fmt::format("{}", tick.tick));
    check_part(observations_, record.place, tick.counts, Counter::reasoning, {}, Counter::total,
               "tokens");
    observations_.record(std::move(record));
  }

  const FileContext& file_;
  Observations& observations_;
  UnitId unit_;
  std::vector<std::pair<std::uint64_t, ConsoleLine>> phases_;
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
