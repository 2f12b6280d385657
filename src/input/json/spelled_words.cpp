#include "input/json/spelled_words.hpp"

#include <algorithm>
#include <cstdint>

#include "input/json/written_values.hpp"

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace usagectl {
namespace {

constexpr std::size_t kMostAtOnce = 32;
constexpr std::size_t kTailBytes = 192;

/// The letters of English text, frequent ones first. An underscore is rarer than any of them.
constexpr std::string_view kByFrequency = "etaoinsrhldcumfpgwybvkxjqz";

std::size_t rarity(char letter) { return kByFrequency.find(letter); }

bool is_of_a_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_' || letter == '.' || letter == ':' ||
         letter == '-';
}

/// Whether nothing but a name's letters stand before the next quote.
bool ends_as_a_name(std::string_view rest) {
  const auto* const end = std::find_if_not(rest.begin(), rest.end(), is_of_a_name);
  return end != rest.end() && *end == '"';
}

/// Whether \u00XX that begins here is a letter or an underscore: \u0041 to \u007A.
bool is_escaped_letter(std::string_view text) {
  return text.size() >= 5 && text.starts_with("\\u00") && text[4] >= '4' && text[4] <= '7';
}

}  // namespace

SpelledWords::SpelledWords(std::span<const std::string_view> words,
                           [[maybe_unused]] bool may_be_wide) {
#ifdef __SSE2__
  is_wide_ = may_be_wide && __builtin_cpu_supports("avx2") != 0;
#endif
  for (const std::string_view word : words) {
    std::size_t first = 0;
    std::size_t second = word.size() - 1;
    for (std::size_t i = 0; i < word.size(); ++i) {
      for (std::size_t k = i + 1; k < word.size(); ++k) {
        const auto worse = std::min(rarity(word[first]), rarity(word[second]));
        const auto now = std::min(rarity(word[i]), rarity(word[k]));
        if (now > worse) {
          first = i;
          second = k;
        }
      }
    }
    pairs_.push_back(pair_of(word, first, second));
    longest_ = std::max(longest_, word.size());
  }
  Pair escape = pair_of("\\u00", 0, 1);
  escape.word = {};
  longest_ = std::max<std::size_t>(longest_, 5);
  pairs_.push_back(escape);
}

SpelledWords::Pair SpelledWords::pair_of(std::string_view word, std::size_t first,
                                         std::size_t second) {
  Pair pair{word, first, second, {}, {}};
  pair.firsts.fill(word[first]);
  pair.seconds.fill(word[second]);
  return pair;
}

bool SpelledWords::is_there(const Pair& pair, std::string_view json, std::size_t at) {
  const std::string_view rest = json.substr(at);
  if (pair.word.empty()) return is_escaped_letter(rest);
  return stands_at(rest.data(), rest.data() + rest.size(), pair.word.data(), pair.word.size()) &&
         ends_as_a_name(rest.substr(pair.word.size()));
}

#ifdef __SSE2__
/// libc finds words a byte at a time where their letters are frequent ones; sixteen at a time, all
/// words in one go, is what makes looking cheaper than parsing.
template <std::size_t... kPairs>
bool SpelledWords::scan(std::string_view json, std::size_t& at,
                        std::index_sequence<kPairs...>) const {
  const auto load = [](const char* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  };
  const std::array firsts = {load(pairs_[kPairs].firsts.data())...};
  const std::array seconds = {load(pairs_[kPairs].seconds.data())...};
  const std::array first_at = {pairs_[kPairs].first...};
  const std::array second_at = {pairs_[kPairs].second...};
  for (; at + 16 + longest_ <= json.size(); at += 16) {
    const char* const text = json.data() + at;
    const auto both = [&](std::size_t i) {
      return _mm_and_si128(_mm_cmpeq_epi8(load(text + first_at[i]), firsts[i]),
                           _mm_cmpeq_epi8(load(text + second_at[i]), seconds[i]));
    };
    __m128i any = _mm_setzero_si128();
    ((any = _mm_or_si128(any, both(kPairs))), ...);
    if (_mm_movemask_epi8(any) == 0) continue;
    for (std::size_t i = 0; i < sizeof...(kPairs); ++i) {
      auto places = static_cast<std::uint32_t>(_mm_movemask_epi8(both(i)));
      for (; places != 0; places &= places - 1) {
        if (is_there(pairs_[i], json, at + static_cast<std::size_t>(__builtin_ctz(places))))
          return true;
      }
    }
  }
  return false;
}

