// Baselines: any bytes give a baseline that can be used, or an error that names the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analysis/checks/baseline.hpp"
#include "analysis/checks/reconcile_report.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Baseline baseline = parse_baseline(text, "known.json");
    ReconcileReport report;
    report.files = {"a.json"};
    report.file_uses = {FileUse::read};
    report.folder = "/work";
    report.findings.resize(1);
    accept_known(baseline, "2026-11-26", report);
    (void)make_baseline(report, "known.json");
  } catch (const InputError& error) {
    if (!std::string_view(error.what()).starts_with("known.json")) std::abort();
  }
  return 0;
}
