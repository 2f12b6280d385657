#pragma once

#include <array>
#include <string>
#include <string_view>

#include "model/counts.hpp"

/// The counts of Codex and what can be done with them: its totals run on, and a step is the
/// difference of two.
namespace usagectl::codex {

inline constexpr std::array kTold = {Counter::input,  Counter::cache_read, Counter::cache_write,
                                     Counter::output, Counter::reasoning,  Counter::total};

std::string_view key_of(Counter counter);

/// The same where both know a counter.
bool agree(const Counts& a, const Counts& b, Counter counter);
bool agree(const Counts& a, const Counts& b);

/// later - earlier where that is no less than 0; a counter that fell is not known.
Counts growth(const Counts& later, const Counts& earlier);
Counts sum(const Counts& a, const Counts& b);

bool fell(const Counts& later, const Counts& earlier, Counter counter);
bool fell(const Counts& later, const Counts& earlier);

/// A total without its parts: the size of the context window, or an estimate of what is in it.
bool is_without_parts(const Counts& counts);
bool is_zero(const Counts& counts);

/// The same for the same counts.
std::string text_of(const Counts& counts);

}  // namespace usagectl::codex
