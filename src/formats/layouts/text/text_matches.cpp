#include "formats/layouts/text/text_matches.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <set>

#include "formats/layouts/text/text_block.hpp"
#include "formats/layouts/text/text_keys.hpp"
#include "formats/layouts/text/text_numbers.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kLongestLine = std::size_t{256} * 1024;
constexpr int kMostMatchesInALine = 1000;
constexpr int kMostGroups = 24;
/// Lines of which one may begin as the last one does.
constexpr std::size_t kMostShapes = 1000;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A range of a line that a match took, and the match.
struct Found {
  std::size_t begin = 0;
  std::size_t end = 0;
  TextMatch match;
};

bool may_match(const TextLayout& layout, std::string_view line) {
  return layout.hint == nullptr || re2::RE2::PartialMatch(piece(line), layout.hint->compiled());
}

/// The part of a line that is looked at, without a word that is cut.
std::string_view looked_at(std::string_view line) {
  if (line.size() <= kLongestLine) return line;
  const auto space = line.substr(0, kLongestLine).rfind(' ');
  return line.substr(0, space == std::string_view::npos ? 0 : space);
}

class Finder {
 public:
  Finder(const TextLayout& layout, std::string_view text,
         const std::function<void(TextMatch&&)>& use)
      : layout_(layout), use_(use) {
    is_ended_ = text.ends_with('\n');
    has_pairs_ = std::any_of(layout.patterns.begin(), layout.patterns.end(),
                             [](const TextPattern& pattern) { return pattern.are_pairs; });
    each_line(text, [&](std::uint64_t, std::string_view line) { lines_.push_back(line); });
  }

  TextSeen read() {
    seen_.lines = lines_.size();
    for (at_ = 0; at_ < lines_.size();) {
      look_behind(lines_[at_]);
      std::size_t taken = take_block();
      if (taken == 0 && !may_match(layout_, looked_at(lines_[at_]))) {
        pass_over(lines_[at_]);
        ++at_;
        continue;
      }
      if (taken == 0) taken = take_lines();
      if (taken > 0) {
        at_ += taken;
        remember_match();
        continue;
      }
      const bool is_match = read_line(lines_[at_]);
      ++at_;
      if (is_match) remember_match();
    }
    if (!is_ended_ && !lines_.empty()) look_at_end();
    return seen_;
  }

 private:
  bool match(const re2::RE2& find, std::string_view line, std::size_t from) {
    groups_ = std::min(find.NumberOfCapturingGroups() + 1, kMostGroups);
    return find.Match(piece(line), from, line.size(), re2::RE2::UNANCHORED, submatches_.data(),
                      groups_);
  }

  /// Takes the named groups of the match that was found last.
  void take_groups(const re2::RE2& find, std::string_view line, TextMatch& match) {
    for (const auto& [number, name] : find.CapturingGroupNames()) {
      if (number >= groups_ || submatches_[static_cast<std::size_t>(number)].data() == nullptr)
        continue;
      const auto& group = submatches_[static_cast<std::size_t>(number)];
      add_member(name, {group.data(), group.size()}, line, match);
    }
  }

  /// A pattern of several lines that begins here: how many it takes.
  std::size_t take_lines() {
    for (const TextPattern& pattern : layout_.patterns) {
      if (pattern.lines.size() < 2) continue;
      TextMatch found{&pattern, at_ + 1, {}, {}};
      std::size_t lines = 0;
      bool all = true;
      for (const auto& expected : pattern.lines) {
        if (at_ + lines < lines_.size() &&
            match(expected.find->compiled(), looked_at(lines_[at_ + lines]), 0)) {
          take_groups(expected.find->compiled(), looked_at(lines_[at_ + lines]), found);
          ++lines;
        } else if (!expected.may_be_missing) {
          all = false;
          break;
        }
      }
      if (!all) continue;
      found.label = label_of_heading();
      if (found.label != TextLabel::no_call) {
        hand_over(std::move(found));
      } else if (seen_.no_calls++ == 0) {
        seen_.first_no_call = at_ + 1;
      }
      return lines;
    }
    return 0;
  }

  /// Pairs of an object that begins here and goes on over the next lines: how many it takes.
  std::size_t take_block() {
    if (!has_pairs_) return 0;
    const std::size_t lines = join_block(lines_, at_, block_);
    if (lines < 2 || !may_match(layout_, block_)) return 0;
    found_.clear();
    for (const TextPattern& pattern : layout_.patterns) {
      if (pattern.are_pairs) find_in_line(pattern, block_);
    }
    if (found_.size() != 1) return 0;
    label_matches(block_);
    if (found_.front().match.label == TextLabel::no_call) {
      if (seen_.no_calls++ == 0) seen_.first_no_call = at_ + 1;
      return lines;
    }
    hand_over(std::move(found_.front().match));
    return lines;
  }

  /// What stands behind the part of a long line that is looked at.
  void look_behind(std::string_view line) {
    if (line.size() <= kLongestLine || !may_match(layout_, line.substr(looked_at(line).size())))
      return;
    if (seen_.too_long++ == 0) seen_.first_too_long = at_ + 1;
  }

