// A provider's answer with one JSON value a line: the chunks of one call, or a response a line.
#include "formats/providers/provider_document.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "provider.lines";

/// "usageMetadata.promptTokenCount", a column of a table that was made of answers.
bool has_columns_of_counts(const Json& row) {
  bool any = false;
  row.each_member([&](std::string_view name, const Json&) {
    any = any || (name.find('.') != std::string_view::npos && name.find("oken") != name.npos);
  });
  return any;
}

/// Pieces of a call need each other; whole answers do not, and are left to usage.lines.
bool recognises(const Json& value, const FileContext&) {
  return (is_piece(kind_of(value)) || is_event_row(value)) && !value.has("modelUsage") &&
         !has_columns_of_counts(value);
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (!capture_) capture_.emplace(file_, kFormat, Calls::many, observations);
    read_provider_json(value, place, file_, kFormat, *capture_, observations);
  }
  void finish(Observations&) override {
    if (capture_) capture_->finish();
  }

 private:
  FileContext file_;
  std::optional<ProviderCapture> capture_;
};

}  // namespace

extern const Format format_provider_lines;
const Format format_provider_lines{
    .id = kFormat,
    .description = "the pieces of a provider's streamed responses, one JSON value a line",
    .lines = LineFormat{.recognises = recognises, .open = open_reader<Reader>},
};

}  // namespace usagectl
