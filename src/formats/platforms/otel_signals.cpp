// Logs and metrics of OpenTelemetry as coding agents export them, OTLP as JSON: {"resourceLogs":
// [{"scopeLogs": [{"logRecords": [{"attributes"}]}]}]}, a record for each call; and
// {"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"name", "sum": {"dataPoints"}}]}]}]}, a
// number for each kind of token (code.claude.com/docs/en/monitoring-usage; gemini-cli
// docs/cli/telemetry.md). Transcripts tell of the same calls, and better.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "formats/platforms/otlp_attributes.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/take_cost.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "otel.signals";
constexpr std::string_view kDialect = "log.plain";
constexpr View kLogs{2, "logs"};
constexpr View kMetrics{3, "metrics"};

/// What a number is beside those of its call.
enum class Part : std::uint8_t {
  fresh,
  input,
  cache_read,
  cache_write,
  tool_prompt,
  visible,
  output,
  reasoning,
  total
};

struct Key {
  std::string_view name;
  Part part;
};

/// How a program writes its calls, and its metric.
struct Writer {
  std::array<std::string_view, 2> events;  ///< names of the record of a call
  std::array<Key, 6> keys;
  std::string_view metric;
  std::array<Key, 6> types;
  std::string_view unit;  ///< of a session in its own files
};

constexpr Writer kWriters[] = {
    {{"api_request", "claude_code.api_request"},
     {{{"input_tokens", Part::fresh},
       {"output_tokens", Part::output},
       {"cache_read_tokens", Part::cache_read},
       {"cache_creation_tokens", Part::cache_write}}},
     "claude_code.token.usage",
     {{{"input", Part::fresh},
       {"output", Part::output},
       {"cacheRead", Part::cache_read},
       {"cacheCreation", Part::cache_write}}},
     "Claude Code session"},
    {{"gemini_cli.api_response", ""},
     {{{"input_token_count", Part::input},
       {"output_token_count", Part::visible},
       {"cached_content_token_count", Part::cache_read},
       {"thoughts_token_count", Part::reasoning},
       {"tool_token_count", Part::tool_prompt},
       {"total_token_count", Part::total}}},
     "gemini_cli.token.usage",
     {{{"input", Part::input},
       {"output", Part::visible},
       {"cache", Part::cache_read},
       {"thought", Part::reasoning},
       {"tool", Part::tool_prompt}}},
     "Gemini CLI telemetry"},
};

bool recognises(const Json& value, const FileContext&) {
  return value["resourceLogs"].is_array() || value["resourceMetrics"].is_array();
}

/// Numbers by part; each may come in several pieces.
class Parts {
 public:
  void add(Part part, Count count) { sums_[part] += count; }
  void set(Part part, Count count) { sums_[part] = ExactSum(count); }
  bool empty() const { return sums_.empty(); }

  Counts counts() const {
    Counts counts;
    const auto take = [&](Counter counter, std::initializer_list<Part> parts) {
      ExactSum sum;
      bool any = false;
      for (const Part part : parts) {
        if (const auto known = sums_.find(part); known != sums_.end()) {
          sum += known->second;
          any = true;
        }
      }
      if (any) counts.set(counter, sum.count());
    };
    if (sums_.contains(Part::fresh))
      take(Counter::input, {Part::fresh, Part::cache_read, Part::cache_write});
    else
      take(Counter::input, {Part::input});
    take(Counter::cache_read, {Part::cache_read});
    take(Counter::cache_write, {Part::cache_write});
    take(Counter::tool_prompt, {Part::tool_prompt});
    if (sums_.contains(Part::visible))
      take(Counter::output, {Part::visible, Part::reasoning});
    else
      take(Counter::output, {Part::output});
    take(Counter::reasoning, {Part::reasoning});
    take(Counter::total, {Part::total});
    derive_total(counts);
    return counts;
  }

 private:
  std::map<Part, ExactSum> sums_;
};

