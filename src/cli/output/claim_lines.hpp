#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/output/report_writer.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// Writes what claims are about as it is read, and the claims in the end, as lines of a file of
/// their own (see render/flat_claim.hpp).
class ClaimLines {
 public:
  /// Throws WriteError when the file cannot be created.
  ClaimLines(World& world, const std::string& path) : writer_(world, path) {}

  /// Asks for the claims of a run, and for their parts. `names` are those of its files, which are
  /// known when the reading begins.
  void ask(Question& question, const std::vector<std::string>* const& names);
  /// Writes the claims. The file takes its place by finish().
  void write(const Books& books);
  void finish() { writer_.finish(); }

 private:
  void write_when_full();
  void write_lines();

  ReportWriter writer_;
  std::string lines_;
};

}  // namespace usagectl
