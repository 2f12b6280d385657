#include "capture/tape.hpp"

#include <utility>

namespace usagectl {
namespace {

constexpr std::size_t kLong = 4096;

void move_down(Place& place, std::uint64_t lines) {
  if (place.line != 0) place.line += lines;
}

/// Plays one event, with its names and lines as they are for the whole file.
class Player {
 public:
  Player(Sink& sink, std::uint64_t lines_before, TapeNames& names)
      : sink_(sink), lines_before_(lines_before), names_(names) {}

  GroupId group(GroupId id) const { return id == 0 ? 0 : names_.groups[id - 1]; }

  void play(UsageRecord& record) {
    place(record);
    sink_.record(std::move(record));
  }

  void play_unless_told(UsageRecord& record, std::optional<Finding>& finding) {
    place(record);
    if (finding) place(*finding);
    sink_.unless_told(std::move(record), std::move(finding));
  }

  void play(Snapshot& snapshot) { names_.units.push_back(sink_.snapshot_unit(snapshot)); }
  void new_unit(std::string_view key) { names_.units.push_back(sink_.unit(key)); }
  void new_group(std::string_view key) { names_.groups.push_back(sink_.group(key)); }
  void play(Member& member) {
    member.group = group(member.group);
    sink_.member(member);
  }
  void play(SumClaim& claim) {
    for (ClaimedNumber& number : claim.numbers) {
      if (number.line != 0) number.line += lines_before_;
    }
    play_claim(claim);
  }
  void play(CountClaim& claim) {
    claim.soft_group = group(claim.soft_group);
    play_claim(claim);
  }
  void play(SequenceClaim& claim) { play_claim(claim); }
  void play(UniqueName& name) { play_claim(name); }
  void play(SharedMark& mark) { play_claim(mark); }
  void play(Finding& finding) {
    place(finding);
    sink_.finding(std::move(finding));
  }
  void reject(Place& place, std::string& problem, std::vector<GroupId>& parts_of) {
    move_down(place, lines_before_);
    for (GroupId& id : parts_of) id = group(id);
    sink_.reject(place, std::move(problem), parts_of);
  }
  void unreadable(Place& place, const Fault& fault) {
    move_down(place, lines_before_);
    sink_.unreadable(place, fault);
  }
  void trouble(Place& place, std::string& problem) {
    move_down(place, lines_before_);
    sink_.trouble(place, std::move(problem));
  }

 private:
  void place(UsageRecord& record) const {
    move_down(record.place, lines_before_);
    record.unit = names_.units[record.unit];
    for (GroupId& id : record.parts_of) id = group(id);
  }
  void place(Finding& finding) const {
    move_down(finding.place, lines_before_);
    for (Witness& witness : finding.witnesses) move_down(witness.place, lines_before_);
  }

  template <typename Claim>
  void play_claim(Claim& claim) {
    move_down(claim.place, lines_before_);
    claim.group = group(claim.group);
    sink_.claim(std::move(claim));
  }

