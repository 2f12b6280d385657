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

#include "base/paths.hpp"
#include "base/utc_time.hpp"
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

bool is_assistant(const Json& message) { return message["role"].text() == "assistant"; }

/// Usage objects anywhere in an event, outside of what was said.
std::uint64_t usage_objects(const Json& value, int depth = 5) {
  std::uint64_t found = 0;
  if (depth == 0) return found;
  value.each_member([&](std::string_view key, const Json& member) {
    if (key == "usage" && member.is_object()) {
      ++found;
    } else if (key != "content") {
      found += usage_objects(member, depth - 1);
    }
  });
  value.each_item([&](std::size_t, const Json& item) { found += usage_objects(item, depth - 1); });
  return found;
}

/// One message of the assistant as some part of the capture shows it.
struct Sighting {
  Json message;
  std::string pointer;
};

/// One call, and where it was seen once it was over.
struct Call {
  Sighting source;               ///< what counts; without a message while the call is streaming
  std::string_view source_name;  ///< "message_end"
  std::vector<std::pair<std::string_view, Sighting>> copies;
  std::uint64_t streamed = 0;  ///< usage objects seen while it was streaming
  Json timestamp;
  std::string start;  ///< pointer of the first event

  bool ended() const { return source.message.present(); }
  bool from_message_end() const { return source_name == "message_end"; }
};

bool same_number(const Json& a, const Json& b) {
  if (!a.is_number() || !b.is_number()) return false;
  return a.real() == b.real();
}

bool same_usage(const Json& a, const Json& b) {
  if (!a.is_object() || !b.is_object()) return false;
  const auto left = tinyagent_numbers(a);
  const auto right = tinyagent_numbers(b);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].reading.count != right[i].reading.count) return false;
  }
  return true;
}

class Reader {
 public:
  Reader(const Json& document, const FileContext& file, Observations& observations)
      : document_(document), file_(file), observations_(observations), unit_(observations.unit()) {}

  void read() {
    read_events();
    pair_all("agent_state_messages", document_["agent_state_messages"], "/agent_state_messages", 0);
    read_final_assistant();
    check_event_count();
    report_calls();
  }

 private:
  Place at(std::string pointer) const { return {file_.id, 0, std::move(pointer)}; }

  void read_events() {
    const Json events = document_["events"];
    events.each_item([&](std::size_t index, const Json& event) {
      const std::string pointer = pointer_to("/events", index);
      const std::string_view type = event["type"].text();
      if (type == "agent_start") {
        run_start_ = calls_.size();
      } else if (type == "agent_end") {
        pair_all("agent_end", event["messages"], pointer + "/messages", run_start_);
      } else if (const Json message = event["message"]; is_assistant(message)) {
        read_message_event(type, event, {message, pointer + "/message"});
      } else {
        strays_ += usage_objects(event);
      }
    });
  }

  void read_message_event(std::string_view type, const Json& event, Sighting sighting) {
    if (type == "message_end") {
      end_call(std::move(sighting));
    } else if (type == "turn_end") {
      end_turn(std::move(sighting));
    } else {
      if (type == "message_start" || calls_.empty() || calls_.back().ended()) start_call(sighting);
      calls_.back().streamed += usage_objects(event);
    }
  }

  void start_call(const Sighting& sighting) {
    Call& call = calls_.emplace_back();
    call.timestamp = sighting.message["timestamp"];
    call.start = sighting.pointer;
  }

  void end_call(Sighting sighting) {
    if (!calls_.empty() && repeats_end(calls_.back(), sighting)) {
      calls_.back().copies.emplace_back("message_end", sighting);
      Finding finding;
      finding.rule = Rule::duplicate;
      finding.severity = Severity::warning;
      finding.place = at(sighting.pointer);
      finding.cause = "event-repeated";
      finding.explanation = "the message ends twice: it is counted once";
      finding.witnesses.push_back({at(calls_.back().source.pointer), {}});
      observations_.finding(std::move(finding));
      return;
    }
    if (calls_.empty() || calls_.back().ended()) start_call(sighting);
    settle(calls_.back(), "message_end", std::move(sighting));
  }

  static bool repeats_end(const Call& call, const Sighting& sighting) {
    return call.from_message_end() && same_number(call.timestamp, sighting.message["timestamp"]) &&
           same_usage(call.source.message["usage"], sighting.message["usage"]);
  }

  static void settle(Call& call, std::string_view name, Sighting sighting) {
    call.timestamp = sighting.message["timestamp"];
    call.source = std::move(sighting);
    call.source_name = name;
  }

  /// A turn ends with the message that the call before it gave.
  void end_turn(Sighting sighting) {
    const bool repeats =
        !calls_.empty() && std::none_of(calls_.back().copies.begin(), calls_.back().copies.end(),
                                        [](const auto& copy) { return copy.first == "turn_end"; });
    if (!repeats) start_call(sighting);
    see(calls_.back(), "turn_end", std::move(sighting));
  }

  /// A message shown once it was over: the call itself when nothing else ended it, else a copy.
  static void see(Call& call, std::string_view name, Sighting sighting) {
    const bool lacks_usage = call.ended() && !call.source.message["usage"].is_object();
    if (!call.ended() || (lacks_usage && sighting.message["usage"].is_object())) {
      settle(call, name, std::move(sighting));
    } else {
      call.copies.emplace_back(name, std::move(sighting));
    }
  }

