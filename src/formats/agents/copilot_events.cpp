// Sessions of Copilot CLI, session-state/<id>/events.jsonl, an event a line. session.shutdown tells
// what each model has used in the session so far, so that a later one of the session holds those
// before it; assistant.message tells the output of each answer, a part of that (codeburn #676).
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "copilot.events";
constexpr std::string_view kDialect = "log.plain";
constexpr View kShutdown{0, "shutdown"};
constexpr View kMessages{1, "messages"};

bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  if (type == "session.start") return value["data"]["sessionId"].is_text();
  if (type == "session.shutdown") return value["data"].is_object();
  return type == "assistant.message" && value["data"].has("outputTokens");
}

using Sums = std::map<std::string, UsageRecord>;

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("Copilot session of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    const std::string_view type = value["type"].text();
    const Json data = value["data"];
    if (type == "session.start") {
      session_ = data["sessionId"].text();
      observations.ignored(kWithoutUsage);
    } else if (type == "session.model_change") {
      model_ = data["newModel"].text();
      observations.ignored(kWithoutUsage);
    } else if (type == "session.shutdown" && data["modelMetrics"].is_object()) {
      shutdown(data["modelMetrics"], utc_time(value["timestamp"]), place, observations);
    } else if (type == "assistant.message" && data.has("outputTokens")) {
      message(value, place, observations);
    } else {
      observations.ignored(kWithoutUsage);
    }
  }

  void finish(Observations& observations) override {
    if (after_shutdown_ > 0) say_later_messages(observations);
    for (auto& [model, record] : earlier_) observations.record(std::move(record));
    for (auto& [model, record] : sums_) observations.record(std::move(record));
  }

 private:
  UsageRecord record_of(const Counts& counts, Place&& place, const View& view,
                        Observations& observations) {
    UsageRecord record;
    record.place = std::move(place);
    record.format = kFormat;
    record.dialect = kDialect;
    if (!unit_) {
      unit_ = observations.unit(session_.empty() ? unit_key_
                                                 : fmt::format("Copilot session {}", session_));
    }
    record.unit = *unit_;
    record.view = view;
    record.counts = counts;
    record.given = counts;
    if (!session_.empty()) record.scope.emplace_back("session", session_);
    return record;
  }

  void shutdown(const Json& metrics, const std::string& time, const Place& place,
                Observations& observations) {
    Sums now;
    metrics.each_member([&](std::string_view model, const Json& told) {
      Place at{place.file, place.line,
               pointer_to("/data/modelMetrics", model) + std::string("/usage")};
      CountReader reader(told["usage"], file_, at.pointer, observations, place.line);
      reader.read("inputTokens", Counter::input);
      reader.read("cacheReadTokens", Counter::cache_read);
      reader.read("cacheWriteTokens", Counter::cache_write);
      reader.read("outputTokens", Counter::output);
      reader.read("reasoningTokens", Counter::reasoning);
      if (!reader.finish() || reader.counts().empty()) return;
      const Counts counts = reader.counts();
      check_part(observations, at, counts, Counter::cache_read, "cacheReadTokens", Counter::input,
                 "inputTokens");
      UsageRecord record = record_of(counts, std::move(at), kShutdown, observations);
      record.role = Role::aggregate;
      derive_total(record.counts);
      record.counts.set(Counter::requests, read_count(told["requests"]["count"]).count);
      record.model = model;
      record.time = time;
      if (file_.wants_keys) record.keys = key_paths(told["usage"]);
      now.emplace(model, std::move(record));
    });
    if (now.empty()) return;
    if (!sums_.empty()) follow(now, observations);
    for (auto& [model, record] : now) sums_.insert_or_assign(model, std::move(record));
    after_shutdown_ = 0;
  }

  /// The shutdown before, unless the session began to count anew.
  void follow(const Sums& now, Observations& observations) {
    for (auto known = sums_.begin(); known != sums_.end();) {
      const auto later = now.find(known->first);
      if (later == now.end()) {
        ++known;
        continue;
      }
      const bool is_held = holds(later->second.counts, known->second.counts);
      if (is_held) {
        observations.held();
        observations.ignored("sum that a later shutdown of the session includes");
      } else {
        say_anew(later->second, known->second, observations);
        earlier_.emplace(known->first, std::move(known->second));
      }
      known = sums_.erase(known);
    }
  }

  static bool holds(const Counts& later, const Counts& earlier) {
    for (const Counter counter :
         {Counter::input, Counter::cache_read, Counter::cache_write, Counter::output}) {
      if (later[counter].value_or(0) < earlier[counter].value_or(0)) return false;
    }
    return true;
  }

  static void say_anew(const UsageRecord& later, const UsageRecord& earlier,
                       Observations& observations) {
    observations.finding(
        {.rule = Rule::continuity,
         .severity = Severity::warning,
         .place = later.place,
         .counter = name_of(Counter::output),
         .asserted = later.counts[Counter::output],
         .calculated = earlier.counts[Counter::output],
         .basis = "in the shutdown before",
         .cause = "counter-reset",
         .explanation = "the sum of the session fell: it starts anew here, and both are counted"});
  }

  void message(const Json& value, const Place& place, Observations& observations) {
    Place at{place.file, place.line, "/data"};
    CountReader reader(value["data"], file_, at.pointer, observations, place.line);
    reader.read("outputTokens", Counter::output);
    if (!reader.finish()) return;
    UsageRecord record = record_of(reader.counts(), std::move(at), kMessages, observations);
    record.counts.set(Counter::requests, Count(1));
    record.model = value["data"]["model"].is_text() ? value["data"]["model"].text() : model_;
    record.time = utc_time(value["timestamp"]);
    record.id = value["data"]["messageId"].text();
    record.id_space = session_;
    if (!record.id.empty()) record.same_id = SameId::growth;
    ++after_shutdown_;
    last_message_ = record.place;
    observations.record(std::move(record));
  }

  void say_later_messages(Observations& observations) const {
    observations.finding(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = last_message_,
         .cause = "no-usage",
         .explanation =
             "no shutdown follows this answer: what the session has read since the last one is not "
             "reported"});
  }

  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  std::string session_;
  std::string model_;
  Sums sums_;
  std::multimap<std::string, UsageRecord> earlier_;
  std::uint64_t after_shutdown_ = 0;
  Place last_message_;
};

}  // namespace

extern const Format format_copilot_events;
const Format format_copilot_events{
    .id = kFormat,
    .description =
        "session of Copilot CLI: what its models have used, reported when it is shut down",
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