  void pass_over(std::string_view line) {
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) ++seen_.without_match;
  }

  /// The line before the next one ends a match.
  void remember_match() {
    if (!is_ended_ && matched_.size() < kMostShapes) matched_.push_back(lines_[at_ - 1]);
    matched_to_ = at_;
  }

  /// What the last line shows, which no line break ends.
  void look_at_end() {
    const std::string_view line = looked_at(lines_.back());
    const auto end = line.find_last_not_of(" \t\r");
    if (line.size() < lines_.back().size() || end == std::string_view::npos ||
        !may_match(layout_, line))
      return;
    constexpr std::string_view kMoreFollows = ":=,([";
    const bool is_match = matched_to_ == lines_.size();
    const bool begins_like_another =
        std::any_of(matched_.begin(), matched_.end(),
                    [&](std::string_view other) { return begins_like(other, line); });
    if (kMoreFollows.find(line[end]) != std::string_view::npos ||
        (begins_like_another && !is_match)) {
      seen_.cut_line = lines_.size();
    } else if (!is_match || begins_like_another || is_digit(line.back())) {
      seen_.open_line = lines_.size();
      seen_.is_open_number = is_match;
    }
  }

  /// Whether a line begins as another one does but for its numbers, and ends before it.
  static bool begins_like(std::string_view whole, std::string_view line) {
    std::size_t at = 0;
    std::size_t i = 0;
    while (i < line.size() && at < whole.size()) {
      if (is_digit(line[i]) && is_digit(whole[at])) {
        while (i < line.size() && is_digit(line[i])) ++i;
        while (at < whole.size() && is_digit(whole[at])) ++at;
      } else if (line[i] == whole[at]) {
        ++i;
        ++at;
      } else {
        return false;
      }
    }
    return i == line.size() && at < whole.size();
  }

  bool read_line(std::string_view whole) {
    const std::string_view line = looked_at(whole);
    found_.clear();
    for (const TextPattern& pattern : layout_.patterns) {
      if (pattern.lines.size() == 1) find_in_line(pattern, line);
    }
    if (found_.empty()) {
      pass_over(line);
      if (names_tokens(line) && seen_.naming_tokens++ == 0) seen_.first_naming = at_ + 1;
      return false;
    }
    std::sort(found_.begin(), found_.end(),
              [](const Found& a, const Found& b) { return a.begin < b.begin; });
    label_matches(line);
    const auto is_no_call = [](const Found& found) {
      return found.match.label == TextLabel::no_call;
    };
    if (std::any_of(found_.begin(), found_.end(), is_no_call)) {
      if (seen_.no_calls++ == 0) seen_.first_no_call = at_ + 1;
    }
    if (std::all_of(found_.begin(), found_.end(), is_no_call)) pass_over(line);
    for (Found& found : found_) {
      if (!is_no_call(found)) hand_over(std::move(found.match));
    }
    return true;
  }

  /// Says of each match what the words around it say. Who describes a log of one's own knows its
  /// words.
  void label_matches(std::string_view line) {
    if (layout_.known_by != nullptr || layout_.named != nullptr) return;
    const std::string writer = writer_before(line.substr(0, found_.front().begin));
    std::size_t behind_last = 0;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      Found& found = found_[i];
      const std::size_t next = i + 1 < found_.size() ? found_[i + 1].begin : line.size();
      TextLabel label = label_before(line.substr(behind_last, found.begin - behind_last));
      if (label == TextLabel::none && next >= found.end)
        label = label_behind(line.substr(found.end, next - found.end));
      if (label == TextLabel::none && i == 0 && begins_line(found, line) &&
          line.find_first_of("{(") != std::string_view::npos)
        label = label_of_heading();
      found.match.label = label;
      found.match.writer = writer;
      behind_last = found.end;
    }
  }

  /// What a heading right above says of lines that are one match: "--- totals ---".
  TextLabel label_of_heading() const {
    if (layout_.known_by != nullptr || layout_.named != nullptr) return TextLabel::none;
    constexpr std::size_t kMostLinesBetween = 2;
    constexpr std::size_t kLongest = 60;
    constexpr std::string_view kFrame = "-=#~+* \t\r";
    for (std::size_t i = 1; i <= kMostLinesBetween + 1 && i <= at_; ++i) {
      const std::string_view heading = lines_[at_ - i];
      const bool has_letters = std::any_of(heading.begin(), heading.end(), [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) != 0;
      });
      if (!has_letters) continue;
      const bool is_heading = heading.size() <= kLongest && matched_to_ + i <= at_ &&
                              std::none_of(heading.begin(), heading.end(), is_digit);
      if (!is_heading) return TextLabel::none;
      const std::string_view words = heading.substr(0, heading.find_last_not_of(kFrame) + 1);
      const TextLabel label = label_before(words);
      const bool is_sure = label != TextLabel::no_call || words.ends_with(':');
      return is_sure ? label : TextLabel::none;
    }
    return TextLabel::none;
  }

  /// Whether nothing stands before a match but what opens an object.
  static bool begins_line(const Found& found, std::string_view line) {
    return line.substr(0, found.begin).find_first_not_of(" \t{(['\"") == std::string_view::npos;
  }

  void hand_over(TextMatch&& match) {
    const std::string_view line = looked_at(lines_[match.line - 1]);
    re2::StringPiece time;
    if (layout_.time && this->match(layout_.time->compiled(), line, 0)) {
      const int number = layout_.time->compiled().NamedCapturingGroups().at("time");
      time = submatches_[static_cast<std::size_t>(number)];
    }
    if (!time.empty()) match.members.emplace_back("time", std::string(time.data(), time.size()));
    use_(std::move(match));
  }

  /// A count of tokens that no pattern knows.
  static bool names_tokens(std::string_view line) {
    static const re2::RE2 kNamed(
        R"((?i)(?:prompt|completion|input|output|total|cached?|reasoning|thinking)[ _.-]?tokens?(?:[ _-]?count)?\W{1,4}\d)");
    return kNamed.ok() && re2::RE2::PartialMatch(piece(line), kNamed);
  }

  bool is_taken(std::size_t begin, std::size_t end) const {
    return std::any_of(found_.begin(), found_.end(),
                       [&](const Found& found) { return begin < found.end && found.begin < end; });
  }

  void find_in_line(const TextPattern& pattern, std::string_view line) {
    const re2::RE2& find = pattern.lines.front().find->compiled();
    if (pattern.needs && !re2::RE2::PartialMatch(piece(line), pattern.needs->compiled())) return;
    std::optional<Found> pairs;
    std::size_t from = 0;
    for (int i = 0; i < kMostMatchesInALine && match(find, line, from); ++i) {
      const auto begin = static_cast<std::size_t>(submatches_[0].data() - line.data());
      const std::size_t end = begin + submatches_[0].size();
      from = std::max(end, begin + 1);
      if (is_taken(begin, end)) {
        if (from > line.size()) break;
        continue;
      }
      if (pattern.are_pairs) {
        if (!pairs) pairs = Found{begin, end, {&pattern, at_ + 1, {}, {}}};
        pairs->end = end;
        take_pair(find, line, pairs->match);
      } else {
        Found found{begin, end, {&pattern, at_ + 1, {}, {}}};
        take_groups(find, line, found.match);
        found_.push_back(std::move(found));
      }
      if (from > line.size()) break;
    }
    // Two numbers under one name are of two things, or code: the line is not understood.
    if (pairs && !has_two_values(pairs->match)) found_.push_back(std::move(*pairs));
  }

  /// What is said again with the same number is said once.
  static bool has_two_values(TextMatch& match) {
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : match.members) {
      const auto [known, is_new] = values.emplace(name, value);
      if (!is_new && is_token_key(name) && known->second != value) return true;
    }
    std::set<std::string> seen;
    std::erase_if(match.members, [&](const auto& member) {
      return is_token_key(member.first) && !seen.insert(member.first).second;
    });
    return false;
  }

  void take_pair(const re2::RE2& find, std::string_view line, TextMatch& match) {
    std::string_view key;
    std::string_view value;
    for (const auto& [number, name] : find.CapturingGroupNames()) {
      const auto& group = submatches_[static_cast<std::size_t>(number)];
      if (group.data() == nullptr) continue;
      if (name == "key") key = {group.data(), group.size()};
      if (name == "value") value = {group.data(), group.size()};
    }
    if (!key.empty() && !(is_token_key(key) && says_nothing(value)))
      add_member(folded_key(key), value, line, match);
  }

  const TextLayout& layout_;
  const std::function<void(TextMatch&&)>& use_;
  std::vector<std::string_view> lines_;
  bool is_ended_ = true;                   ///< by a line break
  bool has_pairs_ = false;                 ///< one of the patterns
  std::string block_;                      ///< lines that are one object, joined
  std::vector<std::string_view> matched_;  ///< lines that ended a match, where it is not
  std::size_t matched_to_ = 0;             ///< the number of lines up to the last of them
  std::size_t at_ = 0;
  TextSeen seen_;
  std::vector<Found> found_;
  std::array<re2::StringPiece, kMostGroups> submatches_;
  int groups_ = 0;
};

}  // namespace

bool finds_any(const TextLayout& layout, std::string_view text) {
  bool is_found = false;
  each_line(text, [&](std::uint64_t, std::string_view line) {
    if (is_found) return;
    line = looked_at(line);
    if (!may_match(layout, line)) return;
    is_found =
        std::any_of(layout.patterns.begin(), layout.patterns.end(), [&](const auto& pattern) {
          if (pattern.needs && !re2::RE2::PartialMatch(piece(line), pattern.needs->compiled()))
            return false;
          return !pattern.is_kept &&
                 re2::RE2::PartialMatch(piece(line), pattern.lines.front().find->compiled());
        });
  });
  return is_found;
}

TextSeen each_text_match(const TextLayout& layout, std::string_view text,
                         const std::function<void(TextMatch&&)>& use) {
  return Finder(layout, text, use).read();
}

}  // namespace usagectl
