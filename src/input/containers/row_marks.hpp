#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace usagectl {

/// Finds the separators, quotes and line breaks of delimited text one after the other, 64 bytes at
/// a time: fields are a few bytes long, so that looking for the end of each of them by itself takes
/// longer than all the rest.
class RowMarks {
 public:
  RowMarks(std::string_view text, char separator) : text_(text), separator_(separator) {
    if (!text.empty()) look();
  }

  /// Offset of the next mark; that of the end behind the last one.
  std::size_t next() {
    while (marks_ == 0) {
      begin_ += kAtOnce;
      if (begin_ >= text_.size()) {
        begin_ = text_.size();
        return begin_;
      }
      look();
    }
    const auto at = begin_ + static_cast<std::size_t>(__builtin_ctzll(marks_));
    marks_ &= marks_ - 1;
    return at;
  }

 private:
  static constexpr std::size_t kAtOnce = 64;

  void look() {
    const char* from = text_.data() + begin_;
    const std::size_t left = text_.size() - begin_;
    char last[kAtOnce];
    if (left < kAtOnce) {
      std::memset(last, 0, kAtOnce);
      std::memcpy(last, from, left);
      from = last;
    }
    marks_ = marks_in(from);
  }

#ifdef __SSE2__
  std::uint64_t marks_in(const char* from) const {
    const __m128i separator = _mm_set1_epi8(separator_);
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i line_break = _mm_set1_epi8('\n');
    std::uint64_t marks = 0;
    for (std::size_t i = 0; i < kAtOnce; i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
      const __m128i found =
          _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, separator), _mm_cmpeq_epi8(bytes, quote)),
                       _mm_cmpeq_epi8(bytes, line_break));
      marks |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found)))
               << i;
    }
    return marks;
  }
#else
  std::uint64_t marks_in(const char* from) const {
    std::uint64_t marks = 0;
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      const bool is_mark = from[i] == separator_ || from[i] == '"' || from[i] == '\n';
      marks |= static_cast<std::uint64_t>(is_mark) << i;
    }
    return marks;
  }
#endif

  std::string_view text_;
  char separator_;
  std::size_t begin_ = 0;  ///< of the bytes that were looked at last
  std::uint64_t marks_ = 0;
};

}  // namespace usagectl
