// What codex exec --json prints, an event a line: thread.started, turn.started, item.…, and at the
// end of a turn turn.completed with the usage of the thread so far, which runs on when the thread
// is resumed (openai/codex#5276).
#include <fmt/format.h>

#include <string>
#include <utility>

#include "formats/agents/codex/codex_thread.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "codex.exec";
constexpr std::string_view kDialect = "codex.exec";
constexpr View kTurns{0, "turns"};

bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  if (type == "thread.started") return value["thread_id"].is_text();
  if (type == "turn.completed") return value["usage"].is_object() || value["usage"].is_null();
  return (type == "item.started" || type == "item.updated" || type == "item.completed") &&
         value["item"].is_object();
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file), path_(file.path) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    const std::string_view type = value["type"].text();
    if (type == "turn.completed" && reject_repeated(value, {"usage"}, place, observations)) return;
    if (type == "thread.started") thread_ = value["thread_id"].text();
    if (type == "turn.completed" && value["usage"].is_object()) {
      turn(value["usage"], {place.file, place.line, "/usage"}, observations);
    } else {
      observations.ignored(kWithoutUsage);
    }
  }

 private:
  FileContext file_;
  void turn(const Json& usage, Place&& place, Observations& observations) {
    auto record = read_call(usage, kDialect, kFormat, std::move(place), file_, observations);
    if (!record) return;
    record->unit = observations.snapshot_unit(
        {thread_.empty() ? fmt::format("codex exec {}", path_) : codex_exec_series(thread_), {}});
    record->view = kTurns;
    add_scope(*record, "session", thread_);
    observations.record(std::move(*record));
  }

  std::string path_;
  std::string thread_;
};

}  // namespace

extern const Format format_codex_exec;
const Format format_codex_exec{
    .id = kFormat,
    .description = "what codex exec --json prints: the usage of a thread after each turn",
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
