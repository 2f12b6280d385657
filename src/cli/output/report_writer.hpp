#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/output/world.hpp"

namespace usagectl {

struct InterruptedFile;

/// Where a report goes: standard output, or a file that takes its place whole when finish() is
/// called. A run that ends before that leaves the old file, and no other, behind.
class ReportWriter {
 public:
  /// An empty path is standard output. Throws WriteError when the file cannot be made.
  ReportWriter(World& world, const std::string& path);
  ~ReportWriter();
  ReportWriter(const ReportWriter&) = delete;
  ReportWriter& operator=(const ReportWriter&) = delete;

  /// False when nobody reads any more. Throws WriteError.
  bool write(std::string_view bytes);
  /// Puts the file in place. Throws WriteError.
  void finish();

 private:
  void name_it();
  [[noreturn]] void fail(int reason) const;

  World& world_;
  std::string shown_path_;  ///< as the user named it
  std::string path_;        ///< what is replaced: links followed
  std::string
      temporary_;  ///< name of the new file until it takes its place; empty where it has none
  bool is_nameless_ = false;  ///< the new file has no name until it is whole
  int descriptor_ = -1;
  std::unique_ptr<InterruptedFile> interrupted_;  ///< what an interruption has to remove
};

}  // namespace usagectl
