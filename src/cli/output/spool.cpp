#include "cli/output/spool.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "cli/output/world.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostBytesInMemory = std::size_t{16} * 1024 * 1024;
constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;

std::string temporary_folder() {
  const char* const folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

[[noreturn]] void fail() {
  throw WriteError(fmt::format("cannot write a temporary file in {}: {}", temporary_folder(),
                               std::generic_category().message(errno)));
}

bool take_lines(std::string_view lines, const std::function<bool(std::string_view)>& take) {
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (!take(lines.substr(0, end))) return false;
    lines.remove_prefix(end + 1);
  }
  return true;
}

}  // namespace

void Spool::append(std::string_view line) {
  if (lines_.size() + line.size() > kMostBytesInMemory) move_to_file();
  lines_ += line;
}

void Spool::move_to_file() {
  if (file_ == nullptr) {
    std::string name = temporary_folder() + "/usagectl-XXXXXX";
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) fail();
    ::unlink(name.c_str());
    file_.reset(::fdopen(descriptor, "w+b"));
    if (file_ == nullptr) fail();
  }
  if (std::fwrite(lines_.data(), 1, lines_.size(), file_.get()) != lines_.size()) fail();
  lines_.clear();
}

void Spool::play(const std::function<bool(std::string_view)>& take) {
  if (file_ != nullptr) {
    if (std::fflush(file_.get()) != 0) fail();
    std::rewind(file_.get());
    std::string begun;  // a line whose end is in the next block
    std::string block(kBlockBytes, '\0');
    while (const std::size_t bytes = std::fread(block.data(), 1, block.size(), file_.get())) {
      begun.append(block, 0, bytes);
      const auto end = begun.rfind('\n');
      if (end == std::string::npos) continue;
      if (!take_lines(std::string_view(begun).substr(0, end + 1), take)) return;
      begun.erase(0, end + 1);
    }
    if (std::ferror(file_.get()) != 0) fail();
  }
  take_lines(lines_, take);
}

}  // namespace usagectl
