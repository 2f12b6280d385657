#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace usagectl {

inline constexpr std::string_view kGzipMark = "\x1F\x8B";

/// Decompresses gzip, one member after the other.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  struct Step {
    std::size_t used = 0;    ///< bytes of the input
    std::size_t made = 0;    ///< bytes of the output
    bool ends = false;       ///< a member, behind which another one may begin
    std::string_view fault;  ///< what is not sound; empty = nothing
  };
  /// Goes on where the step before ended. What cannot be used without more bytes is not used, or is
  /// kept here.
  Step step(std::string_view input, char* output, std::size_t capacity);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace usagectl
