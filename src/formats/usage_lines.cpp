// Any log with one JSON value a line, in which usage objects stand somewhere: a call a line.
#include <fmt/format.h>

#include "formats/providers/provider_document.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/repeated_calls.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "usage.lines";

bool recognises(const Json& value, const FileContext&) {
  return value.is_object() || value.is_array();
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (!value.is_object() && !value.is_array()) {
      observations.ignored("JSON without usage");
      return;
    }
    const std::size_t records_before = observations.records().size();
    read(value, place, observations);
    repeated_.check(records_before, observations);
  }

 private:
  void read(const Json& value, const Place& place, Observations& observations) {
    if (!capture_) {
      capture_.emplace(file_, kFormat, Calls::many, observations,
                       fmt::format("lines of {}", file_.path));
    }
    if (read_plain_line(file_.catalogue(), value, plain_)) {
      const auto keys = file_.wants_keys ? key_paths(plain_.usage) : std::vector<KeySeen>();
      capture_->call(plain_.values, {place.file, place.line, "/usage"}, plain_.about, keys);
      return;
    }
    read_provider_json(value, place, file_, kFormat, *capture_, observations);
    capture_->finish();
  }

  FileContext file_;
  PlainLine plain_;
  RepeatedCalls repeated_;
  std::optional<ProviderCapture> capture_;
};

}  // namespace

extern const Format format_usage_lines;
const Format format_usage_lines{
    .id = kFormat,
    .description = "any log with one JSON value a line and a usage object in some of them",
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .takes_any = true},
};

}  // namespace usagectl
