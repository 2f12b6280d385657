#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analysis/checks/reconcile_report.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// A format that reconcile can write its report in.
struct ReconcileFormat {
  std::string_view name;
  std::string (*write)(const ReconcileReport& report, const Style& style);
};

/// All of them, the default first.
std::span<const ReconcileFormat> reconcile_formats();

/// The format of that name; nullptr when there is none.
const ReconcileFormat* reconcile_format(std::string_view name);

/// The whole report as text, with a newline at its end.
std::string render(const ReconcileReport& report, OutputFormat format, const Style& style);

}  // namespace usagectl
