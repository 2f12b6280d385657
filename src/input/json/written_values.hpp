#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace usagectl {

/// Reads values of a JSON text where they stand, without parsing what is around them. Nothing but
/// the plainest ones: who meets others leaves the text to the parser.

/// Where a string ends, the closing quote, from behind its opening one; nullptr where it ends
/// beyond `end` or is more than ASCII without escapes. 15 bytes behind `end` must be readable.
inline const char* end_of_plain_string(const char* at, const char* end) {
#ifdef __SSE2__
  for (; at < end; at += 16) {
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // Bytes beyond ASCII are below all others here.
    const __m128i is_other = _mm_or_si128(_mm_cmplt_epi8(text, _mm_set1_epi8(0x20)),
                                          _mm_cmpeq_epi8(text, _mm_set1_epi8('\\')));
    const __m128i is_quote = _mm_cmpeq_epi8(text, _mm_set1_epi8('"'));
    const auto stops = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(is_other, is_quote)));
    if (stops == 0) continue;
    at += __builtin_ctz(stops);
    return at < end && *at == '"' ? at : nullptr;
  }
  return nullptr;
#else
  for (; at < end; ++at) {
    if (*at == '"') return at;
    if (*at == '\\' || static_cast<signed char>(*at) < 0x20) return nullptr;
  }
  return nullptr;
#endif
}

/// A number of few digits without an exponent: any such number is exact as a 64-bit integer, or is
/// read as a double from its text.
struct WrittenNumber {
  const char* end = nullptr;  ///< nullptr: it is none of that kind
  bool is_whole = true;       ///< no point in it
  std::int64_t whole = 0;
};

/// What follows a number in JSON: another byte is a part of it.
inline bool ends_number(const char* at, const char* end) {
  return at < end && (*at == ',' || *at == '}' || *at == ' ');
}

#ifdef __SSE2__
/// The same of a number of up to seven digits and no point, all of them at once: how many they are
/// cannot be foreseen. 7 bytes behind `end` must be readable.
inline WrittenNumber short_number(const char* at, const char* end) {
  constexpr std::uint64_t kZeros = 0x3030303030303030;
  constexpr std::uint64_t kAboveNine = 0x7676767676767676;
  constexpr std::uint64_t kHighest = 0x8080808080808080;
  std::uint64_t digits = 0;
  std::memcpy(&digits, at, sizeof digits);
  digits ^= kZeros;
  const std::uint64_t others = ((digits + kAboveNine) | digits) & kHighest;
  if (others == 0) return {};
  const auto size = static_cast<unsigned>(__builtin_ctzll(others)) / 8;
  const bool has_leading_zero = size > 1 && *at == '0';
  if (size == 0 || has_leading_zero || !ends_number(at + size, end)) return {};
  digits <<= 8 * (8 - size);
  digits = digits * 10 + (digits >> 8);
  const std::uint64_t value = ((digits & 0x000000FF000000FF) * 0x000F424000000064 +
                               (digits >> 16 & 0x000000FF000000FF) * 0x0000271000000001) >>
                              32;
  return {at + size, true, static_cast<std::int64_t>(value)};
}
#endif

/// 7 bytes behind `end` must be readable.
inline WrittenNumber written_number(const char* at, const char* end) {
#ifdef __SSE2__
  if (const WrittenNumber number = short_number(at, end); number.end != nullptr) return number;
#endif
  constexpr std::ptrdiff_t kMostDigits = 18;
  const auto is_digit = [](char c) { return static_cast<unsigned char>(c - '0') < 10; };
  const bool is_negative = *at == '-';
  if (is_negative) ++at;
  const char* const first = at;
  std::int64_t value = 0;
  for (; is_digit(*at) && at - first < kMostDigits; ++at) value = value * 10 + (*at - '0');
  const bool has_leading_zero = at - first > 1 && *first == '0';
  if (at == first || has_leading_zero || is_digit(*at)) return {};
  WrittenNumber number{at, true, is_negative ? -value : value};
  if (*at == '.') {
    const char* const fraction = ++at;
    while (is_digit(*at) && at - first <= kMostDigits) ++at;
    if (at == fraction || at - first > kMostDigits) return {};
    number = {at, false, 0};
  }
  return ends_number(at, end) ? number : WrittenNumber{};
}

/// Whether the bytes are the same; 15 behind both must be readable.
inline bool are_same_bytes(const char* a, const char* b, std::size_t size) {
#ifdef __SSE2__
  for (;; a += 16, b += 16, size -= 16) {
    const __m128i one = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a));
    const __m128i other = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b));
    const auto same = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(one, other)));
    if (size <= 16) return ((same ^ 0xFFFFU) & ((1U << size) - 1)) == 0;
    if (same != 0xFFFFU) return false;
  }
#else
  return std::memcmp(a, b, size) == 0;
#endif
}

/// Where "true" or "false" ends; nullptr where neither is there. 5 bytes must be readable.
inline const char* end_of_boolean(const char* at, const char* end) {
  std::uint32_t four = 0;
  std::memcpy(&four, at, sizeof four);
  const auto is = [four](const char(&word)[5]) {
    return std::memcmp(&four, word, sizeof four) == 0;
  };
  const char* const behind = is("true") ? at + 4 : is("fals") && at[4] == 'e' ? at + 5 : nullptr;
  return behind != nullptr && behind <= end ? behind : nullptr;
}

/// Whether a text stands there; short, and mostly it does.
inline bool stands_at(const char* at, const char* end, const char* text, std::size_t size) {
  if (static_cast<std::size_t>(end - at) < size) return false;
  const auto differ = [](const char* a, const char* b) {
    std::uint64_t one = 0;
    std::uint64_t other = 0;
    std::memcpy(&one, a, sizeof one);
    std::memcpy(&other, b, sizeof other);
    return one != other;
  };
  if (size < 8) return std::memcmp(at, text, size) == 0;
  for (std::size_t i = 0; i + 8 <= size; i += 8) {
    if (differ(at + i, text + i)) return false;
  }
  return !differ(at + size - 8, text + size - 8);
}

}  // namespace usagectl
