#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "formats/lines/line_shapes.hpp"
#include "formats/lines/plain_line.hpp"
#include "input/json/json.hpp"
#include "input/json/written_values.hpp"

namespace usagectl {

/// How plain lines of known shapes are written, byte for byte, but for their values: who writes a
/// log writes each line in the same way. What such a line says is read from its text, without
/// parsing it; any other line is left to the parser. Ways of writing share what they begin with.
class WrittenLines {
 public:
  /// Remembers how a line is written whose shape is known to `shapes`. `names`: see LineNames.
  void learn(std::string_view text, const Json& line, std::size_t names, const LineShapes& shapes);
  /// Finds out whether a line is written in a known way; then names() and take() are about it. 64
  /// bytes behind it must be readable.
  bool match(std::string_view text);
  std::size_t names() const { return wholes_[end_].names; }

  /// A value of the line that was matched, of those whose names alone do not say all.
  struct Value {
    std::uint32_t step = 0;
    const char* begin = nullptr;  ///< of texts, numbers and booleans
    const char* end = nullptr;
    bool is_whole = false;  ///< a number without a point
    std::int64_t whole = 0;

    std::string_view text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
  };
  std::span<const Value> values() const { return std::span(values_).first(number_of_values_); }
  const LineMember& member_of(const Value& value) const { return members_[value.step]; }
  /// Lines with the same way have values of the same members.
  std::size_t way() const { return end_; }
  // As the parser would read it.
  static double real_of(const Value& number);
  static std::optional<Count> count_of(const Value& number);

  /// Reads what the line says as LineShapes does. False where its values have a say in how it is
  /// read: then others have to read it.
  bool take(PlainLine& plain);
  /// The keys of its usage object, as key_paths returns them.
  std::vector<KeySeen> keys() const;

 private:
  using Step = std::uint32_t;  ///< a value that a line may go on with, or its end
  static constexpr Step kNone = 0;
  static constexpr std::size_t kMostSteps = 4096;
  static constexpr int kMostWays = 16;  ///< in which lines go on behind the same beginning

  /// Small, as all those of a line are gone through for every line.
  struct Written {
    std::uint32_t text = 0;  ///< what is written before the value, or up to the end, in texts_
    std::uint32_t text_size = 0;
    Step next = kNone;   ///< the first way to go on behind it
    Step other = kNone;  ///< another way to go on in its place
    JsonKind kind = JsonKind::null;
    bool is_end = false;
    bool is_read = false;  ///< its name alone does not say all
  };
  std::string_view text_of(const Written& written) const {
    return {texts_.data() + written.text, written.text_size};
  }
  Step first_way(Step behind) const { return behind == kNone ? first_ : steps_[behind].next; }
  Step find(Step behind, std::string_view text, JsonKind kind, bool is_end) const;
  Step add(Step behind, std::string_view text, const LineMember& member, bool is_end);
  /// Returns where the value ends, nullptr where there is another one.
  const char* match_value(Step step, const char* at, const char* end, Value*& next) const;
  void write_tape();

  std::vector<Written> steps_ = std::vector<Written>(1);  ///< the first is kNone
  std::vector<LineMember> members_ = std::vector<LineMember>(1);
  struct Whole {
    std::size_t names = 0;
    std::vector<KeySeen> keys;         ///< of the line that was learned
    std::vector<std::size_t> numbers;  ///< which of them are numbers
  };
  std::vector<Whole> wholes_ = std::vector<Whole>(1);  ///< of steps that end a line
  static constexpr std::size_t kReadableBehind = 16;
  std::string texts_ = std::string(kReadableBehind, '\0');
  Step first_ = kNone;
  std::size_t in_vain_ = 0;           ///< lines in a row of which nothing could be learned
  std::vector<Value> values_;         ///< of the line that was matched, and room for all others
  std::size_t number_of_values_ = 0;  ///< of the same
  Step end_ = kNone;                  ///< of the same
  // Its values, written as the parser writes them, and where each is on the tape.
  std::vector<std::uint64_t> tape_;
  std::vector<std::uint8_t> strings_;
  std::vector<std::size_t> places_;
};

/// Those that this thread has learned, of whatever file.
WrittenLines& lines_written_so(const Catalogue& catalogue);

}  // namespace usagectl
