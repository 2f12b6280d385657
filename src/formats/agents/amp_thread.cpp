// Threads of Amp, a document each: {"id": "T-…", "messages": [{"messageId", "usage"}],
// "usageLedger":
// {"events": [{"toMessageId", "tokens"}]}}. The ledger tells each call as well, without its cache;
// what it lists beside the messages (titles, helpers) stands only there.
#include <fmt/format.h>

#include <map>
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

constexpr std::string_view kFormat = "amp.thread";
constexpr std::string_view kDialect = "amp";
constexpr View kCalls{0, "calls"};

bool recognises(const Json& document, const FileContext&) {
  return document["id"].text().starts_with("T-") && document["messages"].is_array();
}

class Reader {
 public:
  Reader(const Json& document, const FileContext& file, Observations& observations)
      : document_(document),
        file_(file),
        observations_(observations),
        thread_(document["id"].text()) {}

  void read() {
    document_["messages"].each_item(
        [&](std::size_t index, const Json& item) { message(index, item); });
    document_["usageLedger"]["events"].each_item(
        [&](std::size_t index, const Json& event) { ledger(index, event); });
  }

 private:
  void message(std::size_t index, const Json& message) {
    const Json usage = message["usage"];
    if (!usage.is_object()) {
      observations_.ignored("message without usage");
      return;
    }
    auto record =
        read_call(usage, kDialect, kFormat,
                  {file_.id, 0, pointer_to("/messages", index) + "/usage"}, file_, observations_);
    if (!record) return;
    const std::string id = id_of(message["messageId"]);
    if (!id.empty()) told_.insert_or_assign(id, record->given);
    give(std::move(*record), id, usage["model"].text(), utc_time(usage["timestamp"]));
  }

  void ledger(std::size_t index, const Json& event) {
    const Place place{file_.id, 0, pointer_to("/usageLedger/events", index) + "/tokens"};
    const Json tokens = event["tokens"];
    CountReader reader(tokens, file_, place.pointer, observations_);
    reader.read("input", Counter::input);
    reader.read("output", Counter::output);
    if (!reader.finish()) return;
    const Counts& counts = reader.counts();
    if (counts.empty()) {
      observations_.ignored("entry of the ledger without tokens");
      return;
    }
    const std::string id = id_of(event["toMessageId"]);
    if (const auto known = told_.find(id); known != told_.end()) {
      compare(known->second, counts, place);
      observations_.duplicate();
      return;
    }
    UsageRecord record;
    record.place = place;
    record.format = kFormat;
    record.dialect = kDialect;
    record.given = counts;
    record.counts = counts;
    // It is the input that came from no cache, and the ledger does not tell the rest.
    record.counts.forget(Counter::input);
    record.counts.set(Counter::requests, Count(1));
    if (file_.wants_keys) record.keys = key_paths(tokens);
    give(std::move(record), {}, event["model"].text(), utc_time(event["timestamp"]));
  }

  void compare(const Counts& told, const Counts& again, const Place& place) {
    for (const Counter counter : {Counter::input, Counter::output}) {
      if (!told[counter] || !again[counter]) continue;
      if (*told[counter] == *again[counter]) {
        observations_.held();
        continue;
      }
      observations_.finding(
          {.rule = Rule::identity,
           .place = {place.file, place.line,
                     pointer_to(place.pointer, counter == Counter::input ? "input" : "output")},
           .counter = name_of(counter),
           .asserted = again[counter],
           .calculated = told[counter],
           .basis = "in the message that the entry is about",
           .cause = "copies-disagree",
           .explanation = "the ledger and the message report one call with different numbers; the "
                          "message counts"});
    }
  }

  static std::string id_of(const Json& id) {
    if (id.is_text()) return std::string(id.text());
    const auto number = read_count(id).count;
    return number ? fmt::format("{}", *number) : std::string();
  }

  void give(UsageRecord&& record, const std::string& id, std::string_view model,
            std::string&& time) {
    if (!unit_) unit_ = observations_.unit(fmt::format("Amp thread of {}", file_.path));
    record.unit = *unit_;
    record.view = kCalls;
    if (!id.empty()) {
      record.id = id;
      record.id_space = thread_;
      record.same_id = SameId::growth;
    }
    record.model = model;
    record.time = std::move(time);
    add_scope(record, "session", thread_);
    observations_.record(std::move(record));
  }

  const Json& document_;
  const FileContext& file_;
  Observations& observations_;
  std::string thread_;
  std::optional<UnitId> unit_;
  std::map<std::string, Counts> told_;  ///< by message
};

void read(const Json& document, const FileContext& file, Observations& observations) {
  Reader(document, file, observations).read();
}

}  // namespace

extern const Format format_amp_thread;
const Format format_amp_thread{
    .id = kFormat,
    .description = "thread of Amp: messages, and a ledger that repeats their usage",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
