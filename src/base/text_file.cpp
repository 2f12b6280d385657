#include "base/text_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace usagectl {

std::string read_text_file(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // Nothing at all is inserted from an empty file, which is a failure of the stream and not ours.
  if (file && (file.peek() == std::ifstream::traits_type::eof() || text << file.rdbuf()))
    return text.str();
  throw InputError(
      path + ": cannot be read: " + (errno == 0 ? "not a file with text" : std::strerror(errno)));
}

}  // namespace usagectl
