#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/meaning.hpp"
#include "formats/reading/choices_of_call.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json.hpp"
#include "model/counts.hpp"
#include "model/path_pattern.hpp"

namespace usagectl {

/// A usage object as its keys tell it, wherever it stands.
struct SeenUsage {
  Counts given;  ///< as written; the total is input + output where it is not given and they are all
  bool in_catalogue = false;  ///< the catalogue of dialects reads the same counts from it
  bool is_whole = false;      ///< input and output have keys
  /// Nothing says that it counts tokens: it is usage only if its numbers are known to be.
  bool is_weak = false;
  /// Only that the total is input + output makes it usage.
  bool is_sure_by_sum = false;
  bool says_tokens = false;  ///< a key does
  bool is_running = false;   ///< its keys call it a total so far
  std::vector<std::pair<Quantity, PathPattern>> keys;
  std::string requests_key;
};

/// What a field of an object tells of the calls in it: see field_named.
struct SeenField {
  std::string_view tells;
  std::string key;
  std::string value;  ///< for what is told apart by it
};

/// A number that is no counter.
struct SeenNumber {
  std::string key;
  Count count = 0;
};

/// How the usage of a list goes on from row to row.
struct ListCourse {
  std::size_t steps = 0;
  std::size_t growing = 0;
  bool never_falls = true;
  Counts last;
};

/// A value of a document that is a usage object or has some inside.
struct SeenNode {
  enum class Kind : std::uint8_t { object, list, row, number };
  Kind kind = Kind::object;
  std::string key;  ///< in the object or list around it
  std::optional<SeenUsage> usage;
  std::vector<SeenField> fields;
  std::vector<SeenNumber> numbers;
  std::vector<SeenNode> children;
  std::vector<std::string> passed_over;  ///< members that count something else
  std::vector<std::string> unsaid;       ///< members that may count something else
  std::string_view usage_by_model;       ///< see there: `usage` beside it is no other one
  /// Rows of a long list that nothing shows apart are one, with the sums of their numbers.
  std::uint64_t times = 1;
  std::size_t size = 0;                ///< of a list, whatever is in it
  std::unique_ptr<ListCourse> course;  ///< of a list with rows; there may be many other nodes
  ListCourse course_of_rows() const { return course == nullptr ? ListCourse() : *course; }
  std::vector<std::size_t> headings;  ///< items that are no rows but name the columns
  Choices choices = Choices::no;      ///< whether the items of a list repeat the usage of one call
};

/// Finds the usage objects of a document, by their keys. Nothing where there are none. What the
/// file is called may say that it is about tokens.
std::optional<SeenNode> take_census(const Json& document, const FileContext& file);

}  // namespace usagectl
