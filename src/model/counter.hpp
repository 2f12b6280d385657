#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace usagectl {

/// Everything that a usage object can count. The first eight are the token counters of every
/// machine output:
///   input        all prompt tokens, cache read and cache write included
///   cache_read   the part of input that was read from a cache
///   cache_write  the part of input that was written to a cache
///   tool_prompt  prompt tokens of server-side tools, outside input
///   output       all generated tokens, reasoning included
///   reasoning    the part of output that was reasoning
///   total        as the provider gave it, else input + tool_prompt + output where known
///   unexplained  what a provider's total holds beyond its parts
enum class Counter : std::uint8_t {
  input,
  cache_read,
  cache_write,
  tool_prompt,
  output,
  reasoning,
  total,
  unexplained,
  requests,
  completions,
  chain_length,
};

inline constexpr std::size_t kCounterCount = 11;
inline constexpr std::size_t kTokenCounterCount = 8;

inline constexpr std::array<std::string_view, kCounterCount> kCounterNames = {
    "input", "cache_read",  "cache_write", "tool_prompt", "output",      "reasoning",
    "total", "unexplained", "requests",    "completions", "chain_length"};

constexpr std::string_view name_of(Counter counter) {
  return kCounterNames[static_cast<std::size_t>(counter)];
}

/// All counters in the order of the enumeration, for loops.
inline constexpr std::array<Counter, kCounterCount> kCounters = {
    Counter::input,    Counter::cache_read,  Counter::cache_write, Counter::tool_prompt,
    Counter::output,   Counter::reasoning,   Counter::total,       Counter::unexplained,
    Counter::requests, Counter::completions, Counter::chain_length};

}  // namespace usagectl
