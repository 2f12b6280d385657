// Rollouts of Codex: sessions/…/rollout-….jsonl. token_count events tell the session's running
// total and the last step; they are written again without a step in between, a session that was
// forked or that helps another may begin with the events of its parent, and compaction may set the
// total to the size of the window (openai/codex protocol.rs; ccusage #1288, #1349; tokscale #297).
// Events may be told again out of their order (tokscale #308). Since 0.153 a token_usage_record
// tells the same of each response before its token_count does (codeburn #1380).
#include <fmt/format.h>

#include <array>
#include <unordered_set>
#include <utility>

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "formats/agents/codex/codex_counts.hpp"
#include "formats/agents/codex/codex_findings.hpp"
#include "formats/agents/codex/codex_fork.hpp"
#include "formats/agents/codex/codex_thread.hpp"
#include "formats/agents/codex/codex_turn.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/violations.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

using namespace codex;

constexpr std::string_view kFormat = "codex.rollout";
constexpr std::string_view kDialect = "codex.token_count";
constexpr View kSteps{0, "steps"};
constexpr std::array<std::string_view, 4> kWords = {"turn_context", "session_", "token", "usage"};
bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  const bool is_event = type == "session_meta" || type == "turn_context" || type == "event_msg" ||
                        type == "response_item" || type == "compacted" ||
                        type == "token_usage_record";
  if (is_event) return value["payload"].is_object();
  // codex exec --json of 2025 printed the bare events.
  const std::string_view event = value["msg"]["type"].text();
  return value["id"].is_text() &&
         (event == "token_count" || event == "task_started" || event == "session_configured");
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file),
        catalogue_(file.catalogue()),
        dialect_(*catalogue_.find(kDialect)),
        unit_key_(fmt::format("rollout {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    const Json event = value["msg"];
    const Json payload = event.is_object() ? event : value["payload"];
    const std::string_view type =
        event.is_object() ? std::string_view("event_msg") : value["type"].text();
    const std::string time = utc_time(value["timestamp"]);
    if (type == "session_meta") {
      session(payload, time);
    } else if (type == "turn_context") {
      state_.fork.turn(payload);
      if (const auto model = payload["model"].text(); !model.empty()) state_.model = model;
    } else if (type == "event_msg" && payload["type"].text() == "session_configured") {
      state_.model = payload["model"].text();
    } else if (type == "event_msg" && payload["type"].text() == "token_count") {
      token_count(value, payload, time, place, observations);
      is_first_line_ = false;
      return;
    } else if (type == "token_usage_record") {
      usage_record(payload, time, place, observations);
      is_first_line_ = false;
      return;
    }
    is_first_line_ = false;
    observations.ignored(kWithoutUsage);
  }

  /// It may have told steps.
  void missed_line() override { state_.misses_steps = true; }

 private:
  FileContext file_;
  void session(const Json& payload, std::string_view time) {
    const std::string_view id = payload["id"].text();
    // After steps, another session is no parent of this one: several rollouts stand in one file.
    const bool is_next = state_.has_steps && !id.empty() && !state_.fork.has_met(id);
    if (is_next) state_ = {};
    const bool is_own = !state_.fork.has_session();
    state_.fork.meta(payload, time);
    if (is_own) {
      // A helper may have been given the totals of the session it helps.
      state_.begins_here =
          (is_first_line_ || is_next) && !state_.fork.is_fork() && !payload["source"].is_object();
      state_.model = payload["model"].text();
      state_.provider = payload["model_provider"].text();
    } else if (state_.fork.is_fork()) {
      state_.begins_here = false;
    }
  }

  void token_count(const Json& value, const Json& payload, const std::string& time,
                   const Place& place, Observations& observations) {
    const Json info = payload["info"];
    const Json total_usage = info["total_token_usage"];
    // In August 2025 the event itself was the usage of one response.
    const bool is_bare = !info.is_object() && payload.has("input_tokens");
    const Json last_usage = is_bare ? payload : info["last_token_usage"];
    if (!total_usage.is_object() && !last_usage.is_object()) {
      observations.ignored(info.is_object() ? "token_count without usage"
                                            : "rate limits without usage");
      return;
    }
    if (const auto model = info["model"].text(); !model.empty()) state_.model = model;
    const std::string pointer = value.has("msg") ? "/msg/info" : "/payload/info";
    const Place holder{place.file, place.line, pointer};
    if (reject_repeated(info, {"total_token_usage", "last_token_usage"}, holder, observations)) {
      state_.has_steps = true;
      state_.misses_steps = true;
      return;
    }
    const std::string last_pointer = !is_bare           ? pointer + "/last_token_usage"
                                     : value.has("msg") ? "/msg"
                                                        : "/payload";
    event(total_usage, {place.file, place.line, pointer + "/total_token_usage"}, last_usage,
          {place.file, place.line, last_pointer}, time, observations);
  }

  /// One response, and the running total after it.
  void usage_record(const Json& payload, const std::string& time, const Place& place,
                    Observations& observations) {
    if (!payload["usage"].is_object() && !payload["thread_token_usage"].is_object()) {
      observations.ignored("token_usage_record without usage");
      return;
    }
    if (const auto model = payload["model"].text(); !model.empty()) state_.model = model;
    const auto given = [&](const Json& usage) {
      return read_usage_as(catalogue_, dialect_, UsageValues(catalogue_, usage)).given;
    };
    state_.turn.next(payload["turn_id"].text(), given(payload["turn_token_usage"]),
                     given(payload["usage"]), !state_.has_steps || state_.misses_steps,
                     {place.file, place.line, "/payload/turn_token_usage"}, observations);
    event(payload["thread_token_usage"], {place.file, place.line, "/payload/thread_token_usage"},
          payload["usage"], {place.file, place.line, "/payload/usage"}, time, observations);
  }

  /// The total after a step, and the step, as far as both are told.
  void event(const Json& total_usage, Place&& total_place, const Json& last_usage,
             Place&& last_place, const std::string& time, Observations& observations) {
    state_.has_steps = true;
    const Told total = read(total_usage, std::move(total_place), observations);
    const Told last = read(last_usage, std::move(last_place), observations);
    if (!total.is_known && !last.is_known) {
      state_.misses_steps = true;
      if (!total.is_rejected && !last.is_rejected)
        observations.rejected(total.place, "has no token counts that Codex writes");
      return;
    }
    const bool begins_at_zero =
        !state_.running && total.is_known && last.is_known && agree(total.counts, last.counts);
    const CodexFork::Origin origin = state_.fork.next_step(time, begins_at_zero);
    const std::optional<Counts> step =
        total.is_known ? step_to(total, last, observations) : step_of(last, time, observations);
    if (last.is_known) state_.last_told = last.counts;
    state_.last_time = time;
    if (!step) return;
    const Told& counted = total.is_known ? total : last;
    check_parts(*step, counted.place, "the step", observations);
    UsageRecord record =
        record_of(*step, *state_.running, origin, time, counted.place, observations);
    const Told& step_told = last.is_known ? last : total;
    report(step_told.not_understood, step_told.place, observations);
    for (const Counter counter : kCounters) {
      if (step_told.open.is_open(counter)) record.counts.leave_open(counter);
    }
    if (file_.wants_keys) record.keys = key_paths(total.is_known ? total_usage : last_usage);
    if (auto before = std::exchange(before_first_, std::nullopt)) {
      UsageRecord earlier =
          record_of(before->counts, before->counts, origin, time, counted.place, observations);
      earlier.counts.forget(Counter::requests);
      earlier.second_id.clear();
      observations.unless_reported(std::move(earlier), std::move(before->finding));
    }
    observations.record(std::move(record));
  }

  Told read(const Json& usage, Place&& place, Observations& observations) const {
    Told told;
    told.place = std::move(place);
    if (!usage.is_object()) return told;
    const UsageReading reading =
        read_usage_as(catalogue_, dialect_, UsageValues(catalogue_, usage));
    if (!reading.countable()) {
      // Said here; what else is wrong with a total is wrong with all that follow it, and said once
      // a step.
      report(reading.violations, told.place, observations);
      observations.rejected(told.place, reading.violations.empty()
                                            ? "has no token counts that Codex writes"
                                            : reading.violations.front().explanation);
      told.is_rejected = true;
      return told;
    }
    for (const Violation& violation : reading.violations) {
      if (violation.cause == "unknown-key") told.not_understood.push_back(violation);
    }
    told.open = reading.counts;
    told.counts = reading.given;
    told.is_known = !reading.given.empty();
    return told;
  }

  /// What the running total has grown by; nothing where no call was made since.
  std::optional<Counts> step_to(const Told& total, const Told& last, Observations& observations) {
    if (state_.running && total.counts == *state_.running) {
      say_again(last, observations);
      return std::nullopt;
    }
    if (is_zero(total.counts) && !state_.running) {
      observations.ignored("running total before the first step");
      state_.running = total.counts;
      return std::nullopt;
    }
    if (is_without_parts(total.counts)) {
      // Codex sets the total to the size of the window, and all parts of it to 0, when the window
      // is full.
      observations.ignored("context window filled: no call");
      begin_anew(total.counts);
      return std::nullopt;
    }
    if (state_.running && !state_.steps_alone && fell(total.counts, *state_.running) &&
        is_told_late(total, last)) {
      say_late(total, observations);
      return std::nullopt;
    }
    const std::optional<Counts> before = std::exchange(state_.running, total.counts);
    state_.totals.insert(text_of(total.counts));
    const bool missed = std::exchange(state_.misses_steps, false);
    const bool is_compared = last.is_known && !is_without_parts(last.counts) && !missed;
    const auto steps_alone = std::exchange(state_.steps_alone, std::nullopt);
    state_.has_totals = true;
    if (!before)
      return missed && state_.begins_here ? std::optional(total.counts)
                                          : first_step(total, last, observations);
    if (!fell(total.counts, *before)) {
      Counts step = growth(total.counts, *before);
      if (is_compared)
        compare(step, last, "growth of total_token_usage since the event before", observations);
      return step;
    }
    if (steps_alone && !fell(total.counts, state_.before_steps_alone)) {
      say_steps_exceed(total, *steps_alone, state_.before_steps_alone, observations);
      return std::nullopt;
    }
    const bool is_reset = total.counts[Counter::total] && (*before)[Counter::total]
                              ? fell(total.counts, *before, Counter::total)
                              : fell(total.counts, *before, Counter::input) ||
                                    fell(total.counts, *before, Counter::output);
    say_fall(total, *before, is_reset, observations);
    if (is_reset) {
      begin_anew(total.counts);
      return last.is_known && !is_without_parts(last.counts) ? last.counts : total.counts;
    }
    Counts step = growth(total.counts, *before);
    for (const Counter counter : kTold) {
      if (!step.has(counter)) step.set(counter, last.counts[counter]);
    }
    return step;
  }

  /// A session whose beginning this file does not hold goes on from totals that it does not tell.
  std::optional<Counts> first_step(const Told& total, const Told& last,
                                   Observations& observations) {
    if (!last.is_known || is_without_parts(last.counts)) return total.counts;
    if (agree(total.counts, last.counts)) return total.counts;
    check_parts(total.counts, total.place, "total_token_usage", observations);
    const std::string_view basis = "total_token_usage of the first event, which has one step";
    if (fell(total.counts, last.counts)) {
      compare(total.counts, last, basis, observations);
      return total.counts;
    }
    if (state_.begins_here) {
      // The steps before may stand in another file of the session.
      before_first_ = {growth(total.counts, last.counts), difference(total.counts, last, basis)};
      return last.counts;
    }
    Finding finding = finding_at(total.place, Rule::continuity, Severity::note, "earlier-steps",
                                 "the running total begins with steps that this file does not "
                                 "have; they are not counted here");
    finding.counter = name_of(Counter::total);
    finding.asserted = total.counts[Counter::total];
    finding.calculated = last.counts[Counter::total];
    finding.basis = "last_token_usage, the first step reported";
    observations.finding(std::move(finding));
    return last.counts;
  }

  /// A step that no running total confirms.
  std::optional<Counts> step_of(const Told& last, const std::string& time,
                                Observations& observations) {
    if (is_without_parts(last.counts)) {
      observations.ignored("size of the context: no call");
      return std::nullopt;
    }
    if (state_.last_told && last.counts == *state_.last_told) {
      // Where totals are told, the next one says whether it was a step.
      if (state_.has_totals || (!time.empty() && time == state_.last_time)) {
        observations.duplicate();
        state_.misses_steps = state_.has_totals;
        return std::nullopt;
      }
      Finding finding = finding_at(
          last.place, Rule::duplicate, Severity::warning, "call-logged-twice",
          "the step before had the same counts, and no running total shows whether this is "
          "another one; it is counted");
      finding.counter = name_of(Counter::total);
      finding.asserted = last.counts[Counter::total];
      observations.finding(std::move(finding));
    }
    if (!state_.steps_alone) {
      state_.before_steps_alone = state_.running.value_or(Counts());
      state_.steps_alone.emplace();
    }
    state_.steps_alone = sum(*state_.steps_alone, last.counts);
    state_.running = sum(state_.running.value_or(Counts()), last.counts);
    return last.counts;
  }

  /// An event that stands behind a later one of the same session: its total was told before, or is
  /// one step behind such a total. A total that begins anew is behind none.
  bool is_told_late(const Told& total, const Told& last) const {
    if (!last.is_known || is_without_parts(last.counts) || agree(total.counts, last.counts) ||
        fell(total.counts, last.counts))
      return false;
    if (state_.totals.contains(text_of(total.counts))) return true;
    return state_.totals.contains(text_of(growth(total.counts, last.counts)));
  }

  void begin_anew(const Counts& total) {
    state_.running = total;
    state_.totals.clear();
    state_.totals.insert(text_of(total));
    ++state_.beginnings;
    state_.steps_alone.reset();
  }

  /// The same total again: nothing was used in between.
  void say_again(const Told& last, Observations& observations) {
    observations.duplicate();
    const bool is_other_step = last.is_known && state_.last_told &&
                               !agree(last.counts, *state_.last_told) &&
                               !is_without_parts(last.counts);
    if (is_other_step)
      compare(growth(*state_.running, *state_.running), last,
              "growth of total_token_usage since the event before", observations);
  }

  UsageRecord record_of(const Counts& step, const Counts& running, CodexFork::Origin origin,
                        const std::string& time, const Place& place, Observations& observations) {
    UsageRecord record;
    record.place = place;
    record.format = kFormat;
    record.dialect = dialect_.id;
    if (!unit_) unit_ = observations.unit(unit_key_);
    if (!std::exchange(state_.said_what_it_tells, true)) {
      if (state_.fork.is_fork())
        observations.continues(state_.fork.session(), state_.fork.first_parent());
      if (state_.fork.has_session()) observations.covers(codex_exec_series(state_.fork.session()));
    }
    record.unit = *unit_;
    record.view = kSteps;
    record.model = state_.model;
    const bool is_of_parent = origin == CodexFork::Origin::parent;
    // A step that was told again when the session was forked happened before, it is not said when.
    if (!is_of_parent || !state_.fork.is_rewritten(time)) record.time = time;
    const std::string& session = is_of_parent ? state_.fork.parent() : state_.fork.session();
    if (!session.empty()) record.scope.emplace_back("session", session);
    if (!state_.provider.empty()) record.scope.emplace_back("provider", state_.provider);
    identify(record, running, origin);
    record.counts = step;
    record.given = step;
    derive_total(record.counts);
    record.counts.set(Counter::requests, Count(1));
    return record;
  }

  /// A fork tells the steps of its parent again, with the totals they had there. Steps of two forks
  /// may reach the same total; the turn, or else the session, tells them apart.
  void identify(UsageRecord& record, const Counts& running, CodexFork::Origin origin) const {
    if (!state_.fork.has_session()) return;
    record.same_id = SameId::copy;
    record.id_space = state_.fork.session();
    record.id = fmt::format("total {} {}", state_.beginnings, text_of(running));
    record.second_id = state_.fork.turn_id();
    if (record.second_id.empty() && origin == CodexFork::Origin::own)
      record.second_id = state_.fork.session();
  }

  /// What is known of the session that is being told.
  struct State {
    CodexFork fork;
    std::string model;
    std::string provider;
    bool begins_here = false;  ///< the file holds the session from its beginning
    bool has_steps = false;
    bool has_totals = false;
    bool misses_steps = false;  ///< of those since the last total not all are known
    bool said_what_it_tells = false;
    std::optional<Counts> running;  ///< the total, and what was told since
    std::optional<Counts>
        steps_alone;  ///< sum of the steps told without a total since the last one
    Counts before_steps_alone;
    std::uint64_t beginnings = 0;            ///< times that the total began anew
    std::unordered_set<std::string> totals;  ///< told since it last did
    std::optional<Counts> last_told;
    std::string last_time;
    TurnTotal turn;
  };

  const Catalogue& catalogue_;
  const Dialect& dialect_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  bool is_first_line_ = true;
  State state_;
  struct BeforeFirst {
    Counts counts;
    Finding finding;
  };
  std::optional<BeforeFirst> before_first_;  ///< what the first total holds beside its own step
};

}  // namespace

extern const Format format_codex_rollout;
const Format format_codex_rollout{
    .id = kFormat,
    .description = "rollout of a Codex session: an event a line, with running totals",
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .recognises_every_line = true,
                        .words = kWords},
};

}  // namespace usagectl
