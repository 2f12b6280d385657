#include "render/reconcile/reconcile_sheet.hpp"

#include <doctest/doctest.h>

#include "render/text/csv.hpp"
#include "reports.hpp"

using namespace usagectl;

TEST_CASE("CSV has one row per finding, with the places of its witnesses") {
  Finding finding = missing_detail();
  finding.witnesses = {{{0, 0, "/x"}, {}}, {{1, 3, "/y"}, {}}};
  Finding note;
  note.rule = Rule::layout;
  note.severity = Severity::note;
  note.place = {1, 12, ""};
  CHECK(csv(reconcile_sheet(report_with({finding, note}))) ==
        "rule,severity,file,pointer,line,column,counter,asserted,calculated,difference,cause,"
        "explanation,"
        "witnesses,basis\n"
        "sum,error,token_usage.json,/after/o4-mini-2025-04-16/output_tokens,,,output,44636,43149,"
        "1487,detail-missing,\"request 17 is missing from the list (output 1,487)\","
        "token_usage.json/x characters/bob.json:3/y,sum of 29 per_request_details\n"
        "layout,note,characters/bob.json,,12,,,,,,,,,\n");
}
