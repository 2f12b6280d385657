#include "analysis/meaning/profile.hpp"

#include <algorithm>

#include "dialects/catalogue.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::string_view, kVoteCount> kVoteNames = {"included", "excluded", "twice"};
constexpr std::array<Counter, kAxisCount + 1> kCounterOfAxis = {
    Counter::cache_read, Counter::cache_write, Counter::tool_prompt, Counter::reasoning,
    Counter::total};

constexpr std::array<Quantity, kAxisCount> kQuantityOfAxis = {
    Quantity::cache_read, Quantity::cache_write, Quantity::tool_prompt, Quantity::reasoning};

/// The dialects that a record's "a|b" names.
std::vector<const Dialect*> dialects_named(std::string_view names, const Catalogue& catalogue) {
  std::vector<const Dialect*> dialects;
  while (!names.empty()) {
    const auto bar = names.find('|');
    if (const Dialect* const dialect = catalogue.find(names.substr(0, bar)))
      dialects.push_back(dialect);
    names.remove_prefix(bar == std::string_view::npos ? names.size() : bar + 1);
  }
  return dialects;
}

template <typename Test>
AxisSet axes_where(Test&& test) {
  AxisSet axes = 0;
  for (std::size_t axis = 0; axis < kAxisCount; ++axis) {
    if (test(static_cast<Axis>(axis))) axes = static_cast<AxisSet>(axes | axis_bit(axis));
  }
  return axes;
}

/// The parts that the total adds, where it is a sum.
std::optional<AxisSet> added_to_total(const Dialect& dialect) {
  const TotalMeaning& total = dialect.meaning.total;
  switch (total.kind) {
    case TotalMeaning::Kind::absent:
    case TotalMeaning::Kind::undetermined: return std::nullopt;
    case TotalMeaning::Kind::sum: {
      const auto adds = [&](Quantity quantity) {
        return ((total.terms >> static_cast<unsigned>(quantity)) & 1U) != 0;
      };
      return axes_where(
          [&](Axis axis) { return adds(kQuantityOfAxis[static_cast<std::size_t>(axis)]); });
    }
    case TotalMeaning::Kind::all: break;
  }
  return axes_where([&](Axis axis) { return dialect.meaning.on(axis) == Holds::excluded; });
}

std::string total_words_of(const Dialect& dialect) {
  if (const auto added = added_to_total(dialect)) return total_words(*added);
  return dialect.meaning.total.kind == TotalMeaning::Kind::absent ? "absent" : "undetermined";
}

bool all_totals_are_computed(std::string_view dialect, const Catalogue& catalogue) {
  const auto dialects = dialects_named(dialect, catalogue);
  return !dialects.empty() && std::all_of(dialects.begin(), dialects.end(), [](const Dialect* one) {
    return one->meaning.total.computed;
  });
}

/// Gemini's OpenAI endpoint: the total holds tokens that stand under no key.
bool total_holds_more(std::string_view dialect, const Catalogue& catalogue) {
  const auto dialects = dialects_named(dialect, catalogue);
  return std::any_of(dialects.begin(), dialects.end(),
                     [](const Dialect* one) { return one->meaning.total.hidden; });
}

}  // namespace

