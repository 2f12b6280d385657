#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest_word.hpp"
#include "formats/layouts/layout.hpp"
#include "formats/layouts/layout_parser.hpp"
#include "input/json/json.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Reads the small values that a layout file is made of, and names each mistake by its place. What
/// was given instead of a layout may be a conversation: nothing of it is quoted but a word that is
/// nearly one of the words of layouts.
class LayoutValues {
 public:
  /// `is_tested`: see parse_layout().
  explicit LayoutValues(std::string_view file, bool is_tested = false)
      : file_(file), is_tested_(is_tested) {}

  [[noreturn]] void fail(std::string_view at, std::string_view what) const;

  /// Calls use(key, value, place) for each member; their keys must be among `known`, once each.
  template <typename Use>
  void members(const Json& object, const std::string& at, const std::vector<std::string>& known,
               Use&& use) const {
    if (!object.is_object()) fail(at, fmt::format("is {}, expected an object", object.described()));
    if (const auto repeated = repeated_key(object)) fail_repeated(*repeated, at, known);
    std::size_t number = 0;
    object.each_member([&](std::string_view key, const Json& value) {
      ++number;
      if (std::find(known.begin(), known.end(), key) == known.end())
        fail_unknown(key, number, at, known);
      use(key, value, pointer_to(at, key));
    });
  }
  template <typename Use>
  void items(const Json& list, const std::string& at, Use&& use) const {
    if (!list.is_array())
      fail(at, fmt::format("is {}, expected a list of objects", list.described()));
    list.each_item([&](std::size_t index, const Json& item) {
      const std::string place = pointer_to(at, index);
      if (!item.is_object())
        fail(place, fmt::format("is {}, expected an object", item.described()));
      use(item, place);
    });
  }
  /// One value, or each item of a list.
  template <typename Use>
  static void one_or_more(const Json& value, const std::string& at, Use&& use) {
    if (!value.is_array()) return use(value, at);
    value.each_item([&](std::size_t index, const Json& item) { use(item, pointer_to(at, index)); });
  }

  std::string text(const Json& value, const std::string& at) const;
  /// A text without spaces.
  std::string word(const Json& value, const std::string& at) const;
  bool flag(const Json& value, const std::string& at) const;
  PathPattern pattern(const Json& value, const std::string& at) const;
  std::vector<PathPattern> patterns(const Json& value, const std::string& at) const;
  /// A key below an object: "a/b".
  PathPattern key_path(const Json& value, const std::string& at) const;
  /// Where a value stands, seen from a record whose place has so many stars.
  ValueSource source(const Json& value, const std::string& at, std::size_t stars) const;
  /// A regular expression of RE2.
  std::shared_ptr<const Expression> expression(const Json& value, const std::string& at) const;
  Sources sources(const Json& value, const std::string& at, std::size_t stars) const;
  /// What must hold: a place, {"at", "is"}, {"at", "begins"}, {"at", "matches"}, {"not": …} or
  /// {"any": […]}, or a list.
  std::vector<Condition> conditions(const Json& value, const std::string& at,
                                    std::size_t stars) const;

 private:
  [[noreturn]] void fail_unknown(std::string_view key, std::size_t number, const std::string& at,
                                 const std::vector<std::string>& known) const;
  [[noreturn]] void fail_repeated(std::string_view key, const std::string& at,
                                  const std::vector<std::string>& known) const;
  ValueSource found_source(const Json& value, const std::string& at, std::size_t stars) const;
  Condition condition(const Json& value, const std::string& at, std::size_t stars) const;
  void condition_place(const Json& value, const std::string& at, std::size_t stars,
                       Condition& condition) const;
  PlainValue plain_value(const Json& value, const std::string& at) const;

  std::string file_;

 protected:
  bool is_tested_;
};

}  // namespace usagectl
