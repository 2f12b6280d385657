#include "render/record_sheet.hpp"

#include <doctest/doctest.h>

#include "render/text/csv.hpp"
#include "render/text/table.hpp"
#include "reports.hpp"

using namespace usagectl;

namespace {

Sheet one_record() {
  UsageRecord record;
  record.place = {0, 3, "/usage"};
  record.format = "token_usage";
  record.dialect = "llmplus";
  record.model = "o4-mini";
  record.scope = {{"tick", "3"}, {"entity", "bob"}};
  record.counts = counts_of({{Counter::input, 10}, {Counter::total, 1497}});
  const RecordUse use;
  Sheet sheet = record_sheet();
  sheet.rows.push_back(record_row(record, "a.jsonl", &use));
  return sheet;
}

}  // namespace

TEST_CASE("CSV of records has every field") {
  CHECK(csv(one_record()) ==
        "file,line,pointer,format,dialect,role,id,model,time,scope,requests,completions,input,"
        "cache_read,cache_write,tool_prompt,output,reasoning,total,unexplained,chain_length,cost,"
        "cost_currency,bucket,reason\n"
        "a.jsonl,3,/usage,token_usage,llmplus,request,,o4-mini,,tick=3;entity=bob,,,10,,,,,,1497,,"
        ",,,counted,\n");
}

TEST_CASE("people are shown where a record stands and what it counts") {
  CHECK(text_table(one_record(), {}) ==
        "file     line  pointer  role     model    input  total  bucket\n"
        "───────  ────  ───────  ───────  ───────  ─────  ─────  ───────\n"
        "a.jsonl     3  /usage   request  o4-mini     10  1,497  counted\n");
}

TEST_CASE("a narrow table of records still says which of them count") {
  Style style;
  style.width = 60;
  const std::string table = text_table(one_record(), style);
  CHECK(table.find("counted") != std::string::npos);
}
