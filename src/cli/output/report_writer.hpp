#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/output/world.hpp"

namespace usagectl {

struct InterruptedFile;

/// Writes a report to standard output or to a file. A file is replaced as a whole by finish(); a
/// run that ends before that leaves the old file as it was, and no other file behind.
class ReportWriter {
 public:
  /// An empty path is standard output. Throws WriteError when the file cannot be created.
  ReportWriter(World& world, const std::string& path);
  ~ReportWriter();
  ReportWriter(const ReportWriter&) = delete;
  ReportWriter& operator=(const ReportWriter&) = delete;

  /// Returns false when the reader has gone. Throws WriteError.
  bool write(std::string_view bytes);
  /// Puts the file in place. Throws WriteError.
  void finish();

 private:
  void give_name();
  [[noreturn]] void fail(int reason) const;

  World& world_;
  std::string shown_path_;  ///< as the user named it
  std::string path_;        ///< of the file that is replaced, links followed
  std::string
      temporary_;  ///< name of the new file until it takes its place; empty where it has none
  bool is_nameless_ = false;  ///< the new file has no name until it is whole
  int descriptor_ = -1;
  std::unique_ptr<InterruptedFile> interrupted_;  ///< the file that an interruption has to remove
};

}  // namespace usagectl
