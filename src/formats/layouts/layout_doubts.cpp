// What a reader of layouts says of records and documents that are not sure.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "formats/layouts/layout_reader.hpp"

namespace usagectl {

void LayoutReader::say_why(const LayoutRecord& layout, const Place& place) const {
  observations_->finding(
      {.rule = Rule::sum,
       .severity = Severity::warning,
       .place = place,
       .cause = "not-counted",
       .explanation =
           fmt::format("{}not counted: {}", layout_.inferred ? "inferred: " : "", layout.why)});
}

/// What nothing relates is counted apart, which is worth knowing where nobody said so; what may be
/// one usage told twice leaves the sum in doubt.
void LayoutReader::say_what_is_open() const {
  if (!layout_.inferred) return;
  const auto say = [&](Rule rule, Severity severity, std::string_view cause,
                       std::string explanation) {
    observations_->finding({.rule = rule,
                            .severity = severity,
                            .place = document_,
                            .cause = cause,
                            .explanation = "inferred: " + std::move(explanation)});
  };
  for (const std::string& open : layout_.may_be_twice)
    say(Rule::duplicate, Severity::warning, "unrelated-usage", "may be counted twice: " + open);
  for (const std::string& place : layout_.not_tokens) {
    say(Rule::coverage, Severity::warning, "not-counted",
        fmt::format("not counted: nothing says that the numbers at {} are tokens", place));
  }
  if (units_.size() < 2 || !layout_.may_be_twice.empty()) return;
  std::vector<std::string> names;
  for (const auto& [usage, unit] : units_) names.push_back(usage);
  say(Rule::layout, Severity::note, {},
      fmt::format("no number and no name relates {}: each is counted", fmt::join(names, ", ")));
}

void LayoutReader::say_empty(const LayoutRecord& layout, const UsageRecord& record) const {
  const auto requests = record.counts[Counter::requests];
  const bool was_called = requests ? *requests > 0 : layout.role == Role::request;
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    if (record.counts[kCounters[i]].value_or(0) > 0) return;
  }
  if (!was_called) return;
  observations_->finding(
      {.rule = Rule::coverage,
       .severity = Severity::warning,
       .place = record.place,
       .cause = "all-zero",
       .explanation =
           layout.role == Role::request
               ? "every count is 0, as if nothing had been read or written"
               : fmt::format("{} requests and not a single token: their usage was not recorded",
                             *requests)});
}

}  // namespace usagectl
