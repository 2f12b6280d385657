#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/meaning/profile.hpp"
#include "ledger/books/books.hpp"
#include "model/intake.hpp"

namespace usagectl {

struct InspectedDialect {
  std::string id;
  std::uint64_t records = 0;
  Answers answers;
};

/// One file, and the dialects in it.
struct InspectedCapture {
  std::string file;
  std::string format;
  std::uint64_t records = 0;
  std::vector<InspectedDialect> dialects;
};

/// What `inspect` reports.
struct InspectReport {
  Intake intake;
  std::vector<InspectedCapture> captures;
  std::vector<InspectedDialect> dialects;  ///< over all captures
  std::vector<InferredLayout> inferred;    ///< of files that no format knows
  std::vector<std::string> files;          ///< names by FileId
};

/// Gathers what every capture means. Give its question to read_captures, then take the report.
class Inspector {
 public:
  /// The catalogue that the records are read with, which must outlive this.
  explicit Inspector(const Catalogue& catalogue) : catalogue_(catalogue) {}

  Question question();
  InspectReport report(Books& books) const;

 private:
  struct Capture {
    std::string_view format;
    std::map<std::string, Profile, std::less<>> by_dialect;
  };
  const Catalogue& catalogue_;
  std::map<FileId, Capture> captures_;
};

}  // namespace usagectl
