#include "analysis/profile.hpp"

#include <algorithm>

#include "dialects/catalogue.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::string_view, kVoteCount> kVoteNames = {"included", "excluded", "twice"};
constexpr std::array<Counter, kAxisCount + 1> kCounterOfAxis = {
    Counter::cache_read, Counter::cache_write, Counter::tool_prompt, Counter::reasoning, Counter::total};

/// The dialects that a record's "a|b" names.
std::vector<const Dialect*> dialects_named(std::string_view names) {
  std::vector<const Dialect*> dialects;
  while (!names.empty()) {
    const auto bar = names.find('|');
    if (const Dialect* const dialect = catalogue_in_use().find(names.substr(0, bar))) dialects.push_back(dialect);
    names.remove_prefix(bar == std::string_view::npos ? names.size() : bar + 1);
  }
  return dialects;
}

std::string total_words_of(const Dialect& dialect) {
  const TotalMeaning& total = dialect.meaning.total;
  switch (total.kind) {
    case TotalMeaning::Kind::absent: return "absent";
    case TotalMeaning::Kind::undetermined: return "undetermined";
    case TotalMeaning::Kind::sum: {
      const auto adds = [&](Quantity quantity) {
        return ((total.terms >> static_cast<unsigned>(quantity)) & 1U) != 0;
      };
      return total_words({adds(Quantity::cache_read), adds(Quantity::cache_write), adds(Quantity::tool_prompt),
                          adds(Quantity::reasoning)});
    }
    case TotalMeaning::Kind::all: break;
  }
  const auto is_outside = [&](Axis axis) { return dialect.meaning.on(axis) == Holds::excluded; };
  return total_words({is_outside(Axis::cache_read), is_outside(Axis::cache_write), is_outside(Axis::tool_prompt),
                      is_outside(Axis::reasoning)});
}

bool all_totals_are_computed(std::string_view dialect) {
  const auto dialects = dialects_named(dialect);
  return !dialects.empty() && std::all_of(dialects.begin(), dialects.end(), [](const Dialect* one) {
    return one->meaning.total.computed;
  });
}

}  // namespace

std::string_view name_of(Proof proof) {
  switch (proof) {
    case Proof::arithmetic: return "arithmetic";
    case Proof::dialect: return "dialect";
    case Proof::pairing: return "pairing";
    case Proof::none: return "none";
  }
  return "none";
}

Answer& answer_at(Answers& answers, std::size_t axis) {
  return axis < kAxisCount ? answers.axes[axis] : answers.total;
}
const Answer& answer_at(const Answers& answers, std::size_t axis) {
  return axis < kAxisCount ? answers.axes[axis] : answers.total;
}

void Profile::add(const UsageRecord& record) {
  ++records_;
  const MeaningVotes votes = meaning_votes(record.given, all_totals_are_computed(record.dialect));
  const auto count = [&](std::size_t axis, std::string_view value) {
    Votes& counted = votes_[axis][std::string(value)];
    if (counted.number++ == 0) counted.example = record.place;
  };
  for (std::size_t axis = 0; axis < kAxisCount; ++axis) {
    if (const auto vote = votes.axes[axis]) count(axis, kVoteNames[static_cast<std::size_t>(*vote)]);
  }
  if (!votes.total.empty()) count(kAxisCount, votes.total);
  for (std::size_t axis = 0; axis <= kAxisCount; ++axis) {
    if (record.given.has(kCounterOfAxis[axis])) ++present_[axis];
  }
}

void Profile::merge(const Profile& other) {
  records_ += other.records_;
  for (std::size_t axis = 0; axis <= kAxisCount; ++axis) {
    present_[axis] += other.present_[axis];
    for (const auto& [value, votes] : other.votes_[axis]) {
      Votes& mine = votes_[axis][value];
      mine.number += votes.number;
      if (!mine.example) mine.example = votes.example;
    }
  }
}

Answer Profile::answer_from(const VotesByValue& votes) {
  Answer answer;
  std::uint64_t all = 0;
  const Votes* most = nullptr;
  for (const auto& [value, counted] : votes) {
    all += counted.number;
    if (most == nullptr || counted.number > most->number) {
      most = &counted;
      answer.value = value;
    }
  }
  if (most == nullptr) return answer;
  answer.by = Proof::arithmetic;
  answer.supporting = most->number;
  answer.opposing = all - most->number;
  answer.example = most->example;
  if (answer.opposing > 0) answer.value = "mixed";
  return answer;
}

Answers Profile::answers(std::string_view dialect) const {
  const Answers catalogued = answers_of_dialect(dialect);
  Answers answers;
  for (std::size_t axis = 0; axis <= kAxisCount; ++axis) {
    Answer& answer = answer_at(answers, axis);
    answer = answer_from(votes_[axis]);
    if (answer.by == Proof::arithmetic) continue;
    if (present_[axis] == 0) {
      answer.value = "absent";
    } else {
      answer = answer_at(catalogued, axis);
      // The catalogue may know no such counter, but the records hold it.
      if (answer.value == "absent") answer = Answer();
    }
  }
  return answers;
}

Answers answers_of_dialect(std::string_view dialect) {
  Answers answers;
  const auto dialects = dialects_named(dialect);
  for (std::size_t axis = 0; axis <= kAxisCount; ++axis) {
    std::optional<std::string> agreed;
    bool agree = !dialects.empty();
    for (const Dialect* const one : dialects) {
      const std::string value =
          axis < kAxisCount ? std::string(name_of(one->meaning.axes[axis])) : total_words_of(*one);
      agree = agree && (!agreed || *agreed == value);
      agreed = value;
    }
    if (!agree || *agreed == "undetermined") continue;
    answer_at(answers, axis).value = *agreed;
    answer_at(answers, axis).by = Proof::dialect;
  }
  return answers;
}

}  // namespace usagectl
