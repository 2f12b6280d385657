#include "render/reconcile/reconcile_sheet.hpp"

#include <fmt/format.h>

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

}  // namespace usagectl
