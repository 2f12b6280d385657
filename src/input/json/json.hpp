#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/count.hpp"

namespace usagectl {

class LongList;

/// What a string begins with that stands for something else: see wide_number.hpp and long_list.hpp.
inline constexpr char kMarkedString = '\x01';

/// Where a value stands in a document that simdjson has parsed: its "tape", one 64-bit word for
/// each bracket, string and literal and two for each number, with the type in the upper 8 bits
/// (doc/tape.md of simdjson). Read here without simdjson.h, which costs more than a second in every
/// file that includes it.
class TapePlace {
 public:
  enum Type : char {
    object = '{',
    array = '[',
    string = '"',
    signed_number = 'l',
    unsigned_number = 'u',  ///< above 2^63-1
    real_number = 'd',
    true_value = 't',
    false_value = 'f',
    null_value = 'n',
  };

  TapePlace() = default;
  TapePlace(const std::uint64_t* tape, const std::uint8_t* strings, std::size_t index)
      : tape_(tape), strings_(strings), index_(index) {}

  bool is_set() const { return tape_ != nullptr; }
  bool operator==(const TapePlace& other) const { return index_ == other.index_; }

  Type type() const { return static_cast<Type>(word() >> 56U); }
  /// Of the first member's key or the first item, or of the closing bracket.
  TapePlace first() const { return at(index_ + 1); }
  /// Of the closing bracket.
  TapePlace last() const { return at(low_half() - 1); }
  /// Of what follows the value.
  TapePlace next() const {
    switch (type()) {
      case object:
      case array: return at(low_half());
      case signed_number:
      case unsigned_number:
      case real_number: return at(index_ + 2);
      default: return at(index_ + 1);
    }
  }

  std::string_view text() const {
    const std::uint8_t* const bytes = strings_ + (word() & ((std::uint64_t{1} << 56U) - 1));
    std::uint32_t length = 0;
    std::memcpy(&length, bytes, sizeof length);
    return {reinterpret_cast<const char*>(bytes + sizeof length), length};
  }
  template <typename Number>
  Number number() const {
    static_assert(sizeof(Number) == sizeof(std::uint64_t));
    Number number;
    std::memcpy(&number, tape_ + index_ + 1, sizeof number);
    return number;
  }

 private:
  std::uint64_t word() const { return tape_[index_]; }
  std::uint32_t low_half() const { return static_cast<std::uint32_t>(word()); }
  TapePlace at(std::size_t index) const { return {tape_, strings_, index}; }

  const std::uint64_t* tape_ = nullptr;
  const std::uint8_t* strings_ = nullptr;
  std::size_t index_ = 0;
};

enum class JsonKind : std::uint8_t { null, boolean, number, text, object, list };

/// A view of one value of a parsed JSON document. Cheap to copy; valid until the parser that made
/// it parses again.
class Json {
 public:
  Json() = default;  ///< null
  explicit Json(TapePlace place) : place_(place) {}

  /// What it is, as the questions below answer.
  JsonKind kind() const {
    if (!present()) return JsonKind::null;
    switch (place_.type()) {
      case TapePlace::object: return JsonKind::object;
      case TapePlace::array: return JsonKind::list;
      case TapePlace::string: return kind_of_string();
      case TapePlace::signed_number:
      case TapePlace::unsigned_number:
      case TapePlace::real_number: return JsonKind::number;
      case TapePlace::true_value:
      case TapePlace::false_value: return JsonKind::boolean;
      default: return JsonKind::null;
    }
  }
  bool is_null() const { return !present() || place_.type() == TapePlace::null_value; }
  bool is_object() const { return present() && place_.type() == TapePlace::object; }
  bool is_array() const {
    return present() &&
           (place_.type() == TapePlace::array || (is_marked_string() && long_list() != nullptr));
  }
  bool is_text() const {
    return present() && place_.type() == TapePlace::string &&
           !(is_marked_string() && long_list() != nullptr);
  }
  bool is_bool() const {
    return present() &&
           (place_.type() == TapePlace::true_value || place_.type() == TapePlace::false_value);
  }
  /// A number of any size; one too large for 64 bits or a double included.
  bool is_number() const { return is_narrow_number() || is_wide_number(); }

