#pragma once

#include "analysis/checks/resolve_claims.hpp"
#include "capture/file_pieces.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// Looks for the cause of every claim that fails, and says it in its findings: one explanation for
/// all findings of a claim. Reads again what it needs to see; what holds is never read twice.
void name_causes(Books& books, const Resolution& resolution, const PieceOptions& reading);

}  // namespace usagectl
