#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace usagectl {

/// Tells JSON texts that may hold one of some words in a name from those that cannot.
///
/// A name is what keys and kinds are called: letters, digits and `_.:-` between quotes. A word that
/// stands in running text is none. The words are ASCII letters and underscores, which JSON can
/// write as they are or as \u00XX, and in no other way; so the answer no is certain.
class SpelledWords {
 public:
  /// `may_be_wide`: where the processor can look at more bytes at once than all of its kind.
  explicit SpelledWords(std::span<const std::string_view> words, bool may_be_wide = true);

  bool may_stand_in(std::string_view json) const;

 private:
  /// Two letters of a word that are seldom found at this distance.
  struct Pair {
    std::string_view word;  ///< empty: an escaped letter
    std::size_t first = 0;  ///< where they stand in the word
    std::size_t second = 0;
    std::array<char, 16> firsts{};  ///< the letter, as often as is looked for at once
    std::array<char, 16> seconds{};
  };

  static Pair pair_of(std::string_view word, std::size_t first, std::size_t second);
  template <std::size_t... kPairs>
  bool scan(std::string_view json, std::size_t& at, std::index_sequence<kPairs...>) const;
  template <std::size_t kPairs>
  bool scan_wide(std::string_view json, std::size_t& at) const;
  bool scan_steps(std::string_view json, std::size_t& at) const;
  static bool is_there(const Pair& pair, std::string_view json, std::size_t at);

  std::vector<Pair> pairs_;
  std::size_t longest_ = 0;
  bool is_wide_ = false;
};

}  // namespace usagectl
