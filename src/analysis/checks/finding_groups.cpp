#include "analysis/checks/finding_groups.hpp"

#include <fmt/format.h>

#include <map>
#include <numeric>
#include <string>
#include <string_view>

namespace usagectl {
namespace {

/// Sets of findings that are joined step by step; the first finding of a set names it.
class Sets {
 public:
  explicit Sets(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }
  std::size_t first_of(std::size_t member) {
    while (parents_[member] != member) {
      parents_[member] = parents_[parents_[member]];
      member = parents_[member];
    }
    return member;
  }
  void join(std::size_t a, std::size_t b) {
    a = first_of(a);
    b = first_of(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parents_;
};

/// "2 of 3 records" -> "# of # records".
std::string without_numbers(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    const bool is_digit = (c >= '0' && c <= '9') || (c == ',' && kept.ends_with('#'));
    if (!is_digit) {
      kept.push_back(c);
    } else if (!kept.ends_with('#')) {
      kept.push_back('#');
    }
  }
  return kept;
}

std::string text_of(const Place& place) {
  return fmt::format("{}:{}{}", place.file, place.line, place.pointer);
}

std::string_view parent_of(std::string_view pointer) {
  return pointer.substr(0, std::min(pointer.rfind('/'), pointer.size()));
}

/// Findings that share one of these have one cause.
std::vector<std::string> keys_of(const Finding& finding) {
  std::vector<std::string> keys;
  const Place& place = finding.place;
  if (!finding.cause.empty() && !finding.witnesses.empty()) {
    std::string key = fmt::format("witnesses\n{}\n{}", place.file, finding.cause);
    for (const Witness& witness : finding.witnesses) key += "\n" + text_of(witness.place);
    keys.push_back(std::move(key));
  }
  if (!finding.explanation.empty()) {
    keys.push_back(
        fmt::format("explanation\n{}\n{}\n{}", place.file, finding.cause, finding.explanation));
  }
  const bool is_sum = finding.rule == Rule::sum || finding.rule == Rule::count;
  if (is_sum && finding.cause.empty() && finding.asserted && !place.pointer.empty() &&
      finding.severity == Severity::error) {
    keys.push_back(
        fmt::format("object\n{}\n{}\n{}", place.file, parent_of(place.pointer), finding.basis));
  }
  if (finding.asserted && !place.pointer.empty()) {
    // One number may break two claims.
    keys.push_back(fmt::format("number\n{}\n{}\n{}\n{}", text_of(place), finding.counter,
                               *finding.asserted, name_of(finding.severity)));
  }
  const bool has_numbers = finding.asserted || finding.calculated;
  if (finding.severity != Severity::error && !has_numbers && !finding.explanation.empty()) {
    keys.push_back(fmt::format("alike\n{}\n{}\n{}\n{}", name_of(finding.rule),
                               name_of(finding.severity), finding.cause,
                               without_numbers(finding.explanation)));
  }
  return keys;
}

}  // namespace

std::vector<std::size_t> group_numbers(const std::vector<Finding>& findings) {
  Sets sets(findings.size());
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    for (std::string& key : keys_of(findings[i])) {
      const auto [same, is_new] = known.try_emplace(std::move(key), i);
      if (!is_new) sets.join(same->second, i);
    }
  }
  std::vector<std::size_t> numbers(findings.size(), 0);
  std::size_t groups = 0;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const std::size_t first = sets.first_of(i);
    numbers[i] = first == i ? ++groups : numbers[first];
  }
  return numbers;
}

std::vector<FindingGroup> group_findings(const std::vector<Finding>& findings) {
  std::vector<FindingGroup> groups;
  const std::vector<std::size_t> numbers = group_numbers(findings);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (numbers[i] > groups.size()) groups.emplace_back();
    groups[numbers[i] - 1].push_back(i);
  }
  return groups;
}

}  // namespace usagectl
