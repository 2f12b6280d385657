// A log that a layout describes: one of the built-in ones, or the one that a person gives.
#include "formats/known_layout.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "formats/layouts/layout_reader.hpp"

namespace usagectl {
namespace {

using SharedLayout = std::shared_ptr<const Layout>;

class Reader final : public LineReader {
 public:
  Reader(SharedLayout layout, const FileContext& file)
      : layout_(std::move(layout)), reader_(*layout_, file, LayoutReader::Of::lines) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (reader_.needs_every_line()) reader_.remember(value);
    if (const auto entry = entry_of(*layout_, value)) {
      reader_.read(value, *entry, place, observations);
    } else {
      observations.ignored(kWithoutUsage);
    }
  }
  void missed_line() override { reader_.missed_line(); }
  void finish(Observations& observations) override { reader_.finish(observations); }

 private:
  SharedLayout layout_;
  LayoutReader reader_;
};

/// Whether no line says anything of another one.
bool has_independent_lines(const Layout& layout) {
  const bool claims_others =
      std::any_of(layout.claims.begin(), layout.claims.end(),
                  [](const LayoutClaim& claim) { return claim.lines.are_others(); });
  return !claims_others && layout.context.empty() &&
         std::none_of(layout.records.begin(), layout.records.end(),
                      [&layout](const LayoutRecord& record) {
                        const bool is_beside = layout.records.size() > 1;
                        const bool is_running =
                            record.role == Role::cumulative && (record.series.empty() || is_beside);
                        return is_running || !record.why.empty();
                      });
}

/// The words of a layout as its format needs them, and what keeps them.
struct Words {
  SharedLayout layout;
  std::vector<std::string_view> views;
};

}  // namespace

std::shared_ptr<const Format> format_of(const SharedLayout& layout) {
  auto words = std::make_shared<Words>();
  words->layout = layout;
  words->views.assign(layout->words.begin(), layout->words.end());
  auto format = std::make_shared<Format>();
  format->id = layout->id;
  format->description = layout->description;
  format->is_given = layout->is_given;
  format->is_bill = layout->is_bill;
  if (layout->text != nullptr) {
    // Recognised by all of a text, see text_log_format_of().
    format->kept = layout;
    return format;
  }
  format->open_document = [layout](const Json& document, const FileContext& file) {
    const auto entry = entry_of(*layout, document);
    if (!entry) return DocumentReader();
    return DocumentReader([layout, entry = *entry, document, file](Observations& observations) {
      LayoutReader reader(*layout, file);
      if (reader.needs_every_line()) reader.remember(document);
      reader.read(document, entry, {file.id, 0, {}}, observations);
    });
  };
  LineFormat lines;
  lines.recognises = [layout](const Json& line, const FileContext&) { return fits(*layout, line); };
  lines.open = [layout](const FileContext& file) -> std::unique_ptr<LineReader> {
    return std::make_unique<Reader>(layout, file);
  };
  lines.are_independent = has_independent_lines(*layout);
  lines.recognises_every_line = true;
  lines.words = words->views;
  lines.one_alone_is_a_document = !layout->is_lines;
  format->lines = std::move(lines);
  format->kept = words;
  return format;
}

}  // namespace usagectl