/// As scan(), 32 bytes at a time, where the processor can.
template <std::size_t kPairs>
__attribute__((target("avx2"))) bool SpelledWords::scan_wide(std::string_view json,
                                                             std::size_t& at) const {
  constexpr std::size_t kAtOnce = kMostAtOnce;
  // No lambdas: what is inside them is compiled for any processor.
  __m256i firsts[kPairs];
  __m256i seconds[kPairs];
  std::size_t first_at[kPairs];
  std::size_t second_at[kPairs];
  for (std::size_t i = 0; i < kPairs; ++i) {
    firsts[i] = _mm256_set1_epi8(pairs_[i].firsts[0]);
    seconds[i] = _mm256_set1_epi8(pairs_[i].seconds[0]);
    first_at[i] = pairs_[i].first;
    second_at[i] = pairs_[i].second;
  }
  for (; at + kAtOnce + longest_ <= json.size(); at += kAtOnce) {
    const char* const text = json.data() + at;
    __m256i both[kPairs];
    __m256i any = _mm256_setzero_si256();
    for (std::size_t i = 0; i < kPairs; ++i) {
      const auto* const first = reinterpret_cast<const __m256i*>(text + first_at[i]);
      const auto* const second = reinterpret_cast<const __m256i*>(text + second_at[i]);
      both[i] = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_loadu_si256(first), firsts[i]),
                                 _mm256_cmpeq_epi8(_mm256_loadu_si256(second), seconds[i]));
      any = _mm256_or_si256(any, both[i]);
    }
    if (_mm256_testz_si256(any, any) != 0) continue;
    for (std::size_t i = 0; i < kPairs; ++i) {
      auto places = static_cast<std::uint32_t>(_mm256_movemask_epi8(both[i]));
      for (; places != 0; places &= places - 1) {
        if (is_there(pairs_[i], json, at + static_cast<std::size_t>(__builtin_ctz(places))))
          return true;
      }
    }
  }
  return false;
}
#endif

/// Looks at as much of the text as can be looked at in steps, and leaves the rest.
bool SpelledWords::scan_steps(std::string_view json, std::size_t& at) const {
#ifdef __SSE2__
  if (is_wide_) {
    switch (pairs_.size()) {
      case 2: return scan_wide<2>(json, at);
      case 3: return scan_wide<3>(json, at);
      case 4: return scan_wide<4>(json, at);
      case 5: return scan_wide<5>(json, at);
      default: return false;
    }
  }
  switch (pairs_.size()) {
    case 2: return scan(json, at, std::make_index_sequence<2>());
    case 3: return scan(json, at, std::make_index_sequence<3>());
    case 4: return scan(json, at, std::make_index_sequence<4>());
    case 5: return scan(json, at, std::make_index_sequence<5>());
    default: return false;  // of more words, each would be looked for alone
  }
#else
  return false;
#endif
}

bool SpelledWords::may_stand_in(std::string_view json) const {
  std::size_t at = 0;
  if (scan_steps(json, at)) return true;
  // Most of a short text would be left: with zeros behind it, it is looked at in steps as well.
  std::array<char, kTailBytes> tail{};
  const std::string_view rest = json.substr(at);
  if (rest.size() + kMostAtOnce + longest_ <= tail.size()) {
    std::copy(rest.begin(), rest.end(), tail.begin());
    std::size_t in_tail = 0;
    if (scan_steps({tail.data(), rest.size() + kMostAtOnce + longest_}, in_tail)) return true;
    if (in_tail >= rest.size()) return false;
  }
  for (; at < json.size(); ++at) {
    for (const Pair& pair : pairs_) {
      if (is_there(pair, json, at)) return true;
    }
  }
  return false;
}

}  // namespace usagectl
