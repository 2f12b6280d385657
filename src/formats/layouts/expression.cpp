#include "formats/layouts/expression.hpp"

#include <re2/re2.h>

#include <utility>

namespace usagectl {

Expression::Expression(std::string pattern, Over over)
    : pattern_(std::move(pattern)), over_(over) {}

Expression::~Expression() = default;

const re2::RE2& Expression::compiled() const {
  std::call_once(once_, [this] {
    re2::RE2::Options options;
    options.set_log_errors(false);
    if (over_ == Over::bytes) options.set_encoding(re2::RE2::Options::EncodingLatin1);
    compiled_ = std::make_unique<const re2::RE2>(pattern_, options);
  });
  return *compiled_;
}

std::string Expression::fault() const {
  if (compiled().ok()) return {};
  // Behind the colon RE2 quotes the expression.
  return compiled().error().substr(0, compiled().error().find(": "));
}

}  // namespace usagectl
