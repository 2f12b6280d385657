// Transcripts of Claude Code, one event a line: projects/<project>/<session>.jsonl and those of its
// helpers. Each content block of a message is a line of its own and repeats the usage of the message,
// with as much of it as was known then; sessions that are resumed or branched copy earlier messages
// into other files (ccusage #985, #950, #897; claude-code#87303).
#include <fmt/format.h>

#include <array>

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "formats/format.hpp"
#include "formats/key_paths.hpp"
#include "formats/utc_time.hpp"
#include "formats/violations.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "claude.transcript";
constexpr std::string_view kDialect = "claude_code.jsonl";
constexpr View kMessages{0, "messages"};
constexpr std::array<std::string_view, 1> kWords = {"usage"};

bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  if (type == "summary") return value.has("leafUuid");
  if (type == "file-history-snapshot" || type == "queue-operation") return value.has("messageId") || value.has("sessionId");
  const bool is_of_session = value["sessionId"].is_text() || value["uuid"].is_text() || value["requestId"].is_text() ||
                             value.has("isSidechain");
  if (type == "assistant" || type == "user") return is_of_session && value["message"].is_object();
  return value["uuid"].is_text() && value["sessionId"].is_text() && !type.empty();
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), catalogue_(catalogue_in_use()), dialect_(catalogue_.find(kDialect)) {}

  void line(const Json& value, const Place& place, Sink& sink) override {
    const std::string_view type = value["type"].text();
    if (type == "assistant") {
      message(value, value, "/message", place, sink);
    } else if (const Json told = value["data"]["message"]; told["message"]["usage"].is_object()) {
      // What a helper has just said, told to the session that asked for it.
      message(told, value, "/data/message/message", place, sink);
    } else if (value["toolUseResult"]["usage"].is_object()) {
      sink.ignored("result of a helper: its calls have lines of their own");
    } else {
      sink.ignored(kWithoutUsage);
    }
  }

 private:
  /// `event` holds the message and the id of its request; `line` says when, and in which session.
  void message(const Json& event, const Json& line, std::string_view pointer, const Place& place, Sink& sink) {
    const Json message = event["message"];
    const Json usage = message["usage"];
    if (message["model"].text() == "<synthetic>") {
      sink.ignored("message that Claude Code wrote itself: no call was made");
      return;
    }
    if (!usage.is_object()) {
      sink.ignored(usage.is_null() ? "message without usage" : "message whose usage is no object");
      return;
    }
    UsageRecord record;
    record.place = place;
    record.place.pointer = fmt::format("{}/usage", pointer);
    const UsageReading reading = read(usage);
    report(reading.violations, record.place, sink);
    if (!reading.countable()) {
      sink.rejected(record.place, reading.faulty ? reading.violations.front().explanation
                                                 : "holds token counts in a vocabulary that no dialect knows");
      return;
    }
    if (reading.held > 0) sink.held(reading.held);
    record.format = kFormat;
    record.dialect = reading.dialect;
    if (!unit_) unit_ = sink.unit(fmt::format("transcript {}", file_.path));
    record.unit = *unit_;
    record.view = kMessages;
    identify(record, event, line);
    record.model = message["model"].text();
    record.time = utc_time(line["timestamp"]);
    if (const std::string_view session = line["sessionId"].text(); !session.empty()) {
      record.scope.emplace_back("session", session);
    }
    record.counts = reading.counts;
    record.counts.set(Counter::requests, Count(1));
    record.given = reading.given;
    if (sink.wants_keys()) record.keys = key_paths(usage);
    sink.record(std::move(record));
  }

  UsageReading read(const Json& usage) const {
    const UsageValues values(catalogue_, usage);
    // Behind a proxy, Claude Code may talk to anybody.
    const bool is_usual = dialect_ != nullptr && (values.present() & dialect_->all.front()).any() &&
                          (values.present() & dialect_->none).none();
    if (is_usual) return read_usage_as(catalogue_, *dialect_, values);
    return read_usage(catalogue_, values, {});
  }

  /// One message may come from several requests only when a proxy numbers its messages badly.
  static void identify(UsageRecord& record, const Json& event, const Json& line) {
    record.same_id = SameId::growth;
    record.id = event["message"]["id"].text();
    record.second_id = event["requestId"].text();
    if (record.id.empty()) std::swap(record.id, record.second_id);
    if (record.id.empty()) record.id = line["uuid"].text();
    if (record.id.empty()) record.same_id = SameId::nothing;
  }

  FileContext file_;
  const Catalogue& catalogue_;
  const Dialect* dialect_;
  std::optional<UnitId> unit_;
};

std::unique_ptr<LineReader> open(const FileContext& file) { return std::make_unique<Reader>(file); }

}  // namespace

extern const Format format_claude_transcript;
const Format format_claude_transcript{
    .id = kFormat,
    .description = "transcript of a Claude Code session: an event a line",
    .recognises_line = recognises,
    .open_lines = open,
    .lines_are_independent = true,
    .words = kWords,
};

}  // namespace usagectl
