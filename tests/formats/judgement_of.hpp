#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "analysis/reconcile.hpp"
#include "capture/read_file.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {

/// What reconcile says of a text, as if it were the only file of a run.
inline ReconcileReport judgement_of(std::string text, std::string_view path) {
  const std::size_t size = text.size();
  text.append(JsonParser::kPadding, '\0');
  JsonParser parser;
  Observations found;
  read_text(std::string_view(text).substr(0, size), FileContext{0, path}, parser, found);
  Ledger ledger(reconcile_question(), {std::string(path)});
  ledger.begin_file(0, false);
  ledger.add(std::move(found), 0);
  ledger.end_file();
  Books books = ledger.finish();
  return reconcile(books);
}

}  // namespace usagectl
