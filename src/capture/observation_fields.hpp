#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "capture/partial_bytes.hpp"
#include "capture/read_file.hpp"
#include "model/observations.hpp"

// What each kind of observation consists of, said once for writing and for reading: a codec is
// called with the fields in their order. Adding, removing or moving one makes another
// kPartialVersion.
namespace usagectl {

// The last of each enumeration that is written as its number.
constexpr std::uint8_t largest(Severity) { return static_cast<std::uint8_t>(Severity::error); }
constexpr std::uint8_t largest(Role) { return static_cast<std::uint8_t>(Role::copy); }
constexpr std::uint8_t largest(SameId) { return static_cast<std::uint8_t>(SameId::growth); }
constexpr std::uint8_t largest(Relation) { return static_cast<std::uint8_t>(Relation::at_most); }
constexpr std::uint8_t largest(FileFate) { return static_cast<std::uint8_t>(FileFate::failed); }
constexpr std::uint8_t largest(Running) {
  return static_cast<std::uint8_t>(Running::before_its_requests);
}

constexpr std::uint8_t largest(Statistic) {
  return static_cast<std::uint8_t>(Statistic::difference);
}

/// Walks through values, and hands their numbers and texts to `Bytes`, which writes them
/// (BytesWriter) or sets them (BytesReader).
template <typename Bytes>
class Codec {
 public:
  static constexpr bool kReads = Bytes::kReads;
  explicit Codec(Bytes& bytes) : bytes_(bytes) {}

  template <typename... Values>
  void operator()(Values&... values) {
    (value(values), ...);
  }

  /// Calls read_or_write(element) for each element of a list, which a reader makes first.
  template <typename List, typename Each>
  void each(List& list, Each&& read_or_write) {
    std::uint64_t size = list.size();
    bytes_.number(size);
    if constexpr (kReads) {
      bytes_.expect(size);
      list.resize(size);
    }
    for (auto& element : list) read_or_write(element);
  }

  void value(bool& flag) { whole(flag); }
  void value(double& amount) { bytes_.real(amount); }
  void value(std::string& text) { bytes_.text(text); }
  void value(std::string_view& name) { bytes_.name(name); }

  template <typename Number>
  requires(std::is_integral_v<Number> || std::is_enum_v<Number>) void value(Number& number) {
    whole(number);
  }
  /// Rules and counters by their names, so that another order of them changes nothing.
  void value(Rule& rule) {
    named(rule, [](std::string_view name) { return rule_named(name); });
  }
  void value(Counter& counter) {
    named(counter, [](std::string_view name) -> std::optional<Counter> {
      for (const Counter known : kCounters) {
        if (name_of(known) == name) return known;
      }
      return std::nullopt;
    });
  }

  template <typename Value>
  void value(std::optional<Value>& optional) {
    bool is_there = optional.has_value();
    value(is_there);
    if constexpr (kReads) {
      if (is_there) optional.emplace();
    }
    if (is_there) value(*optional);
  }
  template <typename Value>
  void value(std::vector<Value>& list) {
    each(list, [this](Value& element) { value(element); });
  }
  template <typename Value, std::size_t size>
  void value(std::array<Value, size>& list) {
    for (Value& element : list) value(element);
  }
  template <typename First, typename Second>
  void value(std::pair<First, Second>& both) {
    (*this)(both.first, both.second);
  }
  template <typename... Kinds>
  void value(std::variant<Kinds...>& what) {
    std::uint64_t kind = what.index();
    bytes_.number(kind);
    if constexpr (kReads) become<0>(what, kind);
    std::visit([this](auto& held) { this->value(held); }, what);
  }
  template <typename Struct>
  requires std::is_class_v<Struct>
  void value(Struct& held) { fields(*this, held); }

  /// The line as its distance from the place before it. The file is that of the piece.
  void value(Place& place) {
    auto distance = static_cast<std::int64_t>(place.line - last_line_);
    value(distance);
    if constexpr (kReads) place.line = last_line_ + static_cast<std::uint64_t>(distance);
    last_line_ = place.line;
    (*this)(place.pointer, place.column);
  }

  /// As its digits, of which most amounts have few.
  void value(Money& money) {
    std::string digits;
    if constexpr (!kReads) digits = money.text();
    value(digits);
    if constexpr (kReads) {
      const auto amount = read_amount(digits);
      if (!amount) throw DamagedPartial();
      money = amount->money;
    }
  }
  void value(Currency& currency) {
    std::string code(currency.code());
    value(code);
    if constexpr (kReads) currency = Currency(code);
  }
  void value(CostOfRecord& cost) {
    bool is_there = cost != nullptr;
    value(is_there);
    if (!is_there) return;
    Cost held;
    if constexpr (!kReads) held = *cost;
    value(held);
    if constexpr (kReads) cost = std::make_shared<const Cost>(std::move(held));
  }

