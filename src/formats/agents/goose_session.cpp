// Sessions of Goose: a first line, or a document, with the sums of the session so far
// (accumulated_…_tokens) beside those of its last call, then the messages, which tell no usage.
// Since 1.46 the sums are an object of their own, {"usage", "accumulated_usage"}, with the cache
// (entireio/external-agents#74).
#include <fmt/format.h>

#include <utility>

#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "goose.session";
constexpr std::string_view kDialect = "goose";
constexpr std::string_view kNewDialect = "goose.accumulated_usage";
constexpr View kSession{0, "session"};

bool recognises(const Json& value, const FileContext&) {
  return (value.has("accumulated_total_tokens") || value["accumulated_usage"].is_object()) &&
         (value.has("working_dir") || value.has("description"));
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    const Json sums = value["accumulated_usage"];
    if (!value.has("accumulated_total_tokens") && !sums.is_object()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    const Json total = sums.is_object() ? sums["total_tokens"] : value["accumulated_total_tokens"];
    if (total.is_null()) {
      observations.ignored("session without usage");
      return;
    }
    auto record =
        sums.is_object()
            ? read_call(sums, kNewDialect, kFormat,
                        {place.file, place.line, pointer_to(place.pointer, "accumulated_usage")},
                        file_, observations)
            : read_call(value, kDialect, kFormat, Place(place), file_, observations);
    if (!record) return;
    if (sums.is_object() && value["usage"].is_object())
      observations.ignored("last call of a counted session");
    const std::string_view session = value["id"].text();
    record->unit =
        session.empty()
            ? observations.unit()
            : observations.snapshot_unit({fmt::format("goose session:{}", session), {}});
    record->view = kSession;
    record->time = utc_time(value["updated_at"]);
    record->model = value["model_config"]["model_name"].text();
    add_scope(*record, "session", session);
    add_scope(*record, "provider", value["provider_name"].text());
    observations.record(std::move(*record));
  }

 private:
  FileContext file_;
};

}  // namespace

extern const Format format_goose_session;
const Format format_goose_session{
    .id = kFormat,
    .description = "session of Goose: its sums so far, and messages without usage",
    .open_document = open_as_line<recognises, Reader>,
    .lines =
        LineFormat{
            .recognises = recognises, .open = open_reader<Reader>, .recognises_every_line = true},
};

}  // namespace usagectl
