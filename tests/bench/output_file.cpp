#include "output_file.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace usagectl {

OutputFile::OutputFile(const std::filesystem::path& path) : path_(path) {
  std::filesystem::create_directories(path.parent_path());
  file_.reset(std::fopen(path.c_str(), "wb"));
  if (!file_) fail();
  std::setvbuf(file_.get(), nullptr, _IOFBF, std::size_t{1} << 18U);
}

void OutputFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
  bytes_ += text.size();
  lines_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

void OutputFile::close() {
  if (std::fclose(file_.release()) != 0) fail();
}

void OutputFile::fail() const {
  throw std::system_error(errno, std::generic_category(), path_.string());
}

}  // namespace usagectl
