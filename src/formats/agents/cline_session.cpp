// Sessions of Cline's command line: sessions/<id>/<id>.json with the sum of the session in
// metadata.usage, and <id>.messages.json with the metrics of each answer (codeburn
// docs/providers/cline-cli.md).
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "cline.session";
constexpr std::string_view kDialect = "log.plain";
constexpr View kMessages{0, "messages"};
constexpr View kSession{1, "session"};

bool is_session(const Json& document) {
  return document["session_id"].is_text() && document["metadata"]["usage"].has("inputTokens");
}

bool is_messages(const Json& document) {
  if (!document["sessionId"].is_text()) return false;
  bool is = false;
  document["messages"].each_item([&](std::size_t index, const Json& item) {
    is = is || (index < 64 && item["metrics"].has("inputTokens"));
  });
  return is;
}

bool recognises(const Json& document, const FileContext&) {
  return is_session(document) || is_messages(document);
}

/// Prices are in US dollars (cline src/utils/cost.ts).
CostOfRecord in_dollars(const CostOfRecord& cost) {
  if (!cost || cost->currency.is_known()) return cost;
  Cost dollars = *cost;
  dollars.currency = Currency("USD");
  return std::make_shared<const Cost>(std::move(dollars));
}

std::string key_of(std::string_view session) { return fmt::format("Cline session {}", session); }

void claim(const UsageRecord& record, const std::string& key, Observations& observations) {
  SumClaim claim;
  claim.place = record.place;
  claim.group = observations.group(key);
  claim.parts = "messages of the session";
  claim.part = "message";
  claim.parts_are_optional = true;
  for (const auto& [counter, name] : {std::pair(Counter::output, "outputTokens"),
                                      std::pair(Counter::cache_read, "cacheReadTokens"),
                                      std::pair(Counter::cache_write, "cacheWriteTokens")}) {
    if (const auto told = record.counts[counter])
      claim.numbers.push_back({counter, name, 0, *told, Relation::equals, {}});
  }
  if (record.cost) claim.cost = *record.cost;
  observations.claim(std::move(claim));
}

void read_session(const Json& document, const FileContext& file, Observations& observations) {
  auto record = read_call(document["metadata"]["usage"], kDialect, kFormat,
                          {file.id, 0, "/metadata/usage"}, file, observations);
  if (!record) return;
  const std::string key = key_of(document["session_id"].text());
  record->unit = observations.unit(key);
  record->view = kSession;
  record->role = Role::aggregate;
  record->counts.forget(Counter::requests);
  record->cost = in_dollars(record->cost);
  record->model = document["model"].text();
  record->time = utc_time(document["ended_at"]);
  add_scope(*record, "session", document["session_id"].text());
  add_scope(*record, "provider", document["provider"].text());
  claim(*record, key, observations);
  observations.record(std::move(*record));
}

/// Where more was read from the cache than was sent, the cache is beside input; one writer does
/// not do it otherwise in the same session.
bool is_cache_beside(const std::vector<UsageRecord>& records) {
  return std::any_of(records.begin(), records.end(), [](const UsageRecord& record) {
    return record.given[Counter::cache_read].value_or(0) > record.given[Counter::input].value_or(0);
  });
}

void read_messages(const Json& document, const FileContext& file, Observations& observations) {
  const std::string_view session = document["sessionId"].text();
  const std::string key = key_of(session);
  std::vector<UsageRecord> records;
  document["messages"].each_item([&](std::size_t index, const Json& item) {
    if (!item["metrics"].has("inputTokens")) {
      observations.ignored("message without usage");
      return;
    }
    auto record =
        read_call(item["metrics"], kDialect, kFormat,
                  {file.id, 0, pointer_to("/messages", index) + "/metrics"}, file, observations);
    if (!record) return;
    record->id = item["id"].text();
    record->id_space = key;
    if (!record->id.empty()) record->same_id = SameId::growth;
    record->cost = in_dollars(record->cost);
    record->model = item["modelInfo"]["id"].text();
    record->time = utc_time(item["ts"]);
    add_scope(*record, "session", session);
    add_scope(*record, "provider", item["modelInfo"]["provider"].text());
    records.push_back(std::move(*record));
  });
  const bool is_beside = is_cache_beside(records);
  for (UsageRecord& record : records) {
    record.unit = observations.unit(key);
    record.view = kMessages;
    record.parts_of = {observations.group(key)};
    if (is_beside && record.given.has(Counter::input)) {
      ExactSum input(*record.given[Counter::input]);
      input += record.given[Counter::cache_read].value_or(0);
      input += record.given[Counter::cache_write].value_or(0);
      record.counts.set(Counter::input, input.count());
      derive_total(record.counts);
    }
    observations.record(std::move(record));
  }
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  if (is_session(document)) {
    read_session(document, file, observations);
  } else {
    read_messages(document, file, observations);
  }
}

}  // namespace

extern const Format format_cline_session;
const Format format_cline_session{
    .id = kFormat,
    .description = "session of Cline's command line: its sum, and the metrics of its messages",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
