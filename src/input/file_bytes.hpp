#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// Why a file could not be read; empty = it could.
struct ReadResult {
  std::string problem;
  bool ok() const { return problem.empty(); }
};

/// The bytes of one file, followed by the padding that JsonParser asks for. The memory is kept from
/// one file to the next.
class FileBytes {
 public:
  /// Reads a whole file; "-" is standard input. A file that is shorter than it was when it was
  /// opened is a problem; a pipe is read to its end.
  ReadResult read(const std::string& path);

  std::string_view text() const { return {data_.get(), size_}; }

 private:
  void reserve(std::size_t bytes);

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace usagectl
