// Rollouts of Codex: sessions/…/rollout-….jsonl. token_count events tell the session's running total
// and the last step; they are written again without a step in between, a session that was forked or
// that helps another may begin with the events of its parent, and compaction may set the total to the
// size of the window (openai/codex protocol.rs; ccusage #1288, #1349; tokscale #297).
#include <fmt/format.h>

#include <array>

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "formats/format.hpp"
#include "formats/key_paths.hpp"
#include "formats/utc_time.hpp"
#include "formats/violations.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "codex.rollout";
constexpr std::string_view kDialect = "codex.token_count";
constexpr View kSteps{0, "steps"};
constexpr std::array<std::string_view, 3> kWords = {"token_count", "turn_context", "session_meta"};
constexpr std::array<Counter, 5> kTold = {Counter::input, Counter::cache_read, Counter::output, Counter::reasoning,
                                          Counter::total};
constexpr std::array<std::string_view, 5> kKeys = {"input_tokens", "cached_input_tokens", "output_tokens",
                                                   "reasoning_output_tokens", "total_tokens"};

bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  const bool is_event = type == "session_meta" || type == "turn_context" || type == "event_msg" ||
                        type == "response_item" || type == "compacted";
  return is_event && value["payload"].is_object();
}

/// later - earlier in every counter; nothing when one falls.
std::optional<Counts> difference(const Counts& later, const Counts& earlier) {
  Counts step;
  for (const Counter counter : kTold) {
    const auto now = later[counter];
    if (!now) continue;
    const Count before = earlier[counter].value_or(0);
    if (*now < before) return std::nullopt;
    step.set(counter, *now - before);
  }
  return step;
}