bool tells_tokens(const Json& attributes) {
  bool tells = false;
  attributes.each_item([&](std::size_t, const Json& attribute) {
    const std::string_view key = attribute["key"].text();
    tells = tells || ((key.ends_with("_tokens") || key.ends_with("token_count")) &&
                      number_of_otlp(attribute["value"]).count.value_or(0) > 0);
  });
  return tells;
}

/// "Estimated cost in USD", of Claude Code alone.
CostOfRecord cost_of(const Json& attributes) {
  const Json cost = attribute_of(attributes, "cost_usd");
  for (const std::string_view kind : {"doubleValue", "stringValue", "intValue"}) {
    if (auto found = cost_at(cost[kind], Currency("USD"), "cost_usd")) return found;
  }
  return nullptr;
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    bool has_any = false;
    each(value, place, "resourceLogs", "scopeLogs", "logRecords",
         [&](const Json& record, const Place& at) {
           has_any = true;
           call(record, at, observations);
         });
    each(value, place, "resourceMetrics", "scopeMetrics", "metrics",
         [&](const Json& metric, const Place& at) {
           has_any = true;
           points(metric, at, observations);
         });
    if (!has_any) observations.ignored(kWithoutUsage);
  }

  void finish(Observations& observations) override {
    for (auto& [key, sum] : sums_) {
      for (const auto& [series, last] : sum.last) sum.parts.add(last.first, last.second);
      UsageRecord record = record_of(*sum.writer, sum.session, kMetrics, sum.place, observations);
      record.role = Role::aggregate;
      record.counts = sum.parts.counts();
      record.given = record.counts;
      record.model = sum.model;
      observations.record(std::move(record));
    }
    sums_.clear();
  }

 private:
  template <typename Use>
  static void each(const Json& value, const Place& place, std::string_view resources,
                   std::string_view scopes, std::string_view items, Use&& use) {
    value[resources].each_item([&](std::size_t i, const Json& resource) {
      resource[scopes].each_item([&](std::size_t j, const Json& scope) {
        scope[items].each_item([&](std::size_t k, const Json& item) {
          std::string pointer = pointer_to(pointer_to(place.pointer, resources), i);
          pointer = pointer_to(pointer_to(pointer, scopes), j);
          pointer = pointer_to(pointer_to(pointer, items), k);
          use(item, Place{place.file, place.line, std::move(pointer)});
        });
      });
    });
  }

  UsageRecord record_of(const Writer& writer, const std::string& session, const View& view,
                        const Place& place, Observations& observations) const {
    UsageRecord record;
    record.place = place;
    record.format = kFormat;
    record.dialect = kDialect;
    record.unit = observations.unit(session.empty() ? fmt::format("telemetry of {}", file_.path)
                                                    : fmt::format("{} {}", writer.unit, session));
    record.view = view;
    if (!session.empty()) record.scope.emplace_back("session", session);
    return record;
  }

  void call(const Json& log, const Place& place, Observations& observations) {
    const Json attributes = log["attributes"];
    std::string_view name = text_attribute(attributes, "event.name");
    if (name.empty()) name = log["body"]["stringValue"].text();
    const auto* const writer =
        std::find_if(std::begin(kWriters), std::end(kWriters), [&](const Writer& one) {
          return !name.empty() &&
                 std::find(one.events.begin(), one.events.end(), name) != one.events.end();
        });
    if (writer == std::end(kWriters)) {
      if (tells_tokens(attributes)) {
        observations.rejected(place, "has token counts of an unknown event");
      } else {
        observations.ignored("log record without usage");
      }
      return;
    }
    Parts parts;
    for (const Key& key : writer->keys) {
      if (key.name.empty()) continue;
      const CountReading reading = number_of_otlp(attribute_of(attributes, key.name));
      if (!reading.fault.empty()) {
        report_bad_number(observations, place, fmt::format("\"{}\" {}", key.name, reading.fault));
        observations.rejected(place, fmt::format("\"{}\" {}", key.name, reading.fault));
        return;
      }
      if (reading.count) parts.set(key.part, *reading.count);
    }
    if (parts.empty()) {
      observations.ignored("log record without usage");
      return;
    }
    const std::string session(text_attribute(attributes, "session.id"));
    UsageRecord record = record_of(*writer, session, kLogs, place, observations);
    record.counts = parts.counts();
    record.given = record.counts;
    record.counts.set(Counter::requests, Count(1));
    record.cost = cost_of(attributes);
    record.model = text_attribute(attributes, "model");
    record.time = utc_time(attribute_of(attributes, "event.timestamp")["stringValue"]);
    record.id = text_attribute(attributes, "request_id");
    if (!record.id.empty()) record.same_id = SameId::copy;
    observations.record(std::move(record));
  }

  void points(const Json& metric, const Place& place, Observations& observations) {
    const std::string_view name = metric["name"].text();
    const auto* const writer = std::find_if(std::begin(kWriters), std::end(kWriters),
                                            [&](const Writer& one) { return one.metric == name; });
    if (writer == std::end(kWriters)) {
      if (name.find("token") != std::string_view::npos) {
        observations.rejected(place, "is a metric of tokens that is not known");
      } else {
        observations.ignored("metric that is not usage");
      }
      return;
    }
    // 1 = each point tells what was used since the one before, 2 = since the program began.
    const Json kind = metric["sum"]["aggregationTemporality"];
    const bool is_running =
        read_count(kind).count == Count(2) || kind.text().ends_with("CUMULATIVE");
    if (metric["sum"]["dataPoints"].size() == 0) observations.ignored("metric without points");
    metric["sum"]["dataPoints"].each_item([&](std::size_t index, const Json& point) {
      const Place at{place.file, place.line,
                     pointer_to(pointer_to(pointer_to(place.pointer, "sum"), "dataPoints"), index)};
      add(point, *writer, is_running, at, observations);
    });
  }

  void add(const Json& point, const Writer& writer, bool is_running, const Place& place,
           Observations& observations) {
    const Json attributes = point["attributes"];
    const std::string_view type = text_attribute(attributes, "type");
    const auto* const key = std::find_if(writer.types.begin(), writer.types.end(),
                                         [&](const Key& one) { return one.name == type; });
    const CountReading reading = point["asInt"].present() ? read_count_or_digits(point["asInt"])
                                                          : read_count(point["asDouble"]);
    if (key == writer.types.end() || type.empty() || !reading.count) {
      observations.rejected(place, reading.count ? "counts tokens of a type that is not known"
                                                 : "is not a whole number of tokens");
      return;
    }
    Sum& sum =
        sums_[fmt::format("{}\n{}\n{}", writer.unit, text_attribute(attributes, "session.id"),
                          text_attribute(attributes, "model"))];
    if (sum.writer == nullptr) {
      sum.writer = &writer;
      sum.session = text_attribute(attributes, "session.id");
      sum.model = text_attribute(attributes, "model");
      sum.place = place;
    } else {
      observations.ignored("further number of a counted metric");
    }
    if (!is_running) {
      sum.parts.add(key->part, *reading.count);
      return;
    }
    std::string series = std::string(point["startTimeUnixNano"].text());
    attributes.each_item([&](std::size_t, const Json& attribute) {
      series +=
          fmt::format("\n{}={}", attribute["key"].text(), attribute["value"]["stringValue"].text());
    });
    auto& last = sum.last[series];
    last = {key->part, std::max(last.second, *reading.count)};
  }

  struct Sum {
    const Writer* writer = nullptr;
    std::string session;
    std::string model;
    Place place;
    Parts parts;
    std::map<std::string, std::pair<Part, Count>> last;  ///< of each running total
  };

  FileContext file_;
  std::map<std::string, Sum> sums_;
};

}  // namespace

extern const Format format_otel_signals;
const Format format_otel_signals{
    .id = kFormat,
    .description = "logs and metrics of OpenTelemetry, as coding agents export them",
    .open_document = open_as_line<recognises, Reader>,
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
