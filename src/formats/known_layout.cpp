// A log that a layout describes: one of the built-in ones, or the one that a person gives.
#include <algorithm>
#include <memory>
#include <optional>

#include "formats/layouts/layout_reader.hpp"
#include "formats/layouts/layouts_in_use.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "layout";

const Layout* layout_of(const Json& document) {
  for (const Layout* layout : layouts_in_use()) {
    if (fits(*layout, document)) return layout;
  }
  return nullptr;
}

bool recognises(const Json& document, const FileContext&) { return layout_of(document) != nullptr; }

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Sink& sink) override {
    if (!reader_ || !fits(*layout_, value)) {
      const Layout* const layout = layout_of(value);
      if (layout == nullptr) {
        sink.ignored(kWithoutUsage);
        return;
      }
      if (layout != layout_) reader_.emplace(*layout, file_);
      layout_ = layout;
    }
    reader_->read(value, place, sink);
  }

 private:
  FileContext file_;
  const Layout* layout_ = nullptr;
  std::optional<LayoutReader> reader_;
};

}  // namespace

extern const Format format_known_layout;
const Format format_known_layout{
    .id = kFormat,
    .description =
        "a log that a layout describes: built-in (usagectl layouts), or given by --layout",
    .recognises_json = recognises,
    .recognises_line = recognises,
    .open_lines = open_reader<Reader>,
    .one_line_is_a_document = true,
};

}  // namespace usagectl
