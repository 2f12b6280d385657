// Sessions of the pi coding agent, an entry a line: {"type": "session", "id"}, then {"type":
// "message", "id", "message": {"role", "api", "provider", "model", "usage"}}. A fork begins with
// the entries of its parent, under the same ids. What a compaction or the summary of a branch has
// used stands in its own entry: {"type": "compaction", "usage"} (huggingface/tau#701).
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "dialects/usage_values.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/read_call.hpp"
#include "formats/reading/take_cost.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "pi.session";
constexpr std::string_view kDialect = "pi";
constexpr View kMessages{0, "messages"};

/// An entry that a call of its own has made.
bool is_summary(const Json& value) {
  const std::string_view type = value["type"].text();
  return (type == "compaction" || type == "branch_summary") && value["usage"].is_object();
}

bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  if (type == "session") return value["cwd"].is_text() && (value.has("id") || value.has("version"));
  if (is_summary(value))
    return value["usage"].has("totalTokens") || value["usage"].has("cacheRead");
  const Json usage = value["message"]["usage"];
  return type == "message" && value["message"]["role"].is_text() &&
         (usage.has("cacheRead") ||
          (usage.has("totalTokens") && value["message"]["provider"].is_text()));
}

/// Some releases put the cache inside the input of Google's models, others did not. The total
/// tells, which Google gave itself (pi #2148); without one nothing does.
bool may_hold_cache_in_input(const Json& message) {
  const std::string_view api = message["api"].text();
  const Json usage = message["usage"];
  if (!api.starts_with("google") || read_count(usage["cacheRead"]).count.value_or(0) == 0)
    return false;
  const auto input = read_count(usage["input"]).count;
  const auto output = read_count(usage["output"]).count;
  const auto total = read_count(usage["totalTokens"]).count;
  if (!total) return true;
  if (!input || !output) return false;
  ExactSum both(*input);
  both += *output;
  return both == ExactSum(*total);
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("pi session of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (value["type"].text() == "session") session_ = value["id"].text();
    const bool is_message = !is_summary(value);
    const Json message = is_message ? value["message"] : value;
    const Json usage = message["usage"];
    if (!usage.is_object()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    Place at{place.file, place.line, is_message ? "/message/usage" : "/usage"};
    auto record = read_message(message, std::move(at), observations);
    if (!record) return;
    if (!unit_) unit_ = observations.unit(unit_key_);
    record->unit = *unit_;
    record->view = kMessages;
    identify(*record, value);
    record->model = message["model"].text();
    record->time = utc_time(value["timestamp"]);
    if (const auto made = read_count(message["timestamp"]).count; record->time.empty() && made) {
      record->time = utc_time_of_milliseconds(*made);
    }
    add_scope(*record, "session", session_);
    add_scope(*record, "provider", message["provider"].text());
    observations.record(std::move(*record));
  }

 private:
  std::optional<UsageRecord> read_message(const Json& message, Place&& place,
                                          Observations& observations) const {
    const Json usage = message["usage"];
    if (!may_hold_cache_in_input(message))
      return read_call(usage, kDialect, kFormat, std::move(place), file_, observations);
    // The dialect would refute a total that is right.
    CountReader reader(usage, file_, place.pointer, observations, place.line);
    reader.read("input", Counter::input);
    reader.read("cacheRead", Counter::cache_read);
    reader.read("cacheWrite", Counter::cache_write);
    reader.read("output", Counter::output);
    reader.read("totalTokens", Counter::total);
    if (!reader.finish()) return std::nullopt;
    UsageRecord record;
    record.given = reader.counts();
    record.counts = reader.counts();
    if (record.counts.has(Counter::total)) {
      observations.held();
      check_part(observations, place, record.counts, Counter::cache_read, "cacheRead",
                 Counter::input, "input");
    } else {
      record.counts.forget(Counter::input);
    }
    record.counts.set(Counter::requests, Count(1));
    record.place = std::move(place);
    record.format = kFormat;
    record.dialect = kDialect;
    take_cost(record, UsageValues(file_.catalogue(), usage).cost(), observations);
    if (file_.wants_keys) record.keys = key_paths(usage);
    return record;
  }

  /// Ids are short; with the time and the numbers they are an entry's own, in whatever file it
  /// stands.
  static void identify(UsageRecord& record, const Json& value) {
    const auto made = read_count(value["message"]["timestamp"]).count;
    record.id = value["id"].text();
    if (record.id.empty() && !made) return;
    if (record.id.empty()) record.id = "message";
    record.second_id = made ? fmt::format("{}", *made) : std::string(value["timestamp"].text());
    for (const Counter counter : {Counter::input, Counter::output}) {
      record.second_id += fmt::format(" {}", record.counts[counter].value_or(-1));
    }
    record.same_id = SameId::growth;
  }

  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  std::string session_;
};

}  // namespace

extern const Format format_pi_session;
const Format format_pi_session{
    .id = kFormat,
    .description = "session of the pi coding agent: an entry a line",
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
