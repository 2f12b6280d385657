// Sessions of DeepSeek Harness, an event a line: {"type": "assistant/message", "data": {"turn",
// "step", "message", "usage"}}, and the same usage in a chunk before it, {"type":
// "assistant/chunk", "data": {"turn", "step", "chunk": {"type": "usage", "usage"}}}. A turn that is
// broken off has its chunk alone.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "dsh.session";
constexpr std::string_view kDialect = "dsh";
constexpr View kSteps{0, "steps"};

bool is_event(const Json& value, std::string_view type) {
  return value["type"].text() == type && value["data"].has("turn") && value["data"].has("step");
}

bool recognises(const Json& value, const FileContext&) {
  return is_event(value, "assistant/message") || is_event(value, "assistant/chunk");
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("DeepSeek Harness session of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (value["type"].text() == "session") session_ = value["id"].text();
    const Json data = value["data"];
    const bool is_chunk = data["chunk"]["usage"].is_object();
    const Json usage = is_chunk ? data["chunk"]["usage"] : data["usage"];
    if (!recognises(value, file_) || !usage.is_object()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    auto record =
        read_call(usage, kDialect, kFormat,
                  {place.file, place.line, is_chunk ? "/data/chunk/usage" : "/data/usage"}, file_,
                  observations);
    if (!record) return;
    if (!unit_) unit_ = observations.unit(unit_key_);
    record->unit = *unit_;
    record->view = kSteps;
    const auto turn = read_count(data["turn"]).count;
    const auto step = read_count(data["step"]).count;
    if (turn && step) {
      record->id = fmt::format("turn {} step {}", *turn, *step);
      record->id_space = session_.empty() ? unit_key_ : session_;
      record->same_id = SameId::growth;
    }
    record->model = data["message"]["source"]["model"].text();
    record->time = utc_time(value["time"]);
    add_scope(*record, "session", session_);
    add_scope(*record, "provider", data["message"]["source"]["provider"].text());
    observations.record(std::move(*record));
  }

 private:
  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  std::string session_;
};

}  // namespace

extern const Format format_dsh_session;
const Format format_dsh_session{
    .id = kFormat,
    .description = "session of DeepSeek Harness: the usage of each step, an event a line",
    .open_document = open_as_line<recognises, Reader>,
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
