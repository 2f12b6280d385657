#include "analysis/causes/object_faults.hpp"

#include <algorithm>
#include <unordered_map>

#include "analysis/causes/mended_part.hpp"

namespace usagectl {
namespace {

/// A log in which everything is wrong is explained by its first lines.
constexpr std::size_t kMostFaults = 10'000;
constexpr std::size_t kMostClaims = 64;  // of one document

bool is_unexplained_total(const Finding& finding) {
  return finding.rule == Rule::identity && finding.severity != Severity::note &&
         finding.cause.empty() && finding.counter == name_of(Counter::total) && finding.asserted &&
         finding.calculated;
}

/// The range of what is inside the object at a pointer.
template <typename ByPointer>
auto inside_of(const ByPointer& all, const std::string& pointer) {
  constexpr char kBehindSlash = '/' + 1;
  return std::pair(all.lower_bound(pointer + '/'), all.lower_bound(pointer + kBehindSlash));
}

}  // namespace

ObjectFaults::ObjectFaults(const Books& books) : books_(books) {
  for (std::size_t i = 0; i < books.findings.size() && faults_.size() < kMostFaults; ++i) {
    const Finding& finding = books.findings[i];
    if (!is_unexplained_total(finding)) continue;
    in_document_[{finding.place.file, finding.place.line}].emplace(finding.place.pointer,
                                                                   faults_.size());
    faults_.push_back({i, {}, {}});
  }
  if (faults_.empty()) return;
  for (std::size_t i = 0; i < books.findings.size(); ++i) {
    const Finding& finding = books.findings[i];
    const Document document{finding.place.file, finding.place.line};
    if (finding.rule == Rule::part && in_document_.contains(document))
      parts_in_document_[document].emplace(finding.place.pointer, i);
  }
  for (std::size_t i = 0; i < books.sum_claims.size(); ++i) {
    const Place& place = books.sum_claims[i].place;
    if (in_document_.contains({place.file, place.line}))
      claims_in_document_[{place.file, place.line}].push_back(i);
  }
}

void ObjectFaults::ask(SecondQuestion& question) const {
  for (const auto& [document, faults] : in_document_) question.files.insert(document.first);
  for (const auto& [document, claims] : claims_in_document_) {
    for (std::size_t i = 0; i < claims.size() && i < kMostClaims; ++i)
      question.groups.insert(books_.sum_claims[claims[i]].group);
  }
}

void ObjectFaults::hear(const UsageRecord& record) {
  const auto here = in_document_.find({record.place.file, record.place.line});
  if (here == in_document_.end()) return;
  const std::string& object = record.place.pointer;
  const auto take = [&](auto begin, auto end) {
    for (; begin != end; ++begin) {
      Fault& fault = faults_[begin->second];
      if (fault.object && fault.object->place.pointer.size() > object.size()) continue;
      fault.object = case_part(record);
      fault.groups.assign(record.parts_of.begin(), record.parts_of.end());
    }
  };
  const auto [same, behind] = here->second.equal_range(object);
  take(same, behind);
  const auto [inside, end] = inside_of(here->second, object);
  take(inside, end);
}

void ObjectFaults::name(Books& books, const ClaimSurroundings& around, const KeptParts& kept,
                        const std::function<const Explanation*(const Place&)>& said) {
  std::unordered_map<GroupId, SummedUp> cases;
  for (const auto& [document, claims] : claims_in_document_) {
    for (std::size_t i = 0; i < claims.size() && i < kMostClaims; ++i) {
      const SumClaim& claim = books.sum_claims[claims[i]];
      if (claim.group != 0 && !cases.contains(claim.group))
        cases.emplace(claim.group, SummedUp(case_of(books, claim, around, kept)));
    }
  }
  for (const Fault& fault : faults_) {
    if (!fault.object) continue;
    Finding& finding = books.findings[fault.finding];
    Explanation explanation;
    if (const Explanation* const known = said(fault.object->place)) {
      explanation = *known;
    } else {
      const SummedUp* of = nullptr;
      for (const GroupId group : fault.groups) {
        const auto found = cases.find(group);
        if (found != cases.end() && !found->second.claim.items.empty() && of == nullptr)
          of = &found->second;
      }
      explanation = explain_object(*fault.object, *finding.asserted, *finding.calculated, of);
    }
    say(explanation, finding);
    if (!explanation.mended.empty()) share(explanation, *fault.object, books);
  }
}

/// A part that exceeds its whole there, and no longer when that is mended, is so for the same
/// cause.
void ObjectFaults::share(const Explanation& explanation, const CasePart& object,
                         Books& books) const {
  const auto here = parts_in_document_.find({object.place.file, object.place.line});
  if (here == parts_in_document_.end()) return;
  const auto [begin, end] = inside_of(here->second, object.place.pointer);
  for (auto part = begin; part != end; ++part) {
    Finding& finding = books.findings[part->second];
    const bool is_mended = std::any_of(kCounters.begin(), kCounters.end(), [&](Counter counter) {
      const auto written = object.given[counter];
      const auto right = explanation.mended[counter];
      return written && right && written != right && finding.calculated == written &&
             finding.asserted <= right;
    });
    if (is_mended) say(explanation, finding);
  }
}

}  // namespace usagectl
