#include "formats/providers/provider_document.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <string>

#include "dialects/usage_words.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/providers/event_shapes.hpp"
#include "formats/providers/provider_envelope.hpp"
#include "formats/providers/recorded_text.hpp"
#include "formats/providers/stream_beside_sum.hpp"
#include "formats/providers/usage_places.hpp"
#include "formats/reading/choices_of_call.hpp"
#include "input/containers/aws_events.hpp"
#include "input/event_stream.hpp"
#include "input/json/json_sequence.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kEndMark = "[DONE]";

bool is_answer(const Catalogue& catalogue, const Json& value) {
  return kind_of(value) != EventKind::unknown || !find_usage(catalogue, value).found.empty();
}

/// The event in a row, when it is a piece of a provider's answer.
bool visit_wrapped_event(const Json& row,
                         const std::function<void(const Json&, const std::string&)>& visit) {
  const Enclosed inside = wrapped_event(row);
  if (inside.body.present()) {
    visit(inside.body, inside.pointer);
    return true;
  }
  if (inside.text.empty()) return false;
  JsonParser parser;
  const std::string text = text_as_sent(inside.text, inside.pointer.ends_with("/bytes"));
  const ParsedJson parsed = parser.parse_copy(text);
  if (parsed.fault || !is_piece(kind_of(parsed.root))) return false;
  visit(parsed.root, inside.pointer);
  return true;
}

/// The objects that a provider lists on a page: batches, runs, answers that it keeps.
Json items_of_page(const Json& value) {
  const bool is_page = value["object"].text() == "list" || value["has_more"].is_bool();
  const Json items = value["data"];
  return is_page && kind_of(value) == EventKind::unknown && shape_of(items.item(0)) != nullptr
             ? items
             : Json();
}

/// Whether a text that stands where answers stand is one of a provider.
bool holds_answer_in_text(const Json& value) {
  bool any = false;
  each_answer_in_text(value, [&](const Enclosed& inside) {
    if (any) return;
    if (looks_like_event_stream(inside.text)) {
      any = true;
      return;
    }
    JsonParser parser;
    const ParsedJson parsed = parser.parse_copy(inside.text);
    const auto is_own = [](const Json& answer) {
      const EventShape* shape = shape_of(answer);
      return shape != nullptr && !shape->is_anybodys && shape->kind != EventKind::no_call;
    };
    any = !parsed.fault && (is_own(parsed.root) || is_own(parsed.root.item(0)));
  });
  return any;
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
    if (!any_usage(catalogue, member)) return;
    other = other || name || !member.is_array();
    name = key;
  });
  return other ? std::nullopt : name;
}

}  // namespace

bool is_list_of_answers(const Catalogue& catalogue, const Json& document) {
  const auto list = document.is_object() ? only_usage_list(catalogue, document) : std::nullopt;
  if (!list || !is_provider_json(catalogue, document[*list])) return false;
  // Rows that are usage objects themselves are of somebody's own making, and so are those that
  // hold several.
  bool are_answers = false;
  bool are_of_own_making = false;
  document[*list].each_item([&](std::size_t index, const Json& item) {
    if (index >= 8) return;
    const EventShape* const shape = shape_of(item);
    const auto found = search_usage(catalogue, item);
    are_answers = are_answers || (!found.empty() && !found.front().pointer.empty());
    are_of_own_making =
        are_of_own_making || (found.size() > 1 && (shape == nullptr || shape->is_anybodys));
  });
  return are_answers && !are_of_own_making;
}

