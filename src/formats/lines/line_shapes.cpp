#include "formats/lines/line_shapes.hpp"

#include <utility>

namespace usagectl {
namespace {

bool is_used(const UsageValues::MemberUse& use) {
  return use.key || use.may_be_cost || use.unknown != UnknownKey::no_counter;
}

}  // namespace

const LineShapes::Member* LineShapes::find(State state, std::string_view name,
                                           JsonKind kind) const {
  for (const Member& member : states_[state].known) {
    if (member.kind == kind && member.name == name) return &member;
  }
  return nullptr;
}

LineShapes::State LineShapes::add_member(State state, Member&& member) {
  member.next = static_cast<State>(states_.size());
  states_.emplace_back();
  return states_[state].known.emplace_back(std::move(member)).next;
}

bool LineShapes::learn_members(const Catalogue& catalogue, const Json& object, const Inside& inside,
                               State& state) {
  bool is_learned = true;
  object.each_member([&](std::string_view name, const Json& value) {
    const JsonKind kind = value.kind();
    is_learned = is_learned && states_.size() < kMostStates && kind != JsonKind::list &&
                 !(of_ == Of::rows && kind == JsonKind::object);
    if (!is_learned) return;
    Member member;
    member.name = name;
    member.kind = kind;
    member.around = inside.around;
    // The tier of service is the call's, wherever it stands.
    const bool is_tier = line_field(name) == LineField::tier;
    member.is_of_line = is_tier || is_of_line(inside.is_usage);
    if (is_tier)
      member.named.field = LineField::tier;
    else if (member.is_of_line)
      member.named = member_named(catalogue, name);
    if (inside.is_read) member.use = UsageValues::use_of(inside.node, name, kind, inside.around);
    member.is_used = is_used(member.use);
    member.is_id = member.is_of_line && name == "id";
    // A row that leaves its number of calls open does not say what one without it says.
    // Nor does a row that is below no other one.
    is_learned = kind != JsonKind::null || !(member.named.says_calls || member.named.is_total_key ||
                                             member.named.field == LineField::above);
    const UsageValues::MemberUse use = member.use;
    const Member* const known = find(state, name, kind);
    state = known != nullptr ? known->next : add_member(state, std::move(member));
    if (kind != JsonKind::object || !is_learned) return;
    Inside next{true, true, &catalogue.keys(), nullptr};
    if (inside.is_usage) {
      next.is_read = use.inside != nullptr || use.holds_parts;
      next.node = use.inside;
      next.around = &arounds_.emplace_back(
          UsageValues::Around{names_around_.emplace_back(name), inside.around, false});
    }
    is_learned = learn_members(catalogue, value, next, state);
  });
  if (!is_learned) return false;
  if (states_[state].after_object == kNone) {
    const auto after = static_cast<State>(states_.size());
    states_.emplace_back();
    states_[state].after_object = after;
  }
  state = states_[state].after_object;
  return true;
}

void LineShapes::learn(const Catalogue& catalogue, const Json& line, const PlainLine& read) {
  if (!read.values.are_all_counts()) return;
  State state = 1;
  Inside inside;
  if (of_ == Of::rows) inside = {true, true, &catalogue.keys(), nullptr};
  if (learn_members(catalogue, line, inside, state)) states_[state].ends_line = true;
}

bool LineShapes::follow(const Json& object, bool is_usage, State& state, PlainLine& plain,
                        Json& named_id) const {
  bool fits = true;
  object.each_member([&](std::string_view name, const Json& value) {
    if (!fits) return;
    const JsonKind kind = value.kind();
    const Member* const member = find(state, name, kind);
    if (member == nullptr) {
      fits = false;
      return;
    }
    state = member->next;
    if (member->is_of_line) describe(member->named, name, value, plain.about);
    if (member->is_id && !named_id.present()) named_id = value;
    if (member->is_used) plain.values.take(member->use, name, value, member->around);
    if (kind != JsonKind::object) return;
    if (!is_usage) plain.usage = value;
    fits = follow(value, true, state, plain, named_id);
  });
  state = fits ? states_[state].after_object : kNone;
  return state != kNone;
}

bool LineShapes::read(const Json& line, PlainLine& plain) const {
  if (states_[1].known.empty()) return false;
  plain.values.begin();
  plain.about.clear();
  plain.usage = line;
  State state = 1;
  Json named_id;
  if (!follow(line, of_ == Of::rows, state, plain, named_id) || !states_[state].ends_line)
    return false;
  plain.values.finish(plain.usage);
  plain.about.id_is_vague = is_vague_id(plain.about.id, named_id.text());
  return plain.values.are_all_counts();
}

bool LineShapes::list_members(const Json& object, State& state,
                              std::vector<LineMember>& members) const {
  bool fits = true;
  object.each_member([&](std::string_view name, const Json& value) {
    const Member* const member = fits ? find(state, name, value.kind()) : nullptr;
    fits = member != nullptr;
    if (!fits) return;
    state = member->next;
    if (member->kind != JsonKind::null) members.push_back(*member);
    if (member->kind == JsonKind::object) fits = list_members(value, state, members);
  });
  state = fits ? states_[state].after_object : kNone;
  return state != kNone;
}

std::vector<LineMember> LineShapes::members_of(const Json& line) const {
  std::vector<LineMember> members;
  State state = 1;
  if (!list_members(line, state, members) || !states_[state].ends_line) return {};
  return members;
}

LineShapes& shapes_of_lines(const Catalogue& catalogue) {
  static thread_local LineShapes shapes(LineShapes::Of::lines);
  static thread_local std::uint64_t state = catalogue.state();
  if (state != catalogue.state()) {
    shapes = LineShapes(LineShapes::Of::lines);
    state = catalogue.state();
  }
  return shapes;
}

}  // namespace usagectl
