#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace usagectl {

/// Finds the brackets, commas and line breaks outside the strings of a JSON text, 64 bytes at a
/// time.
class JsonMarks {
 public:
  static constexpr std::size_t kAtOnce = 64;

  /// A bit for each of the next 64 bytes of the text: whether it is a mark.
  std::uint64_t next(const char* bytes) {
    const Found found = found_in(bytes);
    const std::uint64_t quotes = found.quotes & ~escaped(found.backslashes);
    // A string is open behind an odd number of quotes; the closing one is no mark anyway.
    std::uint64_t in_string = quotes;
    for (unsigned shift = 1; shift < kAtOnce; shift *= 2) in_string ^= in_string << shift;
    in_string ^= in_string_;
    in_string_ = in_string >> (kAtOnce - 1) != 0 ? ~std::uint64_t{0} : 0;
    return found.marks & ~in_string;
  }

  /// Whether the text so far ends inside a string.
  bool is_in_string() const { return in_string_ != 0; }

 private:
  struct Found {
    std::uint64_t marks = 0;
    std::uint64_t quotes = 0;
    std::uint64_t backslashes = 0;
  };

  /// What follows a backslash that is not escaped itself.
  std::uint64_t escaped(std::uint64_t backslashes) {
    std::uint64_t escaped = is_escaped_ ? 1 : 0;
    backslashes &= ~escaped;
    is_escaped_ = false;
    while (backslashes != 0) {
      const std::uint64_t backslash = backslashes & (~backslashes + 1);
      is_escaped_ = backslash >> (kAtOnce - 1) != 0;
      escaped |= backslash << 1;
      backslashes &= ~(backslash | backslash << 1);
    }
    return escaped;
  }

#ifdef __SSE2__
  static Found found_in(const char* bytes) {
    const auto bits = [](__m128i equal, std::size_t at) {
      return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(equal))) << at;
    };
    Found found;
    for (std::size_t i = 0; i < kAtOnce; i += 16) {
      const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
      const auto is = [&](char c) { return _mm_cmpeq_epi8(text, _mm_set1_epi8(c)); };
      // '[' and '{', ']' and '}' differ in one bit.
      const __m128i lower = _mm_or_si128(text, _mm_set1_epi8(0x20));
      const auto is_lower = [&](char c) { return _mm_cmpeq_epi8(lower, _mm_set1_epi8(c)); };
      found.marks |= bits(
          _mm_or_si128(_mm_or_si128(is_lower('{'), is_lower('}')), _mm_or_si128(is(','), is('\n'))),
          i);
      found.quotes |= bits(is('"'), i);
      found.backslashes |= bits(is('\\'), i);
    }
    return found;
  }
#else
  static Found found_in(const char* bytes) {
    Found found;
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      const char c = bytes[i];
      const bool is_bracket = c == '{' || c == '[' || c == '}' || c == ']';
      found.marks |= static_cast<std::uint64_t>(is_bracket || c == ',' || c == '\n') << i;
      found.quotes |= static_cast<std::uint64_t>(c == '"') << i;
      found.backslashes |= static_cast<std::uint64_t>(c == '\\') << i;
    }
    return found;
  }
#endif

  std::uint64_t in_string_ = 0;  ///< all bits, or none
  bool is_escaped_ = false;      ///< the next byte
};

}  // namespace usagectl
