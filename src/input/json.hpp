#pragma once

#include <simdjson.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/count.hpp"

namespace usagectl {

class LongList;

/// A view of one value of a parsed JSON document. Cheap to copy; valid until the parser that made
/// it parses again.
class Json {
 public:
  Json() = default;  ///< null
  explicit Json(simdjson::dom::element element) : element_(element), present_(true) {}

  bool is_null() const { return !present_ || element_.is_null(); }
  bool is_object() const { return present_ && element_.is_object(); }
  bool is_array() const { return present_ && (element_.is_array() || long_list() != nullptr); }
  bool is_text() const { return present_ && element_.is_string() && long_list() == nullptr; }
  bool is_bool() const { return present_ && element_.is_bool(); }
  /// A number of any size; one too large for 64 bits or a double included.
  bool is_number() const { return present_ && (element_.is_number() || is_wide_number()); }

  /// The text of a string; empty for anything else.
  std::string_view text() const;
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
  bool present() const { return present_; }
  bool has(std::string_view key) const { return (*this)[key].present(); }

  /// Number of members or items; 0 for anything else. Counts while walking.
  std::size_t size() const;

  /// Calls visit(key, value) for every member in order, duplicates included.
  template <typename Visit>
  void each_member(Visit&& visit) const {
    if (!is_object()) return;
    for (const auto member : simdjson::dom::object(element_)) visit(member.key, Json(member.value));
  }
  /// Calls visit(index, value) for every item in order. Of a long list in a large document, an item
  /// is valid while it is visited.
  template <typename Visit>
  void each_item(Visit&& visit) const {
    if (!is_array()) return;
    if (!element_.is_array()) {
      each_item_of_long_list(visit);
      return;
    }
    std::size_t index = 0;
    for (const auto item : simdjson::dom::array(element_)) visit(index++, Json(item));
  }

  /// One item; null where there is none. Of a long list in a large document, it is valid until
  /// items far from it are asked for.
  Json item(std::size_t index) const;

  /// What kind of thing this is, for messages: "a string", "an object", "-5", "2.5".
  std::string described() const;

  /// Digits of a number that no 64-bit integer or double holds exactly; empty otherwise.
  std::string_view wide_number() const;

 private:
  bool is_wide_number() const { return !wide_number().empty(); }
  /// See long_list.hpp.
  const LongList* long_list() const;
  void each_item_of_long_list(const std::function<void(std::size_t, const Json&)>& visit) const;
  friend struct CountReading read_count(const Json&);

  simdjson::dom::element element_;
  bool present_ = false;
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

/// A key that stands twice in one object, or nothing.
std::optional<std::string_view> repeated_key(const Json& object);

}  // namespace usagectl
