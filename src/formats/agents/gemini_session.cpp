// Sessions that the Gemini CLI keeps, as one document or an event a line: {"sessionId", …,
// "messages":
// [{"id", "type": "gemini", "model", "tokens"}]}. In lines a message is written again when more of
// it is known, and {"$set": {"messages": […]}} tells all of them again (gemini-cli#23749).
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "gemini.session";
constexpr std::string_view kDialect = "gemini_cli.session";
/// The sums that the CLI prints in the end know more, where there are some: they rank before.
constexpr View kMessages{1, "messages"};

bool is_message(const Json& value) {
  if (!value["id"].is_text()) return false;
  const std::string_view type = value["type"].text();
  if (type == "gemini") return value.has("tokens") || value.has("content");
  return (type == "user" || type == "info") && value.has("content") && value["timestamp"].is_text();
}

bool is_header(const Json& value) {
  return value["sessionId"].is_text() && value["projectHash"].is_text();
}

bool recognises_document(const Json& document, const FileContext&) {
  return is_header(document) && document["messages"].is_array();
}

bool recognises_line(const Json& value, const FileContext&) {
  return is_header(value) || value["$set"].is_object() ||
         (is_message(value) && value["type"].text() == "gemini");
}

/// Some releases told the input without what was read from a cache; the total shows it (tokscale
/// #452).
bool is_without_cache(const Json& tokens) {
  const auto total = read_count(tokens["total"]).count;
  if (!total || repeated_key(tokens)) return false;
  ExactSum sum;
  for (const std::string_view key : {"input", "output", "thoughts", "tool", "cached"}) {
    const Json value = tokens[key];
    if (!value.present()) continue;
    const auto count = read_count(value).count;
    if (!count || (key == "cached" && *count == 0)) return false;
    sum += *count;
  }
  return tokens.has("cached") && sum == ExactSum(*total);
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_("Gemini CLI messages of " + std::string(file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (const auto session = value["sessionId"].text(); !session.empty() && session != session_) {
      session_ = session;
      unit_.reset();
    }
    const Json set = value["$set"];
    if (const Json list = set.is_object() ? set["messages"] : value["messages"]; list.is_array()) {
      const std::string pointer =
          place.pointer + (set.is_object() ? "/$set/messages" : "/messages");
      list.each_item([&](std::size_t index, const Json& item) {
        message(item, {place.file, place.line, pointer_to(pointer, index)}, observations);
      });
      return;
    }
    message(value, place, observations);
  }

 private:
  FileContext file_;
  void message(const Json& value, const Place& place, Observations& observations) {
    const Json tokens = value["tokens"];
    if (!tokens.is_object()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    if (reject_repeated(value, {"tokens", "id"}, place, observations)) return;
    auto record = is_without_cache(tokens)
                      ? net_call(tokens, place, observations)
                      : read_call(tokens, kDialect, kFormat, below(place), file_, observations);
    if (!record) return;
    if (!unit_)
      unit_ = observations.unit(session_.empty() ? unit_key_ : "Gemini CLI session " + session_);
    record->unit = *unit_;
    record->view = kMessages;
    record->id = value["id"].text();
    record->id_space = session_;
    if (!record->id.empty()) record->same_id = SameId::growth;
    record->model = value["model"].text();
    record->time = utc_time(value["timestamp"]);
    add_scope(*record, "session", session_);
    observations.record(std::move(*record));
  }

  static Place below(const Place& place) {
    return {place.file, place.line, place.pointer + "/tokens"};
  }

  /// The counts are sound, as is_without_cache() has seen.
  static std::optional<UsageRecord> net_call(const Json& tokens, const Place& place,
                                             Observations& observations) {
    UsageRecord record;
    record.place = below(place);
    record.format = kFormat;
    record.dialect = kDialect;
    const auto take = [&](Counter counter, std::string_view key) {
      record.counts.set(counter, read_count(tokens[key]).count);
    };
    take(Counter::cache_read, "cached");
    take(Counter::tool_prompt, "tool");
    take(Counter::reasoning, "thoughts");
    take(Counter::total, "total");
    record.given = record.counts;
    const auto sum = [&](std::string_view a, std::string_view b) {
      ExactSum both(read_count(tokens[a]).count.value_or(0));
      both += read_count(tokens[b]).count.value_or(0);
      return both.count();
    };
    record.counts.set(Counter::input, sum("input", "cached"));
    record.counts.set(Counter::output, sum("output", "thoughts"));
    record.counts.set(Counter::requests, Count(1));
    observations.held();
    return record;
  }

  std::string unit_key_;
  std::optional<UnitId> unit_;
  std::string session_;
};

}  // namespace

extern const Format format_gemini_session;
const Format format_gemini_session{
    .id = kFormat,
    .description = "session of the Gemini CLI: one document, or an event a line",
    .open_document = open_as_line<recognises_document, Reader>,
    .lines = LineFormat{.recognises = recognises_line,
                        .open = open_reader<Reader>,
                        .recognises_every_line = true},
};

}  // namespace usagectl
