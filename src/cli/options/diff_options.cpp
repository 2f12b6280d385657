#include "cli/options/diff_options.hpp"

#include <algorithm>

namespace usagectl {
namespace {

std::string check_tolerance(const std::string& text) {
  std::string fault;
  parse_tolerances(text, fault);
  return fault;
}

}  // namespace

DiffJudgement DiffOptions::judgement() const {
  DiffJudgement judgement;
  judgement.is_parity = parity;
  if (!require.empty() || parity) judgement.parts.fill(Weighed::shown);
  if (parity) {
    // The same keys, no axis that differs, and proof of every axis that matters.
    judgement.weigh(DiffPart::keys, Weighed::required);
    judgement.weigh(DiffPart::meaning, Weighed::judged);
    judgement.weigh(DiffPart::proof, Weighed::required);
  }
  if (values || !tolerance.empty()) judgement.weigh(DiffPart::values, Weighed::judged);
  if (require_proof) judgement.weigh(DiffPart::meaning, Weighed::required);
  for (const std::string& name : require) {
    const auto* const found = std::find(kDiffPartNames.begin(), kDiffPartNames.end(), name);
    if (found != kDiffPartNames.end())
      judgement.weigh(static_cast<DiffPart>(found - kDiffPartNames.begin()), Weighed::required);
  }
  std::string fault;
  if (!tolerance.empty())
    judgement.tolerances = parse_tolerances(tolerance, fault).value_or(Tolerances());
  return judgement;
}

void add_diff_options(OptionSet set, DiffOptions& options) {
  set.add("--require", options.require,
          "Fail unless these parts, separated by commas, are the same",
          {.name = "PART,...",
           .choices = {kDiffPartNames.begin(), kDiffPartNames.end()},
           .separator = ',',
           .one_for_each_name = true});
  set.add_flag("--parity", options.parity,
               "Fail unless the keys are the same, no axis differs and each axis that matters is "
               "proved");
  set.add_flag("--values", options.values, "Fail if the numbers differ too");
  set.add("--tolerance", options.tolerance,
          "Accepted difference of numbers: tokens, such as 20, or a share, such as 0.5%; "
          "for one counter output=20; implies --values",
          {.name = "N|N%|COUNTER=N", .check = check_tolerance});
  set.add_flag("--require-proof", options.require_proof,
               "Fail if the meaning is undetermined: the older name of --require meaning");
}

}  // namespace usagectl
