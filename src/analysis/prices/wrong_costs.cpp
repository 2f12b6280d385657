#include "analysis/prices/wrong_costs.hpp"

#include <utility>

namespace usagectl {
namespace {

/// Which part of the cache a mistake is made with.
struct CachePart {
  bool read = false;
  bool written = false;
};
constexpr CachePart kCacheParts[] = {{true, true}, {true, false}, {false, true}};

Count tokens_in(const BilledTokens& tokens, CachePart part) {
  return (part.read ? tokens.read : 0) + (part.written ? tokens.written_5m + tokens.written_1h : 0);
}

BilledTokens without(BilledTokens tokens, CachePart part) {
  if (part.read) tokens.read = 0;
  if (part.written) tokens.written_5m = tokens.written_1h = 0;
  return tokens;
}

}  // namespace

std::vector<WrongCost> wrong_costs(const Rates& rates, const BilledTokens& tokens) {
  std::vector<WrongCost> wrong;
  const auto right = cost_of(rates, tokens);
  const auto add = [&](std::string_view cause, const BilledTokens& read_as) {
    const auto cost = cost_of(rates, read_as);
    if (cost && cost != right) wrong.push_back({cause, *cost});
  };
  for (const CachePart part : kCacheParts) {
    const Count cached = tokens_in(tokens, part);
    if (cached == 0) continue;
    BilledTokens as_fresh = without(tokens, part);
    add("cache-not-priced", as_fresh);
    as_fresh.fresh += cached;
    add("cache-priced-as-fresh", as_fresh);
    BilledTokens twice = tokens;
    twice.fresh += cached;
    add("cache-priced-twice", twice);
  }
  if (tokens.written_1h > 0) {
    BilledTokens short_lived = tokens;
    short_lived.written_5m += std::exchange(short_lived.written_1h, 0);
    add("cache-lifetime-priced", short_lived);
  }
  if (tokens.reasoning > 0) {
    BilledTokens twice = tokens;
    twice.output += tokens.reasoning;
    add("reasoning-priced-twice", twice);
    BilledTokens lacking = tokens;
    lacking.output -= std::exchange(lacking.reasoning, 0);
    add("reasoning-not-priced", lacking);
  }
  return wrong;
}

}  // namespace usagectl
