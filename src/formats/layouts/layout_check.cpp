#include "formats/layouts/layout_check.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/layouts/layout_parser.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/layouts/text_log.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/spelled_words.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

std::string shown(std::optional<Count> count) {
  return count ? std::to_string(*count) : std::string("null");
}

/// Compares one record with what a sample says of it: {"model": "m", "tokens": {"input": 3}}.
/// Counters that it doesn't name may be anything.
void compare(const UsageRecord& record, const ordered_json& expected, const std::string& at,
             LayoutCheck& check) {
  const auto fault = [&](std::string_view name, const std::string& is, const std::string& wanted) {
    check.faults.push_back(fmt::format("{}: {} is {}, expected {}", at, name, is, wanted));
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

void compare_all(const Observations& found, const ordered_json& expected, const std::string& at,
                 LayoutCheck& check) {
  if (found.records().size() != expected.size()) {
    check.faults.push_back(fmt::format("{}: gives {} records, expected {}", at,
                                       found.records().size(), expected.size()));
    return;
  }
  for (std::size_t i = 0; i < expected.size(); ++i)
    compare(found.records()[i], expected[i], fmt::format("{}/records/{}", at, i), check);
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
  compare_all(found, sample["records"], at, check);
}

void check_sample(const Layout& layout, const ordered_json& sample, const std::string& at,
                  std::string_view file, LayoutCheck& check) {
  if (layout.text) return check_text_sample(layout, sample, at, file, check);
  JsonParser parser;
  Observations found;
  LayoutReader reader(layout, FileContext{0, file});
  bool is_known = false;
  const std::vector<std::string_view> spelled(layout.words.begin(), layout.words.end());
  const SpelledWords words(spelled);
  for (const ordered_json* document : documents_of(sample)) {
    const std::string text = document->dump();
    const ParsedJson parsed = parser.parse_copy(text);
    const bool is_context = reader.remember(parsed.root);
    const auto entry = entry_of(layout, parsed.root);
    if ((entry || is_context) && !layout.words.empty() && !words.may_stand_in(text))
      check.faults.push_back(fmt::format("{}: none of the words is in the line {}", at, text));
    if (!entry) continue;
    is_known = true;
    reader.read(parsed.root, *entry, {}, found);
  }
  if (!is_known) {
    check.faults.push_back(fmt::format("{}: the layout does not recognise its own sample", at));
    return;
  }
  compare_all(found, sample["records"], at, check);
}

}  // namespace

LayoutCheck check_layout(std::string_view text, std::string_view file) {
  const Layout layout = parse_layout(text, file);
  const ordered_json json = ordered_json::parse(text);
  LayoutCheck check;
  if (!json.contains("samples")) return check;
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
  return check;
}

}  // namespace usagectl
