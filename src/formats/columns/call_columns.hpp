#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/json/json.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// What the calls of some columns add up to.
struct InputAndOutput {
  ExactSum input;
  ExactSum output;
};

/// Lists side by side that count for one call each: {"prompt_tokens_list": [1200, 900],
/// "completion_tokens_list": [80, 60]} are two calls. The lists may be nested alike, as turns of
/// steps.
struct CallColumns {
  struct Column {
    std::string_view key;      ///< of the list
    std::string name;          ///< of what it counts: "input_tokens" of "input_tokens_per_turn"
    std::vector<Json> counts;  ///< of each call: a number, or null
  };
  std::vector<Column> columns;

  std::size_t calls() const { return columns.front().counts.size(); }
  InputAndOutput sums() const;
  /// A call as a usage object.
  std::string row(std::size_t call) const;
};

/// The columns of an object. Nothing unless there are lists of numbers for input and for output,
/// and all that count tokens have one shape. Lists that may be the tokens themselves by their names
/// need one beside them that tells something else of each call.
std::optional<CallColumns> columns_of_calls(const Json& object);

/// A call of a line of a log, as a row that says what the line says of all of its calls: its model,
/// its time, its session.
struct CallOfColumns {
  std::string pointer;  ///< in the line, to its place in the first list; nested lists are one there
  std::string row;
};

/// Empty where the line has no such lists.
std::vector<CallOfColumns> calls_of_columns(const Json& line);

}  // namespace usagectl