std::string_view name_of(Proof proof) {
  switch (proof) {
    case Proof::arithmetic: return "arithmetic";
    case Proof::dialect: return "dialect";
    case Proof::pairing: return "pairing";
    case Proof::price: return "price";
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

void Profile::add(const UsageRecord& record, const Catalogue& catalogue) {
  ++records_;
  const MeaningVotes votes =
      meaning_votes(record.given, all_totals_are_computed(record.dialect, catalogue));
  const auto count = [&](Votes& counted) {
    if (counted.number++ == 0) counted.example = record.place;
  };
  for (std::size_t axis = 0; axis < kAxisCount; ++axis) {
    // By reference: of a copy, compilers test both bytes at once, one of which need not be set.
    const std::optional<Vote>& vote = votes.axes[axis];
    if (vote) count(votes_[axis][std::string(kVoteNames[static_cast<std::size_t>(*vote)])]);
  }
  if (votes.contradicts_total && !total_holds_more(record.dialect, catalogue))
    count(contradicted_totals_);
  if (votes.explains_total) count(totals_[{votes.added_to_total, votes.held_by_others}]);
  for (std::size_t axis = 0; axis <= kAxisCount; ++axis) {
    if (record.given.has(kCounterOfAxis[axis])) ++present_[axis];
  }
}

void Profile::add(const CostVotes& votes, const Place& place) {
  for (std::size_t axis = 0; axis < kAxisCount; ++axis) {
    const std::optional<Vote>& vote = votes[axis];
    if (!vote) continue;
    Votes& counted =
        votes_by_price_[axis][std::string(kVoteNames[static_cast<std::size_t>(*vote)])];
    if (counted.number++ == 0) counted.example = place;
  }
}

/// All costs show the same, and nothing says otherwise: whoever calculates a cost may be wrong.
std::optional<Answer> Profile::answer_by_price(std::size_t axis, const Answer& catalogued) const {
  Answer answer = answer_from(votes_by_price_[axis]);
  if (answer.by != Proof::arithmetic || answer.opposing > 0) return std::nullopt;
  if (catalogued.by == Proof::dialect && catalogued.value != answer.value) return std::nullopt;
  answer.by = Proof::price;
  return answer;
}

void Profile::merge(const Profile& other) {
  const auto add = [](Votes& mine, const Votes& votes) {
    mine.number += votes.number;
    if (!mine.example) mine.example = votes.example;
  };
  records_ += other.records_;
  for (std::size_t axis = 0; axis < kAxisCount; ++axis) {
    for (const auto& [value, votes] : other.votes_[axis]) add(votes_[axis][value], votes);
    for (const auto& [value, votes] : other.votes_by_price_[axis])
      add(votes_by_price_[axis][value], votes);
  }
  for (const auto& [sets, votes] : other.totals_) add(totals_[sets], votes);
  add(contradicted_totals_, other.contradicted_totals_);
  for (std::size_t axis = 0; axis <= kAxisCount; ++axis) present_[axis] += other.present_[axis];
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

/// Each record shows only the parts that it has; together they give the whole formula.
Answer Profile::answer_of_total() const {
  Answer answer;
  AxisSet added = 0;
  AxisSet held = 0;
  const Votes* most = nullptr;
  for (const auto& [sets, votes] : totals_) {
    added = static_cast<AxisSet>(added | sets.first);
    held = static_cast<AxisSet>(held | sets.second);
    answer.supporting += votes.number;
    if (most == nullptr || votes.number > most->number) most = &votes;
  }
  if (most == nullptr) return answer;
  answer.by = Proof::arithmetic;
  answer.example = most->example;
  const AxisSet contradicted = static_cast<AxisSet>(added & held);
  if (contradicted == 0) {
    // Where nothing shows the place of cache writes, the cache is taken as one.
    const AxisSet read = axis_bit(static_cast<std::size_t>(Axis::cache_read));
    const AxisSet write = axis_bit(static_cast<std::size_t>(Axis::cache_write));
    if ((added & read) != 0 && (held & write) == 0) added = static_cast<AxisSet>(added | write);
    if ((added & write) != 0 && (held & read) == 0) added = static_cast<AxisSet>(added | read);
    answer.value = total_words(added);
    answer.added = added;
    answer.decided = static_cast<AxisSet>(added | held);
    return answer;
  }
  answer.value = "mixed";
  for (const auto& [sets, votes] : totals_) {
    if ((sets.second & contradicted) == 0) continue;
    answer.opposing += votes.number;
    answer.supporting -= votes.number;
  }
  return answer;
}

Answers Profile::answers(std::string_view dialect, const Catalogue& catalogue) const {
  const Answers catalogued = answers_of_dialect(dialect, catalogue);
  Answers answers;
  for (std::size_t axis = 0; axis <= kAxisCount; ++axis) {
    Answer& answer = answer_at(answers, axis);
    const bool is_contradicted = axis == kAxisCount && contradicted_totals_.number > 0;
    answer = axis < kAxisCount ? answer_from(votes_[axis]) : answer_of_total();
    if (is_contradicted) {
      answer.value = answer.by == Proof::arithmetic ? "mixed" : "undetermined";
      answer.opposing += contradicted_totals_.number;
      if (!answer.example) answer.example = contradicted_totals_.example;
      continue;
    }
    if (answer.by == Proof::arithmetic) continue;
    if (present_[axis] == 0) {
      answer.value = "absent";
    } else if (auto priced = axis < kAxisCount ? answer_by_price(axis, answer_at(catalogued, axis))
                                               : std::nullopt) {
      answer = std::move(*priced);
    } else {
      answer = answer_at(catalogued, axis);
      // The catalogue may know no such counter, but the records hold it.
      if (answer.value == "absent") answer = Answer();
    }
  }
  return answers;
}

Answers answers_of_dialect(std::string_view dialect, const Catalogue& catalogue) {
  Answers answers;
  const auto dialects = dialects_named(dialect, catalogue);
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
    if (axis < kAxisCount) continue;
    answers.total.added = added_to_total(*dialects.front()).value_or(0);
    answers.total.decided = axes_where([](Axis) { return true; });
  }
  return answers;
}

}  // namespace usagectl
