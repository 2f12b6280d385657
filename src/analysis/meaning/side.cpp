#include "analysis/meaning/side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace usagectl {
namespace {

std::uint64_t hash_of(const UsageRecord& record) {
  std::string words(record.dialect);
  for (const Counter counter : kCounters) {
    words += fmt::format(" {} {}", record.given[counter].value_or(-1),
                         record.counts[counter].value_or(-1));
  }
  return std::hash<std::string>()(words);
}

/// The answer of records in several dialects: shared where they agree, mixed where they do not.
Answer combined(const Answer& a, const Answer& b) {
  if (a.value == "absent") return b;
  if (b.value == "absent") return a;
  if (a.value == "undetermined" && b.value == "undetermined") return a;
  Answer answer = a.value == "undetermined" ? b : a;
  if (a.value != b.value && a.value != "undetermined" && b.value != "undetermined")
    answer.value = "mixed";
  answer.supporting = a.supporting + b.supporting;
  answer.opposing = a.opposing + b.opposing;
  answer.added = static_cast<AxisSet>(a.added | b.added);
  answer.decided = static_cast<AxisSet>(a.decided | b.decided);
  if (answer.value == "mixed" && a.value != b.value) {
    // What one dialect proves stands against what the other does.
    answer.supporting = std::max(a.supporting, b.supporting);
    answer.opposing += std::min(a.supporting, b.supporting);
  }
  if (a.by == Proof::arithmetic || b.by == Proof::arithmetic) answer.by = Proof::arithmetic;
  if (!answer.example) answer.example = a.example ? a.example : b.example;
  return answer;
}

}  // namespace

Question Side::question() {
  Question question;
  question.wants_keys = true;
  question.on_record = [this](const UsageRecord& record) {
    // What is never counted tells the same calls again.
    if (record.view.rank == View::kNeverCounted) return;
    ++records_;
    content_ += hash_of(record);
    by_dialect_[std::string(record.dialect)].add(record, *catalogue_);
    for (const KeySeen& key : record.keys) {
      KeyUse& use = keys[key.path];
      ++use.records;
      if (key.is_null) ++use.nulls;
    }
    if (record.role != Role::request && record.role != Role::cumulative) return;
    calls.push_back({record.id, record.model, record.place, record.counts, record.given});
  };
  return question;
}

void Side::finish(Books& books) {
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [key, tally] : books.sums_of(view).by_key) total.merge(tally);
  }
  intake = std::move(books.intake);
  files = books.file_names;
}

Answers Side::answers() const {
  Answers all;
  bool first = true;
  for (const auto& [dialect, profile] : by_dialect_) {
    const Answers one = profile.answers(dialect, *catalogue_);
    for (std::size_t axis = 0; axis < kAnswerNames.size(); ++axis) {
      Answer& answer = answer_at(all, axis);
      answer = first ? answer_at(one, axis) : combined(answer, answer_at(one, axis));
    }
    first = false;
  }
  return all;
}

Answers Side::catalogued() const {
  std::string names;
  for (const auto& [dialect, profile] : by_dialect_) names += (names.empty() ? "" : "|") + dialect;
  return answers_of_dialect(names, *catalogue_);
}

}  // namespace usagectl
