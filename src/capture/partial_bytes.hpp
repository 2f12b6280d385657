#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/kept_names.hpp"

namespace usagectl {

/// The bytes of a partial file are not those that were written.
struct DamagedPartial : std::exception {
  const char* what() const noexcept override { return "damaged"; }
};

/// Appends numbers and texts to a buffer: numbers in groups of seven bits, a text that came before
/// as its number.
class BytesWriter {
 public:
  static constexpr bool kReads = false;

  void number(std::uint64_t value);
  void real(double value);
  void text(std::string_view value);
  void name(std::string_view value) { text(value); }

  const std::string& bytes() const { return bytes_; }
  /// Begins anew, as a reader of the next bytes will.
  void clear();

 private:
  std::string bytes_;
  std::unordered_map<std::string, std::uint64_t> texts_;
};

/// Reads what a BytesWriter has written. Throws DamagedPartial.
class BytesReader {
 public:
  static constexpr bool kReads = true;

  /// `names` keeps what is read as a view.
  BytesReader(std::string_view bytes, KeptNames& names) : rest_(bytes), names_(&names) {}

  void number(std::uint64_t& value);
  void real(double& value);
  void text(std::string& value) { value = next_text().text; }
  void name(std::string_view& value);

  bool at_end() const { return rest_.empty(); }
  /// So many elements, of a byte at least, are to follow.
  void expect(std::uint64_t elements) const {
    if (elements > rest_.size()) throw DamagedPartial();
  }

 private:
  struct Text {
    std::string_view text;
    std::string_view kept;  ///< the same, once it was asked for as a name
    bool is_kept = false;
  };
  Text& next_text();

  std::string_view rest_;
  KeptNames* names_;
  std::vector<Text> texts_;
};

}  // namespace usagectl
