#include "render/diff_render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/parts/answer_json.hpp"
#include "render/parts/answer_text.hpp"
#include "render/parts/counts_json.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/intake_text.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"
#include "render/text/markdown.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/sheet.hpp"
#include "render/text/table.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

std::string_view presence_of(const KeyUse& use, std::uint64_t records) {
  if (use.records == 0) return "never";
  if (use.nulls == use.records) return "null";
  return use.records == records && use.nulls == 0 ? "always" : "sometimes";
}

std::optional<Count> difference_of(const ValueDifference& value) {
  if (!value.a || !value.b) return std::nullopt;
  ExactSum difference(*value.a);
  difference -= *value.b;
  return difference.count();
}

std::string place_text(const Place& place, const std::vector<std::string>& files) {
  std::string text = files[place.file];
  if (place.line != 0) text += fmt::format(":{}", place.line);
  if (!place.pointer.empty()) text += " " + place.pointer;
  return text;
}

ordered_json place_json(const Place& place, const std::vector<std::string>& files) {
  return {{"file", json_string(files[place.file])},
          {"pointer", json_string(place.pointer)},
          {"line", place.line == 0 ? ordered_json(nullptr) : ordered_json(place.line)}};
}

ordered_json keys_json(const DiffReport& report) {
  ordered_json only_a = ordered_json::array();
  ordered_json only_b = ordered_json::array();
  ordered_json shared = ordered_json::array();
  ordered_json presence = ordered_json::object();
  for (const auto& key : report.keys) {
    ordered_json& list = key.b.records == 0 ? only_a : key.a.records == 0 ? only_b : shared;
    list.push_back(json_string(key.path));
    presence[visible_text(key.path)] = {{"a", presence_of(key.a, report.a.records())},
                                        {"b", presence_of(key.b, report.b.records())}};
  }
  return {{"only_in_a", std::move(only_a)},
          {"only_in_b", std::move(only_b)},
          {"shared", std::move(shared)},
          {"presence", std::move(presence)}};
}

ordered_json values_json(const DiffReport& report) {
  const auto value_json = [](const ValueDifference& value) -> ordered_json {
    return {{"counter", name_of(value.counter)},
            {"a", count_json(value.a)},
            {"b", count_json(value.b)},
            {"difference", count_json(difference_of(value))}};
  };
  ordered_json totals = ordered_json::array();
  for (const auto& value : report.totals) totals.push_back(value_json(value));
  ordered_json calls = ordered_json::array();
  for (const auto& value : report.values) {
    ordered_json call = value_json(value);
    call["a_call"] = place_json(report.a.calls[value.calls->first].place, report.a.files);
    call["b_call"] = place_json(report.b.calls[value.calls->second].place, report.b.files);
    calls.push_back(std::move(call));
  }
  return {{"compared", report.values_were_compared},
          {"paired_by", name_of(report.pairs.by)},
          {"pairs", report.pairs.calls.size()},
          {"unpaired_a", report.a.calls.size() - report.pairs.calls.size()},
          {"unpaired_b", report.b.calls.size() - report.pairs.calls.size()},
          {"beyond_tolerance", report.values_beyond},
          {"totals", std::move(totals)},
          {"calls", std::move(calls)}};
}

ordered_json json_of(const DiffReport& report) {
  ordered_json meaning = ordered_json::array();
  for (const auto& axis : report.meaning) {
    meaning.push_back(
        {{"axis", axis.axis},
         {"verdict", name_of(axis.verdict)},
         {"a", answer_json(axis.a, report.a.files)},
         {"b", answer_json(axis.b, report.b.files)},
         {"evidence", axis.evidence.empty() ? ordered_json(nullptr) : json_string(axis.evidence)}});
  }
  return {{"schema", "usagectl.diff/1"},       {"verdict", name_of(report.verdict)},
          {"a", intake_json(report.a.intake)}, {"b", intake_json(report.b.intake)},
          {"keys", keys_json(report)},         {"meaning", std::move(meaning)},
          {"values", values_json(report)}};
}

Column column(std::string id, Content content = Content::text, Weight weight = Weight::needed) {
  std::string title = id;
  std::replace(title.begin(), title.end(), '_', ' ');
  return {std::move(id), std::move(title), content, weight, false};
}