  Sink& sink_;
  std::uint64_t lines_before_;
  TapeNames& names_;
};

}  // namespace

void Tape::keep(Event&& event) {
  events_.emplace_back(records_.size(), std::move(event));
  give_away_if_long();
}

void Tape::give_away_if_long() {
  if (when_long_ && length() >= kLong) when_long_(take());
}

Tape Tape::take() {
  Tape piece(wants_keys_);
  std::swap(piece.records_, records_);
  std::swap(piece.events_, events_);
  std::swap(piece.ignored_, ignored_);
  std::swap(piece.duplicates_, duplicates_);
  std::swap(piece.held_, held_);
  return piece;
}

UnitId Tape::unit(std::string_view key) {
  keep(NewUnit{std::string(key)});
  return next_unit_++;
}

UnitId Tape::snapshot_unit(const Snapshot& snapshot) {
  keep(snapshot);
  return next_unit_++;
}

GroupId Tape::group(std::string_view key) {
  keep(NewGroup{std::string(key)});
  return next_group_++;
}

void Tape::continues(std::string_view space, std::string_view other) {
  keep(Continues{std::string(space), std::string(other)});
}

void Tape::covers(std::string_view series) { keep(Covers{std::string(series)}); }

void Tape::record(UsageRecord&& record) {
  records_.push_back(std::move(record));
  give_away_if_long();
}
void Tape::unless_told(UsageRecord&& record, std::optional<Finding>&& finding) {
  keep(UnlessTold{std::move(record), std::move(finding)});
}
void Tape::member(const Member& member) { keep(member); }
void Tape::claim(SumClaim&& claim) { keep(std::move(claim)); }
void Tape::claim(CountClaim&& claim) { keep(std::move(claim)); }
void Tape::claim(SequenceClaim&& claim) { keep(std::move(claim)); }
void Tape::claim(UniqueName&& name) { keep(std::move(name)); }
void Tape::claim(SharedMark&& mark) { keep(std::move(mark)); }
void Tape::held(std::uint64_t checks) { held_ += checks; }
void Tape::finding(Finding&& finding) { keep(std::move(finding)); }

void Tape::ignored(std::string_view rule, std::uint64_t objects) {
  if (objects == 0) return;
  const auto known = ignored_.find(rule);
  if (known == ignored_.end()) {
    ignored_.emplace(rule, objects);
  } else {
    known->second += objects;
  }
}

void Tape::duplicate(std::uint64_t objects) { duplicates_ += objects; }

void Tape::reject(const Place& place, std::string problem, std::span<const GroupId> parts_of) {
  keep(Rejected{place, std::move(problem), {parts_of.begin(), parts_of.end()}});
}

void Tape::unreadable(const Place& place, const Fault& fault) { keep(Unreadable{place, fault}); }
void Tape::trouble(const Place& place, std::string problem) {
  keep(Trouble{place, std::move(problem)});
}
void Tape::inferred(InferredLayout&& layout) { keep(std::move(layout)); }
void Tape::warning(std::string text) { keep(Warning{std::move(text)}); }

void Tape::play(Sink& sink, std::uint64_t lines_before, TapeNames& names) {
  Player player(sink, lines_before, names);
  std::size_t played = 0;
  const auto play_records = [&](std::size_t end) {
    for (; played < end; ++played) player.play(records_[played]);
  };
  for (auto& [records_before, event] : events_) {
    play_records(records_before);
    std::visit(
        [&](auto& what) {
          using What = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<What, NewUnit>) {
            player.new_unit(what.key);
          } else if constexpr (std::is_same_v<What, NewGroup>) {
            player.new_group(what.key);
          } else if constexpr (std::is_same_v<What, Continues>) {
            sink.continues(what.space, what.other);
          } else if constexpr (std::is_same_v<What, Covers>) {
            sink.covers(what.series);
          } else if constexpr (std::is_same_v<What, UnlessTold>) {
            player.play_unless_told(what.record, what.finding);
          } else if constexpr (std::is_same_v<What, Rejected>) {
            player.reject(what.place, what.problem, what.parts_of);
          } else if constexpr (std::is_same_v<What, Unreadable>) {
            player.unreadable(what.place, what.fault);
          } else if constexpr (std::is_same_v<What, Trouble>) {
            player.trouble(what.place, what.problem);
          } else if constexpr (std::is_same_v<What, InferredLayout>) {
            sink.inferred(std::move(what));
          } else if constexpr (std::is_same_v<What, Warning>) {
            sink.warning(std::move(what.text));
          } else {
            player.play(what);
          }
        },
        event);
  }
  play_records(records_.size());
  for (const auto& [rule, objects] : ignored_) sink.ignored(rule, objects);
  if (duplicates_ > 0) sink.duplicate(duplicates_);
  if (held_ > 0) sink.held(held_);
}

}  // namespace usagectl
