#pragma once

#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <string>

namespace usagectl {

/// A regular expression over bytes, compiled when it is first asked for: a run that meets no text
/// log compiles none. Several threads may ask.
class TextExpression {
 public:
  explicit TextExpression(std::string pattern) : pattern_(std::move(pattern)) {}

  const std::string& pattern() const { return pattern_; }
  const re2::RE2& compiled() const {
    std::call_once(once_, [this] {
      re2::RE2::Options options;
      options.set_log_errors(false);
      // Bytes: a log may hold any.
      options.set_encoding(re2::RE2::Options::EncodingLatin1);
      compiled_ = std::make_unique<const re2::RE2>(pattern_, options);
    });
    return *compiled_;
  }

 private:
  std::string pattern_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const re2::RE2> compiled_;
};

}  // namespace usagectl
