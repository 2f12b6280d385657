#include "render/reconcile/reconcile_render.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "render/reconcile/reconcile_github.hpp"
#include "render/reconcile/reconcile_html.hpp"
#include "render/reconcile/reconcile_json.hpp"
#include "render/reconcile/reconcile_junit.hpp"
#include "render/reconcile/reconcile_markdown.hpp"
#include "render/reconcile/reconcile_sarif.hpp"
#include "render/reconcile/reconcile_sheet.hpp"
#include "render/reconcile/reconcile_table.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

constexpr std::array kFormats = {
    ReconcileFormat{"table", reconcile_table},
    ReconcileFormat{"json", [](const ReconcileReport& report,
                               const Style&) { return json_text(reconcile_json(report)); }},
    ReconcileFormat{"csv",
                    [](const ReconcileReport& report, const Style& style) {
                      return csv(reconcile_sheet(report), style.formulas);
                    }},
    ReconcileFormat{"markdown", [](const ReconcileReport& report,
                                   const Style&) { return reconcile_markdown(report); }},
    ReconcileFormat{
        "html", [](const ReconcileReport& report, const Style&) { return reconcile_html(report); }},
    ReconcileFormat{"junit", [](const ReconcileReport& report,
                                const Style&) { return reconcile_junit(report); }},
    ReconcileFormat{"sarif", [](const ReconcileReport& report,
                                const Style&) { return json_text(reconcile_sarif(report)); }},
    ReconcileFormat{"github", [](const ReconcileReport& report,
                                 const Style&) { return reconcile_github(report); }},
};

}  // namespace

std::span<const ReconcileFormat> reconcile_formats() { return kFormats; }

const ReconcileFormat* reconcile_format(std::string_view name) {
  for (const ReconcileFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::string render(const ReconcileReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::table: return reconcile_table(report, style);
    case OutputFormat::json: return json_text(reconcile_json(report));
    case OutputFormat::csv: return csv(reconcile_sheet(report), style.formulas);
    case OutputFormat::markdown: return reconcile_markdown(report);
    case OutputFormat::html: return reconcile_html(report);
  }
  return {};
}

}  // namespace usagectl
