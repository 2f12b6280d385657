// What Kimi CLI keeps of a session, wire.jsonl: {"timestamp", "message": {"type": "StatusUpdate",
// "payload": {"token_usage", "message_id"}}} after each answer.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "kimi.wire";
constexpr std::string_view kDialect = "kimi_cli";
constexpr View kAnswers{0, "answers"};

bool recognises(const Json& value, const FileContext&) {
  return value["message"]["type"].text() == "StatusUpdate" &&
         value["message"]["payload"].is_object();
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("Kimi session of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    const Json payload = value["message"]["payload"];
    const Json usage = payload["token_usage"];
    if (!usage.is_object()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    auto record =
        read_call(usage, kDialect, kFormat,
                  {place.file, place.line, "/message/payload/token_usage"}, file_, observations);
    if (!record) return;
    if (!unit_) unit_ = observations.unit(unit_key_);
    record->unit = *unit_;
    record->view = kAnswers;
    record->id = payload["message_id"].text();
    if (!record->id.empty()) record->same_id = SameId::growth;
    record->time = utc_time(value["timestamp"]);
    observations.record(std::move(*record));
  }

 private:
  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
};

}  // namespace

extern const Format format_kimi_wire;
const Format format_kimi_wire{
    .id = kFormat,
    .description = "session of Kimi CLI: the usage of each answer, an event a line",
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .recognises_every_line = true},
};

}  // namespace usagectl
