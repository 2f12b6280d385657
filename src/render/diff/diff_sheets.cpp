#include "render/diff/diff_sheets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/parts/answer_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostNames = 5;

Column column(std::string id, Content content = Content::text) {
  std::string title = id;
  std::replace(title.begin(), title.end(), '_', ' ');
  return {std::move(id), std::move(title), content, Weight::needed, false};
}

Cell cell(std::string_view text) { return text.empty() ? Cell() : Cell(text); }

std::string weight_text(Weighed weighed) {
  switch (weighed) {
    case Weighed::shown: return "no";
    case Weighed::judged: return "yes";
    case Weighed::required: return "required";
  }
  return "no";
}

std::string names_text(const std::vector<std::string>& names) {
  std::vector<std::string> shown = names;
  if (shown.size() > kMostNames) shown.resize(kMostNames);
  std::string text = joined(shown, ", ");
  if (names.size() > shown.size()) text += fmt::format(" and {} more", names.size() - shown.size());
  return text;
}

bool is_absent(const AxisDifference& axis) {
  return axis.a.value == "absent" && axis.b.value == "absent";
}

std::string subject_of(const ValueDifference& value, const DiffReport& report) {
  if (value.calls) return place_text(report.a.calls[value.calls->first].place, report.a.files);
  return value.key.empty() ? std::string() : fmt::format("{} {}", value.key, value.name);
}

}  // namespace

std::string place_text(const Place& place, const std::vector<std::string>& files) {
  std::string text = files[place.file];
  if (place.line != 0) text += fmt::format(":{}", place.line);
  if (!place.pointer.empty()) text += " " + place.pointer;
  return text;
}

Sheet sheet_of_parts(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("part"), column("verdict"), column("judged"),
                   column("summary", Content::sentence)};
  for (std::size_t i = 0; i < kDiffPartCount; ++i) {
    const PartVerdict& part = report.parts[i];
    sheet.rows.push_back({Cell(kDiffPartNames[i]), Cell(name_of(part.verdict)),
                          Cell(weight_text(report.judgement.parts[i])), cell(part.sentence)});
  }
  return sheet;
}

Sheet sheet_of_records(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("number_of"), column("a", Content::number), column("b", Content::number),
                   column("only_in_a"), column("only_in_b")};
  for (const NamesOnSides& row : report.records.rows) {
    if (row.a == row.b && row.only_a.empty() && row.only_b.empty()) continue;
    sheet.rows.push_back({Cell(row.what), Cell(row.a), Cell(row.b), cell(names_text(row.only_a)),
                          cell(names_text(row.only_b))});
  }
  return sheet;
}

Sheet sheet_of_meaning(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("axis"), column("verdict"), column("a"), column("b"), column("evidence")};
  for (const auto& axis : report.meaning) {
    if (is_absent(axis)) continue;
    sheet.rows.push_back({Cell(axis.axis), Cell(name_of(axis.verdict)), Cell(answer_text(axis.a)),
                          Cell(answer_text(axis.b)), cell(axis.evidence)});
  }
  return sheet;
}

std::string absent_axes(const DiffReport& report) {
  std::vector<std::string> names;
  for (const auto& axis : report.meaning) {
    if (is_absent(axis)) names.emplace_back(axis.axis);
  }
  return names.empty() ? std::string() : "absent on both sides: " + joined(names, ", ");
}

Sheet sheet_of_client(const DiffReport& report) {
  Sheet sheet;
  const bool is_b = report.client.raw == RawSide::a;
  sheet.columns = {column("number"),
                   column("as_sent"),
                   {"client", fmt::format("what {} made of it", is_b ? "B" : "A"),
                    Content::sentence, Weight::needed, false},
                   column("untested", Content::sentence)};
  for (const ClientNumber& number : report.client.numbers) {
    const char* const as_sent = number.is_left_out ? "left out" : number.is_as_sent ? "yes" : "no";
    sheet.rows.push_back(
        {Cell(number.number), Cell(as_sent), Cell(number.did), cell(number.untested)});
  }
  return sheet;
}

