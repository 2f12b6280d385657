// Captures of tinyAgent: one run of an agent with every event it emitted.
//
//   {"run": {…, "model": {"provider", "id", "api"}}, "events": [E], "agent_state_messages": [M]}
//   {"run": …, "events": [E], "event_count": N, "final_assistant": M}
//   E  message_start, message_update, message_end, turn_end {"message": M}, agent_end {"messages":
//   [M]}
//
// A message repeats its usage in every event that shows it, up to 190 times. One assistant's
// message_end is one call. What comes after it (turn_end, agent_end, the state, final_assistant)
// shows the same message again and must agree; what comes before is still streaming: zeros,
// or in the Python agent the final values already, since its events share one object.
// (alchemiststudiosDOTai/tinyAgent, data/ and .artifacts/runtime/)
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>

#include "base/paths.hpp"
#include "base/utc_time.hpp"
#include "formats/apps/tinyagent_calls.hpp"
#include "formats/apps/tinyagent_usage.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "tinyagent.capture";
constexpr View kCalls{0, "assistant messages"};
constexpr std::array<std::string_view, 7> kEventTypes = {
    "agent_start", "turn_start", "message_start", "message_update",
    "message_end", "turn_end",   "agent_end"};

bool is_agent_event(const Json& event) {
  return std::find(kEventTypes.begin(), kEventTypes.end(), event["type"].text()) !=
         kEventTypes.end();
}

bool recognises(const Json& document, const FileContext&) {
  const Json events = document["events"];
  const bool has_end = document.has("agent_state_messages") || document.has("final_assistant");
  if (!events.is_array()) return document["run"].is_object() && has_end;
  bool any = false;
  events.each_item([&](std::size_t, const Json& event) { any = any || is_agent_event(event); });
  const bool has_run = document["run"].is_object() &&
                       (document["run"].has("model") || document["run"].has("stream_fn"));
  if (!any && events.size() > 0) return false;
  return has_end || has_run || (document.has("event_count") && any);
}

class Reader {
 public:
  Reader(const Json& document, const FileContext& file, Observations& observations)
      : document_(document),
        file_(file),
        observations_(observations),
        unit_(observations.unit()),
        found_(document, file, observations),
        calls_(found_.all()) {}

  void read() {
    found_.read();
    check_event_count();
    report_calls();
  }

 private:
  Place at(std::string pointer) const { return {file_.id, 0, std::move(pointer)}; }

  void check_event_count() {
    const Json claimed = document_["event_count"];
    if (!claimed.present() || claimed.is_null()) return;
    const CountReading reading = read_count(claimed);
    if (!reading.fault.empty()) {
      report_bad_number(observations_, at("/event_count"), "event_count " + reading.fault);
      return;
    }
    const Json events = document_["events"];
    if (!reading.count || !events.is_array()) return;
    const auto number = static_cast<Count>(events.size());
    if (*reading.count == number) {
      observations_.held();
      return;
    }
    observations_.finding(
        {.rule = Rule::count,
         .place = at("/event_count"),
         .counter = "events",
         .asserted = reading.count,
         .calculated = number,
         .basis = "events",
         .explanation = fmt::format("there are {} events, not {}", number, *reading.count)});
  }

  // ------------------------------------------------------------------------------- the calls

