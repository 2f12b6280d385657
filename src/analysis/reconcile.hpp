#pragma once

#include "analysis/collector.hpp"
#include "analysis/reconcile_report.hpp"

namespace usagectl {

/// The question that reconcile asks of the records.
Question reconcile_question();

/// Checks every claim that was collected for reconcile_question(). Takes intake and findings out of
/// the collector.
ReconcileReport reconcile(Collector& collected);

/// Puts the findings into their order and draws the verdict from them, anew whenever they change.
void judge(ReconcileReport& report);

}  // namespace usagectl