bool is_provider_json(const Catalogue& catalogue, const Json& value) {
  if (value.is_array()) {
    bool all = value.size() > 0;
    value.each_item([&](std::size_t index, const Json& item) {
      if (index < 8 && all)
        all = (item.is_object() || item.is_array()) && is_provider_json(catalogue, item);
    });
    return all;
  }
  if (!value.is_object()) return false;
  bool any = false;
  const bool enclosed = each_enclosed(value, [&](const Enclosed& inside) {
    if (any) return;
    any = inside.body.present()
              ? is_provider_json(catalogue, inside.body)
              : may_count_tokens(inside.text) || looks_like_aws_events(inside.text);
  });
  if (enclosed && any) return true;
  if (is_answer(catalogue, value) || holds_countable_usage(catalogue, value)) return true;
  if (is_event_row(value) || items_of_page(value).present()) return true;
  if (stream_beside_sum(catalogue, value)) return true;
  const auto list = only_usage_list(catalogue, value);
  if (list) return is_provider_json(catalogue, value[*list]);
  return holds_answer_in_text(value);
}

void read_provider_json(const Json& value, const Place& place, const FileContext& file,
                        std::string_view format, ProviderCapture& capture,
                        Observations& observations) {
  if (value.is_array()) {
    const Choices choices = choices_of_one_call(name_of_list(place.pointer), value);
    if (choices == Choices::unsaid) {
      observations.finding(
          {.rule = Rule::duplicate,
           .severity = Severity::warning,
           .place = place,
           .cause = "unrelated-usage",
           .explanation = "may be counted twice: the items have the same counts, as choices of one "
                          "call have"});
    }
    value.each_item([&](std::size_t index, const Json& item) {
      if (choices == Choices::yes && index > 0) {
        observations.ignored("choice of a counted call");
        return;
      }
      const Place item_place{place.file, place.line, pointer_to(place.pointer, index)};
      // A list in a list is an answer of its own, in pieces.
      if (item.is_array()) capture.end_call();
      read_provider_json(item, item_place, file, format, capture, observations);
      if (item.is_array()) capture.end_call();
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
    } else if (items_of_page(inside.body).present() &&
               !search_usage(file.catalogue(), inside.body).empty()) {
      capture.end_call();
      read_provider_json(inside.body, inner, file, format, capture, observations);
      capture.end_call();
    } else {
      capture.end_call();
      capture.whole(inside.body, inner, inside.tier);
    }
  });
  if (enclosed) return;
  const Catalogue& catalogue = file.catalogue();
  if (const Json items = items_of_page(value); items.present()) {
    read_provider_json(items, {place.file, place.line, pointer_to(place.pointer, "data")}, file,
                       format, capture, observations);
    return;
  }
  if (const auto stream = stream_beside_sum(catalogue, value)) {
    capture.end_call();
    read_stream_beside_sum(value, *stream, place, file, format, observations);
    return;
  }
  if (!is_answer(catalogue, value)) {
    const auto list = only_usage_list(catalogue, value);
    if (list && is_provider_json(catalogue, value[*list])) {
      // Rows called events may be states of one call, as long as their counts grow.
      const bool may_be_a_stream = *list == "events" || *list == "chunks";
      ProviderCapture stream(file, format, Calls::growing, observations);
      capture.end_call();
      read_provider_json(value[*list], {place.file, place.line, pointer_to(place.pointer, *list)},
                         file, format, may_be_a_stream ? stream : capture, observations);
      stream.finish();
      capture.end_call();
      return;
    }
    const bool is_event =
        visit_wrapped_event(value, [&](const Json& event, const std::string& pointer) {
          capture.next(event, {place.file, place.line, place.pointer + pointer});
        });
    if (is_event) return;
    if (!list && holds_answer_in_text(value)) {
      each_answer_in_text(value, [&](const Enclosed& inside) {
        read_provider_text(inside.text, {place.file, place.line, place.pointer + inside.pointer},
                           file, format, observations);
      });
      return;
    }
  }
  capture.next(value, place);
}

bool may_be_plain_row(const Json& row) {
  bool is_flat = row.is_object();
  row.each_member([&](std::string_view name, const Json& value) {
    if (value.is_object() || value.is_array() || names_what_it_is(name)) is_flat = false;
  });
  return is_flat && shape_of(row) == nullptr && !each_enclosed(row, [](const Enclosed&) {});
}

