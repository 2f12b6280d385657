// Spend logs of LiteLLM, a request a line or a list: {"request_id", "call_type", "spend",
// "prompt_tokens", …, "metadata": {"usage_object"}}. The usage object knows the cache and the
// reasoning, the row only the sums.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "litellm.spend";
constexpr View kRequests{0, "requests"};

bool is_row(const Json& value) {
  return value["request_id"].is_text() && value["call_type"].is_text() && value.has("spend");
}

bool recognises(const Json& value, const FileContext&) {
  if (is_row(value)) return true;
  bool is = false;
  value.each_item(
      [&](std::size_t index, const Json& item) { is = is || (index < 8 && is_row(item)); });
  return is;
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("spend logs of {}", file.path)) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (value.is_array()) {
      value.each_item([&](std::size_t index, const Json& item) {
        row(item, {place.file, place.line, pointer_to(place.pointer, index)}, observations);
      });
    } else {
      row(value, place, observations);
    }
  }

 private:
  void row(const Json& value, const Place& place, Observations& observations) {
    if (!value.has("prompt_tokens") && !value.has("total_tokens")) {
      observations.ignored(kWithoutUsage);
      return;
    }
    if (value["cache_hit"].text() == "True" || value["cache_hit"].boolean().value_or(false)) {
      observations.ignored("answer from LiteLLM's own cache: no call was made");
      return;
    }
    CountReader sums(value, file_, place.pointer, observations, place.line);
    sums.read("prompt_tokens", Counter::input);
    sums.read("completion_tokens", Counter::output);
    sums.read("total_tokens", Counter::total);
    if (!sums.finish()) return;
    if (value["status"].text() == "failure" && sums.counts()[Counter::total].value_or(0) == 0) {
      observations.ignored("refused request");
      return;
    }
    auto record = call(value, place, observations);
    if (!record) return;
    if (!unit_) unit_ = observations.unit(unit_key_);
    record->unit = *unit_;
    record->view = kRequests;
    record->id = value["request_id"].text();
    if (!record->id.empty()) record->same_id = SameId::copy;
    record->model = value["model"].text();
    record->time = utc_time(value["startTime"]);
    add_scope(*record, "session", value["session_id"].text());
    add_scope(*record, "provider", value["custom_llm_provider"].text());
    if (!record->place.pointer.ends_with("/usage_object")) {
      observations.record(std::move(*record));
      return;
    }
    compare_copy(*record, sums.counts(), place, observations);
    observations.record(std::move(*record));
  }

  std::optional<UsageRecord> call(const Json& value, const Place& place,
                                  Observations& observations) {
    Json metadata = value["metadata"];
    // Databases export it as text.
    if (metadata.is_text() && metadata.text().find("usage_object") != std::string_view::npos) {
      metadata = parser_.parse_copy(metadata.text()).root;
    }
    Envelope envelope;
    envelope.known = true;
    envelope.model = value["model"].text();
    const Json usage = metadata["usage_object"];
    if (!usage.is_object() || usage.size() == 0)
      return recognise_call(value, envelope, kFormat, Place(place), file_, observations);
    return recognise_call(usage, envelope, kFormat,
                          {place.file, place.line, place.pointer + "/metadata/usage_object"}, file_,
                          observations);
  }

  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  JsonParser parser_;
};

}  // namespace

extern const Format format_litellm_spend;
const Format format_litellm_spend{
    .id = kFormat,
    .description = "spend logs of LiteLLM: a request a line, or a list of them",
    .open_document = open_as_line<recognises, Reader>,
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .recognises_every_line = true},
};

}  // namespace usagectl
