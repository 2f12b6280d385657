// logs/tick_NNNNNN.md of Thing' Sandbox: what one tick used, in a summary table, and what each of
// its phases used. The phases add up to the tick, the ticks to the simulation. "LLM requests"
// counts every call, also the ones that failed.
#include <fmt/format.h>

#include <charconv>

#include "base/paths.hpp"
#include "formats/apps/sandbox_usage.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "sandbox.tick_log";

struct Row {
  std::string_view label;
  Counter counter;
};
constexpr Row kRows[] = {{"Total tokens", Counter::total},
                         {"Reasoning tokens", Counter::reasoning},
                         {"Cached tokens", Counter::cache_read},
                         {"LLM requests", Counter::requests}};

bool recognises(std::string_view text, const FileContext&) {
  std::string_view title = text;
  if (!take(title, "# Tick ") || !take_count(title)) return false;
  const std::string_view head = text.substr(0, 4096);
  return head.find("| Total tokens |") != std::string_view::npos ||
         head.find("**Simulation:**") != std::string_view::npos;
}

class Reader {
 public:
  Reader(const FileContext& file, Observations& observations)
      : file_(file), observations_(observations), names_(simulation_folder(file.path)) {}

  void read(std::string_view text) {
    phases_ = observations_.group();
    each_line(text, [&](std::uint64_t number, std::string_view line) { read_line(number, line); });
    if (!fault_.empty()) {
      observations_.rejected({file_.id, fault_line_, {}}, fault_,
                             {observations_.group(names_.ticks)});
      return;
    }
    if (!counts_.has(Counter::total)) {
      observations_.finding({.rule = Rule::layout,
                             .place = {file_.id, 1, {}},
                             .explanation = "the summary lacks \"Total tokens\""});
    }
    UsageRecord record = new_record(kSandboxTicks, 1);
    record.counts = counts_;
    record.parts_of = {observations_.group(names_.ticks)};
    check_part(observations_, {file_.id, line_of(Counter::reasoning), {}}, counts_,
               Counter::reasoning, {}, Counter::total, "Total tokens");
    check_part(observations_, {file_.id, line_of(Counter::cache_read), {}}, counts_,
               Counter::cache_read, {}, Counter::total, "Total tokens");
    observations_.member({record.parts_of[0], 0, tick_});
    claim_phases();
    observations_.record(std::move(record));
    check_file_name();
  }

 private:
  static std::string simulation_folder(std::string_view path) {
    const std::string folder = folder_of(path);
    return base_name(folder) == "logs" ? folder_of(folder) : folder;
  }

  UsageRecord new_record(View view, std::uint64_t line) const {
    UsageRecord record;
    record.format = kFormat;
    record.dialect = "sandbox.tick_log";
    record.role = Role::aggregate;
    record.unit = observations_.unit(names_.unit);
    record.view = view;
    record.place = {file_.id, line, {}};
    if (!run_.empty()) record.scope.emplace_back("run", run_);
    record.scope.emplace_back("tick", fmt::format("{}", tick_));
    return record;
  }

  /// What stands below a phase's own line is text of the model, whatever it looks like.
  void read_line(std::uint64_t number, std::string_view line) {
    if (number == 1) {
      take(line, "# Tick ");
      tick_ = take_count(line).value_or(0);
    } else if (take(line, "## Phase ")) {
      phase_ = fmt::format("phase{}", line.substr(0, line.find(':')));
      is_below_heading_ = true;
      is_in_head_ = false;
    } else if (is_in_head_) {
      read_head(number, line);
    } else if (is_below_heading_ && line.find_first_not_of(" \t") != std::string_view::npos) {
      is_below_heading_ = false;
      if (line.starts_with("**Duration:**") && skip_past(line, "**Tokens:** "))
        read_phase(number, line);
    }
  }

