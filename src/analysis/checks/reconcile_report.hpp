#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/checks/baseline.hpp"
#include "model/finding.hpp"
#include "model/intake.hpp"

namespace usagectl {

enum class Verdict : std::uint8_t { pass, fail, unprovable };

constexpr std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::unprovable: return "unprovable";
  }
  return "unprovable";
}

/// What `reconcile` reports, and the findings of `diff` in the same form.
struct ReconcileReport {
  std::string_view command = "reconcile";  ///< whose findings these are
  std::string summary;  ///< the verdict in words; empty = the number of findings and checks
  Intake intake;
  Verdict verdict = Verdict::pass;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;        ///< findings of severity error or warning
  std::uint64_t unprovable = 0;    ///< claims whose parts are not there
  std::uint64_t open = 0;          ///< counted records that leave a counter open
  std::vector<Finding> findings;   ///< worst first, then by place
  std::vector<std::string> files;  ///< names by FileId
  std::vector<FileUse> file_uses;  ///< by FileId
  std::string folder;  ///< the current folder, which names are relative to; empty = not known
  Severity fails_at = Severity::error;  ///< findings of this severity or worse decide the verdict

  std::array<std::uint64_t, kRuleCount>
      switched_off{};           ///< findings of rules that are off, by rule
  std::string switched_off_by;  ///< the place in a project file that did it; empty = an option
  std::optional<BaselineResult> baseline;

  // How much the table shows; the other formats show all.
  std::size_t most_causes = 0;  ///< 0 = all
  bool counts_only = false;     ///< no blocks: how many findings of which rule and cause

  bool fails(const Finding& finding) const { return finding.severity >= fails_at; }
  /// False where no file claims anything: then nothing is proved either.
  bool has_checked_something() const {
    return passed + failed + unprovable > 0 || !findings.empty() ||
           (baseline && !baseline->known.empty());
  }
};

}  // namespace usagectl
