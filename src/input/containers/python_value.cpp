#include "input/containers/python_value.hpp"

#include <algorithm>
#include <cctype>

#include "input/containers/json_text.hpp"

namespace usagectl {
namespace {

constexpr int kDeepest = 64;

bool is_name_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

class PythonParser {
 public:
  PythonParser(std::string_view text, std::string& json) : text_(text), json_(json) {}

  std::optional<std::size_t> read() {
    const std::size_t before = json_.size();
    if (value(0)) return at_;
    json_.resize(before);
    return std::nullopt;
  }

 private:
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_spaces() {
    while (here() == ' ' || here() == '\t') ++at_;
  }

  bool take(char c) {
    skip_spaces();
    if (here() != c) return false;
    ++at_;
    return true;
  }

  bool value(int depth) {
    if (depth > kDeepest) return false;
    skip_spaces();
    const char c = here();
    if (c == '{') return dictionary(depth);
    if (c == '[') return list(']', depth);
    if (c == '(') return list(')', depth);
    if (c == '\'' || c == '"') return string();
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    return name(depth);
  }

  bool dictionary(int depth) {
    ++at_;
    json_.push_back('{');
    for (bool is_first = true; !take('}'); is_first = false) {
      if (!is_first) {
        if (!take(',')) return false;
        if (take('}')) break;
        json_.push_back(',');
      }
      skip_spaces();
      if (here() == '\'' || here() == '"') {
        if (!string()) return false;
      } else {
        const std::size_t begin = json_.size();
        if (!number()) return false;
        json_.insert(begin, 1, '"');
        json_.push_back('"');
      }
      if (!take(':')) return false;
      json_.push_back(':');
      if (!value(depth + 1)) return false;
    }
    json_.push_back('}');
    return true;
  }

  bool list(char closing, int depth) {
    ++at_;
    json_.push_back('[');
    for (bool is_first = true; !take(closing); is_first = false) {
      if (!is_first) {
        if (!take(',')) return false;
        if (take(closing)) break;
        json_.push_back(',');
      }
      if (!value(depth + 1)) return false;
    }
    json_.push_back(']');
    return true;
  }

  bool string() {
    const char quote = here();
    std::string value;
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\n') return false;
      if (text_[at_] != '\\') {
        value.push_back(text_[at_]);
        continue;
      }
      if (++at_ == text_.size()) return false;
      switch (text_[at_]) {
        case 'n': value.push_back('\n'); break;
        case 't': value.push_back('\t'); break;
        case 'r': value.push_back('\r'); break;
        case '\\':
        case '\'':
        case '"': value.push_back(text_[at_]); break;
        // What else stands behind a backslash is no name and no number that matters.
        default: value.push_back('\\'); value.push_back(text_[at_]);
      }
    }
    if (at_ == text_.size()) return false;
    ++at_;
    append_raw_json_string(value, json_);
    return true;
  }

  bool number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (is_name_char(text_[at_]) || text_[at_] == '-' || text_[at_] == '+'))
      ++at_;
    const std::string_view number = text_.substr(begin, at_ - begin);
    if (!is_json_number(number)) return false;
    json_ += number;
    return true;
  }

  /// None, True, False, nan, or an object that shows how it was made: Usage(input_tokens=12).
  bool name(int depth) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (name.empty()) return false;
    if (here() == '(') return object(depth);
    if (name == "None" || name == "nan" || name == "inf") {
      json_ += "null";
    } else if (name == "True" || name == "False") {
      json_ += name == "True" ? "true" : "false";
    } else {
      return false;
    }
    return true;
  }

  bool object(int depth) {
    const std::size_t begin = at_;
    ++at_;
    // datetime.datetime(2026, 1, 2) has no names.
    std::string_view rest = text_.substr(at_);
    const auto name_end = static_cast<std::size_t>(
        std::find_if_not(rest.begin(), rest.end(), is_name_char) - rest.begin());
    const bool is_named = name_end > 0 && name_end < rest.size() && rest[name_end] == '=';
    if (!is_named) {
      at_ = begin;
      return list(')', depth);
    }
    json_.push_back('{');
    for (bool is_first = true; !take(')'); is_first = false) {
      if (!is_first && !take(',')) return false;
      if (!is_first) json_.push_back(',');
      skip_spaces();
      const std::size_t key = at_;
      while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
      if (at_ == key || here() != '=') return false;
      append_raw_json_string(text_.substr(key, at_ - key), json_);
      ++at_;
      json_.push_back(':');
      if (!value(depth + 1)) return false;
    }
    json_.push_back('}');
    return true;
  }

  std::string_view text_;
  std::string& json_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::size_t> append_python_value(std::string_view text, std::string& json) {
  return PythonParser(text, json).read();
}

}  // namespace usagectl
