#include "input/spelled_words.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace usagectl {
namespace {

/// Calls found(position) for each place where `first` stands and `second` stands `distance` behind
/// it, until that is true.
template <typename Found>
bool any_pair(std::string_view text, char first, char second, std::size_t distance, Found&& found) {
  std::size_t at = 0;
  if (text.size() <= distance) return false;
  const std::size_t end = text.size() - distance;
#ifdef __SSE2__
  // libc finds words a byte at a time where their letters are frequent ones; sixteen at a time is
  // what makes looking cheaper than parsing.
  const __m128i firsts = _mm_set1_epi8(first);
  const __m128i seconds = _mm_set1_epi8(second);
  for (; at + 16 <= end; at += 16) {
    const auto load = [&](std::size_t from) {
      return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
    };
    const __m128i both =
        _mm_and_si128(_mm_cmpeq_epi8(load(at), firsts), _mm_cmpeq_epi8(load(at + distance), seconds));
    auto places = static_cast<std::uint32_t>(_mm_movemask_epi8(both));
    for (; places != 0; places &= places - 1) {
      if (found(at + static_cast<std::size_t>(__builtin_ctz(places)))) return true;
    }
  }
#endif
  for (; at < end; ++at) {
    if (text[at] == first && text[at + distance] == second && found(at)) return true;
  }
  return false;
}

bool holds(std::string_view text, std::string_view word) {
  return any_pair(text, word.front(), word.back(), word.size() - 1, [&](std::size_t at) {
    return std::memcmp(text.data() + at, word.data(), word.size()) == 0;
  });
}

/// Whether a letter or an underscore may be written as an escape: \u0041 to \u007A.
bool holds_escaped_letter(std::string_view text) {
  return any_pair(text, '\\', 'u', 1, [&](std::size_t at) {
    const std::string_view digits = text.substr(at + 2, 3);
    return digits.size() == 3 && digits[0] == '0' && digits[1] == '0' && digits[2] >= '4' && digits[2] <= '7';
  });
}

}  // namespace

bool may_hold_a_word(std::string_view json, std::span<const std::string_view> words) {
  for (const std::string_view word : words) {
    if (holds(json, word)) return true;
  }
  return holds_escaped_letter(json);
}

}  // namespace usagectl
