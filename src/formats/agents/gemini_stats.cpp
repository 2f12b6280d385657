// What the Gemini CLI prints when it ends: --output-format json as one document with
// {"stats": {"models": {name: {"api", "tokens"}}}}, stream-json as lines of which the last one,
// {"type": "result", "stats"}, has the sums of the session.
#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "gemini.stats";
constexpr std::string_view kDialect = "gemini_cli.stats";
constexpr View kModels{0, "models"};

bool has_models(const Json& stats) {
  bool has = false;
  stats["models"].each_member(
      [&](std::string_view, const Json& model) { has = has || model["tokens"].has("candidates"); });
  return has;
}

bool is_result(const Json& value) {
  const Json stats = value["stats"];
  return has_models(stats) ||
         (value["type"].text() == "result" && stats.has("total_tokens") && stats.has("cached"));
}

bool recognises(const Json& value, const FileContext&) { return is_result(value); }

bool recognises_line(const Json& value, const FileContext&) {
  return is_result(value) || (value["type"].text() == "init" && value["session_id"].is_text() &&
                              value["model"].is_text());
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (const auto session = value["session_id"].text(); !session.empty() && session != session_) {
      session_ = session;
      unit_.reset();
    }
    if (value["type"].text() == "init") model_ = value["model"].text();
    const Json stats = value["stats"];
    if (has_models(stats)) {
      stats["models"].each_member([&](std::string_view name, const Json& model) {
        model_sum(name, model, value,
                  {place.file, place.line, pointer_to(place.pointer + "/stats/models", name)},
                  observations);
      });
    } else if (is_result(value)) {
      sum(stats, value, {place.file, place.line, place.pointer + "/stats"}, observations);
    } else {
      observations.ignored(kWithoutUsage);
    }
  }

 private:
  void model_sum(std::string_view name, const Json& model, const Json& value, Place&& place,
                 Observations& observations) {
    place.pointer += "/tokens";
    auto record =
        read_call(model["tokens"], kDialect, kFormat, std::move(place), file_, observations);
    if (!record) return;
    record->model = name;
    if (const auto requests = read_count(model["api"]["totalRequests"]).count)
      record->counts.set(Counter::requests, *requests);
    give(std::move(*record), value, observations);
  }

  /// The sums of all models. Thoughts and tool prompts stand in the total alone.
  void sum(const Json& stats, const Json& value, Place&& place, Observations& observations) {
    CountReader reader(stats, file_, place.pointer, observations, place.line);
    reader.read("input_tokens", Counter::input);
    reader.read("cached", Counter::cache_read);
    reader.read("output_tokens", Counter::output);
    reader.read("total_tokens", Counter::total);
    if (!reader.finish()) return;
    UsageRecord record;
    record.counts = reader.counts();
    record.given = record.counts;
    check_part(observations, place, record.counts, Counter::cache_read, "cached", Counter::input,
               "input_tokens");
    hide_what_is_hidden(record.counts, place, observations);
    record.place = std::move(place);
    record.format = kFormat;
    record.dialect = kDialect;
    record.role = Role::cumulative;
    record.model = model_;
    if (file_.wants_keys) record.keys = key_paths(stats);
    give(std::move(record), value, observations);
  }

  static void hide_what_is_hidden(Counts& counts, const Place& place, Observations& observations) {
    const auto total = counts[Counter::total];
    if (!total || !counts[Counter::input] || !counts[Counter::output]) return;
    ExactSum parts(*counts[Counter::input]);
    parts += *counts[Counter::output];
    if (parts == ExactSum(*total)) {
      observations.held();
      return;
    }
    if (ExactSum(*total) < parts) {
      observations.finding(
          {.rule = Rule::identity,
           .place = {place.file, place.line, pointer_to(place.pointer, "total_tokens")},
           .counter = name_of(Counter::total),
           .asserted = total,
           .calculated = parts.count(),
           .basis = "input_tokens + output_tokens",
           .explanation = "the total is less than its parts"});
      return;
    }
    ExactSum hidden(*total);
    hidden -= parts;
    counts.set(Counter::unexplained, hidden.count());
    counts.forget(Counter::output);
  }

  void give(UsageRecord&& record, const Json& value, Observations& observations) {
    if (!unit_)
      unit_ =
          observations.unit(session_.empty() ? std::string() : "Gemini CLI session " + session_);
    record.unit = *unit_;
    record.view = kModels;
    record.time = utc_time(value["timestamp"]);
    add_scope(record, "session", session_);
    observations.record(std::move(record));
  }

  FileContext file_;
  std::optional<UnitId> unit_;
  std::string session_;
  std::string model_;
};

}  // namespace

extern const Format format_gemini_stats;
const Format format_gemini_stats{
    .id = kFormat,
    .description = "what the Gemini CLI prints when it ends: the sums of a session by model",
    .open_document = open_as_line<recognises, Reader>,
    .lines = LineFormat{.recognises = recognises_line,
                        .open = open_reader<Reader>,
                        .recognises_every_line = true},
};

}  // namespace usagectl
