#include "analysis/meaning/meaning_votes.hpp"

#include <vector>

namespace usagectl {
namespace {

/// A part that is above 0 in the record, so that its place shows.
struct Part {
  Axis axis;
  Count tokens = 0;
  Count whole = 0;  ///< that would have to hold it
};

/// One way to place every part inside or beside its whole that the total agrees with.
using Placement = std::uint32_t;  // bit i: part i stands outside

std::vector<Part> informative_parts(const Counts& given) {
  constexpr std::pair<Axis, Counter> kParts[] = {{Axis::cache_read, Counter::cache_read},
                                                 {Axis::cache_write, Counter::cache_write},
                                                 {Axis::tool_prompt, Counter::tool_prompt},
                                                 {Axis::reasoning, Counter::reasoning}};
  std::vector<Part> parts;
  for (const auto& [axis, counter] : kParts) {
    const auto tokens = given[counter];
    const auto whole = given[axis == Axis::reasoning ? Counter::output : Counter::input];
    if (tokens && *tokens > 0 && whole) parts.push_back({axis, *tokens, *whole});
  }
  return parts;
}

bool is_outside(Placement placement, std::size_t part) { return ((placement >> part) & 1U) != 0; }

/// Every placement under which the parts outside add up to what the total holds beyond input +
/// output and no part exceeds the whole it stands in.
std::vector<Placement> placements(const std::vector<Part>& parts, const ExactSum& beyond) {
  std::vector<Placement> found;
  for (Placement placement = 0; placement < (1U << parts.size()); ++placement) {
    ExactSum outside;
    bool possible = true;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (is_outside(placement, i)) {
        outside += parts[i].tokens;
      } else {
        possible = possible && parts[i].tokens <= parts[i].whole;
      }
    }
    if (possible && outside == beyond) found.push_back(placement);
  }
  return found;
}

/// The one part whose second helping explains a total that is less than its parts, or nothing.
std::optional<std::size_t> part_held_twice(const std::vector<Part>& parts, const ExactSum& beyond) {
  std::optional<std::size_t> twice;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ExactSum missing;
    missing -= parts[i].tokens;
    if (!(missing == beyond) || parts[i].tokens > parts[i].whole / 2) continue;
    if (twice) return std::nullopt;
    twice = i;
  }
  return twice;
}

}  // namespace

std::string total_words(AxisSet added) {
  const auto adds = [&](Axis axis) {
    return (added & axis_bit(static_cast<std::size_t>(axis))) != 0;
  };
  std::string words = "input";
  if (adds(Axis::cache_read) && adds(Axis::cache_write)) {
    words += "+cache";
  } else if (adds(Axis::cache_read)) {
    words += "+cache_read";
  } else if (adds(Axis::cache_write)) {
    words += "+cache_write";
  }
  if (adds(Axis::tool_prompt)) words += "+tool_prompt";
  words += "+output";
  if (adds(Axis::reasoning)) words += "+reasoning";
  return words;
}

MeaningVotes meaning_votes(const Counts& given, bool total_is_computed) {
  MeaningVotes votes;
  const auto vote = [&](Axis axis) -> std::optional<Vote>& {
    return votes.axes[static_cast<std::size_t>(axis)];
  };
  const std::vector<Part> parts = informative_parts(given);
  const auto input = given[Counter::input];
  const auto output = given[Counter::output];
  const auto total = given[Counter::total];

  if (total && input && output) {
    ExactSum beyond(*total);
    beyond -= *input;
    beyond -= *output;
    votes.contradicts_total = parts.empty() && !(beyond == ExactSum());
  }
  if (total && input && output && !parts.empty()) {
    ExactSum beyond(*total);
    beyond -= *input;
    beyond -= *output;
    const auto found = placements(parts, beyond);
    const bool proves_inside = !(total_is_computed && beyond == ExactSum());
    for (std::size_t i = 0; i < parts.size() && !found.empty(); ++i) {
      const bool outside = is_outside(found[0], i);
      bool all_agree = true;
      for (const Placement placement : found)
        all_agree = all_agree && is_outside(placement, i) == outside;
      if (all_agree && (outside || proves_inside))
        vote(parts[i].axis) = outside ? Vote::excluded : Vote::included;
    }
    if (found.size() == 1 && proves_inside) {
      votes.explains_total = true;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const AxisSet bit = axis_bit(static_cast<std::size_t>(parts[i].axis));
        AxisSet& set = is_outside(found[0], i) ? votes.added_to_total : votes.held_by_others;
        set = static_cast<AxisSet>(set | bit);
      }
    }
    if (found.empty() && beyond == ExactSum()) {
      // A part exceeds the whole it would have to stand in, and the total leaves it out all the
      // same: it was added up from input and output alone.
      votes.explains_total = true;
      for (const Part& part : parts) {
        votes.held_by_others = static_cast<AxisSet>(votes.held_by_others |
                                                    axis_bit(static_cast<std::size_t>(part.axis)));
      }
    }
    if (found.empty()) {
      const auto twice = part_held_twice(parts, beyond);
      if (twice) vote(parts[*twice].axis) = Vote::twice;
      votes.contradicts_total = !twice && !votes.explains_total;
    }
  }
  // More was read from the cache than the input holds: it cannot stand inside, whatever the total.
  for (const Part& part : parts) {
    const bool is_cache = part.axis == Axis::cache_read || part.axis == Axis::cache_write;
    const bool too_large = part.tokens > part.whole;
    if (too_large && (is_cache || !total)) vote(part.axis) = Vote::excluded;
  }
  return votes;
}

}  // namespace usagectl
