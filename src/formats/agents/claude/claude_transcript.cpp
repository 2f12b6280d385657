// Transcripts of Claude Code, one event a line: projects/<project>/<session>.jsonl and those of its
// helpers. Each content block of a message is a line of its own and repeats the usage of the
// message, with as much of it as was known then; sessions that are resumed or branched copy earlier
// messages into other files (ccusage #985, #950, #897; claude-code#87303).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "formats/agents/claude/claude_messages.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/take_cost.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "claude.transcript";
constexpr std::array<std::string_view, 3> kWords = {"usage", "token", "Token"};

bool recognises(const Json& value, const FileContext&) {
  const std::string_view type = value["type"].text();
  if (type == "summary") return value.has("leafUuid");
  if (type == "file-history-snapshot" || type == "queue-operation")
    return value.has("messageId") || value.has("sessionId");
  const bool is_of_session = value["sessionId"].is_text() || value["uuid"].is_text() ||
                             value["requestId"].is_text() || value.has("isSidechain");
  if (type == "assistant" || type == "user") {
    // Qwen Code writes such lines, with messages of Gemini's kind.
    return is_of_session && value["message"].is_object() && !value["message"].has("parts");
  }
  return value["uuid"].is_text() && value["sessionId"].is_text() && !type.empty();
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : messages_(file, kFormat, fmt::format("transcript {}", file.path)),
        catalogue_(file.catalogue()) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    const std::string_view type = value["type"].text();
    if (type == "assistant") {
      message(value, value, "/message", place, observations);
    } else if (const Json told = value["data"]["message"]; told["message"]["usage"].is_object()) {
      // What a helper has just said, told to the session that asked for it.
      message(told, value, "/data/message/message", place, observations);
    } else if (value["toolUseResult"]["usage"].is_object()) {
      observations.ignored("result of a helper: its calls have lines of their own");
    } else {
      observations.ignored(kWithoutUsage);
    }
  }

 private:
  /// `event` holds the message and the id of its request; `line` says when, and in which session.
  void message(const Json& event, const Json& line, std::string_view pointer, const Place& place,
               Observations& observations) {
    if (reject_repeated(event, {"message", "requestId"}, place, observations)) return;
    const Json message = event["message"];
    ClaudeMessage about;
    about.id = message["id"].text();
    about.request_id = event["requestId"].text();
    about.model = message["model"].text();
    about.session = line["sessionId"].text();
    about.uuid = line["uuid"].text();
    about.time = utc_time(line["timestamp"]);
    // Older releases say what a message cost, in US dollars by its name.
    about.cost = cost_at(event["costUSD"], Currency("USD"), "../../costUSD");
    about.is_sidechain = line["isSidechain"].boolean().value_or(false);
    // Tools that copy transcripts keep the counts beside the message, in the words of modelUsage.
    const bool has_usage = message.has("usage");
    const UsageValues beside = has_usage ? UsageValues() : UsageValues(catalogue_, event);
    if (counts_tokens(beside)) {
      messages_.take(std::move(about), beside, {place.file, place.line, {}}, observations);
      return;
    }
    messages_.take(std::move(about), message, {place.file, place.line, std::string(pointer)},
                   observations);
  }

  static bool counts_tokens(const UsageValues& values) {
    return std::any_of(values.slots().begin(), values.slots().end(),
                       [](const UsageValues::Slot& slot) { return slot.count && !slot.detail; });
  }

  ClaudeMessages messages_;
  const Catalogue& catalogue_;
};

}  // namespace

extern const Format format_claude_transcript;
const Format format_claude_transcript{
    .id = kFormat,
    .description = "transcript of a Claude Code session: an event a line",
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .recognises_every_line = true,
                        .words = kWords},
};

}  // namespace usagectl
