#pragma once

#include <cstdint>
#include <string_view>

#include "analysis/meaning/likeness.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// What a verdict means to who reads it.
enum class Mood : std::uint8_t { good, bad, doubtful, neutral };

constexpr Mood mood_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::same: return Mood::good;
    case Likeness::different: return Mood::bad;
    case Likeness::undetermined: break;
  }
  return Mood::doubtful;
}

/// A verdict with a sign and a colour, so that neither is needed to know it.
Html verdict_html(std::string_view word, Mood mood);

}  // namespace usagectl
