#include "analysis/checks/report_places.hpp"

namespace usagectl {

std::vector<Place*> places_of(ReconcileReport& report) {
  std::vector<Place*> places;
  const auto add = [&](std::vector<Finding>& findings) {
    for (Finding& finding : findings) {
      places.push_back(&finding.place);
      for (Witness& witness : finding.witnesses) places.push_back(&witness.place);
    }
  };
  add(report.findings);
  if (report.baseline) add(report.baseline->known);
  return places;
}

}  // namespace usagectl
