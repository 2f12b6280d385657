// A whole file through the table of formats and on into both reports: any bytes end in buckets that
// add up, and no report is made of numbers that are no counts.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/reconcile.hpp"
#include "analysis/summarize.hpp"
#include "capture/read_file.hpp"
#include "ledger/ledger.hpp"

using namespace usagectl;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_record(const UsageRecord& record) {
  require(!record.format.empty());
  require(record.place.file == 0);
  for (const Counter counter : kCounters) {
    const auto value = record.counts[counter];
    require(!value || *value >= 0);
  }
}

Books books_of(std::string_view text, const char* path, Question question) {
  question.on_record = check_record;
  Ledger ledger(std::move(question), {path});
  ledger.begin_file(0, false);
  JsonParser parser;
  Observations found;
  read_text(text, FileContext{0, path}, parser, found);
  ledger.add(std::move(found), 0);
  ledger.end_file();
  return ledger.finish();
}

/// Every object that was met ended in one bucket, and something was met.
void check_intake(const Intake& intake) {
  require(intake.objects() > 0 || !intake.problems.empty() || !intake.warnings.empty());
  for (const Problem& problem : intake.problems) require(!problem.problem.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string copy;
  copy.reserve(size + JsonParser::kPadding);
  copy.assign(reinterpret_cast<const char*>(data), size);

  for (const char* path : {"pass_2/token_usage.json", "characters/bob.json", "-"}) {
    for (const char* key : {"model", "entity"}) {
      Books books = books_of(copy, path, summary_question({key}));
      const SummaryReport report = summarize(books, {key});
      std::uint64_t records = 0;
      for (const SummaryGroup& group : report.main.groups) records += group.tally.records;
      require(records == report.total.records);
    }
    Books books = books_of(copy, path, reconcile_question());
    const ReconcileReport report = reconcile(books);
    std::uint64_t worse_than_notes = 0;
    for (const Finding& finding : report.findings) {
      require(finding.place.file == 0);
      require(!finding.explanation.empty() || finding.asserted || finding.calculated);
      if (finding.severity != Severity::note) ++worse_than_notes;
    }
    require((report.verdict == Verdict::fail) <= (worse_than_notes > 0));
    check_intake(report.intake);
  }
  return 0;
}
