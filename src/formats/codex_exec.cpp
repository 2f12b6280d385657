// What codex exec --json prints, an event a line: thread.started, turn.started, item.…, and at the end
// of a turn turn.completed with the usage of the thread so far, which runs on when the thread is
// resumed (openai/codex#5276).
#include <fmt/format.h>

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "formats/format.hpp"
#include "formats/key_paths.hpp"
#include "formats/violations.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "codex.exec";
constexpr std::string_view kDialect = "codex.exec";
constexpr View kTurns{0, "turns"};

bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  if (type == "thread.started") return value["thread_id"].is_text();
  if (type == "turn.completed") return value["usage"]["input_tokens"].present();
  return (type == "item.started" || type == "item.updated" || type == "item.completed") && value["item"].is_object();
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : catalogue_(catalogue_in_use()), dialect_(*catalogue_.find(kDialect)), path_(file.path) {}

  void line(const Json& value, const Place& place, Sink& sink) override {
    const std::string_view type = value["type"].text();
    if (type == "thread.started") thread_ = value["thread_id"].text();
    if (type == "turn.completed" && value["usage"].is_object()) {
      turn(value["usage"], {place.file, place.line, "/usage"}, sink);
    } else {
      sink.ignored(kWithoutUsage);
    }
  }

 private:
  void turn(const Json& usage, Place&& place, Sink& sink) {
    const UsageReading reading = read_usage_as(catalogue_, dialect_, UsageValues(catalogue_, usage));
    report(reading.violations, place, sink);
    if (!reading.countable()) {
      sink.rejected(place, reading.violations.front().explanation);
      return;
    }
    if (reading.held > 0) sink.held(reading.held);
    UsageRecord record;
    record.place = std::move(place);
    record.format = kFormat;
    record.dialect = dialect_.id;
    record.role = Role::cumulative;
    record.unit = sink.snapshot_unit(
        {thread_.empty() ? fmt::format("codex exec {}", path_) : fmt::format("codex exec thread:{}", thread_), {}, {}});
    record.view = kTurns;
    if (!thread_.empty()) record.scope.emplace_back("session", thread_);
    record.counts = reading.counts;
    record.given = reading.given;
    if (sink.wants_keys()) record.keys = key_paths(usage);
    sink.record(std::move(record));
  }

  const Catalogue& catalogue_;
  const Dialect& dialect_;
  std::string path_;
  std::string thread_;
};

std::unique_ptr<LineReader> open(const FileContext& file) { return std::make_unique<Reader>(file); }

}  // namespace

extern const Format format_codex_exec;
const Format format_codex_exec{
    .id = kFormat,
    .description = "what codex exec --json prints: the usage of a thread after each turn",
    .recognises_line = recognises,
    .open_lines = open,
};

}  // namespace usagectl
