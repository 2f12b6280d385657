#include "analysis/causes/name_causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/causes/claim_case.hpp"
#include "analysis/causes/explain.hpp"
#include "analysis/causes/explain_count.hpp"
#include "analysis/causes/object_faults.hpp"
#include "analysis/causes/second_reading.hpp"

namespace usagectl {
namespace {

class Namer {
 public:
  Namer(Books& books, const Resolution& resolution)
      : books_(books), failed_(resolution.failed_sums), failed_counts_(resolution.failed_counts) {}

  void name(const PieceOptions& reading) {
    for (Finding& finding : books_.beginnings.replayed())
      books_.findings.push_back(std::move(finding));
    name_counts();
    ObjectFaults objects(books_);
    if (failed_.empty() && objects.empty()) return;
    const ClaimSurroundings around(books_, failed_);
    const KeptParts kept = read_again(books_, question(objects), reading);
    for (const UsageRecord& record : kept.objects()) objects.hear(record);
    for (const FailedClaim& failure : failed_) {
      const SumClaim& claim = books_.sum_claims[failure.claim];
      at_place_[key_of(claim.place)].push_back(cases_.size());
      cases_.push_back(case_of(books_, claim, around, kept));
      if (const auto failed = failed_in_.find(claim.place.file); failed != failed_in_.end())
        cases_.back().failed_elsewhere = failed->second;
      explanations_.push_back(explain(cases_.back()));
      show_parts(failure, cases_.back());
      // Many parts are kept once.
      if (cases_.back().items.size() > kFewParts) cases_.back().items.clear();
    }
    for (std::size_t i = 0; i < failed_.size(); ++i) inherit(i);
    for (std::size_t i = 0; i < failed_.size(); ++i) {
      for (const std::size_t finding : failed_[i].findings)
        say(explanations_[i], books_.findings[finding]);
      share(i);
      if (!explanations_[i].is_certain() || explanations_[i].witnesses.size() != 1) continue;
      shown_by_.emplace(key_of(explanations_[i].witnesses.front().place), i);
    }
    objects.name(books_, around, kept, [this](const Place& place) { return said_of(place); });
  }

 private:
  static constexpr std::size_t kFewParts = 1000;
  static constexpr std::size_t kDrawnParts = 60;  // of one sum
  static constexpr std::size_t kDrawnInAll = 20'000;

  /// Lists what was added up in the findings of a claim, where a person can look at it.
  void show_parts(const FailedClaim& failure, const Case& of) {
    if (of.items.empty() || of.items.size() > kDrawnParts) return;
    for (const std::size_t index : failure.findings) {
      Finding& finding = books_.findings[index];
      const auto counter = std::find_if(kCounters.begin(), kCounters.end(), [&](Counter one) {
        return name_of(one) == finding.counter;
      });
      if (finding.rule != Rule::sum || counter == kCounters.end()) continue;
      if (drawn_ + of.items.size() > kDrawnInAll) return;
      drawn_ += of.items.size();
      for (const CasePart& item : of.items)
        finding.parts.push_back({name_of(item, of), item.counts[*counter].value_or(0)});
    }
  }

  /// A failed call that no claim sums up.
  void note_failed(const UsageRecord& record) {
    const bool is_part = std::any_of(record.parts_of.begin(), record.parts_of.end(),
                                     [](GroupId id) { return id != 0; });
    if (!record.failed || is_part) return;
    auto& failed = failed_in_[record.place.file];
    if (failed.size() < kFewParts) failed.push_back(case_part(record));
  }

  /// How many parts there are is settled by their numbers.
  void name_counts() {
    for (const FailedClaim& failure : failed_counts_) {
      const CountClaim& claim = books_.count_claims[failure.claim];
      const Explanation explanation = explain_count(claim, books_.groups[claim.group]);
      if (explanation.sentence.empty()) continue;
      for (const std::size_t finding : failure.findings) {
        if (books_.findings[finding].cause.empty()) say(explanation, books_.findings[finding]);
      }
      if (!explanation.is_certain()) continue;
      for (const std::size_t i : loose_findings(claim.place)) {
        Finding& finding = books_.findings[i];
        if (finding.place.pointer == claim.place.pointer && finding.rule == Rule::sequence)
          finding.cause = explanation.cause;
      }
    }
  }

