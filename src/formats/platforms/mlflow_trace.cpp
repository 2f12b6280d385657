// Traces exported from MLflow (https://mlflow.org/docs/latest/genai/tracing/token-usage-cost, seen
// 2026-11-26): {"info": {"trace_metadata"}, "data": {"spans"}}. Values of attributes are JSON
// texts:
//
//   "mlflow.chat.tokenUsage": "{\"input_tokens\": 63, \"output_tokens\": 15, \"total_tokens\": 78}"
//   "mlflow.llm.cost": "{\"input_cost\": 0.001, \"output_cost\": 0.002, \"total_cost\": 0.003}", in
//   USD
//
// A span may repeat what the spans below it have used, so that only the outermost ones with usage
// count; they add up to "mlflow.trace.tokenUsage" of the trace.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "formats/reading/take_cost.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "mlflow.trace";
constexpr std::string_view kSpanUsage = "mlflow.chat.tokenUsage";
constexpr std::string_view kTraceUsage = "mlflow.trace.tokenUsage";
constexpr std::string_view kSpanCost = "mlflow.llm.cost";
constexpr std::string_view kTraceCost = "mlflow.trace.cost";
constexpr View kSpans{0, "spans"};
constexpr View kTrace{10, "trace"};

bool recognises(const Json& document, const FileContext&) {
  return document.at("data", "spans").is_array() && document["info"].is_object() &&
         (document["info"].has("trace_id") || document["info"].has("request_id"));
}

std::string_view id_of(const Json& span) {
  return span["span_id"].is_text() ? span["span_id"].text() : span.at("context", "span_id").text();
}

std::string_view parent_of(const Json& span) {
  return span["parent_span_id"].is_text() ? span["parent_span_id"].text()
                                          : span["parent_id"].text();
}

bool has_usage(const Json& span) {
  const Json usage = span.at("attributes", kSpanUsage);
  return usage.is_object() || usage.is_text();
}

class TraceReader {
 public:
  TraceReader(const FileContext& file, std::uint64_t line, Observations& observations)
      : file_(file), line_(line), observations_(observations) {}

  void read(const Json& document) {
    unit_ = observations_.unit();
    parts_ = observations_.group();
    const Json spans = document.at("data", "spans");
    std::set<std::string, std::less<>> with_usage;
    std::map<std::string, std::string, std::less<>> parents;
    spans.each_item([&](std::size_t, const Json& span) {
      parents.emplace(id_of(span), parent_of(span));
      if (has_usage(span)) with_usage.emplace(id_of(span));
    });
    std::size_t without = 0;
    spans.each_item([&](std::size_t index, const Json& span) {
      if (!has_usage(span)) {
        ++without;
        return;
      }
      if (is_below_one(span, parents, with_usage)) {
        observations_.ignored("repeated by the span around it");
        return;
      }
      read_span(span, pointer_to(pointer_to("/data/spans", index) + "/attributes", kSpanUsage));
    });
    observations_.ignored("span without usage", without);
    read_trace(document["info"]);
  }

 private:
  static bool is_below_one(const Json& span,
                           const std::map<std::string, std::string, std::less<>>& parents,
                           const std::set<std::string, std::less<>>& with_usage) {
    std::string_view parent = parent_of(span);
    // Parents of a broken trace may go round in a circle.
    for (std::size_t i = 0; i <= parents.size() && !parent.empty(); ++i) {
      if (with_usage.contains(parent)) return true;
      const auto known = parents.find(parent);
      if (known == parents.end()) return false;
      parent = known->second;
    }
    return false;
  }

  /// The usage, which stands in a text as a rule.
  std::optional<UsageRecord> usage(const Json& value, std::string pointer) {
    Envelope envelope;
    envelope.known = true;
    Place place{file_.id, line_, std::move(pointer)};
    if (value.is_object())
      return recognise_call(value, envelope, kFormat, std::move(place), file_, observations_);
    const ParsedJson parsed = parser_.parse_copy(value.text());
    if (parsed.fault || !parsed.root.is_object()) {
      observations_.rejected(place, "is not a JSON object in a text");
      return std::nullopt;
    }
    return recognise_call(parsed.root, envelope, kFormat, std::move(place), file_, observations_);
  }

  /// The cost, which stands in a text as well.
  CostOfRecord cost(const Json& value, std::string_view key) {
    const std::string where = pointer_to("..", key);
    if (!value.is_text()) return cost_at(value, Currency("USD"), where);
    const ParsedJson parsed = parser_.parse_copy(value.text());
    return parsed.fault ? nullptr : cost_at(parsed.root, Currency("USD"), where);
  }

  void read_span(const Json& span, std::string pointer) {
    auto record = usage(span.at("attributes", kSpanUsage), std::move(pointer));
    if (!record) return;
    record->unit = unit_;
    record->view = kSpans;
    record->parts_of[0] = parts_;
    record->id = id_of(span);
    if (!record->id.empty()) record->same_id = SameId::copy;
    record->cost = cost(span.at("attributes", kSpanCost), kSpanCost);
    record->model = model_of(span["attributes"]);
    record->time = utc_time(span["start_time_unix_nano"]);
    record->counts.set(Counter::requests, 1);
    observations_.record(std::move(*record));
  }

  /// "mlflow.llm.model": "\"gpt-4o\"", a JSON text.
  static std::string model_of(const Json& attributes) {
    std::string_view model = attributes["mlflow.llm.model"].text();
    if (model.size() > 1 && model.front() == '"' && model.back() == '"')
      model = model.substr(1, model.size() - 2);
    return std::string(model);
  }

  void read_trace(const Json& info) {
    for (const std::string_view key : {"trace_metadata", "request_metadata"}) {
      const Json value = info.at(key, kTraceUsage);
      if (!value.is_text() && !value.is_object()) continue;
      auto record = usage(value, pointer_to(pointer_to("/info", key), kTraceUsage));
      if (!record) continue;
      record->role = Role::aggregate;
      record->unit = unit_;
      record->view = kTrace;
      record->cost = cost(info.at(key, kTraceCost), kTraceCost);
      SumClaim claim;
      claim.place = record->place;
      claim.group = parts_;
      claim.parts = "spans";
      claim.part = "span";
      claim.parts_are_optional = true;
      claim.missing_is_zero = true;
      if (record->cost) claim.cost = *record->cost;
      for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
        if (const auto asserted = record->given[counter]) {
          claim.numbers.push_back({counter,
                                   fmt::format("{}_tokens", name_of(counter)),
                                   0,
                                   *asserted,
                                   Relation::equals,
                                   {},
                                   record->counts[counter]});
        }
      }
      observations_.claim(std::move(claim));
      observations_.record(std::move(*record));
    }
  }

  const FileContext& file_;
  std::uint64_t line_ = 0;  ///< 0: the file is the trace
  Observations& observations_;
  JsonParser parser_;
  UnitId unit_ = 0;
  GroupId parts_ = 0;
};

class TraceLines final : public LineReader {
 public:
  explicit TraceLines(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (recognises(value, file_))
      TraceReader(file_, place.line, observations).read(value);
    else
      observations.ignored(kWithoutUsage);
  }

 private:
  FileContext file_;
};

}  // namespace

extern const Format format_mlflow_trace;
const Format format_mlflow_trace{
    .id = kFormat,
    .description = "trace exported from MLflow: its spans, and the sum that it states",
    .open_document = open_as_line<recognises, TraceLines>,
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<TraceLines>,
                        .are_independent = true,
                        .recognises_every_line = true,
                        .one_alone_is_a_document = true},
};

}  // namespace usagectl
