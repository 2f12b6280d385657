#include "ledger/books/file_beginnings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

std::uint64_t hash_of(const UsageRecord& record) {
  std::string text = record.time + " " + record.model;
  for (const Counter counter : kCounters) {
    if (const auto count = record.counts[counter])
      text += fmt::format(" {}:{}", static_cast<int>(counter), *count);
  }
  return short_text_hash(text);
}

}  // namespace

void FileBeginnings::note(const UsageRecord& record) {
  if (record.role != Role::request || !record.view.is_usage) return;
  const auto [known, is_new] = files_.try_emplace(record.place.file);
  Beginning& beginning = known->second;
  if (is_new) {
    order_.push_back(record.place.file);
    beginning.place = record.place;
  }
  if (beginning.is_told_apart || beginning.calls.size() >= kMostCalls) return;
  if (record.same_id != SameId::nothing) {
    beginning.is_told_apart = true;
    beginning.calls.clear();
    return;
  }
  beginning.has_times = beginning.has_times && !record.time.empty();
  beginning.calls.push_back(hash_of(record));
  beginning.are_several =
      beginning.are_several || beginning.calls.back() != beginning.calls.front();
}

std::size_t FileBeginnings::shared_calls(const Beginning& a, const Beginning& b) {
  const auto end = std::mismatch(a.calls.begin(), a.calls.end(), b.calls.begin(), b.calls.end());
  const auto same = static_cast<std::size_t>(end.first - a.calls.begin());
  if (same < kFewestCalls) return 0;
  if (a.has_times && b.has_times) return same;
  // Without times, calls may be alike by chance, but hardly all of a file, one after the other.
  const Beginning& shorter = a.calls.size() < b.calls.size() ? a : b;
  return same == shorter.calls.size() && shorter.are_several ? same : 0;
}

std::vector<Finding> FileBeginnings::replayed() const {
  std::vector<Finding> findings;
  std::unordered_map<std::uint64_t, std::vector<const Beginning*>> by_first;
  for (const FileId file : order_) {
    const Beginning& beginning = files_.at(file);
    if (beginning.calls.size() < kFewestCalls) continue;
    auto& others = by_first[beginning.calls.front()];
    const Beginning* longest = nullptr;
    std::size_t most = 0;
    constexpr std::size_t kLookedAt = 64;
    for (std::size_t i = 0; i < others.size() && i < kLookedAt; ++i) {
      const std::size_t same = shared_calls(beginning, *others[i]);
      if (same <= most) continue;
      most = same;
      longest = others[i];
    }
    others.push_back(&beginning);
    if (longest == nullptr) continue;
    Finding finding;
    finding.rule = Rule::duplicate;
    finding.severity = Severity::warning;
    finding.place = beginning.place;
    finding.cause = "replayed-prefix";
    finding.explanation = fmt::format(
        "the file begins with the first {} calls of another one{}: they are counted in both",
        most == kMostCalls ? fmt::format("{} or more", most) : fmt::format("{}", most),
        beginning.has_times ? ", at the same moments" : "");
    finding.witnesses.push_back({longest->place, {}});
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace usagectl
