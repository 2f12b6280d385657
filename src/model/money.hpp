#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// An amount of money: a whole number of 10^-24 of a unit, so that sums are exact whatever a
/// file wrote, from parts of a cent to more than any bill.
class Money {
 public:
  __extension__ using Wide = __int128;
  static constexpr int kDecimals = 24;

  Money() = default;
  explicit constexpr Money(Wide parts) : parts_(parts) {}
  /// 10^-decimals, at least the smallest amount that there is.
  static Money last_digit(int decimals);

  Wide parts() const { return parts_; }
  Money magnitude() const { return Money(parts_ < 0 ? -parts_ : parts_); }
  bool is_zero() const { return parts_ == 0; }

  /// False where the sum does not fit; what remains of it then says nothing.
  bool add(const Money& more) { return !__builtin_add_overflow(parts_, more.parts_, &parts_); }
  bool subtract(const Money& less) { return !__builtin_sub_overflow(parts_, less.parts_, &parts_); }

  /// All of its digits, and no more: "0.30000000000000004", "12".
  std::string text() const;
  /// Rounded to so many digits behind the point, where it has more.
  std::string text(int decimals) const;

  friend auto operator<=>(const Money&, const Money&) = default;

 private:
  Wide parts_ = 0;
};

/// A currency by its three letters (ISO 4217); unknown where nobody says which it is.
class Currency {
 public:
  constexpr Currency() = default;
  explicit constexpr Currency(std::string_view code) {
    if (code.size() != letters_.size()) return;
    for (std::size_t i = 0; i < letters_.size(); ++i) letters_[i] = code[i];
  }
  bool is_known() const { return letters_[0] != '\0'; }
  /// Empty where it is unknown.
  std::string_view code() const {
    return is_known() ? std::string_view(letters_.data(), letters_.size()) : std::string_view();
  }
  friend auto operator<=>(const Currency&, const Currency&) = default;

 private:
  std::array<char, 3> letters_{};
};

/// An amount as somebody wrote it.
struct Amount {
  Money money;
  std::uint8_t decimals = 0;  ///< digits behind the point
  /// Written with more than 15 significant digits, which no price list asks for: a binary number,
  /// printed, whose last digits are noise.
  bool is_noisy = false;

  friend bool operator==(const Amount&, const Amount&) = default;
};

/// Reads "12.50", "-0.003" or "7.159e-05" exactly. Nothing for any other text, and for amounts of a
/// million millions and more. Digits behind the 24th are rounded away.
std::optional<Amount> read_amount(std::string_view decimal);

/// The shortest decimal that is this binary number: what was written, wherever that has 15 digits
/// or fewer or comes from a writer who prints the shortest one.
std::optional<Amount> amount_of(double number);

/// The amount divided by 10^places: of cents, of millionths.
Amount divided(Amount amount, int places);

}  // namespace usagectl
