#include "dialects/solving/alike_usages.hpp"

#include <algorithm>
#include <utility>

#include "dialects/recognise.hpp"

namespace usagectl {
namespace {

/// Sums of smaller counts fit in 64 bits, however many they are.
constexpr Count kLarge = Count(1) << 48U;

/// Whether two keys that are there are spellings of one quantity. Sums of keys are none.
bool has_two_spellings(const Dialect& dialect, const UsageValues& values) {
  return std::any_of(dialect.quantities.begin(), dialect.quantities.end(),
                     [&](const QuantitySource& source) {
                       std::size_t spelled = 0;
                       for (const auto& keys : source.alternatives) {
                         if (keys.size() != 1) break;
                         spelled += values.count(keys.front()) ? 1U : 0U;
                       }
                       return spelled > 1;
                     });
}

bool is_known_to_all(const Catalogue& catalogue, const std::vector<std::uint16_t>& dialects,
                     KeyId key) {
  return std::all_of(dialects.begin(), dialects.end(), [&](std::uint16_t index) {
    return catalogue.dialects()[index].known.test(key);
  });
}

bool mean_the_same(const Meaning& a, const Meaning& b) {
  return a.axes == b.axes && a.total.kind == b.total.kind && a.total.terms == b.total.terms &&
         a.total.hidden == b.total.hidden && a.total.computed == b.total.computed;
}

/// Whether the same quantities have the same solution, as long as nothing contradicts it.
bool are_solved_alike(const Dialect& a, const Dialect& b) {
  return a.overlap == b.overlap && a.zero_if_missing == b.zero_if_missing &&
         std::ranges::equal(a.meanings, b.meanings, mean_the_same) &&
         std::ranges::equal(a.variants, b.variants, mean_the_same);
}

}  // namespace

std::optional<AlikeUsages> AlikeUsages::of(const Catalogue& catalogue, const UsageValues& values,
                                           const Envelope& envelope) {
  if (!values.are_plain_counts()) return std::nullopt;
  AlikeUsages alike;
  alike.dialects_ = recognise(catalogue, values, envelope);
  if (alike.dialects_.empty()) return std::nullopt;
  const auto& slots = values.slots();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!slots[i].detail && !is_known_to_all(catalogue, alike.dialects_, slots[i].key))
      alike.unknown_.push_back(i);
  }
  UsageValues one = values;
  for (std::size_t i = 0; i < slots.size(); ++i) one.set_count(i, 0);
  for (const std::uint16_t index : alike.dialects_) {
    const Dialect& dialect = catalogue.dialects()[index];
    if (has_two_spellings(dialect, values)) return std::nullopt;
    Candidate candidate;
    candidate.dialect = index;
    const Quantities none = quantities_of(dialect, one);
    // Quantities are sums of counts: the 1 shows of which.
    for (std::size_t i = 0; i < slots.size(); ++i) {
      one.set_count(i, 1);
      const Quantities with_one = quantities_of(dialect, one);
      one.set_count(i, 0);
      for (std::size_t quantity = 0; quantity < kQuantityCount; ++quantity) {
        if (with_one.values[quantity] != none.values[quantity])
          candidate.terms.push_back({static_cast<Quantity>(quantity), i});
      }
      for (const auto& [whole, key] : dialect.details) {
        if (key == slots[i].key && none[whole]) candidate.details.push_back({whole, i});
      }
    }
    alike.add(catalogue, std::move(candidate), none);
  }
  return alike;
}

void AlikeUsages::add(const Catalogue& catalogue, Candidate&& candidate, const Quantities& none) {
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const Candidate& known = candidates_[i];
    if (known.terms == candidate.terms && none_[i].second.values == none.values &&
        are_solved_alike(catalogue.dialects()[known.dialect],
                         catalogue.dialects()[candidate.dialect])) {
      stand_ins_.push_back(known.dialect);
      return;
    }
  }
  stand_ins_.push_back(candidate.dialect);
  none_.emplace_back(candidate.dialect, none);
  candidates_.push_back(std::move(candidate));
}

const UsageReading* AlikeUsages::read(const Catalogue& catalogue, std::span<const Count> counts) {
  for (const Count count : counts) {
    if (count >= kLarge) return nullptr;
  }
  for (const std::size_t unknown : unknown_) {
    if (counts[unknown] != 0) return nullptr;
  }
  quantities_ = none_;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    auto& values = quantities_[i].second.values;
    for (const auto& [quantity, count] : candidates_[i].terms)
      *values[static_cast<std::size_t>(quantity)] += counts[count];
  }
  reading_.candidates.clear();
  for (const Candidate& candidate : candidates_) reading_.candidates.push_back(candidate.dialect);
  reading_.counts = {};
  reading_.given = {};
  reading_.atoms = {};
  reading_.held = 0;
  solve(catalogue, quantities_, reading_, dialects_.size() > candidates_.size());
  const Atoms& atoms = reading_.atoms;
  const bool has_lifetimes = atoms.cache_write && atoms.cache_write_5m && atoms.cache_write_1h;
  if (has_lifetimes && *atoms.cache_write_5m + *atoms.cache_write_1h != *atoms.cache_write)
    reading_.violations.emplace_back();
  if (has_lifetimes) ++reading_.held;
  if (!details_fit(reading_.candidates.front(), counts) || !reading_.violations.empty()) {
    reading_.violations.clear();
    return nullptr;
  }
  add_those_alike(catalogue);
  return &reading_;
}

void AlikeUsages::add_those_alike(const Catalogue& catalogue) {
  if (remaining_ != reading_.candidates || remaining_.empty()) {
    remaining_ = reading_.candidates;
    all_remaining_.clear();
    for (std::size_t i = 0; i < dialects_.size(); ++i) {
      if (std::find(remaining_.begin(), remaining_.end(), stand_ins_[i]) != remaining_.end())
        all_remaining_.push_back(dialects_[i]);
    }
    name_ = catalogue.name_of(all_remaining_);
  }
  reading_.candidates = all_remaining_;
  reading_.dialect = name_;
}

bool AlikeUsages::details_fit(std::uint16_t dialect, std::span<const Count> counts) {
  const Quantities& quantities = quantities_of(quantities_, dialect);
  const auto candidate = std::find_if(candidates_.begin(), candidates_.end(),
                                      [&](const auto& one) { return one.dialect == dialect; });
  return std::all_of(candidate->details.begin(), candidate->details.end(), [&](const Part& part) {
    const Count count = counts[part.count];
    if (count > 0) ++reading_.held;
    return count <= *quantities[part.quantity];
  });
}

}  // namespace usagectl