bool is_page_of_provider(const Json& document) {
  bool are_own = items_of_page(document).size() > 0;
  items_of_page(document).each_item([&](std::size_t index, const Json& item) {
    constexpr std::size_t kFirstItems = 8;
    const EventShape* shape = index < kFirstItems ? shape_of(item) : nullptr;
    if (index < kFirstItems) are_own = are_own && shape != nullptr && !shape->is_anybodys;
  });
  return are_own;
}

bool is_event_row(const Json& row) {
  return kind_of(row) == EventKind::unknown &&
         visit_wrapped_event(row, [](const Json&, const std::string&) {});
}

void read_event_stream(std::string_view text, const Place& place, JsonParser& parser,
                       ProviderCapture& capture, Observations& observations) {
  each_stream_event(text, [&](std::string_view, std::string_view data, std::uint64_t line) {
    // Copies of streams have white space at the ends of lines.
    if (data.substr(0, data.find_last_not_of(" \t") + 1) == kEndMark) {
      capture.end_call();
      return;
    }
    if (data.find_first_not_of(" \t") == std::string_view::npos) return;
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

void read_aws_events(std::string_view bytes, const Place& place, JsonParser& parser,
                     ProviderCapture& capture, Observations& observations) {
  const bool is_whole = each_aws_event(bytes, [&](std::string_view payload, std::size_t) {
    const ParsedJson parsed = parser.parse_copy(payload);
    if (parsed.fault || !parsed.root.is_object()) return;
    const Json bytes_of_model = parsed.root["bytes"];
    if (!bytes_of_model.is_text()) {
      capture.next(parsed.root, place);
      return;
    }
    const std::string event = text_as_sent(bytes_of_model.text(), true);
    JsonParser inner;
    const ParsedJson inside = inner.parse_copy(event);
    if (!inside.fault && inside.root.is_object()) capture.next(inside.root, place);
  });
  if (!is_whole) observations.unreadable(place, {"the stream ends inside an event", {}, {}});
}

namespace {

/// JSON objects one after the other: Ollama and Cohere v1 stream so.
void read_sequence(std::string_view text, const Place& place, const FileContext& file,
                   std::string_view format, ProviderCapture& capture, Observations& observations) {
  JsonParser parser;
  JsonInSequence next;
  std::uint64_t line = 1;
  while (next_in_sequence(text, line, next)) {
    const ParsedJson parsed = parser.parse_copy(next.text);
    if (parsed.fault) {
      observations.unreadable(
          place, {fmt::format("an event is not JSON: {}", parsed.fault->what), {}, {}});
      continue;
    }
    const Place event{place.file, place.pointer.empty() ? next.line : place.line, place.pointer};
    read_provider_json(parsed.root, event, file, format, capture, observations);
  }
}

}  // namespace

void read_provider_text(std::string_view text, const Place& place, const FileContext& file,
                        std::string_view format, Observations& observations) {
  JsonParser parser;
  if (looks_like_event_stream(text)) {
    ProviderCapture capture(file, format, Calls::one, observations);
    read_event_stream(text, place, parser, capture, observations);
    capture.finish();
    return;
  }
  if (looks_like_aws_events(text)) {
    ProviderCapture capture(file, format, Calls::one, observations);
    read_aws_events(text, place, parser, capture, observations);
    capture.finish();
    return;
  }
  ProviderCapture capture(file, format, Calls::many, observations);
  const ParsedJson parsed = parser.parse_copy(text);
  if (!parsed.fault) {
    read_provider_json(parsed.root, place, file, format, capture, observations);
  } else if (text.starts_with('{') && parsed.fault->more_follows) {
    read_sequence(text, place, file, format, capture, observations);
  } else if (may_be_an_answer(text)) {
    observations.unreadable(place, {fmt::format("is not JSON: {}", parsed.fault->what), {}, {}});
  } else {
    observations.ignored("answer that is not JSON");
  }
  capture.finish();
}

}  // namespace usagectl
