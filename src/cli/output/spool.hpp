#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace usagectl {

/// Lines that are written now and printed in the end: in memory, and in a nameless temporary file
/// where they outgrow it.
class Spool {
 public:
  /// `line` ends with a line feed and holds no other. Throws WriteError when there is no room for
  /// the file.
  void append(std::string_view line);
  /// Calls `take` for each line, without its line feed, in the order in which they were added,
  /// until it returns false. Throws WriteError.
  void play(const std::function<bool(std::string_view line)>& take);

 private:
  void move_to_file();

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string lines_;
  std::unique_ptr<std::FILE, Close> file_;  ///< of the lines before those in memory
};

}  // namespace usagectl
