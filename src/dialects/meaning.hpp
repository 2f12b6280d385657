#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace usagectl {

/// What a usage object can hold under its keys. The first seven stand in the order of Counter.
enum class Quantity : std::uint8_t {
  input,
  cache_read,
  cache_write,
  tool_prompt,
  output,
  reasoning,
  total,
  fresh,           ///< input without the cache
  visible,         ///< output without reasoning
  cache_write_5m,  ///< the part of cache_write that lives five minutes
  cache_write_1h,  ///< the part of cache_write that lives an hour
};
inline constexpr std::size_t kQuantityCount = 11;
inline constexpr std::array<std::string_view, kQuantityCount> kQuantityNames = {
    "input", "cache_read", "cache_write", "tool_prompt",    "output",        "reasoning",
    "total", "fresh",      "visible",     "cache_write_5m", "cache_write_1h"};

constexpr std::string_view name_of(Quantity quantity) {
  return kQuantityNames[static_cast<std::size_t>(quantity)];
}

/// The four questions of a meaning that are answered with inside or outside.
enum class Axis : std::uint8_t { cache_read, cache_write, tool_prompt, reasoning };
inline constexpr std::size_t kAxisCount = 4;
inline constexpr std::array<std::string_view, kAxisCount> kAxisNames = {
    "cache_read_in_input", "cache_write_in_input", "tool_prompt_in_input", "reasoning_in_output"};

enum class Holds : std::uint8_t { included, excluded, absent, undetermined };
inline constexpr std::array<std::string_view, 4> kHoldsNames = {"included", "excluded", "absent",
                                                                "undetermined"};
constexpr std::string_view name_of(Holds holds) {
  return kHoldsNames[static_cast<std::size_t>(holds)];
}

/// What a total adds up to.
struct TotalMeaning {
  enum class Kind : std::uint8_t {
    absent,        ///< there is none
    undetermined,  ///< nobody says
    sum,           ///< of the quantities in `terms`, as written
    all,           ///< of everything, each token once, whatever the axes are
  };
  Kind kind = Kind::absent;
  std::uint16_t terms = 0;  ///< one bit per Quantity
  bool hidden = false;      ///< holds more, under no key
  bool computed = false;    ///< added up by the writer, so that it proves nothing
  std::string words;        ///< as catalogued: "input+output"
};

/// The answers that turn numbers into counts.
struct Meaning {
  std::array<Holds, kAxisCount> axes{Holds::undetermined, Holds::undetermined, Holds::undetermined,
                                     Holds::undetermined};
  TotalMeaning total;

  Holds on(Axis axis) const { return axes[static_cast<std::size_t>(axis)]; }
};

}  // namespace usagectl
