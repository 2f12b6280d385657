// Spans of OpenTelemetry: OTLP as JSON, {"resourceSpans": [{"scopeSpans": [{"spans":
// [{"attributes":
// [{"key", "value"}]}]}]}]}, one document or one a line; or a span a line with its attributes as
// one object. A span above others with usage sums them up (pydantic-ai #3995, langwatch #6742).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/platforms/otlp_attributes.hpp"
#include "formats/platforms/span_counts.hpp"
#include "formats/platforms/span_tree.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/left_open.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "otel.spans";
constexpr View kSpans{0, "spans"};

bool is_usage_key(std::string_view key) {
  return key.starts_with("gen_ai.usage.") || key.starts_with("llm.token_count.");
}

/// What the call cost, beside its usage; openinference and pydantic.
bool is_cost_key(std::string_view key) {
  return key.starts_with("llm.cost.") || key == "operation.cost";
}

bool has_usage(const Json& attributes) {
  bool has = false;
  attributes.each_member(
      [&](std::string_view key, const Json&) { has = has || is_usage_key(key); });
  return has;
}

/// Of somebody's own: {"spans": […]}, {"traces": [{"spans": […]}]}.
void each_list_of_spans(const Json& value,
                        const std::function<void(const Json&, const std::string&)>& visit) {
  if (value["spans"].is_array()) visit(value["spans"], "/spans");
  for (const std::string_view name : {"traces", "data"}) {
    value[name].each_item([&](std::size_t index, const Json& trace) {
      if (!trace["spans"].is_array()) return;
      visit(trace["spans"], pointer_to(pointer_to(pointer_to({}, name), index), "spans"));
    });
  }
}

bool has_span_id(const Json& span) {
  return span["span_id"].is_text() || span["spanId"].is_text() ||
         span["context"]["span_id"].is_text();
}

bool recognises(const Json& value, const FileContext&) {
  if (value.is_array()) {
    bool is = false;
    value.each_item([&](std::size_t index, const Json& item) {
      is = is || (index < 8 && has_usage(item["attributes"]));
    });
    return is;
  }
  if (value["resourceSpans"].is_array() || has_usage(value["attributes"])) return true;
  bool is = false;
  each_list_of_spans(value, [&](const Json& spans, const std::string&) {
    spans.each_item([&](std::size_t index, const Json& item) {
      is = is || (index < 8 && has_usage(item["attributes"]) && has_span_id(item));
    });
  });
  return is;
}

/// What a span says besides its usage.
struct Span {
  std::string trace;
  std::string id;
  std::string parent;
  std::string response;
  std::string model;
  std::string provider;
  std::string session;
  std::string time;
  std::string operation;
  bool is_answered = false;

  /// Takes an attribute that is no usage.
  void take(std::string_view key, std::string_view text) {
    const auto set = [&](std::string& place) { place = text; };
    if (key == "gen_ai.response.id")
      set(response);
    else if (key == "gen_ai.response.model" ||
             ((key == "gen_ai.request.model" || key == "llm.model_name") && model.empty()))
      set(model);
    else if (key == "gen_ai.provider.name" || key == "gen_ai.system" || key == "llm.provider")
      set(provider);
    else if (key == "gen_ai.conversation.id" || key == "session.id")
      set(session);
    else if (key == "gen_ai.operation.name" || key == "openinference.span.kind")
      set(operation);
    else if (key.starts_with("gen_ai.response.") || key.starts_with("llm.output_messages"))
      is_answered = true;
  }

  /// A call to a model that got an answer.
  bool is_answered_call() const {
    constexpr std::array<std::string_view, 4> kCalls = {"chat", "text_completion",
                                                        "generate_content", "LLM"};
    return (is_answered || !response.empty()) &&
           std::find(kCalls.begin(), kCalls.end(), operation) != kCalls.end();
  }

  bool is_sum() const {
    constexpr std::array<std::string_view, 7> kSums = {
        "invoke_agent", "create_agent", "invoke_workflow", "execute_tool", "AGENT",
        "CHAIN",        "TOOL"};
    return std::find(kSums.begin(), kSums.end(), operation) != kSums.end();
  }
};

