#include "render/reconcile/reconcile_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "render/reconcile/file_name.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

Cell text_cell(std::string_view text) { return text.empty() ? Cell() : Cell(text); }

/// A line or a column.
Cell position_cell(std::uint64_t number) {
  return number == 0 ? Cell() : Cell(static_cast<Count>(number));
}

/// "file:line/pointer file:line/pointer …": only CSV has it, the rest shows witnesses in full.
std::string places_text(const Finding& finding, const ReconcileReport& report) {
  std::vector<std::string> places;
  for (const Witness& witness : finding.witnesses) {
    std::string place(file_name(report, witness.place));
    if (witness.place.line > 0) place += fmt::format(":{}", witness.place.line);
    places.push_back(place + witness.place.pointer);
  }
  return joined(places, " ");
}

}  // namespace

NumberCells number_cells(const Finding& finding) {
  if (const auto& cost = finding.cost)
    return {Cell::money(cost->asserted), Cell::money(cost->calculated),
            Cell::money(cost->difference())};
  return {Cell(finding.asserted), Cell(finding.calculated), Cell::difference(finding.difference())};
}

Sheet reconcile_sheet(const ReconcileReport& report) {
  Sheet sheet;
  sheet.columns = {{"rule", "rule"},
                   {"severity", "severity"},
                   {"file", "file"},
                   {"pointer", "pointer"},
                   {"line", "line", Content::number},
                   {"column", "column", Content::number, Weight::detail, true},
                   {"counter", "counter"},
                   {"asserted", "asserted", Content::number},
                   {"calculated", "calculated", Content::number},
                   {"difference", "difference", Content::number},
                   {"cause", "cause", Content::text, Weight::detail},
                   {"explanation", "explanation", Content::text, Weight::detail},
                   {"witnesses", "witnesses", Content::text, Weight::detail, true},
                   {"basis", "basis", Content::text, Weight::detail}};
  for (const Finding& finding : report.findings) {
    const NumberCells number = number_cells(finding);
    sheet.rows.push_back({Cell(name_of(finding.rule)), Cell(name_of(finding.severity)),
                          Cell(file_name(report, finding.place)), text_cell(finding.place.pointer),
                          position_cell(finding.place.line), position_cell(finding.place.column),
                          text_cell(finding.counter), number.asserted, number.calculated,
                          number.difference, text_cell(finding.cause),
                          text_cell(finding.explanation), text_cell(places_text(finding, report)),
                          text_cell(finding.basis)});
  }
  return sheet;
}

Sheet counts_sheet(const std::vector<FindingGroup>& groups, const ReconcileReport& report) {
  struct Counted {
    const Finding* first = nullptr;
    Count groups = 0;
    Count findings = 0;
    std::set<FileId> files;
  };
  std::vector<Counted> rows;  // in the order of the groups, which is worst first
  for (const FindingGroup& group : groups) {
    const Finding& first = report.findings[group.front()];
    const auto is_same = [&](const Counted& row) {
      return row.first->severity == first.severity && row.first->rule == first.rule &&
             row.first->cause == first.cause;
    };
    auto row = std::find_if(rows.begin(), rows.end(), is_same);
    if (row == rows.end()) row = rows.insert(rows.end(), Counted{&first, 0, 0, {}});
    ++row->groups;
    row->findings += static_cast<Count>(group.size());
    for (const std::size_t index : group) row->files.insert(report.findings[index].place.file);
  }
  Sheet sheet;
  sheet.columns = {{"severity", "severity"},
                   {"rule", "rule"},
                   {"cause", "cause"},
                   {"groups", "blocks", Content::number},
                   {"findings", "findings", Content::number},
                   {"files", "files", Content::number}};
  for (const Counted& row : rows) {
    sheet.rows.push_back({Cell(name_of(row.first->severity)), Cell(name_of(row.first->rule)),
                          row.first->cause.empty() ? Cell() : Cell(row.first->cause),
                          Cell(row.groups), Cell(row.findings),
                          Cell(static_cast<Count>(row.files.size()))});
  }
  return sheet;
}

}  // namespace usagectl
