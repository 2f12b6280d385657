#include "input/json/fault_search.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/wide_number.hpp"

namespace usagectl {
namespace {

/// Of a long run of plain characters in a string, no more is looked at: the strings of a transcript
/// are most of it, and nlohmann_json keeps two copies of each.
constexpr std::size_t kLongRun = 4096;

/// nlohmann_json says where and why; it only listens, so no tree is built.
class FaultFinder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return deeper(); }
  bool key(string_t&) override { return true; }
  bool end_object() override { return shallower(); }
  bool start_array(std::size_t) override { return deeper(); }
  bool end_array() override { return shallower(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    offset = position == 0 ? 0 : position - 1;
    what = error.what();
    return false;
  }

  std::size_t depth = 0;
  bool too_deep = false;
  std::size_t offset = 0;
  std::string what;

 private:
  bool deeper() {
    too_deep = too_deep || ++depth > JsonParser::kDeepestNesting;
    return !too_deep;
  }
  bool shallower() {
    --depth;
    return true;
  }
};

/// Keeps the reason of a nlohmann message ("unexpected end of input; expected '}'") and drops what
/// quotes the document: prompts and answers are never printed.
std::string reason_of(std::string message) {
  if (const auto dash = message.find(" - "); dash != std::string::npos) message.erase(0, dash + 3);
  if (const auto read = message.find("; last read: '"); read != std::string::npos) {
    // The quoted text may hold anything, but what follows it is always "; expected ..." or the end.
    const auto expected = message.rfind("; expected ");
    const std::string tail =
        expected != std::string::npos && expected > read ? message.substr(expected) : "";
    message.erase(read);
    message += tail;
  }
  return message;
}

/// A text that can be searched, and where its offsets are not those of the original.
struct Searchable {
  struct LeftOut {
    std::size_t at = 0;  ///< in the searchable text
    std::size_t bytes = 0;
  };
  std::string text;
  std::vector<LeftOut> left_out;

  std::uint64_t original(std::size_t offset) const {
    std::uint64_t original = offset;
    for (const LeftOut& part : left_out) {
      if (part.at <= offset) original += part.bytes;
    }
    return original;
  }
};

bool is_plain(char c) { return c >= 0x20 && c != '"' && c != '\\'; }

Searchable searchable(std::string_view text) {
  Searchable made;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (in_string && is_plain(c)) {
      const auto* const end = std::find_if_not(text.begin() + i, text.end(), is_plain);
      const auto run = static_cast<std::size_t>(end - (text.begin() + i));
      const std::size_t kept = std::min(run, kLongRun);
      made.text += text.substr(i, kept);
      if (kept < run) made.left_out.push_back({made.text.size(), run - kept});
      i += run;
    } else if (in_string || !begins_number(c)) {
      const std::size_t length = utf8_character_length(text.substr(i));
      made.text += length == 0 ? std::string_view("?") : text.substr(i, length);
      const bool is_escape = in_string && c == '\\' && i + 1 < text.size() &&
                             static_cast<unsigned char>(text[i + 1]) < 0x80;
      if (is_escape) made.text.push_back(text[++i]);
      if (c == '"') in_string = !in_string;
      i += std::max<std::size_t>(length, 1);
    } else {
      const std::string_view number = number_at(text, i);
      i += number.size();
      // "1.00": no number this wide is shorter than "1e309".
      made.text +=
          is_wide_number(number) ? "1." + std::string(number.size() - 2, '0') : std::string(number);
    }
  }
  return made;
}

}  // namespace

FaultSearch search_fault(std::string_view text) {
  const Searchable made = searchable(text);
  FaultFinder finder;
  FaultSearch found;
  found.is_sound = nlohmann::json::sax_parse(made.text.begin(), made.text.end(), &finder);
  found.is_too_deep = finder.too_deep;
  found.offset = made.original(finder.offset);
  found.what = reason_of(std::move(finder.what));
  return found;
}

}  // namespace usagectl
