#pragma once

#include "analysis/checks/finding_groups.hpp"
#include "analysis/checks/reconcile_report.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// The findings of one cause: the place, what is wrong, the numbers, a picture of a sum that fails,
/// and on demand the witnesses and what rule and cause mean.
Html group_html(const FindingGroup& group, const ReconcileReport& report);

}  // namespace usagectl
