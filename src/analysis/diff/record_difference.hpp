#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/diff/pairing.hpp"
#include "analysis/diff/part.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

/// How many of something each side has, and the names that only one of them has.
struct NamesOnSides {
  std::string_view what;  ///< "calls", "requests", "models", "entities", "threads", "ticks"
  std::optional<Count> a;
  std::optional<Count> b;
  std::vector<std::string> only_a = {};
  std::vector<std::string> only_b = {};
};

/// An entity whose usage is in another format on the other side.
struct FormatChange {
  std::string entity;
  std::string a;
  std::string b;
};

struct RecordDifference {
  std::vector<NamesOnSides> rows;
  std::vector<std::size_t> unpaired_a;  ///< positions in the calls of a side
  std::vector<std::size_t> unpaired_b;
  std::vector<FormatChange> formats;
  PartVerdict verdict;
};

RecordDifference compare_records(const Side& a, const Side& b, const Pairs& pairs);

}  // namespace usagectl