  /// The text of a string; empty for anything else.
  std::string_view text() const { return is_text() ? place_.text() : std::string_view(); }
  std::optional<bool> boolean() const;
  /// The value as a double, for costs and timestamps; never for counts.
  std::optional<double> real() const;

  /// The first member of that name; null (present() false) where there is none or this is no
  /// object.
  Json operator[](std::string_view key) const;
  /// Follows nested members, "a.b.c" given as separate keys.
  template <typename... Keys>
  Json at(std::string_view key, Keys... keys) const {
    if constexpr (sizeof...(keys) == 0) {
      return (*this)[key];
    } else {
      return (*this)[key].at(keys...);
    }
  }
  /// False for the value of a member that does not exist.
  bool present() const { return place_.is_set(); }
  bool has(std::string_view key) const { return (*this)[key].present(); }

  /// Number of members or items; 0 for anything else. Counts while walking.
  std::size_t size() const;

  /// Calls visit(key, value) for every member in order, duplicates included.
  template <typename Visit>
  void each_member(Visit&& visit) const {
    if (!is_object()) return;
    const TapePlace end = place_.last();
    for (TapePlace key = place_.first(); !(key == end);) {
      const TapePlace value = key.next();
      visit(key.text(), Json(value));
      key = value.next();
    }
  }
  /// Calls visit(index, value) for every item in order. Of a long list in a large document, an item
  /// is valid while it is visited.
  template <typename Visit>
  void each_item(Visit&& visit) const {
    if (!is_array()) return;
    if (place_.type() != TapePlace::array) {
      each_item_of_long_list(visit);
      return;
    }
    std::size_t index = 0;
    const TapePlace end = place_.last();
    for (TapePlace item = place_.first(); !(item == end); item = item.next())
      visit(index++, Json(item));
  }

  /// One item; null where there is none. Of a long list in a large document, it is valid until
  /// items far from it are asked for.
  Json item(std::size_t index) const;

  /// What kind of thing this is, for messages: "a string", "an object", "-5", "2.5".
  std::string described() const;

  /// Digits of a number that no 64-bit integer or double holds exactly; empty otherwise.
  std::string_view wide_number() const {
    return present() && is_marked_string() ? marked_number() : std::string_view();
  }

 private:
  bool is_narrow_number() const {
    return present() &&
           (place_.type() == TapePlace::signed_number ||
            place_.type() == TapePlace::unsigned_number || place_.type() == TapePlace::real_number);
  }
  bool is_wide_number() const { return !wide_number().empty(); }
  bool is_marked_string() const {
    if (place_.type() != TapePlace::string) return false;
    const std::string_view text = place_.text();
    return !text.empty() && text.front() == kMarkedString;
  }
  JsonKind kind_of_string() const {
    if (!is_marked_string()) return JsonKind::text;
    if (long_list() != nullptr) return JsonKind::list;
    return is_wide_number() ? JsonKind::number : JsonKind::text;
  }
  /// See long_list.hpp and wide_number.hpp; of a marked string.
  const LongList* long_list() const;
  std::string_view marked_number() const;
  void each_item_of_long_list(const std::function<void(std::size_t, const Json&)>& visit) const;
  friend struct CountReading read_count(const Json&);

  TapePlace place_;
};

/// What stood where a count was expected.
struct CountReading {
  std::optional<Count> count;  ///< set when it is a count
  std::string fault;           ///< why it is none: "is negative (-5)"; empty when absent or null
};

/// Reads a count exactly: a whole number from 0 to 2^63-1. Absent and null are "not known", which
/// is no fault; a whole number written with a point or exponent (150.0, 1e3) is accepted up to
/// 2^53.
CountReading read_count(const Json& value);

/// Reads a count that may be written as a string of digits, as OpenTelemetry attributes are.
CountReading read_count_or_digits(const Json& value);

/// A key that appears twice in one object, or nothing.
std::optional<std::string_view> repeated_key(const Json& object);

}  // namespace usagectl
