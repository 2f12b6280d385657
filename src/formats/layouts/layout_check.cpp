#include "formats/layouts/layout_check.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/layouts/layout_parser.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/layouts/layout_values.hpp"
#include "formats/layouts/text/text_log.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/spelled_words.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

std::string shown(std::optional<Count> count) {
  return count ? std::to_string(*count) : std::string("null");
}

/// "input 3, output 4 at /calls/0"
std::string shown(const UsageRecord& record) {
  std::string text;
  for (const Counter counter : kCounters) {
    if (!record.counts.has(counter) || counter == Counter::requests) continue;
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", name_of(counter), *record.counts[counter]);
  }
  return fmt::format("{} at {}", text.empty() ? "nothing" : text,
                     record.place.pointer.empty() ? "the document" : record.place.pointer);
}

/// Names each mistake of spelling by its place: a misspelt expectation would hold without a word.
class SampleParser : private LayoutValues {
 public:
  explicit SampleParser(std::string_view file) : LayoutValues(file) {}

  void check(const Json& layout) const {
    items(layout["samples"], "/samples", [&](const Json& sample, const std::string& at) {
      members(sample, at, {"document", "lines", "text", "records", "verdict", "note"},
              [&](std::string_view key, const Json& value, const std::string& place) {
                if (key == "records")
                  items(value, place, [&](const Json& record, const std::string& where) {
                    check_record(record, where);
                  });
                if (key == "verdict") check_verdict(value, place);
                if ((key == "lines" || key == "text") && !value.is_array())
                  fail(place, fmt::format("is {}, expected a list", value.described()));
              });
    });
  }

 private:
  void check_record(const Json& record, const std::string& at) const {
    members(record, at, {"role", "id", "model", "time", "tokens", "note"},
            [&](std::string_view key, const Json& value, const std::string& place) {
              if (key == "tokens")
                check_tokens(value, place);
              else
                text(value, place);
            });
  }

  void check_verdict(const Json& value, const std::string& at) const {
    const std::string verdict = text(value, at);
    if (verdict != "pass" && verdict != "fail" && verdict != "unprovable")
      fail(at, "expected pass, fail or unprovable");
  }

  void check_tokens(const Json& tokens, const std::string& at) const {
    std::vector<std::string> names;
    for (const Counter counter : kCounters) names.emplace_back(name_of(counter));
    members(tokens, at, names, [&](std::string_view, const Json& value, const std::string& place) {
      if (!value.is_null() && !(value.is_number() && read_count(value).count))
        fail(place, fmt::format("is {}, expected a whole number or null", value.described()));
    });
  }
};

/// Compares one record with what a sample says of it: {"model": "m", "tokens": {"input": 3}}.
/// Counters that it doesn't name may be anything.
void compare(const UsageRecord& record, const ordered_json& expected, const std::string& at,
             LayoutCheck& check) {
  const auto fault = [&](std::string_view name, const std::string& is, const std::string& wanted) {
    check.faults.push_back(fmt::format("{}: {} is {}, expected {}", at, name,
                                       is.empty() ? std::string_view("absent") : is, wanted));
  };
  for (const auto& [name, wanted] : expected.items()) {
    if (name == "model" && wanted != record.model) fault(name, record.model, wanted.dump());
    if (name == "role" && wanted != std::string(name_of(record.role)))
      fault(name, std::string(name_of(record.role)), wanted.dump());
    if (name == "time" && wanted != record.time) fault(name, record.time, wanted.dump());
    if (name == "id" && wanted != record.id) fault(name, record.id, wanted.dump());
  }
  if (!expected.contains("tokens")) return;
  for (const Counter counter : kCounters) {
    const std::string name(name_of(counter));
    if (!expected["tokens"].contains(name)) continue;
    const ordered_json& wanted = expected["tokens"][name];
    const auto count = wanted.is_null() ? std::nullopt : std::optional(wanted.get<Count>());
    if (record.counts[counter] != count) fault(name, shown(record.counts[counter]), shown(count));
  }
}

/// What a sample shows: one document, or the lines of a file.
std::vector<const ordered_json*> documents_of(const ordered_json& sample) {
  std::vector<const ordered_json*> documents;
  if (sample.contains("document")) documents.push_back(&sample["document"]);
  if (sample.contains("lines") && sample["lines"].is_array()) {
    for (const ordered_json& line : sample["lines"]) documents.push_back(&line);
  }
  return documents;
}

void note_what_is_found(const UsageRecord& record, LayoutCheck& check) {
  const std::string place(record.view.name);
  check.found.insert(place);
  if (!record.id.empty()) check.found.insert(place + "/id");
  if (!record.model.empty()) check.found.insert(place + "/model");
  if (!record.time.empty()) check.found.insert(place + "/time");
}