  void read_head(std::uint64_t number, std::string_view line) {
    if (take(line, "**Simulation:** ")) {
      run_ = line.substr(0, line.find_last_not_of(' ') + 1);
    } else if (take(line, "| ")) {
      read_row(number, line);
    }
  }

  void read_row(std::uint64_t number, std::string_view row) {
    for (const Row& known : kRows) {
      std::string_view rest = row;
      if (!take(rest, known.label) || !take(rest, " | ")) continue;
      const auto count = take_count(rest);
      if (!count) {
        reject(number, fmt::format("{} is not a count", known.label));
      } else if (lines_[static_cast<std::size_t>(known.counter)] != 0) {
        reject(number, fmt::format("{} appears twice", known.label));
      } else {
        counts_.set(known.counter, *count);
        lines_[static_cast<std::size_t>(known.counter)] = number;
      }
    }
  }

  void read_phase(std::uint64_t number, std::string_view rest) {
    UsageRecord record = new_record(kSandboxPhases, number);
    record.scope.emplace_back("phase", phase_);
    record.parts_of = {phases_};
    const auto tokens = take_count(rest);
    if (!tokens) {
      reject(number, "the phase's tokens are not a count");
      return;
    }
    record.counts.set(Counter::total, *tokens);
    if (skip_past(rest, "reasoning: ")) record.counts.set(Counter::reasoning, take_count(rest));
    check_part(observations_, record.place, record.counts, Counter::reasoning, {}, Counter::total,
               "Tokens");
    observations_.record(std::move(record));
  }

  void reject(std::uint64_t line, std::string why) {
    report_bad_number(observations_, {file_.id, line, {}}, why);
    if (!fault_.empty()) return;
    fault_ = std::move(why);
    fault_line_ = line;
  }

  std::uint64_t line_of(Counter counter) const { return lines_[static_cast<std::size_t>(counter)]; }

  void claim_phases() {
    SumClaim claim;
    claim.place = {file_.id, 1, {}};
    claim.group = phases_;
    claim.parts = "phases";
    claim.part = "phase";
    for (Counter counter : {Counter::total, Counter::reasoning}) {
      if (const auto asserted = counts_[counter]) {
        claim.numbers.push_back({counter, {}, line_of(counter), *asserted, Relation::equals, {}});
      }
    }
    observations_.claim(std::move(claim));
  }

  /// tick_000042.md holds tick 42.
  void check_file_name() {
    std::string_view name = base_name(file_.path);
    if (!take(name, "tick_")) return;
    const auto digits = name.substr(0, name.find_first_not_of("0123456789"));
    Count number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.size() < 6) return;
    if (number == tick_) {
      observations_.held();
      return;
    }
    observations_.finding({.rule = Rule::layout,
                           .place = {file_.id, 1, {}},
                           .counter = "ticks",
                           .asserted = tick_,
                           .calculated = number,
                           .basis = "number in the file's name",
                           .explanation = fmt::format(
                               "the file is called tick {} but contains tick {}", number, tick_)});
  }

  const FileContext& file_;
  Observations& observations_;
  SandboxGroups names_;
  GroupId phases_ = 0;
  Count tick_ = 0;
  std::string run_;
  std::string phase_;
  bool is_in_head_ = true;         ///< no phase has begun
  bool is_below_heading_ = false;  ///< of a phase, and nothing else stood there yet
  Counts counts_;
  std::array<std::uint64_t, kCounterCount> lines_{};  ///< where each counter stands; 0 = nowhere
  std::string fault_;
  std::uint64_t fault_line_ = 0;
};

void read(std::string_view text, const FileContext& file, JsonParser&, Observations& observations) {
  Reader(file, observations).read(text);
}

}  // namespace

extern const Format format_sandbox_tick_log;
const Format format_sandbox_tick_log{
    .id = kFormat,
    .description = "logs/tick_NNNNNN.md of Thing' Sandbox: one tick and its phases",
    .open_text = open_text<recognises, read>,
};

}  // namespace usagectl
