#include "output_file.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace usagectl {

OutputFile::OutputFile(const std::filesystem::path& path)
    : path_(path), buffer_(std::size_t{1} << 18U) {
  std::filesystem::create_directories(path.parent_path());
  file_.rdbuf()->pubsetbuf(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  file_.open(path, std::ios::binary);
  check();
}

void OutputFile::write(std::string_view text) {
  file_.write(text.data(), static_cast<std::streamsize>(text.size()));
  check();
  bytes_ += text.size();
  lines_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

void OutputFile::close() {
  file_.close();
  check();
}

void OutputFile::check() const {
  if (!file_) throw std::system_error(errno, std::generic_category(), path_.string());
}

}  // namespace usagectl
