#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/diff/part.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

/// How often a key is on each side; 0 records = on the other side only.
struct KeyDifference {
  std::string path;
  KeyUse a;
  KeyUse b;
};

/// "always", "sometimes", "null" or "never".
std::string_view presence_of(const KeyUse& use);

std::vector<KeyDifference> compare_keys(const Side& a, const Side& b);
/// Different where a side lacks a key of the other.
PartVerdict judge_keys(const std::vector<KeyDifference>& keys);

}  // namespace usagectl
