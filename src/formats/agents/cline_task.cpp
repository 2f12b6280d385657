// What Cline and its forks Roo Code and Kilo Code keep of their tasks: tasks/<id>/ui_messages.json,
// where the counts of each request are JSON in the text of an entry, {"say": "api_req_started",
// "text": "{\"tokensIn\": …}"}; tasks/<id>/api_conversation_history.json, whose answers may have
// {"metrics": {"tokens": {"prompt", "completion", "cached"}}}; and taskHistory.json, the sums of
// each task. All of them tell of the same calls (cline src/shared/HistoryItem.ts, metrics.ts).
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/take_cost.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "cline.task";
constexpr std::string_view kDialect = "log.plain";
constexpr View kRequests{0, "requests"};
constexpr View kMetrics{1, "metrics"};
constexpr View kHistory{2, "history"};
constexpr std::size_t kFirstItems = 64;
/// Prices are "$ per million tokens" (cline src/shared/api.ts, src/utils/cost.ts).
constexpr Currency kCurrency("USD");

bool is_request(const Json& item) {
  const std::string_view say = item["say"].text();
  return (say == "api_req_started" || say == "api_req_deleted") && item["text"].is_text();
}
bool is_metrics(const Json& item) {
  return item["role"].is_text() && item["metrics"]["tokens"].has("prompt");
}
bool is_history(const Json& item) {
  return item["id"].is_text() && item["tokensIn"].is_number() && item["tokensOut"].is_number() &&
         item.has("task");
}

template <typename Is>
bool any_item(const Json& list, Is&& is) {
  bool any = false;
  list.each_item(
      [&](std::size_t index, const Json& item) { any = any || (index < kFirstItems && is(item)); });
  return any;
}

bool recognises(const Json& document, const FileContext&) {
  if (document.is_object()) return is_history(document);
  return any_item(document, is_request) || any_item(document, is_metrics) ||
         any_item(document, is_history);
}

/// The folder of the file is named after the task.
std::string task_of(std::string_view path) {
  const auto end = path.rfind('/');
  if (end == std::string_view::npos) return {};
  path = path.substr(0, end);
  const auto begin = path.rfind('/');
  return std::string(begin == std::string_view::npos ? path : path.substr(begin + 1));
}

/// Where the cache is told: beside what was sent, or inside it.
enum class Cache : std::uint8_t { beside, inside, not_said };

struct Counted {
  Counts counts;
  Cache cache = Cache::beside;
};

Count cached(const Counts& counts) {
  return (ExactSum(counts[Counter::cache_read].value_or(0)) +=
          counts[Counter::cache_write].value_or(0))
      .count()
      .value_or(0);
}

bool is_nothing(const Counts& counts) {
  return cached(counts) == 0 && counts[Counter::input].value_or(0) == 0 &&
         counts[Counter::output].value_or(0) == 0;
}

class Document {
 public:
  Document(const FileContext& file, Observations& observations)
      : file_(file), observations_(observations) {}

  void read(const Json& document) {
    if (document.is_object()) {
      history(document, {file_.id, 0, {}});
      return;
    }
    document.each_item([&](std::size_t index, const Json& item) {
      const Place place{file_.id, 0, pointer_to({}, index)};
      if (is_request(item)) {
        request(item, place);
      } else if (is_metrics(item)) {
        metrics(item, place);
      } else if (is_history(item)) {
        history(item, place);
      } else {
        observations_.ignored("entry without usage");
      }
    });
    record_requests();
  }

 private:
  struct Request {
    UsageRecord record;
    Cache cache;
  };

  UsageRecord record_of(const Counts& counts, const View& view, const std::string& task,
                        Place&& place) {
    UsageRecord record;
    record.place = std::move(place);
    record.format = kFormat;
    record.dialect = kDialect;
    record.unit = observations_.unit(task.empty() ? fmt::format("Cline task of {}", file_.path)
                                                  : fmt::format("Cline task {}", task));
    record.view = view;
    record.counts = counts;
    record.given = counts;
    if (!task.empty()) record.scope.emplace_back("session", task);
    return record;
  }

  std::optional<Counts> told(const Json& object, const Place& place) {
    CountReader reader(object, file_, place.pointer, observations_);
    reader.read("tokensIn", Counter::input);
    reader.read("tokensOut", Counter::output);
    reader.read("cacheReads", Counter::cache_read);
    reader.read("cacheWrites", Counter::cache_write);
    if (!reader.finish()) return std::nullopt;
    return reader.counts();
  }

