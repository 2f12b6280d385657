#pragma once

#include <string>
#include <string_view>

#include "cli/output/report_writer.hpp"
#include "render/text/text_sink.hpp"

namespace usagectl {

/// Gives a report that is made in pieces to its writer, many of them at a time. What comes after
/// the reader has gone is dropped.
class ReportPieces {
 public:
  explicit ReportPieces(ReportWriter& writer) : writer_(writer) {}

  /// For those who make the report; not longer-lived than this.
  TextSink sink() {
    return [this](std::string_view text) { take(text); };
  }
  /// What is held, when the buffer is full and after the last piece. Throws WriteError.
  void write() {
    if (is_read_) is_read_ = writer_.write(held_);
    held_.clear();
  }

 private:
  static constexpr std::size_t kFull = std::size_t{64} * 1024;

  void take(std::string_view text) {
    held_ += text;
    if (held_.size() >= kFull) write();
  }

  ReportWriter& writer_;
  std::string held_;
  bool is_read_ = true;
};

}  // namespace usagectl
