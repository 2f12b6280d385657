#include "formats/lines/written_lines.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "formats/reading/key_paths.hpp"

namespace usagectl {
namespace {

/// A longer line is none of counts, and its texts are not to be held twice.
constexpr std::size_t kLongest = std::size_t{64} * 1024;
constexpr std::size_t kMostInVain = 256;

/// What is known of an object without its text is that it is there.
bool is_readable(const LineMember& member) {
  const bool may_be_cost = member.named.may_name_cost || member.use.may_be_cost;
  return member.kind != JsonKind::list && !(member.kind == JsonKind::object && may_be_cost);
}

/// The usage object: a plain line has no other.
Json only_object_in(const Json& line) {
  Json object;
  line.each_member([&](std::string_view, const Json& value) {
    if (value.is_object()) object = value;
  });
  return object;
}

/// Whether its value is looked at, or that it is there, which a line cannot lack.
bool is_read_of_line(const LineMember& member) {
  const MemberName& named = member.named;
  return member.kind == JsonKind::text || member.kind == JsonKind::object || named.says_calls ||
         named.is_total_key || named.is_flag_of_sum || named.may_name_cost || named.sibling ||
         named.field != LineField::none;
}

/// The next value of a member that is not null; nullptr where there is none, or a name is more than
/// plain.
const char* next_value(const char* at, const char* end) {
  while (at != nullptr && at < end) {
    if (*at != '"') {
      ++at;
      continue;
    }
    at = end_of_plain_string(at + 1, end);
    if (at == nullptr) return nullptr;
    ++at;
    while (at < end && (*at == ':' || *at == ' ')) ++at;
    if (at < end && *at != 'n') return at;
  }
  return nullptr;
}

/// Which of the keys are numbers, in the order of key_paths.
void find_numbers(const Json& object, std::size_t& key, std::vector<std::size_t>& numbers) {
  object.each_member([&](std::string_view, const Json& value) {
    if (value.is_object() && value.size() > 0) {
      find_numbers(value, key, numbers);
      return;
    }
    if (value.is_number()) numbers.push_back(key);
    ++key;
  });
}

}  // namespace

WrittenLines::Step WrittenLines::find(Step behind, std::string_view text, JsonKind kind,
                                      bool is_end) const {
  for (Step step = first_way(behind); step != kNone; step = steps_[step].other) {
    const Written& known = steps_[step];
    if (known.is_end == is_end && known.kind == kind && text_of(known) == text) return step;
  }
  return kNone;
}

/// Returns the step that is known already, or a new one; kNone where there are too many.
WrittenLines::Step WrittenLines::add(Step behind, std::string_view text, const LineMember& member,
                                     bool is_end) {
  const JsonKind kind = is_end ? JsonKind::null : member.kind;
  if (const Step known = find(behind, text, kind, is_end)) return known;
  const auto step = static_cast<Step>(steps_.size());
  int ways = 1;
  Step* place = behind == kNone ? &first_ : &steps_[behind].next;
  for (; *place != kNone; place = &steps_[*place].other) ++ways;
  if (ways > kMostWays || steps_.size() >= kMostSteps) return kNone;
  *place = step;
  const bool is_key = !member.is_of_line && member.kind == JsonKind::number;
  const bool is_read =
      member.is_used || member.is_id || is_key || (member.is_of_line && is_read_of_line(member));
  const std::size_t end_of_texts = texts_.size() - kReadableBehind;
  steps_.push_back({static_cast<std::uint32_t>(end_of_texts),
                    static_cast<std::uint32_t>(text.size()), kNone, kNone, kind, is_end, is_read});
  members_.push_back(member);
  wholes_.emplace_back();
  texts_.insert(end_of_texts, text);
  return step;
}

void WrittenLines::learn(std::string_view text, const Json& line, std::size_t names,
                         const LineShapes& shapes) {
  // Where no line is plain, nothing is to be learned of the next one either.
  if (in_vain_ >= kMostInVain) return;
  ++in_vain_;
  const std::vector<LineMember> members = shapes.members_of(line);
  if (members.empty() || !std::all_of(members.begin(), members.end(), is_readable)) return;
  // However far the line is learned, and one more that is not kept.
  if (values_.size() <= members.size()) values_.resize(members.size() + 1);
  const char* const end = text.data() + text.size();
  const char* behind = text.data();  // the value before
  const char* at = behind;
  Step step = kNone;
  for (const LineMember& member : members) {
    at = next_value(at, end);
    if (at == nullptr) return;
    const char* value_end = nullptr;
    switch (member.kind) {
      case JsonKind::text: value_end = end_of_plain_string(++at, end); break;
      case JsonKind::number: value_end = written_number(at, end).end; break;
      case JsonKind::boolean: value_end = end_of_boolean(at, end); break;
      case JsonKind::object: value_end = ++at; break;
      case JsonKind::list:
      case JsonKind::null: break;
    }
    if (value_end == nullptr) return;
    step = add(step, {behind, static_cast<std::size_t>(at - behind)}, member, false);
    if (step == kNone) return;
    behind = value_end;
    at = member.kind == JsonKind::text ? value_end + 1 : value_end;
  }
  const std::string_view rest(behind, static_cast<std::size_t>(end - behind));
  if (find(step, rest, JsonKind::null, true) != kNone) return;
  step = add(step, rest, {}, true);
  if (step == kNone) return;
  in_vain_ = 0;
  const Json usage = only_object_in(line);
  wholes_[step] = {names, key_paths(usage), {}};
  std::size_t key = 0;
  find_numbers(usage, key, wholes_[step].numbers);
}

inline const char* WrittenLines::match_value(Step step, const char* at, const char* end,
                                             Value*& next) const {
  const Written& written = steps_[step];
  Value& value = *next;
  value.step = step;
  value.begin = at;
  value.end = nullptr;
  value.is_whole = false;
  switch (written.kind) {
    case JsonKind::text: value.end = end_of_plain_string(at, end); break;
    case JsonKind::number: {
      const WrittenNumber number = written_number(at, end);
      value.end = number.end;
      value.is_whole = number.is_whole;
      value.whole = number.whole;
      break;
    }
    case JsonKind::boolean: value.end = end_of_boolean(at, end); break;
    case JsonKind::object: value.end = at; break;
    case JsonKind::list:
    case JsonKind::null: break;
  }
  const char* const value_end = value.end;
  if (value_end != nullptr && written.is_read) ++next;
  return value_end;
}

bool WrittenLines::match(std::string_view text) {
  if (first_ == kNone || text.size() > kLongest) return false;
  Value* next = values_.data();
  const char* at = text.data();
  const char* const end = at + text.size();
  Step step = first_;
  while (step != kNone) {
    const Written& written = steps_[step];
    const char* value_end = nullptr;
    if (static_cast<std::size_t>(end - at) >= written.text_size &&
        are_same_bytes(at, texts_.data() + written.text, written.text_size)) {
      at += written.text_size;
      if (written.is_end && at == end) {
        end_ = step;
        number_of_values_ = static_cast<std::size_t>(next - values_.data());
        return true;
      }
      value_end = match_value(step, at, end, next);
      if (value_end == nullptr) at -= written.text_size;
    }
    if (value_end == nullptr) {
      step = written.other;
    } else {
      at = value_end;
      step = written.next;
    }
  }
  return false;
}

double WrittenLines::real_of(const Value& number) {
  if (number.is_whole) return static_cast<double>(number.whole);
  double real = 0;
  std::from_chars(number.begin, number.end, real);
  return real;
}

void WrittenLines::write_tape() {
  tape_.clear();
  strings_.clear();
  places_.clear();
  const auto write = [&](TapePlace::Type type, std::uint64_t rest = 0) {
    tape_.push_back(static_cast<std::uint64_t>(static_cast<std::uint8_t>(type)) << 56U | rest);
  };
  const auto write_number = [&](TapePlace::Type type, const auto& number) {
    write(type);
    std::memcpy(&tape_.emplace_back(), &number, sizeof number);
  };
  for (const Value& value : values()) {
    places_.push_back(tape_.size());
    switch (members_[value.step].kind) {
      case JsonKind::text: {
        const std::string_view text = value.text();
        const auto size = static_cast<std::uint32_t>(text.size());
        const std::size_t at = strings_.size();
        strings_.resize(at + sizeof size + size);
        std::memcpy(strings_.data() + at, &size, sizeof size);
        std::memcpy(strings_.data() + at + sizeof size, text.data(), size);
        write(TapePlace::string, at);
        break;
      }
      case JsonKind::number:
        if (value.is_whole)
          write_number(TapePlace::signed_number, value.whole);
        else
          write_number(TapePlace::real_number, real_of(value));
        break;
      case JsonKind::boolean:
        write(*value.begin == 't' ? TapePlace::true_value : TapePlace::false_value);
        break;
      case JsonKind::object:
        write(TapePlace::object, tape_.size() + 2);
        tape_.push_back(0);  // in the place of its members and its end
        break;
      case JsonKind::list:
      case JsonKind::null: break;
    }
  }
}

bool WrittenLines::take(PlainLine& plain) {
  write_tape();
  plain.values.begin();
  plain.about.clear();
  plain.usage = Json();
  Json named_id;
  for (std::size_t i = 0; i < number_of_values_; ++i) {
    const LineMember& member = member_of(values_[i]);
    const Json value(TapePlace(tape_.data(), strings_.data(), places_[i]));
    if (member.is_of_line) describe(member.named, member.name, value, plain.about);
    if (member.is_id && !named_id.present()) named_id = value;
    if (!member.is_used) continue;
    const CountReading count = member.kind == JsonKind::number ? read_count(value) : CountReading();
    // What may be a counter is told with the names around it.
    const UnknownKey unknown = member.use.unknown;
    if (unknown != UnknownKey::no_counter && unknown != UnknownKey::calls &&
        count.count != Count(0))
      return false;
    if (count.count && member.use.is_count_alone()) {
      plain.values.take_count(member.use, *count.count);
    } else {
      plain.values.take(member.use, member.name, value, nullptr);
    }
  }
  plain.about.id_is_vague = is_vague_id(plain.about.id, named_id.text());
  return plain.values.are_all_counts();
}

std::optional<Count> WrittenLines::count_of(const Value& number) {
  if (number.is_whole) return number.whole < 0 ? std::nullopt : std::optional(number.whole);
  const double real = real_of(number);
  std::array<std::uint64_t, 2> tape = {std::uint64_t{TapePlace::real_number} << 56U, 0};
  std::memcpy(&tape[1], &real, sizeof real);
  return read_count(Json(TapePlace(tape.data(), nullptr, 0))).count;
}

std::vector<KeySeen> WrittenLines::keys() const {
  const Whole& whole = wholes_[end_];
  std::vector<KeySeen> keys = whole.keys;
  auto number = whole.numbers.begin();
  for (const Value& value : values()) {
    const LineMember& member = member_of(value);
    if (!member.is_of_line && member.kind == JsonKind::number)
      keys[*number++].count = count_of(value);
  }
  return keys;
}

WrittenLines& lines_written_so(const Catalogue& catalogue) {
  static thread_local WrittenLines lines;
  static thread_local std::uint64_t state = catalogue.state();
  if (state != catalogue.state()) {
    lines = WrittenLines();
    state = catalogue.state();
  }
  return lines;
}

}  // namespace usagectl
