#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace usagectl {

/// SplitMix64: the same numbers for the same seed on every machine, which the distributions of the
/// standard library do not promise. Compilers evaluate arguments in an order of their own: a call
/// takes at most one argument that draws a number.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// A generator of its own for the part `index` of a data set, so that parts do not depend on
  /// each other's length.
  Random fork(std::uint64_t index) const {
    Random mixed(index);
    return Random(state_ ^ mixed.next());
  }

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  /// Below `bound`, which is below 2^32.
  std::uint64_t below(std::uint64_t bound) { return ((next() >> 32U) * bound) >> 32U; }
  std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    return low + below(high - low + 1);
  }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  /// From 2^low_bits up to 2^high_bits, each power of two as likely as the next: many small ones,
  /// few large ones.
  std::uint64_t skewed(unsigned low_bits, unsigned high_bits) {
    const std::uint64_t low = std::uint64_t{1} << between(low_bits, high_bits - 1U);
    return low + below(low);
  }

  template <typename T, std::size_t N>
  const T& pick(const std::array<T, N>& choices) {
    return choices[below(N)];
  }

  /// Appends `count` characters of the alphabet, which has 16 or 64 of them.
  void letters(std::string& out, std::size_t count, std::string_view alphabet) {
    const unsigned bits = alphabet.size() == 16 ? 4 : 6;
    const std::uint64_t mask = alphabet.size() - 1;
    std::uint64_t word = 0;
    unsigned left = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (left < bits) {
        word = next();
        left = 64;
      }
      out += alphabet[word & mask];
      word >>= bits;
      left -= bits;
    }
  }

  static constexpr std::string_view kHex = "0123456789abcdef";
  static constexpr std::string_view kBase64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static constexpr std::string_view kIdLetters =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789abcde";

  std::string id(std::string_view prefix, std::size_t count) {
    std::string out(prefix);
    letters(out, count, kIdLetters);
    return out;
  }

  std::string uuid() {
    std::string out;
    for (const std::size_t part : {8U, 4U, 4U, 4U, 12U}) {
      if (!out.empty()) out += '-';
      letters(out, part, kHex);
    }
    out[14] = '4';
    return out;
  }

 private:
  std::uint64_t state_;
};

}  // namespace usagectl
