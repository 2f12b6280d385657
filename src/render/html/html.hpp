#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "render/text/xml.hpp"

namespace usagectl {

/// A piece of a page, HTML or SVG. Text gets into it through text() and attributes only, which
/// escape it, so that nothing in a log can become markup.
class Html {
 public:
  Html() = default;

  /// Text from anywhere.
  static Html text(std::string_view text);
  /// The same for a path, which may be broken behind a slash.
  static Html path(std::string_view text);
  /// `<name a="…">inner</name>`. Names are our own.
  static Html element(std::string_view name, const XmlAttributes& attributes,
                      const Html& inner = {});
  static Html element(std::string_view name, const XmlAttributes& attributes,
                      std::string_view inner);
  static Html element(std::string_view name, std::string_view inner);
  /// `<name a="…"/>`, for SVG only: HTML has no such elements.
  static Html shape(std::string_view name, const XmlAttributes& attributes);

  Html& operator+=(const Html& more) {
    code_ += more.code_;
    return *this;
  }
  friend Html operator+(Html a, const Html& b) { return std::move(a += b); }

  const std::string& code() const { return code_; }
  std::size_t size() const { return code_.size(); }
  bool empty() const { return code_.empty(); }

 private:
  explicit Html(std::string code) : code_(std::move(code)) {}
  std::string code_;
};

/// A number of an SVG: "12", "0.25"; at most two decimals, whatever the locale.
std::string svg_number(double number);

}  // namespace usagectl
