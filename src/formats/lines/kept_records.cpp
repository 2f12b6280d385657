#include "formats/lines/kept_records.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

#include "base/text_hash.hpp"
#include "base/utc_time.hpp"
#include "dialects/recognise.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostNames = 256;
/// What is learned is used so often at least, or it costs more than it saves: names may be other
/// ones on every line.
constexpr std::size_t kFewestUses = 8;

}  // namespace

KeptRecords::Way KeptRecords::learn_way(const WrittenLines& line) {
  Way way;
  std::set<LineField> met;
  const auto use_in_usage = [&](const LineMember& member) {
    const UsageValues::MemberUse& use = member.use;
    const bool is_number = member.kind == JsonKind::number;
    if (use.may_be_cost || (use.is_read && !(is_number && use.is_count_alone())) ||
        use.unknown == UnknownKey::calls)
      way.may_keep = false;
    if (use.unknown != UnknownKey::no_counter) return Use::zero;
    return member.is_used && use.is_read ? Use::count : Use::nothing;
  };
  const auto use_in_line = [&](const LineMember& member) {
    const MemberName& named = member.named;
    const bool is_text = member.kind == JsonKind::text;
    const bool is_told_of_each_line = named.field == LineField::row ||
                                      named.field == LineField::above ||
                                      named.field == LineField::from_cache || named.is_flag_of_sum;
    if (named.may_name_cost || named.says_calls || named.is_total_key || is_told_of_each_line)
      way.may_keep = false;
    // A number is no name to look a record up by, and may be another one on each line.
    if (named.field == LineField::run && member.kind == JsonKind::number) way.may_keep = false;
    const bool is_time = named.field == LineField::time;
    if (!is_text && !(is_time && member.kind == JsonKind::number)) return Use::nothing;
    const bool is_first = met.insert(named.field).second;
    switch (named.field) {
      case LineField::none: break;
      case LineField::id: return is_first ? Use::id : Use::word;
      case LineField::session: return is_first ? Use::session : Use::word;
      case LineField::time:
        if (is_first) return Use::time;
        return is_text ? Use::word : Use::nothing;
      default: return Use::name;
    }
    return Use::word;
  };
  for (std::size_t i = 0; i < line.values().size(); ++i) {
    const LineMember& member = line.member_of(line.values()[i]);
    if (member.is_id && member.kind == JsonKind::text && !way.named_id) way.named_id = i;
    const Use use = member.is_of_line ? use_in_line(member) : use_in_usage(member);
    if (use == Use::name) {
      way.names.push_back(i);
    } else if (use != Use::nothing) {
      way.uses.push_back({i, use});
    }
  }
  return way;
}

void KeptRecords::forget(Way& way) {
  way.kept.clear();
  way.records.reset();
  way.owner.reset();
}

KeptRecords::Way& KeptRecords::way_of(const WrittenLines& line) {
  const auto [way, is_new] = ways_.try_emplace(line.way());
  if (is_new) way->second = learn_way(line);
  return way->second;
}

std::uint64_t KeptRecords::hash_of_names(const Way& way, const WrittenLines& line) const {
  std::uint64_t hash = 0;
  for (const std::size_t name : way.names)
    hash = (hash ^ short_text_hash(line.values()[name].text())) * 0x9E3779B97F4A7C15U;
  return hash;
}

/// False where a value says more than its place in a record.
bool KeptRecords::take_values(const Way& way, const WrittenLines& line, Again& again) {
  counts_.clear();
  again.id = {};
  again.session = {};
  again.time = {};
  for (const auto& [index, use] : way.uses) {
    const WrittenLines::Value& value = line.values()[index];
    const LineMember& member = line.member_of(value);
    const bool is_text = member.kind == JsonKind::text;
    switch (use) {
      case Use::nothing:
      case Use::name: continue;
      case Use::count:
        if (!value.is_whole || value.whole < 0) return false;
        counts_.push_back(value.whole);
        continue;
      case Use::zero:
        if (!value.is_whole || value.whole != 0) return false;
        continue;
      case Use::id:
        again.id = value.text();
        if (again.id.empty() || is_no_id(again.id)) return false;
        break;
      case Use::session:
        again.session = value.text();
        if (again.session.empty()) return false;
        break;
      case Use::time:
        again.time = value.text();
        if (!is_text || !is_utc_time(again.time)) {
          again.other_time =
              is_text ? utc_time(again.time) : utc_time_of_epoch(WrittenLines::real_of(value));
          again.time = again.other_time;
        }
        if (again.time.empty()) return false;
        // A moment says nothing of sums, as "today" does.
        if (again.time.data() == value.begin) continue;
        break;
      case Use::word:
        if (is_text && !is_a_word_alone(line, value)) return false;
        continue;
    }
    if (is_text && says_of_sums(member.named, value.text())) return false;
  }
  return true;
}