  void value(Counts& counts) {
    std::uint64_t known = 0;
    std::uint64_t open = 0;
    std::uint64_t by_place = 0;
    for (std::size_t i = 0; i < kCounterCount; ++i) {
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (counts.has(kCounters[i])) known |= bit;
      if (counts.is_open(kCounters[i])) open |= bit;
      if (counts.is_open_by_place(kCounters[i])) by_place |= bit;
    }
    (*this)(known, open, by_place);
    for (std::size_t i = 0; i < kCounterCount; ++i) {
      const std::uint64_t bit = std::uint64_t{1} << i;
      if ((known & bit) != 0) {
        Count count = counts[kCounters[i]].value_or(0);
        value(count);
        counts.set(kCounters[i], count);
      } else if constexpr (kReads) {
        if ((by_place & bit) != 0)
          counts.leave_open_by_place(kCounters[i]);
        else if ((open & bit) != 0)
          counts.leave_open(kCounters[i]);
      }
    }
  }

 private:
  template <typename Number>
  void whole(Number& number) {
    if constexpr (std::is_enum_v<Number>) {
      auto underlying = static_cast<std::underlying_type_t<Number>>(number);
      whole(underlying);
      if (underlying > largest(number)) throw DamagedPartial();
      number = static_cast<Number>(underlying);
    } else if constexpr (std::is_signed_v<Number>) {
      // Small numbers of either sign become small.
      auto zigzag = (static_cast<std::uint64_t>(number) << 1) ^
                    static_cast<std::uint64_t>(static_cast<std::int64_t>(number) >> 63);
      bytes_.number(zigzag);
      number = static_cast<Number>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
    } else {
      auto wide = static_cast<std::uint64_t>(number);
      bytes_.number(wide);
      number = static_cast<Number>(wide);
    }
  }

  template <typename Named, typename Find>
  void named(Named& what, const Find& find) {
    std::string_view name;
    if constexpr (!kReads) name = name_of(what);
    bytes_.name(name);
    if constexpr (kReads) {
      const auto found = find(name);
      if (!found) throw DamagedPartial();
      what = *found;
    }
  }

  template <std::size_t index, typename... Kinds>
  static void become(std::variant<Kinds...>& what, std::uint64_t kind) {
    if constexpr (index == sizeof...(Kinds)) {
      throw DamagedPartial();
    } else if (kind == index) {
      what.template emplace<index>();
    } else {
      become<index + 1>(what, kind);
    }
  }

