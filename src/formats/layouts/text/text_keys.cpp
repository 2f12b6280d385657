#include "formats/layouts/text/text_keys.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace usagectl {

std::string folded_key(std::string_view key) {
  const auto lower = [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  };
  bool is_camel = key.find_first_of(" -_") == std::string_view::npos;
  is_camel = is_camel && std::any_of(key.begin(), key.end(), [](char c) {
               return std::islower(static_cast<unsigned char>(c)) != 0;
             });
  std::string name(key);
  if (is_camel) {
    if (!name.empty()) name.front() = lower(name.front());
    return name;
  }
  for (char& c : name) c = c == ' ' || c == '-' ? '_' : lower(c);
  return name;
}

bool is_token_key(std::string_view key) { return key.find("oken") != std::string_view::npos; }

bool says_nothing(std::string_view value) {
  constexpr std::string_view kNothing[] = {"None", "none", "null", "nil", "<nil>", "undefined"};
  return std::find(std::begin(kNothing), std::end(kNothing), value) != std::end(kNothing);
}

}  // namespace usagectl
