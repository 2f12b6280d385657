// What Claude Code prints with --output-format stream-json, an event a line, or as one list:
// messages as far as they were known when their event was printed, and at the end of each turn a
// result. Its modelUsage is the sum of everything that the process has used so far, helpers and
// other models included; its usage that of the main loop (anthropics/claude-code#83239).
#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "formats/agents/claude/claude_messages.hpp"
#include "formats/agents/claude/claude_results.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/take_cost.hpp"
#include "formats/reading/violations.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

using namespace claude;

constexpr std::string_view kFormat = "claude.stream";
constexpr std::string_view kDialect = "claude_code.result";
constexpr View kResult{0, "result"};

bool is_event(const Json& value) {
  // A transcript spells it sessionId.
  if (!value["session_id"].is_text() || value["sessionId"].is_text()) return false;
  const std::string_view type = value["type"].text();
  if (type == "assistant" || type == "user") return value["message"].is_object();
  if (type == "result") return value["modelUsage"].is_object() || value["usage"].is_object();
  if (type == "stream_event") return value["event"].is_object();
  return type == "system" && value["subtype"].is_text();
}

bool is_nothing(const Json& usage) {
  bool is = true;
  usage.each_member([&](std::string_view, const Json& value) {
    is = is && !(value.is_number() && value.real() != 0.0);
  });
  return is;
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file),
        messages_(file, kFormat, fmt::format("stream {}", file.path)),
        dialect_(*messages_.catalogue().find(kDialect)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (value.is_array()) {
      value.each_item([&](std::size_t index, const Json& item) {
        line(item, {place.file, place.line, pointer_to(place.pointer, index)}, observations);
      });
      return;
    }
    const std::string_view type = value["type"].text();
    if (type == "assistant") {
      message(value, place, observations);
    } else if (type == "result") {
      result(value, place, observations);
    } else if (type == "stream_event") {
      piece(value, place, observations);
    } else if (value["tool_use_result"]["usage"].is_object() ||
               value["toolUseResult"]["usage"].is_object()) {
      observations.ignored("result of a helper: its calls have lines of their own");
    } else {
      observations.ignored(kWithoutUsage);
    }
  }

  void finish(Observations& observations) override {
    for (auto& [name, session] : sessions_) {
      if (session.messages.size() > session.messages_before_result) say_cut(session, observations);
      if (session.result) count(name, session, observations);
    }
  }

 private:
  static ClaudeMessage about(const Json& line, const Json& message) {
    ClaudeMessage about;
    about.id = message["id"].text();
    about.request_id = line["request_id"].text();
    about.model = message["model"].text();
    about.session = line["session_id"].text();
    about.uuid = line["uuid"].text();
    about.time = utc_time(line["timestamp"]);
    about.is_sidechain = line["parent_tool_use_id"].is_text();
    return about;
  }

  void message(const Json& line, const Place& place, Observations& observations) {
    const Json message = line["message"];
    ClaudeMessage said = about(line, message);
    const auto counts =
        messages_.take(ClaudeMessage(said), message,
                       {place.file, place.line, place.pointer + "/message"}, observations);
    if (counts) note(said, *counts, place);
  }

  /// Pieces of a message, printed on request, tell its final output, which its own event does not.
  void piece(const Json& line, const Place& place, Observations& observations) {
    const Json event = line["event"];
    const std::string_view type = event["type"].text();
    const std::string key =
        fmt::format("{} {}", line["session_id"].text(), line["parent_tool_use_id"].text());
    if (type == "message_start") {
      Started& started = started_[key];
      started.id = event["message"]["id"].text();
      started.model = event["message"]["model"].text();
      started.usage = UsageValues(messages_.catalogue(), event["message"]["usage"]);
    } else if (const auto started = started_.find(key);
               type == "message_delta" && started != started_.end() && event["usage"].is_object()) {
      UsageValues usage = started->second.usage;
      usage.replace_with(UsageValues(messages_.catalogue(), event["usage"]));
      ClaudeMessage said = about(line, {});
      said.id = started->second.id;
      said.model = started->second.model;
      const auto counts =
          messages_.take(ClaudeMessage(said), usage,
                         {place.file, place.line, place.pointer + "/event/usage"}, observations);
      if (counts) note(said, *counts, place);
      return;
    }
    observations.ignored(kWithoutUsage);
  }

  void note(const ClaudeMessage& said, const Counts& counts, const Place& place) {
    Session& session = sessions_[std::string(said.session)];
    session.place = place;
    session.has_helpers = session.has_helpers || said.is_sidechain;
    session.model = said.model;
    if (said.id.empty()) {
      add(session.told, counts);
      return;
    }
    const auto [known, is_new] = session.messages.try_emplace(std::string(said.id), counts);
    if (!is_new) {
      if (counts[Counter::output].value_or(0) <= known->second[Counter::output].value_or(0)) return;
      subtract(session.told, known->second);
      known->second = counts;
    }
    add(session.told, counts);
  }

  void result(const Json& value, const Place& place, Observations& observations) {
    if (reject_repeated(value, {"modelUsage", "usage"}, place, observations)) return;
    const std::string name(value["session_id"].text());
    Session& session = sessions_[name];
    const Json models = value["modelUsage"];
    Result now;
    now.place = place;
    now.uuid = value["uuid"].text();
    if (models.size() == 0) {
      if (!main_loop(value, name, now, observations)) return;
      take_result(name, session, std::move(now), observations);
      return;
    }
    CostSum of_models;
    models.each_member([&](std::string_view model, const Json& usage) {
      const Place at{place.file, place.line, pointer_to(place.pointer + "/modelUsage", model)};
      auto read = model_usage(usage, model, name, at, observations);
      if (!read) return;
      if (read->record.cost) of_models.add(read->record.cost->amount);
      now.models.insert_or_assign(std::string(model), std::move(*read));
    });
    if (of_models.records == models.size())
      check_cost_of_all(value["total_cost_usd"], of_models, "models",
                        {place.file, place.line, place.pointer + "/total_cost_usd"}, observations);
    if (value["usage"].is_object()) {
      now.own = compare_main_loop(value["usage"], now, place, observations);
      observations.ignored("main loop of a counted session");
    }
    if (!now.models.empty()) take_result(name, session, std::move(now), observations);
  }

  void take_result(const std::string& name, Session& session, Result&& now,
                   Observations& observations) {
    if (session.result) {
      const bool is_same = !now.uuid.empty() && now.uuid == session.result->uuid;
      if (is_same || goes_on(session, now)) {
        const std::uint64_t objects = session.result->models.size();
        if (is_same) {
          observations.duplicate(objects);
        } else {
          observations.ignored("result that a later one of the process includes", objects);
        }
        session.result.reset();
      } else {
        count(name, session, observations);
      }
    }
    session.result = std::move(now);
    session.told_before_result = session.told;
    session.messages_before_result = session.messages.size();
    compare_messages(session, observations);
  }

  std::optional<ModelUsage> model_usage(const Json& usage, std::string_view model,
                                        const std::string& session, const Place& place,
                                        Observations& observations) {
    return usage_of_model(usage, dialect_, model, session, place, observations);
  }

  /// Others write such streams with counts of their own: those of Qwen Code hold the cache in
  /// input, and a total that shows it (BaseJsonOutputAdapter of qwen-code, 2026-11).
  UsageReading read_as(const Dialect& dialect, const UsageValues& values) const {
    if ((values.present() & dialect.none).any())
      return read_usage(messages_.catalogue(), values, {});
    return read_usage_as(messages_.catalogue(), dialect, values);
  }

  std::optional<ModelUsage> usage_of_model(const Json& usage, const Dialect& dialect,
                                           std::string_view model, const std::string& session,
                                           const Place& place, Observations& observations) {
    ModelUsage read;
    const UsageValues values(messages_.catalogue(), usage);
    read.reading = read_as(dialect, values);
    report(read.reading.violations, place, observations);
    if (!read.reading.countable()) {
      observations.rejected(place, read.reading.violations.front().explanation);
      return std::nullopt;
    }
    read.record = record_of(read.reading, place, session, observations);
    read.record.model = model;
    take_cost(read.record, values.cost(), observations);
    if (file_.wants_keys) read.record.keys = key_paths(usage);
    return read;
  }

  UsageRecord record_of(const UsageReading& reading, const Place& place, const std::string& session,
                        Observations& observations) {
    UsageRecord record;
    record.place = place;
    record.format = kFormat;
    record.dialect = reading.dialect;
    record.role = Role::aggregate;
    record.unit = messages_.unit_of(session, observations);
    record.view = kResult;
    if (!session.empty()) record.scope.emplace_back("session", session);
    record.counts = reading.counts;
    record.given = reading.given;
    record.cache_write_1h = hour_writes(reading.atoms);
    return record;
  }

  /// Older releases tell the main loop only: all of the session, where no helper has said anything.
  /// Its messages were printed when their output had only begun. False when there is nothing to
  /// take.
  bool main_loop(const Json& value, const std::string& name, Result& result,
                 Observations& observations) {
    const Session& session = sessions_[name];
    if (!value["usage"].is_object() || (!session.messages.empty() && session.has_helpers)) {
      observations.ignored("main loop of a session whose messages are reported");
      return false;
    }
    if (is_nothing(value["usage"])) {
      observations.ignored("result of a session that used nothing");
      return false;
    }
    if (session.messages.empty()) {
      ClaudeMessage said;
      said.session = name;
      said.uuid = value["uuid"].text();
      said.cost = cost_at(value["total_cost_usd"], Currency("USD"), "../total_cost_usd");
      messages_.take(std::move(said), value, Place(result.place), observations);
      return false;
    }
    const Place at{result.place.file, result.place.line, result.place.pointer + "/usage"};
    const Dialect& dialect = *messages_.catalogue().find("claude_code.jsonl");
    auto read = usage_of_model(value["usage"], dialect, session.model, name, at, observations);
    if (!read) return false;
    read->record.cost = cost_at(value["total_cost_usd"], Currency("USD"), "../total_cost_usd");
    result.models.emplace(session.model, std::move(*read));
    return true;
  }

  /// Another process may go on with the session, in another file: since version 0.3.277 of the
  /// agent SDK its result holds this one (claude-agent-sdk-typescript#469).
  void count(const std::string& name, Session& session, Observations& observations) {
    ResumedSum sum;
    sum.series = fmt::format("Claude Code session {}", name);
    sum.id = session.result->uuid;
    sum.own = session.result->own;
    for (auto& [model, usage] : session.result->models) {
      add(session.counted, usage.reading.counts);
      sum.records.push_back(std::move(usage.record));
    }
    if (name.empty()) {
      for (UsageRecord& record : sum.records) observations.record(std::move(record));
    } else {
      observations.resumed_sum(std::move(sum));
    }
    session.has_counted = true;
    session.result.reset();
  }

  Counts compare_main_loop(const Json& usage, const Result& result, const Place& place,
                           Observations& observations) const {
    const Dialect* const dialect = messages_.catalogue().find("claude_code.jsonl");
    if (dialect == nullptr || result.models.empty()) return {};
    const UsageReading reading = read_as(*dialect, UsageValues(messages_.catalogue(), usage));
    if (!reading.countable()) {
      report(reading.violations, {place.file, place.line, place.pointer + "/usage"}, observations);
      return {};
    }
    Sums main_loop;
    add(main_loop, reading.counts);
    say_if_less(
        result.sums(), main_loop, place, "/modelUsage", "usage, which is the main loop's alone",
        "modelUsage reports less than the main loop used, which is a part of it", observations);
    return reading.counts;
  }

  struct Started {
    std::string id;
    std::string model;
    UsageValues usage;
  };

  FileContext file_;
  ClaudeMessages messages_;
  const Dialect& dialect_;
  std::map<std::string, Session> sessions_;
  std::map<std::string, Started> started_;  ///< by session and helper
};

bool recognises_line(const Json& value, const FileContext&) {
  if (!value.is_array()) return is_event(value);
  return is_event(value.item(0));
}

}  // namespace

extern const Format format_claude_stream;
const Format format_claude_stream{
    .id = kFormat,
    .description =
        "what Claude Code prints as stream-json or json: messages, and the result of a session",
    .open_document = open_as_line<recognises_line, Reader>,
    .lines = LineFormat{.recognises = recognises_line,
                        .open = open_reader<Reader>,
                        .recognises_every_line = true},
};

}  // namespace usagectl