/// The same where both know a counter.
bool agree(const Counts& a, const Counts& b, Counter counter) {
  return !a[counter] || !b[counter] || *a[counter] == *b[counter];
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : catalogue_(catalogue_in_use()), dialect_(*catalogue_.find(kDialect)), unit_key_(fmt::format("rollout {}", file.path)) {}

  void line(const Json& value, const Place& place, Sink& sink) override {
    const Json payload = value["payload"];
    const std::string_view type = value["type"].text();
    if (type == "session_meta") {
      session(payload, sink);
    } else if (type == "turn_context") {
      if (const auto model = payload["model"].text(); !model.empty()) model_ = model;
    } else if (type == "event_msg" && payload["type"].text() == "token_count") {
      token_count(payload, utc_time(value["timestamp"]), place, sink);
      return;
    }
    sink.ignored(kWithoutUsage);
  }

 private:
  struct Told {
    Counts counts;
    bool is_known = false;  ///< it is there, and sound
  };

  void session(const Json& payload, Sink& sink) {
    const std::string_view id = payload["id"].text();
    if (session_.empty()) {
      session_ = id;
      model_ = payload["model"].text();
      provider_ = payload["model_provider"].text();
      std::string_view parent = payload["forked_from_id"].text();
      if (parent.empty()) parent = payload["source"]["subagent"]["thread_spawn"]["parent_thread_id"].text();
      if (!parent.empty()) sink.continues(session_, parent);
    } else if (!id.empty() && id != session_) {
      // The parent's own beginning, replayed.
      sink.continues(session_, id);
    }
  }

  void token_count(const Json& payload, std::string time, const Place& place, Sink& sink) {
    const Json info = payload["info"];
    if (!info.is_object()) {
      sink.ignored("rate limits without usage");
      return;
    }
    const Json total_usage = info["total_token_usage"];
    const Json last_usage = info["last_token_usage"];
    if (!total_usage.is_object() && !last_usage.is_object()) {
      sink.ignored("token_count without usage");
      return;
    }
    const Place total_place{place.file, place.line, "/payload/info/total_token_usage"};
    const Place last_place{place.file, place.line, "/payload/info/last_token_usage"};
    bool is_sound = true;
    const Told total = read(total_usage, total_place, is_sound, sink);
    const Told last = read(last_usage, last_place, is_sound, sink);
    if (!is_sound) return;

    if (total.is_known && last_total_ && total.counts == *last_total_) {
      sink.duplicate();
      return;
    }
    if (total.is_known && fills_window(total.counts)) {
      sink.ignored("context window filled: no call");
      last_total_ = total.counts;
      return;
    }
    if (!total.is_known && last_step_ && last.counts == *last_step_) say_step_repeats(last_place, last.counts, sink);
    const Place& where = total.is_known ? total_place : last_place;
    const Counts step = total.is_known ? step_to(total.counts, last, where, sink) : last.counts;
    check_step(step, where, sink);
    emit(step, total, total.is_known ? total_usage : last_usage, std::move(time), where, sink);
    if (total.is_known) last_total_ = total.counts;
    last_step_ = step;
  }

  Told read(const Json& usage, const Place& place, bool& is_sound, Sink& sink) const {
    if (!usage.is_object()) return {};
    const UsageReading reading = read_usage_as(catalogue_, dialect_, UsageValues(catalogue_, usage));
    if (!reading.countable()) {
      // Said once a step: what is wrong with a total is wrong with all that follow it.
      report(reading.violations, place, sink);
      sink.rejected(place, reading.violations.front().explanation);
      is_sound = false;
      return {};
    }
    return {reading.given, !reading.given.empty()};
  }

  /// Codex sets the total to the size of the window, and all parts of it to 0, when the window is full.
  static bool fills_window(const Counts& total) {
    for (const Counter counter : {Counter::input, Counter::cache_read, Counter::output, Counter::reasoning}) {
      if (total[counter].value_or(0) != 0) return false;
    }
    return total[Counter::total].value_or(0) > 0;
  }

  Counts step_to(const Counts& total, const Told& last, const Place& place, Sink& sink) {
    if (!last_total_) {
      // A session that was resumed goes on from totals that this file does not tell.
      if (!last.is_known) return total;
      const auto before = difference(total, last.counts);
      if (before) return last.counts;
      say_last_differs(total, last.counts, place, sink);
      return total;
    }
    const auto step = difference(total, *last_total_);
    if (!step) {
      say_total_fell(total, place, sink);
      return last.is_known ? last.counts : total;
    }
    if (last.is_known) {
      bool same = true;
      for (const Counter counter : kTold) same = same && agree(*step, last.counts, counter);
      if (same) {
        sink.held();
      } else {
        say_last_differs(*step, last.counts, place, sink);
      }
    }
    return *step;
  }

  void say_last_differs(const Counts& step, const Counts& last, const Place& place, Sink& sink) const {
    for (std::size_t i = 0; i < kTold.size(); ++i) {
      if (agree(step, last, kTold[i])) continue;
      Finding finding;
      finding.rule = Rule::continuity;
      finding.place = {place.file, place.line, fmt::format("/payload/info/last_token_usage/{}", kKeys[i])};
      finding.counter = name_of(kTold[i]);
      finding.asserted = last[kTold[i]];
      finding.calculated = step[kTold[i]];
      finding.basis = last_total_ ? "growth of total_token_usage since the event before" : "total_token_usage, of which it is a part";
      finding.cause = "last-is-not-the-step";
      finding.explanation = "last_token_usage is not the step that total_token_usage has made; the step is counted";
      sink.finding(std::move(finding));
    }
  }

  void say_total_fell(const Counts& total, const Place& place, Sink& sink) const {
    Finding finding;
    finding.rule = Rule::continuity;
    finding.severity = Severity::warning;
    finding.place = place;
    for (const Counter counter : kTold) {
      if (total[counter].value_or(0) >= (*last_total_)[counter].value_or(0)) continue;
      finding.counter = name_of(counter);
      finding.asserted = total[counter];
      finding.calculated = (*last_total_)[counter];
      break;
    }
    finding.basis = "in the event before";
    finding.cause = "counter-reset";
    finding.explanation = "the session's running total fell: it starts anew here";
    sink.finding(std::move(finding));
  }

  static void say_step_repeats(const Place& place, const Counts& last, Sink& sink) {
    Finding finding;
    finding.rule = Rule::duplicate;
    finding.severity = Severity::warning;
    finding.place = place;
    finding.counter = name_of(Counter::total);
    finding.asserted = last[Counter::total];
    finding.cause = "call-logged-twice";
    finding.explanation = "the step before had the same counts, and no running total tells whether this is another one; it is counted";
    sink.finding(std::move(finding));
  }

  /// What holds within one step: a part in its whole, the total of its parts.
  void check_step(const Counts& step, const Place& place, Sink& sink) const {
    const auto input = step[Counter::input];
    const auto output = step[Counter::output];
    const auto total = step[Counter::total];
    const auto check = [&](bool holds, Rule rule, Counter counter, std::string_view key, std::optional<Count> whole,
                           std::string_view basis, std::string_view explanation) {
      if (holds) {
        sink.held();
        return;
      }
      Finding finding;
      finding.rule = rule;
      finding.place = place;
      append_pointer(finding.place.pointer, key);
      finding.counter = name_of(counter);
      finding.asserted = step[counter];
      finding.calculated = whole;
      finding.basis = basis;
      finding.explanation = explanation;
      sink.finding(std::move(finding));
    };
    if (const auto cached = step[Counter::cache_read]; cached && input) {
      check(*cached <= *input, Rule::part, Counter::cache_read, kKeys[1], input, "the input of the step, which should hold it",
            "cache_read exceeds input, of which it is a part");
    }
    if (const auto reasoning = step[Counter::reasoning]; reasoning && output) {
      check(*reasoning <= *output, Rule::part, Counter::reasoning, kKeys[3], output,
            "the output of the step, which should hold it", "reasoning exceeds output, of which it is a part");
    }
    if (total && input && output) {
      ExactSum sum(*input);
      sum += *output;
      check(sum == ExactSum(*total), Rule::identity, Counter::total, kKeys[4], sum.count(), "input + output of the step",
            "the total is not input + output");
    }
  }

  void emit(const Counts& step, const Told& total, const Json& usage, std::string time, const Place& place, Sink& sink) {
    UsageRecord record;
    record.place = place;
    record.format = kFormat;
    record.dialect = dialect_.id;
    if (!unit_) unit_ = sink.unit(unit_key_);
    record.unit = *unit_;
    record.view = kSteps;
    record.model = model_;
    record.time = std::move(time);
    if (!session_.empty()) record.scope.emplace_back("session", session_);
    if (!provider_.empty()) record.scope.emplace_back("provider", provider_);
    // A fork tells the steps of its parent again, with the totals they had there.
    if (total.is_known && !session_.empty()) {
      record.same_id = SameId::copy;
      record.id_space = session_;
      record.id = "total";
      for (const Counter counter : kTold) record.id += fmt::format(" {}", total.counts[counter].value_or(-1));
    }
    record.counts = step;
    record.counts.set(Counter::requests, Count(1));
    record.given = step;
    if (sink.wants_keys()) record.keys = key_paths(usage);
    sink.record(std::move(record));
  }

  const Catalogue& catalogue_;
  const Dialect& dialect_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  std::string session_;
  std::string model_;
  std::string provider_;
  std::optional<Counts> last_total_;
  std::optional<Counts> last_step_;
};

std::unique_ptr<LineReader> open(const FileContext& file) { return std::make_unique<Reader>(file); }

}  // namespace

extern const Format format_codex_rollout;
const Format format_codex_rollout{
    .id = kFormat,
    .description = "rollout of a Codex session: an event a line, with running totals",
    .recognises_line = recognises,
    .open_lines = open,
    .words = kWords,
};

}  // namespace usagectl