Sheet sheet_of_keys(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("key"), column("in_a"), column("in_b")};
  for (const auto& key : report.keys) {
    const auto in_a = presence_of(key.a);
    const auto in_b = presence_of(key.b);
    if (in_a != in_b) sheet.rows.push_back({Cell(key.path), Cell(in_a), Cell(in_b)});
  }
  return sheet;
}

Sheet sheet_of_totals(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("sum_of"), column("a", Content::number), column("b", Content::number),
                   column("difference", Content::number)};
  for (const auto& value : report.values.totals) {
    sheet.rows.push_back({Cell(name_of(value.counter)), Cell(value.a), Cell(value.b),
                          Cell::difference(value.difference())});
  }
  return sheet;
}

Sheet sheet_of_differences(const DiffReport& report, std::size_t most) {
  Sheet sheet;
  sheet.columns = {column("largest_differences"), column("counter"), column("a", Content::number),
                   column("b", Content::number), column("difference", Content::number)};
  for (const ValueDifference* value : report.values.largest()) {
    if (sheet.rows.size() == most) break;
    sheet.rows.push_back({Cell(subject_of(*value, report)), Cell(name_of(value->counter)),
                          Cell(value->a), Cell(value->b), Cell::difference(value->difference())});
  }
  return sheet;
}

Sheet sheet_of_everything(const DiffReport& report) {
  Sheet sheet;
  sheet.columns = {column("part"), column("name"), column("counter"),    column("verdict"),
                   column("a"),    column("b"),    column("difference"), column("evidence")};
  const auto add = [&](DiffPart part, std::string_view name, std::string_view counter,
                       std::string_view verdict, Cell a, Cell b, Cell difference,
                       std::string_view evidence) {
    sheet.rows.push_back({Cell(name_of(part)), cell(name), cell(counter), cell(verdict),
                          std::move(a), std::move(b), std::move(difference), cell(evidence)});
  };
  for (std::size_t i = 0; i < kDiffPartCount; ++i) {
    add(static_cast<DiffPart>(i), "", "", name_of(report.parts[i].verdict), {}, {}, {},
        report.parts[i].sentence);
  }
  for (const NamesOnSides& row : report.records.rows)
    add(DiffPart::records, row.what, "", "", Cell(row.a), Cell(row.b), {}, "");
  for (const std::size_t call : report.records.unpaired_a)
    add(DiffPart::records, place_text(report.a.calls[call].place, report.a.files), "", "different",
        Cell("unpaired"), {}, {}, "");
  for (const std::size_t call : report.records.unpaired_b)
    add(DiffPart::records, place_text(report.b.calls[call].place, report.b.files), "", "different",
        {}, Cell("unpaired"), {}, "");
  for (const auto& key : report.keys) {
    const bool is_shared = key.a.records > 0 && key.b.records > 0;
    add(DiffPart::keys, key.path, "", is_shared ? "same" : "different", Cell(presence_of(key.a)),
        Cell(presence_of(key.b)), {}, "");
  }
  for (const auto& axis : report.meaning)
    add(DiffPart::meaning, axis.axis, "", name_of(axis.verdict), Cell(answer_text(axis.a)),
        Cell(answer_text(axis.b)), {}, axis.evidence);
  for (const ClientNumber& number : report.client.numbers)
    add(DiffPart::meaning, "client", number.number, number.is_as_sent ? "same" : "different", {},
        {}, {}, number.did);
  for (const auto* const list :
       {&report.values.totals, &report.values.groups, &report.values.calls}) {
    for (const ValueDifference& value : *list) {
      const bool is_known = value.a && value.b;
      add(DiffPart::values, subject_of(value, report), name_of(value.counter),
          value.is_beyond ? "different"
          : is_known      ? "same"
                          : "undetermined",
          Cell(value.a), Cell(value.b), Cell::difference(value.difference()), "");
    }
  }
  return sheet;
}

}  // namespace usagectl
