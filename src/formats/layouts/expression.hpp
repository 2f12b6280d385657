#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace re2 {
class RE2;
}

namespace usagectl {

/// A regular expression of RE2, compiled when it is first asked for: a run compiles those of the
/// files that it meets. Several threads may ask.
class Expression {
 public:
  /// What a dot stands for. A log may hold any bytes; texts of JSON are UTF-8.
  enum class Over : std::uint8_t { bytes, characters };

  Expression(std::string pattern, Over over);
  ~Expression();

  const std::string& pattern() const { return pattern_; }
  const re2::RE2& compiled() const;
  /// Why it is not an expression; empty when it is one.
  std::string fault() const;

 private:
  std::string pattern_;
  Over over_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const re2::RE2> compiled_;
};

}  // namespace usagectl
