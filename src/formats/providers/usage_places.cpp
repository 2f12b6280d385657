#include "formats/providers/usage_places.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "dialects/recognise.hpp"
#include "dialects/usage_reading.hpp"
#include "dialects/usage_words.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/providers/answer_places.hpp"
#include "formats/providers/event_kind.hpp"
#include "formats/reading/choices_of_call.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/named_place.hpp"
#include "formats/reading/participants.hpp"
#include "formats/reading/usage_object.hpp"
#include "formats/reading/usage_parts.hpp"
#include "model/place.hpp"
#include "model/tally.hpp"

namespace usagectl {
namespace {

constexpr std::array kInAndOut = {Counter::input, Counter::output};

/// Calls visit(place, pointer) for what stands at a path: one place, or one for each item of a list
/// that it leads through.
void follow(const Json& place, std::string_view path, const std::string& pointer,
            const std::function<void(const Json&, const std::string&)>& visit) {
  if (!place.present()) return;
  if (path.empty()) {
    visit(place, pointer);
    return;
  }
  const auto end = std::min(path.find('/'), path.size());
  const std::string_view name = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  if (name == kEachItem) {
    place.each_item([&](std::size_t index, const Json& item) {
      follow(item, path, pointer_to(pointer, index), visit);
    });
  } else if (name == "0") {
    follow(place.item(0), path, pointer_to(pointer, 0), visit);
  } else {
    follow(place[name], path, pointer_to(pointer, name), visit);
  }
}

bool is_one_of(std::string_view word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The calls that a usage object lists of itself, as the one dialect that does has it.
struct ListedCalls {
  std::optional<UsageValues> sum;  ///< of those that it adds up
  std::vector<CallBeside> beside;  ///< that it leaves out
};

ListedCalls listed_calls(const Catalogue& catalogue, const Json& usage) {
  ListedCalls listed;
  for (const Dialect& dialect : catalogue.dialects()) {
    const PartsList& breakdown = dialect.breakdown;
    if (breakdown.list.empty() || !usage[breakdown.list].is_array()) continue;
    bool is_sum = true;
    usage[breakdown.list].each_item([&](std::size_t index, const Json& item) {
      const std::string_view type = item["type"].text();
      is_sum = is_sum && !is_one_of(type, breakdown.unless);
      if (is_one_of(type, breakdown.beside)) {
        listed.beside.push_back({UsageValues(catalogue, item),
                                 pointer_to(pointer_to({}, breakdown.list), index),
                                 std::string(type)});
      }
      if (!is_one_of(type, breakdown.types)) return;
      UsageValues part(catalogue, item);
      if (listed.sum) {
        is_sum = listed.sum->add(part) && is_sum;
      } else {
        listed.sum = std::move(part);
      }
    });
    if (!is_sum) listed.sum.reset();
    return listed;
  }
  return listed;
}

/// An object around usage objects, described once for all that stand in it.
struct Around {
  Json object;
  std::optional<Surroundings> about;

  const Surroundings& described(const Catalogue& catalogue) {
    if (!about) describe(catalogue, object, about.emplace());
    return *about;
  }
};

/// What the object says goes before what is said around it, but for the number of calls.
void add_around(const Surroundings& around, Surroundings& about) {
  about.complete_with(around);
  if (around.sums.calls) about.sums.calls = around.sums.calls;
  about.sums.has_total_keys = about.sums.has_total_keys || around.sums.has_total_keys;
  about.sums.is_named_so = about.sums.is_named_so || around.sums.is_named_so;
  about.sums.is_called_so = about.sums.is_called_so || around.sums.is_called_so;
  if (about.sums.statistic == Statistic::none) about.sums.statistic = around.sums.statistic;
  if (about.sums.window_hours == 0) about.sums.window_hours = around.sums.window_hours;
  about.sums.is_called_end = about.sums.is_called_end || around.sums.is_called_end;
  about.sums.is_so_far = about.sums.is_so_far || around.sums.is_so_far;
}

/// What was answered to the question how long a prompt is: {"response": {"totalTokens": 100}}.
bool is_count_of_prompt(std::string_view key, const Json& value) {
  constexpr std::array<std::string_view, 5> kAnswers = {"response", "result", "body", "data",
                                                        "output"};
  return std::find(kAnswers.begin(), kAnswers.end(), key) != kAnswers.end() &&
         kind_of(value) == EventKind::no_call;
}

/// Takes what a search finds; false ends the search.
using TakeFound = std::function<bool(FoundUsage&&)>;

/// Holds the first of the usage objects in an object back until it is known whether it is the only
/// one.
struct HeldBack {
  const TakeFound& take;
  std::optional<FoundUsage> first = {};
  bool is_any_taken = false;

  bool add(FoundUsage&& usage) {
    if (!first && !is_any_taken) {
      first = std::move(usage);
      return true;
    }
    return release() && take(std::move(usage));
  }
  bool release() {
    if (!first) return true;
    is_any_taken = true;
    FoundUsage usage = std::move(*first);
    first.reset();
    return take(std::move(usage));
  }
};

/// {"tokens": {"input_tokens": 3}} is no usage object of a dialect that has such a member, unless
/// all else of that dialect is there: the counts inside may be one of their own.
bool are_better_inside(const Catalogue& catalogue, const FoundUsage& usage) {
  const auto& slots = usage.values.slots();
  const bool are_inside = std::all_of(slots.begin(), slots.end(), [&](const auto& slot) {
    return catalogue.path_of(slot.key).find('/') != std::string_view::npos;
  });
  return are_inside &&
         !read_usage(catalogue, usage.values, usage.about.envelope(usage.pointer)).countable();
}

/// False where the search was ended. What may be usage as well, and is not looked into, is noted.
bool search(const Catalogue& catalogue, const Json& value, Around* around,
            const std::string& pointer, std::string_view key, bool& any_unsaid,
            const TakeFound& take) {
  bool goes_on = true;
  if (value.is_object()) {
    if (is_count_of_prompt(key, value)) return true;
    // The sum of a client session, whatever file it got into: not the usage of a call.
    const bool is_session_sum =
        value.has("per_request_details") || (value.has("requests") && value.has("completions"));
    UsageValues values(catalogue, value);
    if (!is_session_sum && counts_tokens_of_usage(catalogue, value, values, key)) {
      FoundUsage usage{std::move(values), pointer, {}};
      if (around != nullptr) {
        describe(catalogue, value, usage.about);
        add_around(around->described(catalogue), usage.about);
      }
      if (!are_better_inside(catalogue, usage)) return take(std::move(usage));
    }
    Around here{value, {}};
    HeldBack held{take};
    const TakeFound take_inside = [&held](FoundUsage&& usage) {
      return held.add(std::move(usage));
    };
    value.each_member([&](std::string_view name, const Json& member) {
      if (!goes_on || (!member.is_object() && !member.is_array())) return;
      if (const UsagePart* part = usage_part(name);
          part != nullptr && !part->is_inside_usage && value["usage"].is_object())
        return;
      const UsageIn usage = usage_in(value, name, member);
      any_unsaid = any_unsaid || usage == UsageIn::unsaid;
      if (usage != UsageIn::likely ||
          (names_average(name) && holds_counts_alone(catalogue, UsageValues(catalogue, member))))
        return;
      goes_on = search(catalogue, member, &here, pointer_to(pointer, name), name, any_unsaid,
                       take_inside);
    });
    // What stands beside the only usage object in it is its cost; beside several it is that of all.
    if (held.first && held.first->about.cost.empty() &&
        held.first->pointer.find('/', pointer.size() + 1) == std::string::npos)
      held.first->about.cost = here.described(catalogue).cost;
    goes_on = held.release() && goes_on;
  } else {
    const bool is_answer = choices_of_one_call(key, value) == Choices::yes;
    value.each_item([&](std::size_t index, const Json& item) {
      if (goes_on && (item.is_object() || item.is_array()) && !(is_answer && index > 0))
        goes_on =
            search(catalogue, item, around, pointer_to(pointer, index), key, any_unsaid, take);
    });
  }
  return goes_on;
}

bool search(const Catalogue& catalogue, const Json& value, const TakeFound& take) {
  bool any_unsaid = false;
  return search(catalogue, value, nullptr, {}, {}, any_unsaid, take);
}

/// {"usage": {…}, "cumulative": {…}}: what was used so far is none of the call beside it.
bool is_called_running(const FoundUsage& usage) {
  return names_running(usage.pointer.substr(usage.pointer.rfind('/') + 1));
}

/// Of a dialect that reports sums apart from each other.
bool is_sum_apart(const Catalogue& catalogue, const FoundUsage& usage) {
  const auto candidates = recognise(catalogue, usage.values, usage.about.envelope(usage.pointer));
  return candidates.size() == 1 && catalogue.dialects()[candidates.front()].role == Role::aggregate;
}

/// The name of the member of the document in which usage stands; empty where it is further inside.
std::string_view member_of(std::string_view pointer) {
  for (const std::string_view inside : {"/usage", "/token_usage", "/tokens"}) {
    if (pointer.size() > inside.size() && pointer.ends_with(inside))
      pointer.remove_suffix(inside.size());
  }
  const bool is_member = pointer.starts_with('/') && pointer.find('/', 1) == std::string_view::npos;
  return is_member ? pointer.substr(1) : std::string_view();
}

/// Whether one of the counts is the sum of all others.
bool is_sum_of_others(const std::vector<Counts>& counts, std::size_t one) {
  Tally others;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (i != one) others.add(counts[i]);
  }
  return std::all_of(kInAndOut.begin(), kInAndOut.end(), [&](Counter counter) {
    return counts[one][counter].value_or(0) == others.sum_of(counter).value_or(0);
  });
}

void take_parts(const Catalogue& catalogue, const Json& body, UsagePlaces& places) {
  const auto count = [&](const Json& value, std::string_view rule) {
    if (!value.is_object() && !value.is_array()) return;
    std::uint64_t inside = 0;
    search(catalogue, value, [&](FoundUsage&&) { return ++inside > 0; });
    if (inside > 0) places.parts.emplace_back(rule, inside);
  };
  for (const std::string_view holder : {"", "response", "message"}) {
    const Json response = holder.empty() ? body : body[holder];
    if (!response.is_object()) continue;
    for (const UsagePart& part : usage_parts()) {
      if (part.is_a_list_of_counts) continue;
      const bool is_what_counts =
          places.found.front().pointer == pointer_to({}, part.name) ||
          places.found.front().pointer == pointer_to(pointer_to({}, holder), part.name);
      if (is_what_counts) continue;
      count(part.is_inside_usage ? response["usage"][part.name] : response[part.name], part.rule);
    }
  }
}

}  // namespace

UsagePlaces find_usage(const Catalogue& catalogue, const Json& body) {
  UsagePlaces places;
  const bool is_delta = body["type"].text() == "message_delta";
  const auto look_at = [&](const AnswerPlace& answer_place, const Json& place,
                           const std::string& pointer) {
    if (!place.is_object()) return;
    if (!answer_place.item_has.empty() && !place.has(answer_place.item_has)) return;
    UsageValues values(catalogue, place);
    // An old message_delta tells its output alone, which no vocabulary allows elsewhere.
    if (!is_usage(catalogue, values) && !(is_delta && !values.slots().empty())) {
      places.unknown_vocabulary =
          places.unknown_vocabulary || (answer_place.path == "usage" && !values.slots().empty());
      return;
    }
    if (answer_place.is_summed && places.found.size() == 1) {
      static_cast<void>(places.found.front().values.add(values));
      ++places.found.front().objects;
      return;
    }
    FoundUsage usage{std::move(values), pointer, {}};
    if (answer_place.standing == Standing::vague && are_better_inside(catalogue, usage)) return;
    FoundUsage& found = places.found.emplace_back(std::move(usage));
    ListedCalls listed = listed_calls(catalogue, place);
    found.breakdown = std::move(listed.sum);
    found.beside = std::move(listed.beside);
    found.is_of_the_host = answer_place.is_of_the_host;
    place.each_member([&](std::string_view name, const Json& value) {
      if (says_calls(name)) found.about.sums.calls = read_count(value).count;
    });
  };
  const auto look = [&](const AnswerPlace& answer_place) {
    follow(body, answer_place.path, {}, [&](const Json& place, const std::string& pointer) {
      look_at(answer_place, place, pointer);
    });
  };
  for (const AnswerPlace& place : answer_places()) {
    if (place.standing == Standing::documented) look(place);
  }
  if (places.found.empty()) {
    UsageValues values(catalogue, body);
    if (is_usage_itself(catalogue, body, values))
      places.found.push_back({std::move(values), {}, {}});
  }
  for (const AnswerPlace& place : answer_places()) {
    if (!places.found.empty()) break;
    if (place.standing == Standing::vague) look(place);
  }
  if (!places.found.empty()) take_parts(catalogue, body, places);
  return places;
}

std::vector<FoundUsage> search_usage(const Catalogue& catalogue, const Json& body) {
  bool any_unsaid = false;
  return search_usage(catalogue, body, any_unsaid);
}

std::vector<FoundUsage> search_usage(const Catalogue& catalogue, const Json& body,
                                     bool& any_unsaid) {
  std::vector<FoundUsage> found;
  search(catalogue, body, nullptr, {}, {}, any_unsaid, [&](FoundUsage&& usage) {
    found.push_back(std::move(usage));
    return true;
  });
  if (found.size() > 1 && !std::all_of(found.begin(), found.end(), is_called_running))
    std::erase_if(found, is_called_running);
  return found;
}

bool any_usage(const Catalogue& catalogue, const Json& body) {
  return !search(catalogue, body, [](FoundUsage&&) { return false; });
}

bool holds_countable_usage(const Catalogue& catalogue, const Json& body) {
  struct Seen {
    std::uint64_t usages = 0;
    bool are_sums = true;
    bool is_countable() const { return usages == 1 || (usages > 1 && are_sums); }
  };
  Seen running;
  Seen others;
  search(catalogue, body, [&](FoundUsage&& usage) {
    Seen& seen = is_called_running(usage) ? running : others;
    ++seen.usages;
    seen.are_sums = seen.are_sums && is_sum_apart(catalogue, usage);
    return others.usages < 2 || others.are_sums;
  });
  return others.usages > 0 ? others.is_countable() : running.is_countable();
}

bool is_countable(const Catalogue& catalogue, const std::vector<FoundUsage>& found) {
  if (found.size() < 2) return found.size() == 1;
  return std::all_of(found.begin(), found.end(),
                     [&](const FoundUsage& usage) { return is_sum_apart(catalogue, usage); });
}

bool take_participants(const Catalogue& catalogue, std::vector<FoundUsage>& found) {
  std::vector<Counts> counts;
  std::optional<std::size_t> total;
  std::size_t participants = 0;
  std::size_t models = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::string_view name = member_of(found[i].pointer);
    const UsageReading reading =
        read_usage(catalogue, found[i].values, found[i].about.envelope(found[i].pointer));
    if (!reading.countable()) return false;
    counts.push_back(completed(reading.counts, reading.given));
    if (is_called_participant(name)) {
      ++participants;
    } else if (is_called_model(name)) {
      ++models;
    } else if (!total && is_called_total(name)) {
      total = i;
    } else {
      return false;
    }
  }
  if (participants == 0 || models > 1 || participants + models < 2) return false;
  for (std::size_t i = 0; counts.size() > 2 && i < counts.size(); ++i) {
    const bool is_sum = has_tokens(counts[i]) && is_sum_of_others(counts, i);
    if (is_sum != (total == i)) return false;
  }
  if (total) found.erase(found.begin() + static_cast<std::ptrdiff_t>(*total));
  return true;
}

Surroundings surroundings_of(const Catalogue& catalogue, const Json& body) {
  Surroundings about;
  // The response inside an event knows more about the call than the event around it.
  for (const std::string_view name : {"response", "message", "interaction"}) {
    const Json inner = body[name];
    if (!inner.is_object()) continue;
    describe(catalogue, inner, about);
    if (about.tier.empty()) about.tier = tier_of_usage(inner["usage"]);
  }
  describe(catalogue, body, about);
  if (about.tier.empty()) about.tier = tier_of_usage(body["usage"]);
  // A message of somebody's own may hold both the usage and what it cost in its metadata.
  if (const Json metadata = body["metadata"]; metadata["usage"].is_object()) {
    Surroundings inner;
    describe(catalogue, metadata, inner);
    if (about.model.empty()) about.model = inner.model;
    if (about.cost.empty()) about.cost = inner.cost;
  }
  about.id_is_vague = is_of_own_making(body) && is_vague_id(about.id, body["id"].text());
  return about;
}

}  // namespace usagectl