  void report_calls() {
    // Events for the parity summaries that speak of this file.
    const std::string name = tinyagent_file_key(file_.path);
    observations_.member({observations_.group(name + "#events"), document_["events"].size(), 0});
    observations_.ignored("usage of a message that is not an assistant's", found_.strays());

    std::vector<std::optional<TinyAgentUsage>> usages;
    for (const TinyAgentCall& call : calls_) usages.push_back(read_call(call));
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (!usages[i]) continue;
      usages[i]->api = text_of(calls_[i], "api", "api");
      meaning_.note(provider_key(calls_[i]), *usages[i]);
    }
    report_meaning();
    std::size_t last = calls_.size();
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (usages[i]) last = i;
    }
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (!usages[i]) continue;
      UsageRecord record = new_record(calls_[i]);
      solve_tinyagent_usage(*usages[i], meaning_.of(provider_key(calls_[i])), record,
                            observations_);
      record.counts.set(Counter::requests, 1);
      if (i == last) record.parts_of = {observations_.group(name + "#final")};
      observations_.record(std::move(record));
    }
    if (usages.empty()) {
      observations_.ignored("capture without an assistant's message");
      report(Severity::note, "", "the run has no message of an assistant");
    }
  }

  /// The usage of a call; nothing when it has none that can be counted, which is said.
  std::optional<TinyAgentUsage> read_call(const TinyAgentCall& call) {
    if (!call.ended()) {
      observations_.ignored("usage of a message that did not end",
                            std::max<std::uint64_t>(call.streamed, 1));
      report(Severity::warning, call.start, "the message did not end: what it used is not known");
      return std::nullopt;
    }
    const Json usage = call.source.message["usage"];
    const std::string pointer = call.source.pointer + "/usage";
    if (!usage.present() || usage.is_null() || (usage.is_object() && usage.size() == 0)) {
      observations_.ignored("message without usage");
      observations_.ignored("usage while streaming, of a call that ends without", call.streamed);
      report(Severity::warning, call.source.pointer,
             usage.is_null() && usage.present() ? "the call's usage is null"
                                                : "the call has no usage");
      return std::nullopt;
    }
    observations_.duplicate(call.streamed);
    if (!usage.is_object()) {
      observations_.rejected(at(pointer),
                             fmt::format("is {}, expected the usage", usage.described()));
      return std::nullopt;
    }
    if (!call.from_message_end()) {
      report(
          Severity::warning, call.source.pointer,
          fmt::format("the capture has no message_end with the usage of this call: taken from {}",
                      call.source_name));
    }
    compare_copies(call, usage);
    auto read = read_tinyagent_usage(usage, file_, pointer, observations_);
    if (read && all_zero(*read)) {
      report(Severity::warning, pointer,
             failed(call.source.message)
                 ? "the call failed and reports no tokens: some may have been used"
                 : "the call answered and reports no tokens");
    }
    if (read && read->written.empty()) {
      observations_.ignored("usage without a count");
      report(Severity::warning, pointer, "the usage has no count");
      return std::nullopt;
    }
    return read;
  }

  static bool all_zero(const TinyAgentUsage& usage) {
    if (usage.written.empty()) return false;
    return std::all_of(kCounters.begin(), kCounters.end(),
                       [&](Counter counter) { return usage.written[counter].value_or(0) == 0; });
  }

  static bool failed(const Json& message) {
    const std::string_view reason = message["stop_reason"].text();
    return reason == "error" || reason == "aborted" || message["error_message"].is_text();
  }

  void compare_copies(const TinyAgentCall& call, const Json& usage) {
    const auto numbers = tinyagent_numbers(usage);
    for (const auto& [name, copy] : call.copies) {
      const Json other = copy.message["usage"];
      if (!other.is_object()) continue;
      observations_.duplicate();
      bool agree = true;
      const auto copied = tinyagent_numbers(other);
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        const CountReading& here = copied[i].reading;
        const CountReading& there = numbers[i].reading;
        if (here.count == there.count && here.fault == there.fault) continue;
        agree = false;
        observations_.finding(
            {.rule = Rule::identity,
             .place = at(pointer_to(copy.pointer + "/usage", copied[i].key)),
             .counter = name_of(numbers[i].counter),
             .asserted = here.count,
             .calculated = there.count,
             .basis =
                 fmt::format("{} of the same message, {}", call.source_name, call.source.pointer),
             .cause = "copies-disagree",
             .explanation = fmt::format("{} and {} show the same message with different usage",
                                        name, call.source_name)});
      }
      if (agree) observations_.held();
    }
  }

  void report(Severity severity, std::string pointer, std::string explanation) {
    observations_.finding({.rule = Rule::coverage,
                           .severity = severity,
                           .place = at(std::move(pointer)),
                           .explanation = std::move(explanation)});
  }

  void report_meaning() {
    for (const auto& [provider, evidence] : meaning_.all())
      report_cache_evidence(observations_, at(""), evidence);
  }

  std::string text_of(const TinyAgentCall& call, std::string_view own,
                      std::string_view of_run) const {
    const Json value = call.source.message[own];
    if (value.is_text()) return std::string(value.text());
    const Json model = document_.at("run", "model");
    if (of_run == "id" && model.is_text()) return std::string(model.text());
    return std::string(model[of_run].text());
  }

  std::string provider_key(const TinyAgentCall& call) const {
    return text_of(call, "provider", "provider") + "\n" + text_of(call, "api", "api");
  }

  UsageRecord new_record(const TinyAgentCall& call) {
    UsageRecord record;
    record.place = at(call.source.pointer + "/usage");
    record.format = kFormat;
    record.role = Role::request;
    record.unit = unit_;
    record.view = kCalls;
    record.model = text_of(call, "model", "id");
    // Python messages carry a monotonic clock, which is no time of day.
    constexpr double kYear2001 = 1e12;
    const auto milliseconds = call.source.message["timestamp"].real();
    if (milliseconds && *milliseconds >= kYear2001 && *milliseconds < 1e15) {
      record.time = utc_time_of(static_cast<std::int64_t>(*milliseconds / 1000));
    }
    if (std::string provider = text_of(call, "provider", "provider"); !provider.empty()) {
      record.scope.emplace_back("provider", std::move(provider));
    }
    // The same run may be saved twice, and nothing but the moment tells its calls apart.
    if (milliseconds && *milliseconds > 0) {
      record.same_id = SameId::copy;
      record.id_space = kFormat;
      record.second_id = mark_of(record.model, *milliseconds, call.source.message["usage"]);
    }
    return record;
  }

  /// A call that stands several times in its capture is told apart by how often it did.
  std::string mark_of(std::string_view model, double milliseconds, const Json& usage) {
    std::string mark = fmt::format("{} {}", model, milliseconds);
    for (const CopiedNumber& number : tinyagent_numbers(usage))
      mark += fmt::format(" {}", number.reading.count.value_or(-1));
    const std::uint64_t times = ++marks_[mark];
    return times == 1 ? mark : fmt::format("{} #{}", mark, times);
  }

  const Json& document_;
  const FileContext& file_;
  Observations& observations_;
  UnitId unit_;
  TinyAgentCalls found_;
  std::deque<TinyAgentCall>& calls_;
  TinyAgentMeaning meaning_;
  std::map<std::string, std::uint64_t> marks_;
};

void read(const Json& document, const FileContext& file, Observations& observations) {
  Reader(document, file, observations).read();
}

}  // namespace

extern const Format format_tinyagent_capture;
const Format format_tinyagent_capture{
    .id = kFormat,
    .description = "captures of tinyAgent runs: events, and the agent's last state",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