Sheet sheet_of_meaning(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("axis"), column("verdict"), column("a"), column("b"), column("evidence")};
  for (const auto& axis : report.meaning) {
    sheet.rows.push_back({Cell(std::string(axis.axis)), Cell(std::string(name_of(axis.verdict))),
                          Cell(answer_text(axis.a)), Cell(answer_text(axis.b)),
                          axis.evidence.empty() ? Cell() : Cell(axis.evidence)});
  }
  return sheet;
}

Sheet sheet_of_keys(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("key"), column("in_a"), column("in_b")};
  for (const auto& key : report.keys) {
    const auto in_a = presence_of(key.a, report.a.records());
    const auto in_b = presence_of(key.b, report.b.records());
    if (in_a != in_b)
      sheet.rows.push_back({Cell(key.path), Cell(std::string(in_a)), Cell(std::string(in_b))});
  }
  return sheet;
}

Sheet sheet_of_totals(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("sum_of"), column("a", Content::number), column("b", Content::number),
                   column("difference", Content::number)};
  for (const auto& value : report.totals) {
    sheet.rows.push_back({Cell(std::string(name_of(value.counter))), Cell(value.a), Cell(value.b),
                          Cell::difference(difference_of(value))});
  }
  return sheet;
}

Sheet sheet_of_values(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("call"), column("counter"), column("a", Content::number),
                   column("b", Content::number), column("difference", Content::number)};
  for (const auto& value : report.values) {
    sheet.rows.push_back(
        {Cell(place_text(report.a.calls[value.calls->first].place, report.a.files)),
         Cell(std::string(name_of(value.counter))), Cell(value.a), Cell(value.b),
         Cell::difference(difference_of(value))});
  }
  return sheet;
}

std::string headline(const DiffReport& report) {
  std::string text = fmt::format("{} meaning", name_of(report.verdict));
  if (report.verdict == Likeness::undetermined)
    text = "undetermined: nothing proves that the meaning is the same";
  if (report.pairs.by != PairedBy::nothing) {
    const auto pairs = report.pairs.calls.size();
    text += fmt::format("; {} {} paired by {}", pairs, pairs == 1 ? "call" : "calls",
                        name_of(report.pairs.by));
  }
  if (report.values_were_compared) {
    text += report.values_beyond == 0
                ? "; the values agree"
                : fmt::format("; {} values differ beyond the tolerance", report.values_beyond);
  }
  return text;
}

Ink ink_of(Likeness verdict) {
  switch (verdict) {
    case Likeness::same: return Ink::good;
    case Likeness::different: return Ink::bad;
    case Likeness::undetermined: return Ink::doubtful;
  }
  return Ink::plain;
}

std::string as_table(const DiffReport& report, const Style& style) {
  std::string text = paragraph(headline(report), ink_of(report.verdict), style) + "\n";
  Sheet meaning = sheet_of_meaning(report);
  meaning.columns.pop_back();  // shown below the table, where there is room for a sentence
  for (Row& row : meaning.rows) row.pop_back();
  text += text_table(meaning, style);
  for (const auto& axis : report.meaning) {
    if (!axis.evidence.empty())
      text += paragraph(fmt::format("{}: {}", axis.axis, axis.evidence), Ink::plain, style);
  }
  const Sheet keys = sheet_of_keys(report);
  if (!keys.rows.empty()) text += "\n" + text_table(keys, style);
  if (report.values_were_compared) {
    text += "\n" + text_table(sheet_of_totals(report), style);
    if (!report.values.empty()) text += "\n" + text_table(sheet_of_values(report), style);
  }
  text += "\n";
  text += paragraph("A: " + accounting_text(report.a.intake), Ink::faint, style);
  return text + paragraph("B: " + accounting_text(report.b.intake), Ink::faint, style);
}

std::string as_markdown(const DiffReport& report) {
  std::string text =
      "### " + markdown_text(headline(report)) + "\n\n" + markdown_table(sheet_of_meaning(report));
  const Sheet keys = sheet_of_keys(report);
  if (!keys.rows.empty()) text += "\n" + markdown_table(keys);
  if (report.values_were_compared) {
    text += "\n" + markdown_table(sheet_of_totals(report));
    if (!report.values.empty())
      text += "\n" + markdown_table(sheet_of_values(report), kLargestMarkdown / 2);
  }
  return text;
}

}  // namespace

std::string render(const DiffReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::json: return json_text(json_of(report));
    case OutputFormat::csv: return csv(sheet_of_meaning(report));
    case OutputFormat::markdown: return as_markdown(report);
    case OutputFormat::table: break;
  }
  return as_table(report, style);
}

}  // namespace usagectl
