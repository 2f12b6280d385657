// A document that no format knows, and that holds usage objects all the same: what they tell is
// found out from their keys, where they stand and what they add up to.
#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "formats/columns/calls_as_rows.hpp"
#include "formats/inference/infer_layout.hpp"
#include "formats/inference/usage_census.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/layouts/layout_text.hpp"
#include "formats/providers/event_shapes.hpp"
#include "formats/providers/provider_document.hpp"
#include "formats/providers/provider_envelope.hpp"
#include "formats/providers/stream_beside_sum.hpp"
#include "formats/providers/usage_places.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "inferred";

/// Whether more was found out than that there are usage objects, so that reading each as an answer
/// of a provider would be wrong.
bool knows_better(const Catalogue& catalogue, const Json& document, const Inference& inference) {
  const Layout& layout = inference.layout;
  if (layout.records.size() > 1) return true;
  const LayoutRecord& record = layout.records.front();
  // A total alone is taken for all input by those who read texts and write none.
  const bool is_total_alone =
      !record.counters.empty() &&
      std::all_of(record.counters.begin(), record.counters.end(),
                  [](const auto& counter) { return counter.first == Quantity::total; });
  if (record.role != Role::request || is_total_alone) return true;
  // Words that no dialect knows: those who read answers would reject them, or see none.
  return !record.counters.empty() && !any_usage(catalogue, document);
}

/// Usage in a place that somebody documented, and not just under a plain name.
bool is_inside_an_event(const Catalogue& catalogue, const Json& document) {
  const auto places = find_usage(catalogue, document).found;
  return std::any_of(places.begin(), places.end(), [](const FoundUsage& usage) {
    return std::count(usage.pointer.begin(), usage.pointer.end(), '/') > 1;
  });
}

/// Whether a name stands in an answer that only providers write, so that not just anybody's row
/// with a "usage" in it is taken for one.
bool is_answer_of_provider(const Json& document) {
  for (const std::string_view name : {"id", "object", "type", "choices", "candidates", "output",
                                      "content", "message", "response", "role"}) {
    if (document.has(name)) return true;
  }
  return false;
}

bool is_event_of_provider(const Json& value) {
  return is_piece(kind_of(value)) || is_event_row(value);
}

/// A whole answer in a shape that only its provider gives it, or a recording of one.
bool is_answer_by_shape(const Json& value) {
  const EventShape* shape = shape_of(value);
  if (shape != nullptr) return !shape->is_anybodys;
  return each_enclosed(value, [](const Enclosed&) {});
}

/// A list of events, or of lists of them: only who knows its provider can say which of their counts
/// belong together. Or a list of nothing but whole answers.
bool is_list_of_provider(const Json& list, int depth = 0) {
  constexpr std::size_t kFirstItems = 8;
  bool any_event = false;
  bool all_answers = list.size() > 0;
  list.each_item([&](std::size_t index, const Json& item) {
    if (any_event || index >= kFirstItems) return;
    any_event = item.is_array() ? depth == 0 && is_list_of_provider(item, depth + 1)
                                : is_event_of_provider(item);
    all_answers = all_answers && is_answer_by_shape(item);
  });
  return any_event || all_answers;
}

/// An answer or an event of a provider, or a list of events.
bool is_known_to_providers(const Catalogue& catalogue, const Json& document) {
  if (document.is_array()) return is_list_of_provider(document);
  const EventShape* shape = shape_of(document);
  if (shape == nullptr)
    return is_event_row(document) || is_page_of_provider(document) ||
           each_enclosed(document, [](const Enclosed&) {}) ||
           is_inside_an_event(catalogue, document);
  return !shape->is_anybodys || is_answer_of_provider(document);
}

/// A document that was written anew, as long as somebody reads it.
struct WrittenAnew {
  JsonParser parser;
  Json root;
};

DocumentReader reader_of(const Json& document, const FileContext& file, Inference&& found,
                         std::shared_ptr<const WrittenAnew> kept = nullptr) {
  return [document, file, kept, inference = std::make_shared<const Inference>(std::move(found))](
             Observations& observations) {
    LayoutReader(inference->layout, file).read(document, 0, {file.id, 0, {}}, observations);
    observations.inferred({file.id, inference->relations, layout_text(inference->layout)});
  };
}

/// Whether each usage object beside the rows is about some of them, or about all: else the lists
/// tell of something else.
bool are_sums_of(const std::vector<InputAndOutput>& rows, const SeenNode& node) {
  if (node.usage && node.usage->is_whole) {
    InputAndOutput all;
    for (const InputAndOutput& sum : rows) {
      all.input += sum.input;
      all.output += sum.output;
    }
    const InputAndOutput told{ExactSum(node.usage->given[Counter::input].value_or(0)),
                              ExactSum(node.usage->given[Counter::output].value_or(0))};
    // One number that is right makes the other one a finding.
    const auto fits = [&](const InputAndOutput& sum) {
      return told.input == sum.input || told.output == sum.output;
    };
    if (!fits(all) && std::none_of(rows.begin(), rows.end(), fits)) return false;
  }
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const SeenNode& child) { return are_sums_of(rows, child); });
}

/// Lists or maps side by side, of which each item is a call or a usage object.
DocumentReader open_columns(const Json& document, const FileContext& file) {
  const auto written = with_calls_as_rows(document);
  if (!written) return {};
  const auto told = take_census(document, file);
  if (told && !are_sums_of(written->sums, *told)) return {};
  const auto rows = std::make_shared<WrittenAnew>();
  const ParsedJson parsed = rows->parser.parse_copy(written->text);
  if (parsed.fault) return {};
  rows->root = parsed.root;
  std::optional<Inference> inference = infer_layout(rows->root, file);
  return inference ? reader_of(rows->root, file, std::move(*inference), rows) : DocumentReader();
}

/// Looking at a large document takes as long as reading it, so the reader keeps what was found out.
DocumentReader open(const Json& document, const FileContext& file) {
  const Catalogue& catalogue = file.catalogue();
  if (DocumentReader columns = open_columns(document, file)) return columns;
  if (is_known_to_providers(catalogue, document) || is_list_of_answers(catalogue, document) ||
      stream_beside_sum(catalogue, document))
    return {};
  std::optional<Inference> inference = infer_layout(document, file);
  if (!inference ||
      !(knows_better(catalogue, document, *inference) || !is_provider_json(catalogue, document)))
    return {};
  return reader_of(document, file, std::move(*inference));
}

}  // namespace

extern const Format format_inferred;
const Format format_inferred{
    .id = kFormat,
    .description = "any JSON document with usage objects: what is the sum of what is found out",
    .open_document = open,
};

}  // namespace usagectl
