#include "analysis/diff/tolerance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace usagectl {
namespace {

std::optional<Tolerance> parse_one(std::string_view text) {
  Tolerance tolerance;
  const char* const end = text.data() + text.size();
  if (text.ends_with('%')) {
    const auto [stop, error] = std::from_chars(text.data(), end - 1, tolerance.percent);
    if (error != std::errc() || stop != end - 1 || !(tolerance.percent >= 0) ||
        tolerance.percent > 100)
      return std::nullopt;
  } else {
    const auto [stop, error] = std::from_chars(text.data(), end, tolerance.tokens);
    if (error != std::errc() || stop != end || tolerance.tokens < 0) return std::nullopt;
  }
  return tolerance;
}

std::optional<Counter> counter_named(std::string_view name) {
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    if (kCounterNames[i] == name) return kCounters[i];
  }
  for (const Counter counter : {Counter::requests, Counter::completions}) {
    if (name_of(counter) == name) return counter;
  }
  return std::nullopt;
}

}  // namespace

bool Tolerance::allows(Count a, Count b) const {
  const Count larger = std::max(a, b);
  const Count apart = larger - std::min(a, b);
  const auto share = static_cast<long double>(larger) * static_cast<long double>(percent) / 100.0L;
  return apart <= tokens || static_cast<long double>(apart) <= share;
}

std::optional<Tolerances> parse_tolerances(std::string_view text, std::string& fault) {
  std::array<std::optional<Tolerance>, kCounterCount> named;
  Tolerance of_rest;
  std::string_view rest = text;
  do {
    const std::size_t comma = rest.find(',');
    const std::string_view item = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    const std::size_t equals = item.find('=');
    const bool is_named = equals != std::string_view::npos;
    const auto tolerance = parse_one(is_named ? item.substr(equals + 1) : item);
    if (!tolerance) {
      fault = fmt::format(
          "invalid tolerance \"{}\"; use tokens, such as 20, or a share, such as 0.5%, and for one "
          "counter output=20",
          item);
      return std::nullopt;
    }
    if (!is_named) {
      of_rest = *tolerance;
      continue;
    }
    const auto counter = counter_named(item.substr(0, equals));
    if (!counter) {
      fault = fmt::format("unknown counter \"{}\" in a tolerance; the counters are {}",
                          item.substr(0, equals),
                          fmt::join(kCounterNames.begin(), kCounterNames.begin() + 10, ", "));
      return std::nullopt;
    }
    named[static_cast<std::size_t>(*counter)] = tolerance;
  } while (!rest.empty());
  Tolerances all;
  for (std::size_t i = 0; i < kCounterCount; ++i) all.of[i] = named[i].value_or(of_rest);
  return all;
}

}  // namespace usagectl
