// A log that a layout describes: one of the built-in ones, or the one that a person gives.
#include <algorithm>
#include <map>
#include <memory>

#include "formats/layouts/layout_reader.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "layout";

const Layout* layout_of(const Json& document, const FileContext& file) {
  for (const auto& layout : file.knowledge->layouts) {
    if (layout->text == nullptr && fits(*layout, document)) return layout.get();
  }
  return nullptr;
}

DocumentReader open(const Json& document, const FileContext& file) {
  const Layout* const layout = layout_of(document, file);
  if (layout == nullptr) return {};
  return [layout, document, file](Observations& observations) {
    LayoutReader(*layout, file).read(document, {file.id, 0, {}}, observations);
  };
}

bool recognises(const Json& line, const FileContext& file) {
  return layout_of(line, file) != nullptr;
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (layout_ == nullptr || !fits(*layout_, value)) {
      const Layout* const layout = layout_of(value, file_);
      if (layout == nullptr) {
        observations.ignored(kWithoutUsage);
        return;
      }
      layout_ = layout;
    }
    readers_.try_emplace(layout_, *layout_, file_).first->second.read(value, place, observations);
  }

 private:
  FileContext file_;
  const Layout* layout_ = nullptr;
  std::map<const Layout*, LayoutReader> readers_;  ///< a log may have lines of several layouts
};

}  // namespace

extern const Format format_known_layout;
const Format format_known_layout{
    .id = kFormat,
    .description =
        "a log that a layout describes: built-in (usagectl layouts), or given by --layout",
    .open_document = open,
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .recognises_every_line = true,
                        .one_alone_is_a_document = true},
};

}  // namespace usagectl
