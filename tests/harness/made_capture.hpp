#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "analysis/reconcile.hpp"
#include "analysis/summarize.hpp"
#include "harness/text_file.hpp"
#include "ledger/read_captures.hpp"

namespace usagectl {

/// A folder of files that a test writes, for as long as it is in use.
class MadeCapture {
 public:
  explicit MadeCapture(const std::map<std::string, std::string>& files) {
    for (const auto& [name, text] : files) save(folder_ / name, text);
  }
  ~MadeCapture() { std::filesystem::remove_all(folder_); }
  MadeCapture(const MadeCapture&) = delete;
  MadeCapture& operator=(const MadeCapture&) = delete;

  SummaryReport summary(const std::vector<std::string>& by = {}) const {
    Books books = read_captures({folder_.string()}, summary_question(by), {});
    return summarize(books, by);
  }
  ReconcileReport report() const {
    Books books = read_captures({folder_.string()}, reconcile_question(), {});
    return reconcile(books);
  }
  Count sum(Counter counter = Counter::total) const {
    return summary().total.sum_of(counter).value_or(-1);
  }
  /// Findings of severity error.
  std::size_t errors() const {
    const ReconcileReport found = report();
    return static_cast<std::size_t>(
        std::count_if(found.findings.begin(), found.findings.end(),
                      [](const Finding& finding) { return finding.severity == Severity::error; }));
  }
  std::string path(const std::string& name = {}) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_ = new_folder();
};

}  // namespace usagectl
