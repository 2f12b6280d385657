// Cache probes of tinyAgent: the same agent asked several times, to see what its provider caches.
//
//   {"provider", "model", "base_url", "session_id", "enable_prompt_caching",
//    "records": [{"turn", "prompt", "text", "usage", "provider", "model", "api", "stop_reason",
//                 "error_message"?}]}
#include <fmt/format.h>

#include "formats/apps/tinyagent_usage.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "tinyagent.probe";
constexpr View kTurns{0, "turns"};

bool recognises(const Json& document, const FileContext&) {
  const Json records = document["records"];
  if (!records.is_array() || !document["model"].is_text()) return false;
  bool all = records.size() > 0 || document.has("enable_prompt_caching");
  records.each_item([&](std::size_t, const Json& record) {
    all = all && record.has("turn") &&
          (record.has("usage") || record.has("stop_reason") || record.has("text"));
  });
  return all;
}

class Reader {
 public:
  Reader(const Json& document, const FileContext& file, Observations& observations)
      : document_(document), file_(file), observations_(observations), unit_(observations.unit()) {}

  void read() {
    const Json records = document_["records"];
    Sequence turns(observations_, "/records", file_, "turn");
    records.each_item([&](std::size_t index, const Json& record) {
      const std::string pointer = pointer_to("/records", index);
      const CountReading turn = read_count(record["turn"]);
      if (!turn.fault.empty()) {
        report_bad_number(observations_, {file_.id, 0, pointer + "/turn"}, "turn " + turn.fault);
      }
      if (turn.count) turns.next(*turn.count, index);
      read_turn(record, pointer);
    });
    turns.finish(records.size());
    if (records.size() == 0) observations_.ignored("probe without turns");
    solve();
  }

 private:
  struct Turn {
    Json record;
    std::string pointer;
    TinyAgentUsage usage;
  };

  void read_turn(const Json& record, const std::string& pointer) {
    const Json usage = record["usage"];
    const bool failed =
        record["error_message"].is_text() || record["stop_reason"].text() == "error";
    if (usage.is_null() || (usage.is_object() && usage.size() == 0)) {
      observations_.ignored("turn without usage");
      report(pointer, failed ? "the call failed and has no usage: some tokens may have been used"
                             : "the call has no usage");
      return;
    }
    if (!usage.is_object()) {
      observations_.rejected({file_.id, 0, pointer + "/usage"},
                             fmt::format("is {}, expected the usage", usage.described()));
      return;
    }
    auto read = read_tinyagent_usage(usage, file_, pointer + "/usage", observations_);
    if (!read) return;
    if (read->written.empty()) {
      observations_.ignored("usage without a count");
      report(pointer, "the usage has no count");
      return;
    }
    bool all_zero = true;
    for (Counter counter : kCounters)
      all_zero = all_zero && read->written[counter].value_or(0) == 0;
    if (all_zero) {
      report(pointer + "/usage",
             failed ? "the call failed and reports no tokens: some may have been used"
                    : "the call answered and reports no tokens");
    }
    read->api = text_of(record, "api");
    turns_.push_back({record, pointer, *read});
  }

  void report(std::string pointer, std::string explanation) {
    observations_.finding({.rule = Rule::coverage,
                           .severity = Severity::warning,
                           .place = {file_.id, 0, std::move(pointer)},
                           .explanation = std::move(explanation)});
  }

  std::string text_of(const Json& record, std::string_view key) const {
    const Json own = record[key];
    return std::string(own.is_text() ? own.text() : document_[key].text());
  }

  std::string provider_key(const Json& record) const {
    return text_of(record, "provider") + "\n" + text_of(record, "api");
  }

  void solve() {
    TinyAgentMeaning meaning;
    for (const Turn& turn : turns_) meaning.note(provider_key(turn.record), turn.usage);
    for (const auto& [provider, evidence] : meaning.all()) {
      report_cache_evidence(observations_, {file_.id, 0, "/records"}, evidence);
    }
    for (const Turn& turn : turns_) {
      UsageRecord record;
      record.place = {file_.id, 0, turn.pointer + "/usage"};
      record.format = kFormat;
      record.role = Role::request;
      record.unit = unit_;
      record.view = kTurns;
      record.model = text_of(turn.record, "model");
      if (std::string provider = text_of(turn.record, "provider"); !provider.empty()) {
        record.scope.emplace_back("provider", std::move(provider));
      }
      if (const Json session = document_["session_id"]; session.is_text()) {
        record.scope.emplace_back("session", std::string(session.text()));
      }
      solve_tinyagent_usage(turn.usage, meaning.of(provider_key(turn.record)), record,
                            observations_);
      record.counts.set(Counter::requests, 1);
      observations_.record(std::move(record));
    }
  }

  const Json& document_;
  const FileContext& file_;
  Observations& observations_;
  UnitId unit_;
  std::vector<Turn> turns_;
};

void read(const Json& document, const FileContext& file, Observations& observations) {
  Reader(document, file, observations).read();
}

}  // namespace

extern const Format format_tinyagent_probe;
const Format format_tinyagent_probe{
    .id = kFormat,
    .description = "cache probes of tinyAgent: one request per turn",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