/// A path that is misspelt finds nothing, and would not be missed.
void say_what_is_never_found(const Layout& layout, std::string_view file, LayoutCheck& check) {
  for (std::size_t i = 0; i < layout.records.size(); ++i) {
    const LayoutRecord& record = layout.records[i];
    if (!check.found.contains(record.view)) continue;
    const auto say = [&](std::string_view key, const Sources& sources) {
      if (sources.empty() || check.found.contains(fmt::format("{}/{}", record.view, key))) return;
      check.warnings.push_back(
          fmt::format("{}: /records/{}/{}: {} is found in no record of the samples", file, i, key,
                      sources.front().text()));
    };
    say("id", record.id.all.empty() ? Sources() : record.id.all.front());
    say("model", record.model);
    say("time", record.time);
  }
}

void compare_all(Observations&& found, const ordered_json& sample, const std::string& at,
                 LayoutCheck& check) {
  const ordered_json& expected = sample["records"];
  for (const UsageRecord& record : found.records()) note_what_is_found(record, check);
  if (found.records().size() != expected.size()) {
    std::string given;
    for (const UsageRecord& record : found.records())
      given += (given.empty() ? ": " : "; ") + shown(record);
    check.faults.push_back(fmt::format("{}: gives {} records, expected {}{}", at,
                                       found.records().size(), expected.size(), given));
    return;
  }
  for (std::size_t i = 0; i < expected.size(); ++i)
    compare(found.records()[i], expected[i], fmt::format("{}/records/{}", at, i), check);
  check.read.push_back({at, sample.value("verdict", std::string()), std::move(found)});
}

void check_text_sample(const Layout& layout, const ordered_json& sample, const std::string& at,
                       std::string_view file, LayoutCheck& check) {
  std::string text;
  for (const ordered_json& line : sample["text"]) text += line.get<std::string>() + "\n";
  if (!is_text_of(layout, text)) {
    check.faults.push_back(fmt::format("{}: the layout does not recognise its own sample", at));
    return;
  }
  JsonParser parser;
  Observations found;
  read_text_log(layout, text, FileContext{0, file}, parser, found);
  compare_all(std::move(found), sample, at, check);
}

void check_sample(const Layout& layout, const ordered_json& sample, const std::string& at,
                  std::string_view file, LayoutCheck& check) {
  if (layout.text) return check_text_sample(layout, sample, at, file, check);
  JsonParser parser;
  Observations found;
  const bool is_log = sample.contains("lines");
  LayoutReader reader(layout, FileContext{0, file},
                      is_log ? LayoutReader::Of::lines : LayoutReader::Of::document);
  std::uint64_t line = 0;
  bool is_known = false;
  const std::vector<std::string_view> spelled(layout.words.begin(), layout.words.end());
  const SpelledWords words(spelled);
  for (const ordered_json* document : documents_of(sample)) {
    if (is_log) ++line;
    const std::string text = document->dump();
    const ParsedJson parsed = parser.parse_copy(text);
    const bool is_context = reader.remember(parsed.root);
    const auto entry = entry_of(layout, parsed.root);
    if ((entry || is_context) && !layout.words.empty() && !words.may_stand_in(text))
      check.faults.push_back(fmt::format("{}: none of the words is in the line {}", at, text));
    if (!entry) continue;
    is_known = true;
    reader.read(parsed.root, *entry, {0, line, {}}, found);
  }
  if (!is_known) {
    check.faults.push_back(fmt::format("{}: the layout does not recognise its own sample", at));
    return;
  }
  if (is_log) reader.finish(found);
  compare_all(std::move(found), sample, at, check);
}

}  // namespace

LayoutCheck check_layout(std::string_view text, std::string_view file) {
  const Layout layout = parse_layout(text, file);
  const ordered_json json = ordered_json::parse(text, nullptr, false);
  // A layout is read with more patience than its samples.
  if (json.is_discarded()) throw InputError(fmt::format("{}: invalid JSON", file));
  LayoutCheck check;
  if (!json.contains("samples") || json["samples"].empty()) {
    check.faults.push_back(fmt::format("{}: no samples: nothing was checked", file));
    return check;
  }
  JsonParser parser;
  SampleParser(file).check(parser.parse_copy(text).root);
  for (const ordered_json& sample : json["samples"]) {
    const std::string at = fmt::format("{}: /samples/{}", file, check.samples++);
    const bool has_log = layout.text ? sample.contains("text") : !documents_of(sample).empty();
    if (!has_log || !sample.contains("records") || !sample["records"].is_array()) {
      check.faults.push_back(fmt::format("{}: expected {}, and \"records\", the list that it gives",
                                         at,
                                         layout.text ? "\"text\"" : "\"document\" or \"lines\""));
      continue;
    }
    check_sample(layout, sample, at, file, check);
  }
  say_what_is_never_found(layout, file, check);
  return check;
}

}  // namespace usagectl
