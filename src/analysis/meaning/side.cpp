#include "analysis/meaning/side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

std::uint64_t hash_of(const UsageRecord& record) {
  std::array<Count, 2 * kCounterCount> numbers;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    numbers[2 * i] = record.given[kCounters[i]].value_or(-1);
    numbers[2 * i + 1] = record.counts[kCounters[i]].value_or(-1);
  }
  const std::string_view bytes(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
  return text_hash(bytes, text_hash(record.dialect).low).low;
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

template <std::size_t kNumber>
std::optional<Count> first_of(const std::array<std::string_view, kNumber>& names,
                              const std::vector<KeySeen>& keys) {
  for (const std::string_view name : names) {
    for (const KeySeen& key : keys) {
      if (key.path == name && key.count) return key.count;
    }
  }
  return std::nullopt;
}

std::optional<CallCost> cost_of(const UsageRecord& record) {
  if (!record.cost) return std::nullopt;
  return CallCost{record.cost->amount, record.cost->currency};
}

template <typename Value>
Value& at_name(std::map<std::string, Value, std::less<>>& values, std::string_view name) {
  const auto known = values.find(name);
  return known != values.end() ? known->second : values[std::string(name)];
}

/// What the catalogue does not know, the readers of applications' own files have named.
bool is_of_client(std::string_view dialects, const Catalogue& catalogue) {
  while (!dialects.empty()) {
    const auto bar = dialects.find('|');
    const Dialect* const dialect = catalogue.find(dialects.substr(0, bar));
    if (dialect != nullptr && !dialect->is_of_client) return false;
    dialects.remove_prefix(bar == std::string_view::npos ? dialects.size() : bar + 1);
  }
  return true;
}

}  // namespace

Question Side::question() {
  Question question;
  question.by.assign(kBreakdownKeys.begin(), kBreakdownKeys.end());
  question.wants_keys = true;
  question.wants_claims = true;  // response ids of chains are claimed to be unique
  question.on_record = [this](const UsageRecord& record) {
    // What is never counted reports the same calls again.
    if (record.view.rank == View::kNeverCounted) return;
    ++records_;
    content_ += hash_of(record);
    at_name(by_dialect_, record.dialect).add(record, *catalogue_);
    ++at_name(dialects, record.dialect);
    if (const std::string* const entity = scope_value(record, "entity"))
      dialects_of_entity[*entity].insert(std::string(record.dialect));
    add_keys(record);
    add_numbers(record);
    if (record.role == Role::aggregate || record.role == Role::cumulative)
      has_running_totals = true;
    if (record.role != Role::request && record.role != Role::cumulative) return;
    calls.add({record.id,
               record.model,
               kind_of(record),
               record.place,
               record.counts,
               record.given,
               {first_of(kCacheReadKeys, record.keys), first_of(kCacheReadDetails, record.keys),
                first_of(kCacheWriteKeys, record.keys), first_of(kCacheWriteDetails, record.keys)},
               cost_of(record)});
  };
  return question;
}

/// Most calls are of the kind of the one before.
CallKind Side::kind_of(const UsageRecord& record) {
  if (last_kind_.format != record.format || last_kind_.dialect != record.dialect)
    last_kind_ = {record.format, record.dialect, is_of_client(record.dialect, *catalogue_)};
  return last_kind_;
}

void Side::add_keys(const UsageRecord& record) {
  if (record.keys.empty()) return;
  Shape& shape = shape_of(record);
  ++records_of_kind_[shape.kind];
  for (std::size_t i = 0; i < record.keys.size(); ++i) {
    KeyUse& use = *shape.uses[i];
    ++use.records;
    if (record.keys[i].is_null) ++use.nulls;
    if (!use.first) use.first = record.place;
  }
}

bool Side::Shape::fits(const UsageRecord& record) const {
  return kind == Kind(record.format, record.role) &&
         std::equal(paths.begin(), paths.end(), record.keys.begin(), record.keys.end(),
                    [](std::string_view path, const KeySeen& key) { return path == key.path; });
}

/// Most usage objects of a capture have the same keys in the same order.
Side::Shape& Side::shape_of(const UsageRecord& record) {
  constexpr std::size_t kMostShapes = 8;
  for (Shape& shape : shapes_) {
    if (shape.fits(record)) return shape;
  }
  if (shapes_.size() == kMostShapes) shapes_.erase(shapes_.begin());
  Shape& shape = shapes_.emplace_back();
  shape.kind = {record.format, record.role};
  for (const KeySeen& key : record.keys) {
    shape.paths.push_back(key.path);
    shape.uses.push_back(&at_name(keys, key.path));
    kinds_of_key_[key.path].insert(shape.kind);
  }
  return shape;
}

void Side::add_numbers(const UsageRecord& record) {
  const auto add = [&](NumberUse& use, bool is_telling) {
    ++use.known;
    if (!is_telling) return;
    if (use.telling++ == 0) use.example = record.place;
  };
  if (const auto number = record.counts[Counter::completions])
    add(completions, *number > record.counts[Counter::requests].value_or(1));
  if (record.cost) add(cost, record.cost->amount.money > Money());
  const Counts& counts = has_tokens(record.given) ? record.given : record.counts;
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    if (counts[kCounters[i]].value_or(0) > 0) ++above_zero[i];
  }
}

void Side::finish(Books& books) {
  sums = break_down(books);
  intake = std::move(books.intake);
  files = books.file_names;
  file_uses = books.file_uses;
  for (auto& [path, use] : keys) {
    for (const Kind& kind : kinds_of_key_[path]) use.of += records_of_kind_[kind];
  }
  for (const Finding& finding : books.findings)
    doubts += finding.severity == Severity::note ? 0 : 1;
  for (const UniqueName& unique : books.unique_names) chains[unique.owner].push_back(unique.name);
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    if (!sums.total.overflows(kCounters[i])) continue;
    Problem problem;
    problem.file = files.size() == 1 ? files.front() : std::string();
    problem.problem =
        fmt::format("the sum of {} does not fit in 64 bits", usagectl::name_of(kCounters[i]));
    intake.problems.push_back(std::move(problem));
  }
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
