#include "ledger/calls/unknown_numbers.hpp"

#include <fmt/format.h>

#include <string_view>

namespace usagectl {
namespace {

constexpr std::string_view kOtherKeys = "other keys";

/// 23872 -> "23,872"
std::string grouped(Count number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

}  // namespace

bool UnknownNumbers::take(Finding& finding, bool of_each_file) {
  if (finding.cause != "unknown-key" || !finding.asserted) return false;
  if (finding.severity == Severity::note)
    finding.explanation += ": it can be but a part of the total";
  // Keys that are data may be as many as there are records.
  constexpr std::size_t kMostKeys = 1000;
  std::pair<FileId, std::string> key{of_each_file ? finding.place.file : 0, finding.explanation};
  if (numbers_.size() >= kMostKeys && !numbers_.contains(key)) {
    key = {0, std::string(kOtherKeys)};
    finding.basis = kOtherKeys;
    finding.explanation = std::string(kOtherKeys) + " are not understood";
  }
  const Count asserted = *finding.asserted;
  Number& number = numbers_[key];
  if (number.records++ == 0) number.first = std::move(finding);
  number.sum += asserted;
  return true;
}

void UnknownNumbers::settle(const std::function<void(Finding&&)>& say) {
  for (auto& [key, number] : numbers_) {
    Finding& finding = number.first;
    const auto sum = number.sum.count();
    // The sentence begins with the key.
    const std::string rest = finding.explanation.substr(finding.basis.size());
    finding.explanation =
        fmt::format("`{}` {} in {} {}{}", finding.basis, sum ? grouped(*sum) : "beyond 64 bits",
                    number.records, number.records == 1 ? "record" : "records", rest);
    finding.asserted = sum;
    finding.basis.clear();
    say(std::move(finding));
  }
  numbers_.clear();
}

}  // namespace usagectl