  /// Pairs the assistant's messages of a list with the calls from `first` on.
  void pair_all(std::string_view name, const Json& messages, const std::string& list_pointer,
                std::size_t first) {
    std::vector<Sighting> seen;
    messages.each_item([&](std::size_t index, const Json& message) {
      if (is_assistant(message)) {
        seen.push_back({message, pointer_to(list_pointer, index)});
      } else {
        strays_ += usage_objects(message);
      }
    });
    const std::size_t calls = calls_.size() - first;
    std::vector<bool> taken(calls, false);
    if (seen.size() == calls) {
      for (std::size_t i = 0; i < calls; ++i) see(calls_[first + i], name, std::move(seen[i]));
      return;
    }
    // One side lacks a message. Those with the same time, then those with the same numbers, belong
    // together; what is left is paired in order.
    const auto pair_by = [&](auto&& same) {
      std::size_t next = 0;
      for (Sighting& sighting : seen) {
        if (!sighting.message.present()) continue;
        for (std::size_t i = next; i < calls; ++i) {
          if (taken[i] || !same(calls_[first + i], sighting)) continue;
          taken[i] = true;
          see(calls_[first + i], name, std::move(sighting));
          sighting = {};
          next = i + 1;
          break;
        }
      }
    };
    pair_by([](const Call& call, const Sighting& s) {
      return same_number(call.timestamp, s.message["timestamp"]);
    });
    pair_by([](const Call& call, const Sighting& s) {
      return same_usage(call.source.message["usage"], s.message["usage"]);
    });
    pair_by([](const Call& call, const Sighting& s) {
      return !call.timestamp.is_number() || !s.message["timestamp"].is_number() || !call.ended();
    });
    for (Sighting& sighting : seen) {
      if (!sighting.message.present()) continue;
      start_call(sighting);
      see(calls_.back(), name, std::move(sighting));
    }
  }

  void read_final_assistant() {
    const Json message = document_["final_assistant"];
    if (!message.is_object()) return;
    Sighting sighting{message, "/final_assistant"};
    if (calls_.empty()) start_call(sighting);
    see(calls_.back(), "final_assistant", std::move(sighting));
  }

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
    Finding finding;
    finding.rule = Rule::count;
    finding.place = at("/event_count");
    finding.counter = "events";
    finding.asserted = reading.count;
    finding.calculated = number;
    finding.basis = "events";
    finding.explanation = fmt::format("there are {} events, not {}", number, *reading.count);
    observations_.finding(std::move(finding));
  }

  // ------------------------------------------------------------------------------- the calls

  void report_calls() {
    // Events for the parity summaries that speak of this file.
    const std::string name = tinyagent_file_key(file_.path);
    observations_.member({observations_.group(name + "#events"), document_["events"].size(), 0});
    observations_.ignored("usage of a message that is no assistant's", strays_);

    std::vector<std::optional<TinyAgentUsage>> usages;
    for (const Call& call : calls_) usages.push_back(read_call(call));
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (usages[i]) meaning_.note(provider_key(calls_[i]), *usages[i]);
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
      report(Severity::note, "", "the run holds no message of an assistant");
    }
  }

  /// The usage of a call; nothing when it has none that can be counted, which is said.
  std::optional<TinyAgentUsage> read_call(const Call& call) {
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
      report(Severity::warning, pointer, "the usage holds no count");
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

  void compare_copies(const Call& call, const Json& usage) {
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
        Finding finding;
        finding.rule = Rule::identity;
        finding.place = at(pointer_to(copy.pointer + "/usage", copied[i].key));
        finding.counter = name_of(numbers[i].counter);
        finding.asserted = here.count;
        finding.calculated = there.count;
        finding.basis =
            fmt::format("{} of the same message, {}", call.source_name, call.source.pointer);
        finding.cause = "copies-disagree";
        finding.explanation = fmt::format("{} and {} show the same message with different usage",
                                          name, call.source_name);
        observations_.finding(std::move(finding));
      }
      if (agree) observations_.held();
    }
  }

  void report(Severity severity, std::string pointer, std::string explanation) {
    Finding finding;
    finding.rule = Rule::coverage;
    finding.severity = severity;
    finding.place = at(std::move(pointer));
    finding.explanation = std::move(explanation);
    observations_.finding(std::move(finding));
  }

  void report_meaning() {
    for (const auto& [provider, evidence] : meaning_.all())
      report_cache_evidence(observations_, at(""), evidence);
  }

  std::string text_of(const Call& call, std::string_view own, std::string_view of_run) const {
    const Json value = call.source.message[own];
    if (value.is_text()) return std::string(value.text());
    const Json model = document_.at("run", "model");
    if (of_run == "id" && model.is_text()) return std::string(model.text());
    return std::string(model[of_run].text());
  }

  std::string provider_key(const Call& call) const {
    return text_of(call, "provider", "provider") + "\n" + text_of(call, "api", "api");
  }

  UsageRecord new_record(const Call& call) const {
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
    return record;
  }

  const Json& document_;
  const FileContext& file_;
  Observations& observations_;
  UnitId unit_;
  std::deque<Call> calls_;
  std::size_t run_start_ = 0;  ///< first call since the last agent_start
  std::uint64_t strays_ = 0;   ///< usage objects of messages that are no assistant's
  TinyAgentMeaning meaning_;
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
