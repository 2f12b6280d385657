// Sessions of Goose: a first line, or a document, with the sums of the session so far
// (accumulated_…_tokens) beside those of its last call, then the messages, which tell no usage.
#include <fmt/format.h>

#include <utility>

#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "goose.session";
constexpr std::string_view kDialect = "goose";
constexpr View kSession{0, "session"};

bool recognises(const Json& value, const FileContext&) {
  return value.has("accumulated_total_tokens") &&
         (value.has("working_dir") || value.has("description"));
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (!value.has("accumulated_total_tokens")) {
      observations.ignored(kWithoutUsage);
      return;
    }
    if (value["accumulated_total_tokens"].is_null()) {
      observations.ignored("session without usage");
      return;
    }
    auto record = read_call(value, kDialect, kFormat, Place(place), file_, observations);
    if (!record) return;
    const std::string_view session = value["id"].text();
    record->unit =
        session.empty()
            ? observations.unit()
            : observations.snapshot_unit({fmt::format("goose session:{}", session), {}, {}});
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
