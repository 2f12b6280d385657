#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/layouts/text/text_label.hpp"
#include "formats/layouts/text/text_layout.hpp"
#include "model/count.hpp"

namespace usagectl {

/// What a pattern found: the members of an object, as they stand in the text.
struct TextMatch {
  const TextPattern* pattern = nullptr;
  std::uint64_t line = 0;  ///< on which it begins, from 1
  std::vector<std::pair<std::string, std::string>> members;
  std::string fault;  ///< why it cannot be read; empty = it can
  /// Counts that are rounded, and by how much they may be off.
  std::vector<std::pair<std::string, Count>> rounded = {};
  TextLabel label = TextLabel::none;
  std::string writer = {};  ///< what stands before it, without numbers
};

/// Whether what stands under a name is money, and no count.
inline bool is_cost_name(std::string_view name) {
  return name.find("cost") != std::string_view::npos;
}

/// What was looked at.
struct TextSeen {
  std::uint64_t lines = 0;
  std::uint64_t without_match = 0;  ///< lines that are not empty
  std::uint64_t naming_tokens = 0;  ///< of these, those with a count of tokens in them
  std::uint64_t first_naming = 0;   ///< the first of those
  std::uint64_t no_calls = 0;       ///< the same whose words say that no call used them
  std::uint64_t first_no_call = 0;  ///< the first of those
  std::uint64_t too_long = 0;       ///< lines of which only the beginning was looked at
  std::uint64_t first_too_long = 0;
  /// The last line, where no line break ends it and it ends as no line does that gives a count; 0 =
  /// it does not.
  std::uint64_t cut_line = 0;
  /// The same, where it may be of tokens or ends in a number that may have had more digits.
  std::uint64_t open_line = 0;
  bool is_open_number = false;
};

/// Whether one of the patterns is found, without looking at more than that.
bool finds_any(const TextLayout& layout, std::string_view text);

/// Hands over what is found, in the order of the text. Time grows with the length of the text, and
/// with nothing that a hostile line could hold.
TextSeen each_text_match(const TextLayout& layout, std::string_view text,
                         const std::function<void(TextMatch&&)>& use);

}  // namespace usagectl
