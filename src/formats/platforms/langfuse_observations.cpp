// Exports of Langfuse: observations a line, a list of them, {"data": […]} or a trace with its
// {"observations": […]}. usageDetails counts; usage, and its older names, tell it again.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "langfuse.observations";
constexpr std::string_view kDialect = "langfuse.usageDetails";
constexpr View kObservations{0, "observations"};

Json either(const Json& value, std::string_view a, std::string_view b) {
  return value.has(a) ? value[a] : value[b];
}

bool is_observation(const Json& value) {
  return value["id"].is_text() && value["type"].is_text() &&
         either(value, "traceId", "trace_id").is_text() &&
         (value.has("usageDetails") || value.has("usage_details") ||
          (value.has("usage") && value.has("promptTokens")));
}

Json list_in(const Json& value) {
  if (value.is_array()) return value;
  if (value["observations"].is_array()) return value["observations"];
  return value["data"];
}

bool recognises(const Json& value, const FileContext&) {
  bool is = is_observation(value);
  list_in(value).each_item([&](std::size_t index, const Json& item) {
    is = is || (index < 32 && is_observation(item));
  });
  return is;
}

bool tells_tokens(const Json& usage) {
  bool tells = false;
  usage.each_member([&](std::string_view, const Json& value) {
    tells = tells || value.is_text() || (value.is_number() && value.real() != 0.0);
  });
  return tells;
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("observations of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (is_observation(value)) {
      observation(value, place, observations);
      return;
    }
    const Json list = list_in(value);
    if (!list.is_array()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    std::string pointer = place.pointer;
    if (!value.is_array())
      append_pointer(pointer, value["observations"].is_array() ? "observations" : "data");
    list.each_item([&](std::size_t index, const Json& item) {
      observation(item, {place.file, place.line, pointer_to(pointer, index)}, observations);
    });
  }

 private:
  void observation(const Json& value, const Place& place, Observations& observations) {
    if (reject_repeated(value, {"usageDetails", "usage_details", "usage"}, place, observations))
      return;
    const std::string_view type = value["type"].text();
    const Json details = either(value, "usageDetails", "usage_details");
    const Json older = value["usage"];
    const bool has_details = tells_tokens(details);
    if (!has_details && !tells_tokens(older)) {
      observations.ignored(type == "GENERATION" ? "generation without usage"
                                                : "observation that is not a call");
      if (type == "GENERATION") say_nothing_is_told(place, observations);
      return;
    }
    if (type != "GENERATION" && type != "EMBEDDING") {
      observations.ignored("usage of an observation that is not a call");
      return;
    }
    const std::string_view key = !has_details                ? "usage"
                                 : value.has("usageDetails") ? "usageDetails"
                                                             : "usage_details";
    auto record =
        read_call(value[key], kDialect, kFormat,
                  {place.file, place.line, pointer_to(place.pointer, key)}, file_, observations);
    if (!record) return;
    if (has_details && tells_tokens(older))
      compare(*record, older, {place.file, place.line, place.pointer + "/usage"}, observations);
    if (!unit_) unit_ = observations.unit(unit_key_);
    record->unit = *unit_;
    record->view = kObservations;
    record->id = value["id"].text();
    record->same_id = SameId::growth;
    record->model = either(value, "model", "provided_model_name").text();
    record->time = utc_time(either(value, "startTime", "start_time"));
    add_scope(*record, "session", either(value, "sessionId", "session_id").text());
    observations.record(std::move(*record));
  }

  /// The older object has the sums of what the details tell apart.
  static void compare(const UsageRecord& record, const Json& older, const Place& place,
                      Observations& observations) {
    Counts counts;
    counts.set(Counter::input, read_count(older["input"]).count);
    counts.set(Counter::output, read_count(older["output"]).count);
    counts.set(Counter::total, read_count(older["total"]).count);
    compare_copy(record, counts, place, observations);
  }

  static void say_nothing_is_told(const Place& place, Observations& observations) {
    Finding finding;
    finding.rule = Rule::coverage;
    finding.severity = Severity::warning;
    finding.place = place;
    finding.cause = "no-usage";
    finding.explanation = "a generation without usage: what it used is not known";
    observations.finding(std::move(finding));
  }

  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
};

}  // namespace

extern const Format format_langfuse_observations;
const Format format_langfuse_observations{
    .id = kFormat,
    .description = "observations exported from Langfuse: a line each, a list, or a trace",
    .open_document = open_as_line<recognises, Reader>,
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .recognises_every_line = true},
};

}  // namespace usagectl
