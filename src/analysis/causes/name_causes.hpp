#pragma once

#include <cstddef>

#include "analysis/checks/resolve_claims.hpp"
#include "ledger/collector.hpp"

namespace usagectl {

/// Looks for the cause of every claim that fails, and says it in its findings: one explanation for
/// all findings of a claim. Reads again what it needs to see; what holds is never read twice.
void name_causes(Collector& collected, const Resolution& resolution, std::size_t threads);

}  // namespace usagectl
