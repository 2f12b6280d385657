#include "formats/providers/provider_document.hpp"

#include <fmt/format.h>

#include <optional>

#include "dialects/usage_words.hpp"
#include "formats/providers/provider_envelope.hpp"
#include "formats/providers/usage_places.hpp"
#include "input/event_stream.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kEndMark = "[DONE]";

bool is_answer(const Catalogue& catalogue, const Json& value) {
  return kind_of(value) != EventKind::unknown || !find_usage(catalogue, value).found.empty();
}

/// A number of tokens, or an object that holds one, under whatever name: the sum of a list beside
/// it, perhaps.
bool counts_tokens(std::string_view key, const Json& value) {
  const auto is_counter = [](std::string_view name, const Json& number, bool must_say) {
    const auto counter = counter_named(name);
    return number.is_number() && counter && !names_no_usage(name) &&
           (counter->says_tokens || !must_say);
  };
  if (!value.is_object()) return is_counter(key, value, true);
  if (names_no_usage(key) || names_other_unit(key)) return false;
  bool has_input = false;
  bool has_output = false;
  bool says_tokens = false;
  value.each_member([&](std::string_view name, const Json& member) {
    if (!is_counter(name, member, false)) return;
    const CounterName counter = *counter_named(name);
    has_input = has_input || counter.quantity == Quantity::input;
    has_output = has_output || counter.quantity == Quantity::output;
    says_tokens = says_tokens || counter.says_tokens;
  });
  return says_tokens || (has_input && has_output);
}

/// The list that holds all usage of a document, as {"records": [{…, "usage": U}, …]} has it: its
/// items are calls, and nothing stands beside them that could be their sum. Its name, or nothing.
std::optional<std::string_view> only_usage_list(const Catalogue& catalogue, const Json& value) {
  std::optional<std::string_view> name;
  bool other = false;
  value.each_member([&](std::string_view key, const Json& member) {
    if (!member.is_array() && counts_tokens(key, member)) other = true;
    if (!member.is_object() && !member.is_array()) return;
    if (search_usage(catalogue, member).empty()) return;
    other = other || name || !member.is_array();
    name = key;
  });
  return other ? std::nullopt : name;
}

}  // namespace

bool is_list_of_answers(const Catalogue& catalogue, const Json& document) {
  const auto list = document.is_object() ? only_usage_list(catalogue, document) : std::nullopt;
  if (!list || !is_provider_json(catalogue, document[*list])) return false;
  // Rows that are usage objects themselves are of somebody's own making.
  bool are_answers = false;
  document[*list].each_item([&](std::size_t index, const Json& item) {
    if (index >= 8 || are_answers) return;
    const auto found = search_usage(catalogue, item);
    are_answers = !found.empty() && !found.front().pointer.empty();
  });
  return are_answers;
}

bool is_provider_json(const Catalogue& catalogue, const Json& value) {
  if (value.is_array()) {
    bool all = value.size() > 0;
    value.each_item([&](std::size_t index, const Json& item) {
      if (index < 8 && all) all = item.is_object() && is_provider_json(catalogue, item);
    });
    return all;
  }
  if (!value.is_object()) return false;
  bool any = false;
  const bool enclosed = each_enclosed(value, [&](const Enclosed& inside) {
    if (any) return;
    any = inside.body.present() ? is_provider_json(catalogue, inside.body)
                                : inside.text.find("oken") != std::string_view::npos;
  });
  if (enclosed && any) return true;
  if (is_answer(catalogue, value) || is_countable(catalogue, search_usage(catalogue, value)))
    return true;
  const auto list = only_usage_list(catalogue, value);
  return list && is_provider_json(catalogue, value[*list]);
}

void read_provider_json(const Json& value, const Place& place, const FileContext& file,
                        std::string_view format, ProviderCapture& capture,
                        Observations& observations) {
  if (value.is_array()) {
    value.each_item([&](std::size_t index, const Json& item) {
      const Place item_place{place.file, place.line, pointer_to(place.pointer, index)};
      read_provider_json(item, item_place, file, format, capture, observations);
    });
    return;
  }
  const bool enclosed = each_enclosed(value, [&](const Enclosed& inside) {
    const Place inner{place.file, place.line, place.pointer + inside.pointer};
    if (!inside.body.present()) {
      read_provider_text(inside.text, inner, file, format, observations);
    } else if (inside.body.is_array()) {
      ProviderCapture call(file, format, Calls::many, observations);
      read_provider_json(inside.body, inner, file, format, call, observations);
      call.finish();
    } else {
      capture.finish();
      capture.whole(inside.body, inner);
    }
  });
  if (enclosed) return;
  const Catalogue& catalogue = file.catalogue();
  if (!is_answer(catalogue, value)) {
    const auto list = only_usage_list(catalogue, value);
    if (list && is_provider_json(catalogue, value[*list])) {
      const Place list_place{place.file, place.line, pointer_to(place.pointer, *list)};
      // Events are pieces of one call, whatever they are called around; rows of any other name are
      // calls.
      const bool is_stream = *list == "events" || *list == "chunks";
      ProviderCapture stream(file, format, Calls::one, observations);
      read_provider_json(value[*list], list_place, file, format, is_stream ? stream : capture,
                         observations);
      stream.finish();
      return;
    }
  }
  capture.next(value, place);
}

void read_event_stream(std::string_view text, const Place& place, JsonParser& parser,
                       ProviderCapture& capture, Observations& observations) {
  each_stream_event(text, [&](std::string_view, std::string_view data, std::uint64_t line) {
    if (data == kEndMark || data.find_first_not_of(" \t") == std::string_view::npos) return;
    // Inside a JSON document the lines of an enclosed stream are not lines of the file.
    const Place event{place.file, place.pointer.empty() ? line : place.line, place.pointer};
    const ParsedJson parsed = parser.parse_copy(data);
    if (parsed.fault) {
      observations.unreadable(
          event, {fmt::format("an event is not JSON: {}", parsed.fault->what), {}, {}});
      return;
    }
    if (parsed.root.is_object()) capture.next(parsed.root, event);
  });
}

void read_provider_text(std::string_view text, const Place& place, const FileContext& file,
                        std::string_view format, Observations& observations) {
  JsonParser parser;
  if (looks_like_event_stream(text)) {
    ProviderCapture capture(file, format, Calls::one, observations);
    read_event_stream(text, place, parser, capture, observations);
    capture.finish();
    return;
  }
  const ParsedJson parsed = parser.parse_copy(text);
  if (parsed.fault) {
    observations.ignored("answer that is not JSON");
    return;
  }
  ProviderCapture capture(file, format, Calls::many, observations);
  read_provider_json(parsed.root, place, file, format, capture, observations);
  capture.finish();
}

}  // namespace usagectl