bool KeptRecords::is_a_word_alone(const WrittenLines& line, const WrittenLines::Value& value) {
  const std::uint64_t hash =
      (short_text_hash(value.text()) ^ value.step) * 0x9E3779B97F4A7C15U | 1U;
  std::uint64_t& known = words_alone_[(hash >> 32U) % words_alone_.size()];
  if (known == hash) return true;
  if (says_of_sums(line.member_of(value).named, value.text())) return false;
  known = hash;
  return true;
}

bool KeptRecords::read(const Catalogue& catalogue, const WrittenLines& line, Again& again) {
  Way& way = way_of(line);
  if (!way.may_keep || way.kept.empty()) return false;
  const auto found = way.kept.find(hash_of_names(way, line));
  if (found == way.kept.end()) return false;
  Kept& kept = found->second;
  for (std::size_t i = 0; i < way.names.size(); ++i) {
    if (line.values()[way.names[i]].text() != kept.names[i]) return false;
  }
  if (!take_values(way, line, again) || catalogue.id_beginning(again.id) != kept.id_beginning)
    return false;
  const UsageReading* const reading = kept.usages.read(catalogue, counts_);
  // What follows from the dialect was kept as well.
  if (reading == nullptr || reading->dialect != kept.like->record.dialect ||
      all_zero(reading->counts) || reading->candidates != kept.candidates)
    return false;
  const std::string_view named_id =
      way.named_id ? line.values()[*way.named_id].text() : std::string_view();
  const bool is_vague = is_vague_id(again.id, named_id);
  again.same_id = is_id_of_call(catalogue, again.id, is_vague) ? SameId::copy : SameId::nothing;
  again.like = kept.like;
  again.kept = &way.owner;
  again.reading = reading;
  ++way.used;
  ++used_;
  return true;
}

void KeptRecords::learn(const Catalogue& catalogue, const WrittenLines& line,
                        const PlainLine& plain, const UsageRecord& record) {
  Way& way = way_of(line);
  Again again;
  const Surroundings& about = plain.about;
  if (!way.may_keep || !take_values(way, line, again) || says_anything(about.sums)) return;
  if (++way.learned > kMostNames + way.used / kFewestUses) {
    way.may_keep = false;
    forget(way);
    return;
  }
  auto usages = AlikeUsages::of(catalogue, plain.values, about.envelope(record.place.pointer));
  if (!usages) return;
  const UsageReading* const reading = usages->read(catalogue, counts_);
  if (reading == nullptr || reading->dialect != record.dialect) return;
  if (!way.records || way.records->size() >= kMostNames) {
    forget(way);
    way.records = std::make_shared<std::deque<RecordLike>>();
    way.owner = way.records;
  }
  static std::atomic<std::uint64_t> number = 0;
  RecordLike& like = way.records->emplace_back(RecordLike{++number, record});
  like.record.id.clear();
  like.record.time.clear();
  like.record.keys.clear();
  Kept kept{&like, {}, catalogue.id_beginning(again.id), reading->candidates, std::move(*usages)};
  for (const std::size_t name : way.names) kept.names.emplace_back(line.values()[name].text());
  way.kept.insert_or_assign(hash_of_names(way, line), std::move(kept));
}

KeptRecords& kept_records(const Catalogue& catalogue) {
  static thread_local KeptRecords records;
  static thread_local std::uint64_t state = catalogue.state();
  if (state != catalogue.state()) {
    records = KeptRecords();
    state = catalogue.state();
  }
  return records;
}

}  // namespace usagectl
