// Two captures, cut at the first NUL byte: any bytes can be compared with each other, with
// themselves, and as a provider's report beside logs; a capture is the same as itself.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/bill/billed_usage.hpp"
#include "analysis/bill/compare_bill.hpp"
#include "analysis/diff/diff.hpp"
#include "analysis/diff/diff_findings.hpp"
#include "analysis/reconcile.hpp"
#include "ledger/read_captures.hpp"

using namespace usagectl;

namespace {

const Knowledge& knowledge() {
  static const Knowledge known = builtin_knowledge();
  return known;
}

class MemoryFile {
 public:
  explicit MemoryFile(std::string_view text) : descriptor_(memfd_create("fuzz", MFD_CLOEXEC)) {
    is_written_ = descriptor_ >= 0 &&
                  write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  bool is_written() const { return is_written_; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
  bool is_written_ = false;
};

ReadOptions reading() {
  ReadOptions options;
  options.threads = 1;
  options.most_unpacked_bytes = 1'000'000;
  options.knowledge = &knowledge();
  return options;
}

Side side_of(const MemoryFile& file) {
  Side side(*knowledge().catalogue);
  side.name = "capture";
  Books books = read_captures({file.path()}, side.question(), reading());
  side.finish(books);
  return side;
}

void compare(const MemoryFile& a, const MemoryFile& b) {
  (void)findings_of({diff(side_of(a), side_of(b), {})});
  const DiffReport same = diff(side_of(a), side_of(a), {});
  if (same.fails() && !same.is_empty()) std::abort();
}

void hold_against(const MemoryFile& report, const MemoryFile& log) {
  BillReader bill(knowledge());
  Books reports = read_captures({report.path()}, bill.question(), reading());
  if (bill.not_a_report()) return;
  const BilledUsage billed = bill.finish(reports);
  Question question = reconcile_question();
  question.by = keys_of_logged_usage(billed);
  Books books = read_captures({log.path()}, std::move(question), reading());
  if (!billed.reports.empty()) (void)compare_bill(billed, logged_usage(books));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(bytes.find('\0'), size);
  const MemoryFile a(bytes.substr(0, cut));
  const MemoryFile b(bytes.substr(std::min(cut + 1, size)));
  if (!a.is_written() || !b.is_written()) return 0;
  compare(a, b);
  hold_against(a, b);
  return 0;
}
