#include "formats/layouts/text/text_label.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "dialects/row_words.hpp"
#include "dialects/usage_words.hpp"
#include "formats/layouts/text/text_no_call.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostBytes = 64;
constexpr std::size_t kMostBytesOfWriter = 128;
constexpr std::size_t kMostTokens = 5;

std::string_view without_marks_behind(std::string_view text, std::string_view marks) {
  const auto last = text.find_last_not_of(marks);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

/// What stands between spaces, the last one first.
std::vector<std::string_view> last_tokens(std::string_view text) {
  std::vector<std::string_view> tokens;
  while (tokens.size() < kMostTokens) {
    text = without_marks_behind(text, " \t");
    if (text.empty()) break;
    const auto space = text.find_last_of(" \t");
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    tokens.push_back(text.substr(begin));
    text = text.substr(0, begin);
  }
  return tokens;
}

/// Nothing in it is a name of one's own.
bool is_around_total(std::string_view token) {
  constexpr std::size_t kLongest = 13;
  return token.size() <= kLongest && is_called_total("total " + std::string(token));
}

bool is_of_a_call(std::string_view token) {
  constexpr std::string_view kCalls[] = {"call",       "request", "response",   "completion",
                                         "generation", "chat",    "llm",        "query",
                                         "stream",     "step",    "completions"};
  const auto words = words_of(token);
  return !words.empty() &&
         std::find(std::begin(kCalls), std::end(kCalls), words.back()) != std::end(kCalls);
}

TextLabel read_label(std::string_view before) {
  before = without_marks_behind(before, " \t:=>\"'`-*_|");
  if (before.empty()) return TextLabel::none;
  if (says_no_call(before)) return TextLabel::no_call;
  // "[TOTAL]", "usage (total)" and "Done."
  before = without_marks_behind(before, " \t])*.");
  if (const auto mark = before.find_last_of(",;|[(])"); mark != std::string_view::npos)
    before.remove_prefix(mark + 1);
  TextLabel label = TextLabel::none;
  const auto tokens = last_tokens(before);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view token = tokens[i];
    const std::string_view one_before = i + 1 < tokens.size() ? tokens[i + 1] : std::string_view();
    const bool is_far = words_of(token) == std::vector<std::string>{"far"} &&
                        words_of(one_before) == std::vector<std::string>{"so"};
    // Alone, it is what the program does: "running".
    const bool is_running = says_so_far(token) && (i > 0 || token.find("unning") == token.npos);
    if (is_far || is_running) return TextLabel::so_far;
    if (is_called_total(token)) {
      // "running total", "total so far"
      if (says_so_far(one_before)) return TextLabel::so_far;
      return TextLabel::total;
    }
    if (words_of(one_before) == std::vector<std::string>{"all"} && names_kind(token))
      return TextLabel::total;
    if (may_be_called_sum(token)) label = TextLabel::may_be_sum;
    if (i == 0 && label == TextLabel::none && is_called_end(token) && !is_of_a_call(one_before))
      return TextLabel::end;
    if (!is_around_total(token)) break;
  }
  return label;
}

std::string read_writer(std::string_view before) {
  std::string writer;
  while (!before.empty()) {
    const auto begin = std::min(before.find_first_not_of(" \t"), before.size());
    const auto size = std::min(before.find_first_of(" \t", begin), before.size()) - begin;
    const std::string_view token = before.substr(begin, size);
    if (!token.empty() && token.find_first_of("0123456789") == std::string_view::npos) {
      writer += token;
      writer.push_back(' ');
    }
    before.remove_prefix(begin + size);
  }
  return writer;
}

/// What stands before counts differs in its numbers from line to line, and seldom in its words.
class KnownWords {
 public:
  struct Said {
    TextLabel label = TextLabel::none;
    std::string writer;
  };

  const Said& of(std::string_view before) {
    words_.assign(before);
    for (char& c : words_) c = c >= '0' && c <= '9' ? '0' : c;
    if (const auto known = said_.find(words_); known != said_.end()) return known->second;
    if (said_.size() >= kMost) said_.clear();
    return said_.emplace(words_, Said{read_label(before), read_writer(before)}).first->second;
  }

 private:
  static constexpr std::size_t kMost = 1024;

  std::unordered_map<std::string, Said> said_;
  std::string words_;
};

const KnownWords::Said& said_by(std::string_view before) {
  static thread_local KnownWords known;
  return known.of(before);
}

}  // namespace

TextLabel label_before(std::string_view before) {
  if (before.size() > kMostBytes) before.remove_prefix(before.size() - kMostBytes);
  return said_by(before).label;
}

TextLabel label_behind(std::string_view behind) {
  constexpr std::size_t kLongest = 24;
  const auto first = behind.find_first_not_of(" \t,;.)]}");
  if (first == std::string_view::npos) return TextLabel::none;
  behind.remove_prefix(first);
  const bool is_more = behind.size() > kLongest;
  const auto words = words_of(behind.substr(0, kLongest));
  if (words.empty()) return TextLabel::none;
  if (words[0] == "sofar") return TextLabel::so_far;
  if (is_more) return TextLabel::none;
  if (words.size() == 2 && words[0] == "in" && words[1] == "total") return TextLabel::total;
  if (words.size() == 1 && (words[0] == "overall" || words[0] == "altogether" ||
                            (words[0] == "total" && behind.find(':') == behind.npos)))
    return TextLabel::total;
  return TextLabel::none;
}

std::string writer_before(std::string_view before) {
  return said_by(before.substr(0, kMostBytesOfWriter)).writer;
}

LoggedAs logged_as(TextLabel label) {
  switch (label) {
    case TextLabel::no_call: return {true, {}};
    case TextLabel::total: return {false, R"("record_type":"total")"};
    case TextLabel::may_be_sum: return {false, R"("record_label":"summary")"};
    case TextLabel::so_far: return {false, R"("label":"running total")"};
    case TextLabel::end: return {false, R"("event_type":"finished")"};
    case TextLabel::none: break;
  }
  return {};
}

LoggedAs logged_as(std::string_view before) { return logged_as(label_before(before)); }

void take_label(TextLabel label, SumOfCalls& sums) {
  sums.is_named_so = sums.is_named_so || label == TextLabel::total;
  sums.is_called_so = sums.is_called_so || label == TextLabel::may_be_sum;
  sums.is_called_end =
      sums.is_called_end || label == TextLabel::end || label == TextLabel::may_be_sum;
  sums.is_so_far = sums.is_so_far || label == TextLabel::so_far;
}

}  // namespace usagectl
