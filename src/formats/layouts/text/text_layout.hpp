#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layouts/expression.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// What the numbers of one line after another are.
enum class TextCourse : std::uint8_t {
  calls,    ///< each line is about something of its own
  running,  ///< a total so far, by model; one that falls begins anew
  open,     ///< the writer does not say, so that the numbers must
  sum,      ///< the sum of what the lines before it say
};

inline constexpr std::string_view kTextCourses[] = {"calls", "running", "open", "sum"};

/// Lines that say something, as regular expressions whose named groups are the members of an
/// object: "prompt=(?P<prompt>[\d,]+)" gives {"prompt": 12}.
struct TextPattern {
  struct Line {
    std::unique_ptr<const Expression> find;
    bool may_be_missing = false;
  };
  std::vector<Line> lines;  ///< one after another; a pattern of one line may stand in it repeatedly
  std::string as;           ///< the object is this member of the document; empty = the document
  TextCourse course = TextCourse::calls;
  bool are_pairs = false;  ///< the groups "key" and "value" of all matches in a line are one object
  std::unique_ptr<const Expression> needs;  ///< is found in the line as well
  bool is_second =
      false;  ///< repeats what another pattern of the layout finds, if any finds something
  bool is_kept = false;     ///< its groups belong to all objects after it
  bool is_rounded = false;  ///< its counts may be rounded: 1.2k
};

/// How a text that is not JSON is turned into documents, which the records of a layout describe.
struct TextLayout {
  std::unique_ptr<const Expression> known_by;  ///< nullptr: any text in which a pattern is found
  std::unique_ptr<const Expression> named;     ///< files in a folder that are read beside logs
  std::unique_ptr<const Expression> hint;      ///< is found in every line of a pattern; for speed
  std::unique_ptr<const Expression> time;      ///< where a line says when, as the group "time"
  std::vector<TextPattern> patterns;           ///< of two that overlap, the first one counts
};

/// What is wrong at a place of a layout file; does not return.
using TextLayoutFault = std::function<void(const std::string& at, const std::string& what)>;

/// The "text" section of a layout file. `is_tested`: its expressions are known to be sound.
std::shared_ptr<const TextLayout> parse_text_layout(const Json& section, const std::string& at,
                                                    bool is_tested, const TextLayoutFault& fail);

/// The section as JSON, which reads as the same.
std::string text_layout_json(const TextLayout& layout);

}  // namespace usagectl