  Bytes& bytes_;
  std::uint64_t last_line_ = 0;
};

template <typename Codec>
void fields(Codec& codec, Amount& amount) {
  codec(amount.money, amount.decimals, amount.is_noisy);
}

template <typename Codec>
void fields(Codec& codec, Cost& cost) {
  codec(cost.amount, cost.currency, cost.key);
}

template <typename Codec>
void fields(Codec& codec, ComparedCost& cost) {
  codec(cost.asserted, cost.calculated, cost.currency);
}

template <typename Codec>
void fields(Codec& codec, Witness& witness) {
  codec(witness.place, witness.tokens);
}

template <typename Codec>
void fields(Codec& codec, Finding& finding) {
  codec(finding.rule, finding.severity, finding.place, finding.counter, finding.asserted,
        finding.calculated, finding.cost, finding.basis, finding.cause, finding.possible_causes,
        finding.explanation, finding.witnesses);
}

template <typename Codec>
void fields(Codec& codec, KeySeen& key) {
  codec(key.path, key.is_null, key.count);
}

template <typename Codec>
void fields(Codec& codec, UsageRecord& record) {
  codec(record.place, record.format, record.dialect, record.role, record.running, record.unit,
        record.view.rank, record.view.name, record.view.is_usage, record.parts_of, record.id,
        record.same_id, record.second_id, record.id_space, record.model, record.time, record.number,
        record.failed, record.scope, record.sums.is_named_so, record.sums.has_total_keys,
        record.sums.is_called_so, record.sums.is_called_end, record.sums.is_so_far,
        record.sums.statistic, record.sums.window_hours, record.sums.calls, record.counts,
        record.given, record.cost, record.cache_write_1h, record.keys);
}

template <typename Codec>
void fields(Codec& codec, NewUnit& unit) {
  codec(unit.key, unit.has_whole_views);
}

template <typename Codec>
void fields(Codec& codec, Snapshot& snapshot) {
  codec(snapshot.series, snapshot.number);
}

template <typename Codec>
void fields(Codec& codec, NewGroup& group) {
  codec(group.key, group.is_as_written);
}

template <typename Codec>
void fields(Codec& codec, ContinuedSpace& continued) {
  codec(continued.space, continued.other);
}

template <typename Codec>
void fields(Codec& codec, CoveredSeries& covered) {
  codec(covered.series);
}

template <typename Codec>
void fields(Codec& codec, UnlessReported& unless) {
  codec(unless.record, unless.finding);
}

template <typename Codec>
void fields(Codec& codec, CopiedCall& call) {
  codec(call.record, call.mark);
}

template <typename Codec>
void fields(Codec& codec, ResumedSum& sum) {
  codec(sum.series, sum.id, sum.records, sum.own);
}

template <typename Codec>
void fields(Codec& codec, Member& member) {
  codec(member.group, member.times, member.number);
}

template <typename Codec>
void fields(Codec& codec, ClaimedNumber& number) {
  codec(number.counter, number.key, number.line, number.asserted, number.relation, number.excess,
        number.solved, number.is_derived);
}

template <typename Codec>
void fields(Codec& codec, SumClaim& claim) {
  codec(claim.place, claim.group, claim.parts, claim.part, claim.numbers, claim.cost, claim.before,
        claim.before_place, claim.said_parts, claim.is_as_written, claim.is_inferred,
        claim.missing_is_zero, claim.none_is_zero, claim.parts_are_optional,
        claim.unprovable_because, claim.only_with_parts);
}

template <typename Codec>
void fields(Codec& codec, CountClaim& claim) {
  codec(claim.place, claim.group, claim.parts, claim.counter, claim.asserted,
        claim.parts_are_optional, claim.unprovable_when_empty, claim.cause_of_multiple,
        claim.soft_group, claim.soft_above, claim.soft_explanation);
}

template <typename Codec>
void fields(Codec& codec, SequenceClaim& claim) {
  codec(claim.place, claim.group, claim.parts, claim.last);
}

template <typename Codec>
void fields(Codec& codec, UniqueName& name) {
  codec(name.group, name.name, name.owner, name.place);
}

template <typename Codec>
void fields(Codec& codec, SharedMark& mark) {
  codec(mark.group, mark.mark, mark.odd, mark.who, mark.place);
}

template <typename Codec>
void fields(Codec& codec, RejectedObject& object) {
  codec(object.place, object.problem, object.parts_of);
}

template <typename Codec>
void fields(Codec& codec, Fault& fault) {
  codec(fault.problem, fault.column, fault.offset);
}

template <typename Codec>
void fields(Codec& codec, UnreadablePlace& unreadable) {
  codec(unreadable.place, unreadable.fault);
}

template <typename Codec>
void fields(Codec& codec, Trouble& trouble) {
  codec(trouble.place, trouble.problem);
}

template <typename Codec>
void fields(Codec& codec, InferredLayout& inferred) {
  codec(inferred.relations, inferred.layout);
}

template <typename Codec>
void fields(Codec& codec, LayoutPath& path) {
  codec(path.place, path.path, path.in, path.looked_at, path.is_found);
}

template <typename Codec>
void fields(Codec& codec, LayoutPaths& paths) {
  codec(paths.layout, paths.place, paths.paths);
}

template <typename Codec>
void fields(Codec& codec, Warning& warning) {
  codec(warning.text);
}

template <typename Codec>
void fields(Codec& codec, Observations::Entry& entry) {
  std::uint64_t before = entry.records_before;
  codec(before, entry.what);
  entry.records_before = before;
}

template <typename Codec>
void fields(Codec& codec, Observations& found) {
  codec(found.records(), found.entries());
  std::vector<std::pair<std::string, std::uint64_t>> ignored(found.objects_ignored().begin(),
                                                             found.objects_ignored().end());
  std::uint64_t duplicates = found.duplicates();
  std::uint64_t held = found.checks_held();
  codec(ignored, duplicates, held);
  if constexpr (Codec::kReads) {
    for (const auto& [rule, objects] : ignored) found.ignored(rule, objects);
    found.duplicate(duplicates);
    found.held(held);
  }
}

}  // namespace usagectl