  /// What claims say of the object there: of the one that claims, or of the one part that shows
  /// why.
  const Explanation* said_of(const Place& place) const {
    const std::string key = key_of(place);
    if (const auto known = shown_by_.find(key); known != shown_by_.end())
      return &explanations_[known->second];
    const auto claims = at_place_.find(key);
    if (claims == at_place_.end()) return nullptr;
    const Explanation* said = nullptr;
    for (const std::size_t index : claims->second) {
      const Case& of = cases_[index];
      const bool is_of_total =
          std::any_of(of.numbers.begin(), of.numbers.end(), [](const CaseNumber& number) {
            const Counter counter = number.counter;
            return number.fails() && (counter == Counter::input || counter == Counter::output ||
                                      counter == Counter::total);
          });
      if (is_of_total && (said == nullptr || explanations_[index].shown < said->shown))
        said = &explanations_[index];
    }
    return said;
  }

  SecondQuestion question(ObjectFaults& objects) {
    SecondQuestion question;
    objects.ask(question);
    question.on_read = [this, &objects](const UsageRecord& record) {
      objects.hear(record);
      note_failed(record);
    };
    for (const FailedClaim& failure : failed_)
      question.groups.insert(books_.sum_claims[failure.claim].group);
    return question;
  }

  /// Two claims of one object that fail by as much have one cause; so have a claim and its part
  /// that fails itself, by as much the other way.
  void inherit(std::size_t index) {
    if (explanations_[index].is_certain()) return;
    if (const auto same = certain_claim_at(cases_[index].place, index, 1)) {
      explanations_[index] = explanations_[*same];
      return;
    }
    for (const CasePart& item : cases_[index].items) {
      const auto part = certain_claim_at(item.place, index, -1);
      if (!part) continue;
      explanations_[index] = explanations_[*part];
      explanations_[index].sentence =
          fmt::format("one of the {} is itself not the sum of its {}: {}", cases_[index].parts,
                      cases_[*part].parts, explanations_[*part].sentence);
      return;
    }
  }

  std::optional<std::size_t> certain_claim_at(const Place& place, std::size_t but, int sign) const {
    const auto here = at_place_.find(key_of(place));
    if (here == at_place_.end()) return std::nullopt;
    for (const std::size_t other : here->second) {
      if (other != but && explanations_[other].is_certain() && differ_by(but, other, sign))
        return other;
    }
    return std::nullopt;
  }

  bool differ_by(std::size_t here, std::size_t there, int sign) const {
    const auto failing = cases_[here].failing();
    return std::all_of(failing.begin(), failing.end(), [&](const CaseNumber* number) {
      const auto other = cases_[there].difference(number->counter);
      const auto own = cases_[here].difference(number->counter);
      return other && own && *own == sign * *other;
    });
  }

  /// A gap or a repeat in the numbering of the parts, or a number of them that is wrong, has the
  /// cause of the sum that it spoils.
  void share(std::size_t index) {
    const Explanation& explanation = explanations_[index];
    const bool concerns_parts = explanation.cause == "detail-missing" ||
                                explanation.cause == "part-missing" ||
                                explanation.cause == "detail-repeated";
    if (!concerns_parts) return;
    const Place& place = cases_[index].place;
    const std::string below = place.pointer + "/";
    for (const std::size_t i : loose_findings(place)) {
      Finding& finding = books_.findings[i];
      if (!finding.place.pointer.starts_with(below)) continue;
      finding.cause = explanation.cause;
      finding.witnesses = explanation.witnesses;
    }
  }

  /// Findings of that document without a cause that say something of how many parts there are.
  const std::vector<std::size_t>& loose_findings(const Place& place) {
    if (!loose_) {
      loose_.emplace();
      for (std::size_t i = 0; i < books_.findings.size(); ++i) {
        const Finding& finding = books_.findings[i];
        const bool is_about_parts = finding.rule == Rule::sequence || finding.rule == Rule::count;
        if (is_about_parts && finding.cause.empty() && finding.possible_causes.empty())
          (*loose_)[{finding.place.file, finding.place.line}].push_back(i);
      }
    }
    return (*loose_)[{place.file, place.line}];
  }

  Books& books_;
  const std::vector<FailedClaim>& failed_;
  const std::vector<FailedClaim>& failed_counts_;
  std::vector<Case> cases_;
  std::vector<Explanation> explanations_;
  std::size_t drawn_ = 0;  ///< parts that findings list
  std::unordered_map<std::string, std::vector<std::size_t>> at_place_;
  std::unordered_map<FileId, std::vector<CasePart>> failed_in_;
  std::unordered_map<std::string, std::size_t>
      shown_by_;  ///< what is explained by the one record there
  std::optional<std::map<std::pair<FileId, std::uint64_t>, std::vector<std::size_t>>> loose_;
};

}  // namespace

void name_causes(Books& books, const Resolution& resolution, const PieceOptions& reading) {
  Namer(books, resolution).name(reading);
}

}  // namespace usagectl
