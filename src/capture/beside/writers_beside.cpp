#include "capture/beside/writers_beside.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "formats/layouts/text/text_writers.hpp"
#include "formats/reading/repeated_calls.hpp"

namespace usagectl {

void leave_out_second_writer(std::size_t records_before, FileId file, Observations& observations) {
  std::vector<UsageRecord>& records = observations.records();
  std::map<std::pair<std::string, std::string>, std::size_t> wordings;
  std::vector<WrittenCall> calls;
  std::vector<UsageRecord*> told;
  for (std::size_t i = records_before; i < records.size(); ++i) {
    UsageRecord& record = records[i];
    const auto input = record.counts[Counter::input];
    const auto output = record.counts[Counter::output];
    const SumOfCalls& sums = record.sums;
    const bool is_call = record.role == Role::request && record.view.rank != View::kNeverCounted &&
                         !sums.is_named_so && !sums.is_so_far && sums.statistic == Statistic::none;
    if (!is_call || !input || !output) continue;
    const std::size_t wording =
        wordings.try_emplace({std::string(record.dialect), record.place.pointer}, wordings.size())
            .first->second;
    calls.push_back({wording, record.id, *input, *output});
    told.push_back(&record);
  }
  if (wordings.size() < 2) return;
  const ToldTwice twice = calls_told_twice(calls);
  const auto say = [&](std::size_t call, Severity severity, std::string explanation) {
    observations.finding({.rule = Rule::duplicate,
                          .severity = severity,
                          .place = {file, told[call]->place.line, {}},
                          .cause = "call-logged-twice",
                          .explanation = std::move(explanation)});
  };
  bool is_said = false;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (!twice.are_copies[i]) continue;
    told[i]->view = {View::kNeverCounted, "call in other words beside it"};
    told[i]->role = Role::copy;
    if (!std::exchange(is_said, true)) {
      say(i, Severity::note,
          fmt::format("{} usage objects have the counts of one beside them in another vocabulary: "
                      "these calls are counted once",
                      twice.copies));
    }
  }
  // What they are is settled here.
  if (twice.copies > 0) {
    std::erase_if(observations.entries(), [](const auto& entry) {
      const auto* const finding = std::get_if<Finding>(&entry.what);
      return finding != nullptr && finding->explanation == RepeatedCalls::kInPairs;
    });
  }
  if (twice.doubtful) {
    say(*twice.doubtful, Severity::warning,
        "may be counted twice: other usage objects have the same counts in another vocabulary");
  }
}

}  // namespace usagectl
