// A file in whatever container, from its bytes to the reports: what it holds is counted, a
// duplicate, ignored or rejected, and the groups add up.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "analysis/reconcile.hpp"
#include "analysis/summarize.hpp"
#include "ledger/read_captures.hpp"

using namespace usagectl;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void read(const std::string& path, const ReadOptions& reading) {
  Books books = read_captures({path}, summary_question({"model"}), reading);
  const SummaryReport report = summarize(books, {"model"});
  std::uint64_t records = 0;
  for (const SummaryGroup& group : report.main.groups) records += group.tally.records;
  require(records == report.total.records);
  Books claims = read_captures({path}, reconcile_question(), reading);
  const ReconcileReport verdict = reconcile(claims);
  for (const Problem& problem : verdict.intake.problems) require(!problem.problem.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Knowledge knowledge = builtin_knowledge();
  const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
  if (descriptor < 0) return 0;
  if (write(descriptor, data, size) == static_cast<ssize_t>(size)) {
    ReadOptions reading;
    reading.threads = 1;
    reading.most_unpacked_bytes = 1'000'000;
    reading.knowledge = &knowledge;
    read("/proc/self/fd/" + std::to_string(descriptor), reading);
  }
  close(descriptor);
  return 0;
}
