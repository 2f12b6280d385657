#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

namespace usagectl {

/// A file that is written from its start; throws std::system_error when that fails. `close` must be
/// called: only then it is known that everything was written.
class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path);

  void write(std::string_view text);
  void close();
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t lines() const { return lines_; }

 private:
  void check() const;

  std::filesystem::path path_;
  std::vector<char> buffer_;
  std::ofstream file_;
  std::uint64_t bytes_ = 0;
  std::uint64_t lines_ = 0;
};

}  // namespace usagectl
