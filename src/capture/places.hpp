#pragma once

#include <type_traits>
#include <variant>

#include "model/observations.hpp"

namespace usagectl {

/// Calls visit(place) for every place that the observations name.
template <typename Visit>
void each_place(Observations& observations, Visit&& visit) {
  const auto in_finding = [&](Finding& finding) {
    visit(finding.place);
    for (Witness& witness : finding.witnesses) visit(witness.place);
  };
  for (UsageRecord& record : observations.records()) visit(record.place);
  for (auto& entry : observations.entries()) {
    std::visit(
        [&](auto& what) {
          using What = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<What, Finding>) {
            in_finding(what);
          } else if constexpr (std::is_same_v<What, UnlessReported>) {
            visit(what.record.place);
            if (what.finding) in_finding(*what.finding);
          } else if constexpr (std::is_same_v<What, CopiedCall>) {
            visit(what.record.place);
          } else if constexpr (std::is_same_v<What, ResumedSum>) {
            for (UsageRecord& record : what.records) visit(record.place);
          } else if constexpr (std::is_same_v<What, SumClaim>) {
            visit(what.place);
            visit(what.before_place);
          } else if constexpr (requires { what.place; }) {
            visit(what.place);
          }
        },
        entry.what);
  }
}

/// Says that all of them are of that file.
inline void set_file(Observations& observations, FileId file) {
  each_place(observations, [file](Place& place) { place.file = file; });
  for (auto& entry : observations.entries()) {
    if (auto* const layout = std::get_if<InferredLayout>(&entry.what)) layout->file = file;
  }
}

}  // namespace usagectl
