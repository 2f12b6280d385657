// Any log with one JSON value a line, in which usage objects stand somewhere: a call a line.
#include <fmt/format.h>

#include "formats/providers/provider_document.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/repeated_calls.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "usage.lines";

bool recognises(const Json& value, const FileContext&) {
  return value.is_object() || value.is_array();
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file), catalogue_(catalogue_in_use()) {}

  void line(const Json& value, const Place& place, Sink& sink) override {
    if (!value.is_object() && !value.is_array()) {
      sink.ignored("JSON without usage");
      return;
    }
    if (!capture_) {
      calls_.emplace(sink);
      capture_.emplace(file_, kFormat, Calls::many, *calls_,
                       fmt::format("lines of {}", file_.path));
    }
    if (read_plain_line(catalogue_, value, plain_)) {
      const auto keys = sink.wants_keys() ? key_paths(plain_.usage) : std::vector<KeySeen>();
      capture_->call(plain_.values, {place.file, place.line, "/usage"}, plain_.about, keys);
      return;
    }
    read_provider_json(value, place, file_, kFormat, *capture_, *calls_);
    capture_->finish();
  }

 private:
  FileContext file_;
  const Catalogue& catalogue_;
  PlainLine plain_;
  std::optional<RepeatedCalls> calls_;
  std::optional<ProviderCapture> capture_;
};

}  // namespace

extern const Format format_usage_lines;
const Format format_usage_lines{
    .id = kFormat,
    .description = "any log with one JSON value a line and a usage object in some of them",
    .recognises_line = recognises,
    .open_lines = open_reader<Reader>,
    .lines_are_independent = true,
    .takes_any_lines = true,
};

}  // namespace usagectl