/// A number as OTLP writes it, {"intValue": "39"}, as JSON of its own; it may not be one.
std::string written(const Json& value) {
  const Json whole = value["intValue"];
  if (whole.present() && !whole.is_text()) return whole.described();
  const std::string_view text = whole.is_text() ? whole.text() : value["stringValue"].text();
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '+' || c == '.';
  });
  if (!text.empty()) return fmt::format("\"{}\"", is_plain ? text : std::string_view("text"));
  if (const Json real = value["doubleValue"]; real.is_number()) return real.described();
  return "\"no number\"";
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("spans of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (value.is_array()) {
      if (value.size() == 0) observations.ignored(kWithoutUsage);
      value.each_item([&](std::size_t index, const Json& item) {
        line(item, below(place, index), observations);
      });
      return;
    }
    bool is_wrapped = false;
    if (!value["attributes"].present() && !value["resourceSpans"].is_array()) {
      each_list_of_spans(value, [&](const Json& spans, const std::string& pointer) {
        is_wrapped = true;
        line(spans, {place.file, place.line, place.pointer + pointer}, observations);
      });
    }
    if (is_wrapped) return;
    if (!value["resourceSpans"].is_array()) {
      flat(value, place, observations);
      return;
    }
    bool has_spans = false;
    value["resourceSpans"].each_item([&](std::size_t i, const Json& resource) {
      const Place in_resource = below(below(place, "resourceSpans"), i);
      for (const std::string_view name : {"scopeSpans", "instrumentationLibrarySpans"}) {
        resource[name].each_item([&](std::size_t j, const Json& scope) {
          scope["spans"].each_item([&](std::size_t k, const Json& span) {
            has_spans = true;
            listed(span, below(below(below(below(in_resource, name), j), "spans"), k),
                   observations);
          });
        });
      }
    });
    if (!has_spans) observations.ignored(kWithoutUsage);
  }

  void finish(Observations& observations) override {
    finish_others(observations);
    tree_.finish(observations);
  }

 private:
  template <typename Token>
  static Place below(const Place& place, const Token& token) {
    return {place.file, place.line, pointer_to(place.pointer, token)};
  }

  static std::string first_text(const Json& value, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
      if (value[key].is_text()) return std::string(value[key].text());
    }
    return {};
  }

  void flat(const Json& value, const Place& place, Observations& observations) {
    const Json attributes = value["attributes"];
    Span span;
    const Json context = value["context"].is_object() ? value["context"] : value["spanContext"];
    span.trace = first_text(value, {"traceId", "trace_id"});
    if (span.trace.empty()) span.trace = first_text(context, {"trace_id", "traceId"});
    span.id = first_text(value, {"spanId", "span_id", "id"});
    if (span.id.empty()) span.id = first_text(context, {"span_id", "spanId"});
    span.parent = first_text(value, {"parent_id", "parentSpanId", "parent_span_id"});
    for (const std::string_view key :
         {"start_time", "startTime", "startTimeUnixNano", "timestamp"}) {
      if (span.time.empty()) span.time = time_of(value[key]);
    }
    SpanCounts counts;
    attributes.each_member([&](std::string_view key, const Json& item) {
      span.take(key, item.text());
      if (const auto count = read_count(item).count; count && item.is_number())
        counts.take_number(key, *count);
      else
        counts.take_text(key, item.text());
    });
    if (!has_usage(attributes)) {
      without_known_usage(span, counts, value, place, kWithoutUsage, observations);
      return;
    }
    any_known_ = true;
    call(span, attributes, below(place, "attributes"), observations);
  }

  /// A span of OTLP: its attributes are a list, and become an object.
  void listed(const Json& value, const Place& place, Observations& observations) {
    Span span;
    span.trace = value["traceId"].text();
    span.id = value["spanId"].text();
    span.parent = value["parentSpanId"].text();
    span.time = time_of(value["startTimeUnixNano"]);
    SpanCounts counts;
    std::string usage;
    std::string details;  // also of the AI SDK, which repeats them where it sums up spans
    value["attributes"].each_item([&](std::size_t, const Json& attribute) {
      const std::string_view key = attribute["key"].text();
      const bool is_plain = std::all_of(key.begin(), key.end(), [](char c) {
        return c >= ' ' && c < 127 && c != '"' && c != '\\';
      });
      if (is_usage_key(key) && is_plain) {
        usage +=
            fmt::format("{}\"{}\":{}", usage.empty() ? '{' : ',', key, written(attribute["value"]));
      } else if ((key.starts_with("ai.usage.") || is_cost_key(key)) && is_plain) {
        details += fmt::format(",\"{}\":{}", key, written(attribute["value"]));
      } else {
        span.take(key, attribute["value"]["stringValue"].text());
      }
      const std::string_view text = attribute["value"]["stringValue"].text();
      if (const auto count = number_of_otlp(attribute["value"]).count; count && text.empty())
        counts.take_number(key, *count);
      else
        counts.take_text(key, text);
    });
    if (usage.empty()) {
      without_known_usage(span, counts, value, place, "span without usage", observations);
      return;
    }
    usage += details + '}';
    const ParsedJson parsed = parser_.parse_copy(usage);
    if (parsed.fault) {
      observations.rejected(place, "has a count that is not a number");
      return;
    }
    any_known_ = true;
    call(span, parsed.root, below(place, "attributes"), observations);
  }

  /// A span whose counts stand under other names, or one without any. Beside spans whose counts
  /// stand under known names, others may tell those once more.
  void without_known_usage(const Span& span, const SpanCounts& counts, const Json& value,
                           const Place& place, std::string_view rule, Observations& observations) {
    constexpr std::size_t kMostHeld = 65'536;
    if (!counts.are_whole()) {
      without_usage(span, value, place, rule, observations);
      return;
    }
    if (others_.size() == kMostHeld) {
      observations.rejected(place,
                            fmt::format("counts tokens under names that no convention gives, "
                                        "behind {} others",
                                        kMostHeld));
      return;
    }
    others_.push_back({span, counts.usage(), below(place, "attributes")});
  }

  void finish_others(Observations& observations) {
    if (others_.empty()) return;
    if (any_known_) {
      observations.ignored("span that counts under other names", others_.size());
      observations.finding(
          {.rule = Rule::coverage,
           .severity = Severity::warning,
           .place = others_.front().place,
           .cause = kNotCounted,
           .explanation = fmt::format("not counted: {} span{} that count{} tokens under names that "
                                      "no convention gives, beside spans that do",
                                      others_.size(), others_.size() == 1 ? "" : "s",
                                      others_.size() == 1 ? "s" : "")});
      return;
    }
    for (Other& other : others_) {
      const ParsedJson parsed = parser_.parse_copy(other.usage);
      call(other.span, parsed.root, std::move(other.place), observations);
    }
  }

  void without_usage(const Span& span, const Json& value, const Place& place, std::string_view rule,
                     Observations& observations) {
    const SpanPlace in_tree = span_place(span.trace, span.id, span.parent);
    // Status 2 is an error, in OTLP and in most dumps.
    const Json code = value["status"]["code"];
    const bool has_failed = read_count(code).count == Count(2) || code.text().ends_with("ERROR") ||
                            value["status"]["status_code"].text().ends_with("ERROR");
    if (span.is_answered_call() && !has_failed) {
      tree_.add_silent_call(in_tree, place);
      return;
    }
    tree_.add_without_usage(in_tree);
    observations.ignored(rule);
  }

  static std::string time_of(const Json& value) {
    if (const auto nanoseconds = read_count_or_digits(value).count;
        nanoseconds && *nanoseconds > 100'000'000'000'000) {
      return utc_time_of_milliseconds(*nanoseconds / 1'000'000);
    }
    return utc_time(value);
  }

  void call(const Span& span, const Json& attributes, Place&& place, Observations& observations) {
    Envelope envelope;
    envelope.known = true;
    envelope.model = span.model;
    const std::string pointer = place.pointer;
    envelope.path = pointer;
    auto record =
        recognise_call(attributes, envelope, kFormat, std::move(place), file_, observations);
    if (!record) return;
    if (!unit_) unit_ = observations.unit(unit_key_);
    record->unit = *unit_;
    record->view = kSpans;
    record->id = !span.response.empty() ? span.response : span.id;
    if (span.response.empty()) record->id_space = span.trace;
    if (!record->id.empty()) record->same_id = SameId::copy;
    record->model = span.model;
    record->time = span.time;
    add_scope(*record, "session", span.session);
    add_scope(*record, "provider", span.provider);
    UsageSpan held;
    held.place = span_place(span.trace, span.id, span.parent);
    held.trace = span.trace;
    held.is_named_sum = span.is_sum();
    held.has_response = !span.response.empty();
    held.record = std::move(*record);
    tree_.add(std::move(held));
  }

  struct Other {
    Span span;
    std::string usage;
    Place place;
  };

  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  JsonParser parser_;
  SpanTree tree_;
  std::vector<Other> others_;  ///< spans that count under other names
  bool any_known_ = false;     ///< some count under known ones
};

}  // namespace

extern const Format format_otel_spans;
const Format format_otel_spans{
    .id = kFormat,
    .description = "spans of OpenTelemetry with token counts: OTLP as JSON, or a span a line",
    .open_document = open_as_line<recognises, Reader>,
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
