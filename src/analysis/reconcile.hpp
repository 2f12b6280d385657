#pragma once

#include "analysis/checks/reconcile_report.hpp"
#include "capture/file_pieces.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// The question that reconcile asks of the records.
Question reconcile_question();

/// Checks every claim that was collected for reconcile_question(), and looks for the causes of
/// those that fail, for which files may be read again. Takes intake and findings out of the
/// books. `reading` says how files are read again.
ReconcileReport reconcile(Books& books, const PieceOptions& reading = {});

}  // namespace usagectl
