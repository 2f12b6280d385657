#include "ledger/books/doubts.hpp"

namespace usagectl {
namespace {

/// What these rules find touches no number of tokens or requests; and an object with a number that
/// is none is a problem of its own.
bool touches_counts(Rule rule) {
  return rule != Rule::chain && rule != Rule::sequence && rule != Rule::layout &&
         rule != Rule::number;
}

}  // namespace

void Doubts::note(Finding&& finding) {
  if (finding.severity == Severity::note || !touches_counts(finding.rule)) return;
  // Each number that is not understood has a name that is worth knowing, and each kind of file.
  std::string kind(finding.cause);
  if (finding.cause == "unknown-key" || finding.cause == "not-read" || finding.cause.empty())
    kind += finding.explanation;
  Doubt& doubt = doubts_[{finding.rule, std::move(kind)}];
  if (doubt.places++ == 0) doubt.first = std::move(finding);
}

std::vector<Doubt> Doubts::take() {
  std::vector<Doubt> all;
  for (auto& [kind, doubt] : doubts_) all.push_back(std::move(doubt));
  doubts_.clear();
  return all;
}

}  // namespace usagectl