  void request(const Json& item, const Place& place) {
    const ParsedJson parsed = parser_.parse_copy(item["text"].text());
    if (parsed.fault || !parsed.root.has("tokensIn")) {
      observations_.ignored("request without usage");
      return;
    }
    const Place at{place.file, 0, pointer_to(place.pointer, "text")};
    const auto counts = told(parsed.root, at);
    if (!counts) return;
    if (parsed.root["cancelReason"].present() && is_nothing(*counts)) {
      observations_.ignored("request that was cancelled before it used anything");
      return;
    }
    UsageRecord record = record_of(*counts, kRequests, task_of(file_.path), Place(at));
    record.cost = cost_at(parsed.root["cost"], kCurrency, "cost");
    record.counts.set(Counter::requests, Count(1));
    record.failed = parsed.root["cancelReason"].is_text();
    record.time = utc_time(item["ts"]);
    record.model = item["modelInfo"]["modelId"].text();
    // Roo Code says whose counts it writes; in those of Anthropic's kind the cache stood beside
    // tokensIn in older releases, and stands inside it in newer ones.
    const std::string_view protocol = parsed.root["apiProtocol"].text();
    const Cache cache = protocol.empty()       ? Cache::beside
                        : protocol == "openai" ? Cache::inside
                                               : Cache::not_said;
    is_beside_ = is_beside_ || (cache == Cache::not_said &&
                                cached(*counts) > (*counts)[Counter::input].value_or(0));
    requests_.push_back({std::move(record), cache});
  }

  /// What one request proves holds for all of the task.
  void record_requests() {
    for (auto& [record, cache] : requests_) {
      const Cache known = cache == Cache::not_said && is_beside_ ? Cache::beside : cache;
      settle(record, known);
      derive_total(record.counts);
      observations_.record(std::move(record));
    }
  }

  void settle(UsageRecord& record, Cache cache) {
    Counts& counts = record.counts;
    const auto input = counts[Counter::input];
    if (!input || cached(counts) == 0) return;
    if (cache == Cache::beside) {
      counts.set(Counter::input, (ExactSum(*input) += cached(counts)).count());
      return;
    }
    if (cache == Cache::inside && cached(counts) <= *input) {
      observations_.held();
      return;
    }
    counts.forget(Counter::input);
    observations_.finding(
        {.rule = cache == Cache::inside ? Rule::part : Rule::identity,
         .severity = Severity::warning,
         .place = record.place,
         .counter = name_of(Counter::input),
         .cause = cache == Cache::inside ? "meaning-refuted" : "meaning-undetermined",
         .explanation = "nothing shows whether tokensIn includes the cache: input is not known"});
  }

  void metrics(const Json& item, const Place& place) {
    const Place at{place.file, 0, place.pointer + "/metrics/tokens"};
    CountReader reader(item["metrics"]["tokens"], file_, at.pointer, observations_);
    reader.read("prompt", Counter::input);
    reader.read("completion", Counter::output);
    reader.read("cached", Counter::cache_read);
    if (!reader.finish()) return;
    UsageRecord record = record_of(reader.counts(), kMetrics, task_of(file_.path), Place(at));
    record.cost = cost_at(item["metrics"]["cost"], kCurrency, "../cost");
    record.counts.set(Counter::requests, Count(1));
    record.model = item["modelInfo"]["modelId"].text();
    record.time = utc_time(item["ts"]);
    if (record.counts.has(Counter::cache_read))
      check_part(observations_, at, record.counts, Counter::cache_read, "cached", Counter::input,
                 "prompt");
    derive_total(record.counts);
    observations_.record(std::move(record));
  }

  void history(const Json& item, const Place& place) {
    const auto counts = told(item, place);
    if (!counts) return;
    UsageRecord record = record_of(*counts, kHistory, std::string(item["id"].text()), Place(place));
    record.role = Role::aggregate;
    record.cost = cost_at(item["totalCost"], kCurrency, "totalCost");
    record.model = item["modelId"].text();
    record.time = utc_time(item["ts"]);
    settle(record, Cache::beside);
    derive_total(record.counts);
    observations_.record(std::move(record));
  }

  const FileContext& file_;
  Observations& observations_;
  JsonParser parser_;
  std::vector<Request> requests_;
  bool is_beside_ = false;
};

void read(const Json& document, const FileContext& file, Observations& observations) {
  Document(file, observations).read(document);
}

}  // namespace

extern const Format format_cline_task;
const Format format_cline_task{
    .id = kFormat,
    .description = "tasks of Cline, Roo Code and Kilo Code: their requests, and their history",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
