// Sessions of Qwen Code, an event a line: {"type": "assistant", "message": {"role": "model",
// "parts"}, "usageMetadata"} for each answer, and {"type": "system", "subtype": "ui_telemetry",
// "systemPayload": {"uiEvent": {"event.name": "qwen-code.api_response", …_token_count}}} for each
// call. An answer is told by both; a call whose answer is not kept is told by telemetry alone.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "qwen.session";
constexpr std::string_view kDialect = "gemini.generateContent";
constexpr View kCalls{0, "calls"};

Json telemetry_of(const Json& value) {
  const Json event = value["systemPayload"]["uiEvent"];
  return event["event.name"].text().ends_with(".api_response") ? event : Json();
}

bool recognises(const Json& value, const FileContext&) {
  if (!value["sessionId"].is_text()) return false;
  if (value["systemPayload"].is_object() && value["subtype"].text() == "ui_telemetry") return true;
  const std::string_view type = value["type"].text();
  return (type == "assistant" || type == "user") && value["message"]["parts"].is_array();
}

struct Keys {
  std::string_view input, cache_read, output, reasoning, tool_prompt, total;
};
constexpr Keys kMessage = {"promptTokenCount",   "cachedContentTokenCount", "candidatesTokenCount",
                           "thoughtsTokenCount", "toolUsePromptTokenCount", "totalTokenCount"};
constexpr Keys kTelemetry = {"input_token_count",  "cached_content_token_count",
                             "output_token_count", "thoughts_token_count",
                             "tool_token_count",   "total_token_count"};

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("Qwen Code session of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    const Json event = telemetry_of(value);
    if (event.is_object()) {
      auto record = read(event, kTelemetry, {place.file, place.line, "/systemPayload/uiEvent"},
                         value, observations);
      if (!record) return;
      record->model = event["model"].text();
      record->id = event["response_id"].text();
      if (!record->id.empty()) record->same_id = SameId::copy;
      has_telemetry_ = true;
      if (take_equal(messages_, compared(*record))) {
        observations.duplicate();
      } else {
        told_.push_back(compared(*record));
      }
      observations.record(std::move(*record));
      return;
    }
    if (!value["usageMetadata"].is_object()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    auto record = read(value["usageMetadata"], kMessage, {place.file, place.line, "/usageMetadata"},
                       value, observations);
    if (!record) return;
    record->model = value["model"].text();
    record->id = value["uuid"].text();
    if (!record->id.empty()) record->same_id = SameId::copy;
    if (take_equal(told_, compared(*record))) {
      observations.duplicate();
    } else {
      messages_.push_back(compared(*record));
      waiting_.push_back(std::move(*record));
    }
  }

  /// Answers that no telemetry tells of.
  void finish(Observations& observations) override {
    for (UsageRecord& record : waiting_) {
      if (!take_equal(messages_, compared(record))) continue;
      if (has_telemetry_) say_alone(record, observations);
      observations.record(std::move(record));
    }
    waiting_.clear();
  }

 private:
  /// What both tellings have.
  static Counts compared(const UsageRecord& record) {
    Counts counts;
    for (const Counter counter : {Counter::input, Counter::output, Counter::total})
      counts.set(counter, record.given[counter]);
    return counts;
  }

  static bool take_equal(std::vector<Counts>& list, const Counts& counts) {
    for (auto one = list.begin(); one != list.end(); ++one) {
      if (!(*one == counts)) continue;
      list.erase(one);
      return true;
    }
    return false;
  }

  static void say_alone(const UsageRecord& record, Observations& observations) {
    observations.finding(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = record.place,
         .cause = "several-usages",
         .explanation =
             "no telemetry of the session has this answer's counts: it is counted beside the calls "
             "that telemetry has"});
  }

  /// Qwen Code makes these counts of those of OpenAI's kind, with the thoughts inside what the
  /// model wrote, or passes on Gemini's, which keeps them beside: the total tells.
  std::optional<UsageRecord> read(const Json& usage, const Keys& keys, Place&& place,
                                  const Json& line, Observations& observations) {
    CountReader reader(usage, file_, place.pointer, observations, place.line);
    reader.read(keys.input, Counter::input);
    reader.read(keys.cache_read, Counter::cache_read);
    reader.read(keys.output, Counter::output);
    reader.read(keys.reasoning, Counter::reasoning);
    reader.read(keys.tool_prompt, Counter::tool_prompt);
    reader.read(keys.total, Counter::total);
    if (!reader.finish()) return std::nullopt;
    UsageRecord record;
    record.counts = reader.counts();
    record.given = reader.counts();
    if (record.counts[Counter::tool_prompt] == Count(0)) record.counts.forget(Counter::tool_prompt);
    settle_output(record.counts, place, observations);
    derive_total(record.counts);
    record.counts.set(Counter::requests, Count(1));
    record.place = std::move(place);
    record.format = kFormat;
    record.dialect = kDialect;
    if (file_.wants_keys) record.keys = key_paths(usage);
    if (!unit_) unit_ = observations.unit(unit_key_);
    record.unit = *unit_;
    record.view = kCalls;
    record.time = utc_time(line["timestamp"]);
    const std::string_view session = line["sessionId"].text();
    if (!session.empty()) record.scope.emplace_back("session", session);
    return record;
  }

  static void settle_output(Counts& counts, const Place& place, Observations& observations) {
    const auto output = counts[Counter::output];
    const auto total = counts[Counter::total];
    const Count thoughts = counts[Counter::reasoning].value_or(0);
    if (!output || thoughts == 0) return;
    ExactSum plain(counts[Counter::input].value_or(0));
    plain += *output;
    plain += counts[Counter::tool_prompt].value_or(0);
    ExactSum with_thoughts = plain;
    with_thoughts += thoughts;
    if (total && with_thoughts == ExactSum(*total)) {
      counts.set(Counter::output, (ExactSum(*output) += thoughts).count());
      observations.held();
    } else if (total && plain == ExactSum(*total)) {
      check_part(observations, place, counts, Counter::reasoning, "thoughts", Counter::output,
                 "what the model wrote");
    } else {
      counts.forget(Counter::output);
      observations.finding({.rule = Rule::identity,
                            .severity = Severity::warning,
                            .place = place,
                            .counter = name_of(Counter::output),
                            .cause = "meaning-undetermined",
                            .explanation =
                                "no total shows whether what the model wrote includes its "
                                "thoughts: output is not known"});
    }
  }

  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  bool has_telemetry_ = false;
  std::vector<Counts> told_;      ///< by telemetry, and not yet by a message
  std::vector<Counts> messages_;  ///< the other way round
  std::vector<UsageRecord> waiting_;
};

}  // namespace

extern const Format format_qwen_session;
const Format format_qwen_session{
    .id = kFormat,
    .description = "session of Qwen Code: answers and telemetry, an event a line",
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
