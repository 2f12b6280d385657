#include "formats/reading/named_place.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "dialects/row_words.hpp"
#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

using Words = std::vector<std::string>;

/// Who or what takes part may be called so: of a pair, of a red team, a step of the work.
constexpr std::array<std::string_view, 4> kParticipants = {"target", "left", "second", "schema"};
/// What is about usage, as a rule, and may be a step as well.
constexpr std::array<std::string_view, 15> kSteps = {
    "config", "configuration", "options", "settings", "pricing", "price",  "prices", "cost",
    "costs",  "share",         "window",  "speed",    "rate",    "budget", "budgets"};
/// The usage in them may be what was expected, and not what was used.
constexpr std::array<std::string_view, 8> kForecasts = {"forecast",  "expected",  "available",
                                                        "estimate",  "estimated", "projection",
                                                        "projected", "estimates"};
/// What has an aim or a limit beside it, and is no participant itself.
constexpr std::array<std::string_view, 20> kMeasured = {
    "actual",    "current", "used",   "usage",    "spent",    "consumed", "real",
    "result",    "results", "now",    "baseline", "measured", "observed", "requested",
    "allocated", "tokens",  "counts", "stats",    "metrics",  "limit"};
/// Beside such a word, a name is that of a participant: "target_model".
constexpr std::array<std::string_view, 12> kAgents = {"model",     "agent",     "llm",      "judge",
                                                      "player",    "assistant", "call",     "calls",
                                                      "responses", "step",      "response", "bot"};
/// What stands around usage in a name: "attacker_usage".
constexpr std::array<std::string_view, 8> kAroundUsage = {"usage",  "token", "tokens", "llm",
                                                          "counts", "stats", "model",  "total"};

template <typename List>
bool is_in(std::string_view word, const List& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

template <typename List>
bool any_in(const Words& words, const List& list) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return is_in(word, list); });
}

/// The name without those of its words that may be a participant's.
std::string rest_of(const Words& words) {
  std::string rest;
  for (const std::string& word : words) {
    if (is_in(word, kParticipants) || is_in(word, kSteps) || is_in(word, kForecasts)) continue;
    if (!rest.empty()) rest += '_';
    rest += word;
  }
  return rest;
}

/// An object that counts an input and an output in whole numbers, and says that they are tokens.
bool is_usage_object(const Json& value) {
  if (!value.is_object()) return false;
  bool has_input = false;
  bool has_output = false;
  bool says_tokens = false;
  value.each_member([&](std::string_view name, const Json& member) {
    if (!member.is_number()) return;
    const auto counter = counter_named(name);
    if (!counter || !read_count(member).count) return;
    has_input = has_input || counter->quantity == Quantity::input;
    has_output = has_output || counter->quantity == Quantity::output;
    says_tokens = says_tokens || counter->says_tokens || name.find("oken") != name.npos;
  });
  return has_input && has_output && says_tokens;
}

/// What an object says of a call beside its counts. Prices and settings are those of a model, too.
bool tells_a_call(const Json& object, bool by_model = true) {
  constexpr std::array<std::string_view, 5> kAnswered = {"response", "content", "messages",
                                                         "output_text", "completion"};
  bool tells = false;
  object.each_member([&](std::string_view name, const Json& member) {
    if (tells) return;
    const bool is_said = (member.is_text() && !member.text().empty()) || member.is_number();
    const std::string_view field = is_said ? field_named(name) : std::string_view();
    tells = (by_model && field == "model") || field == "id" || field == "time" ||
            (is_in(name, kAnswered) && !member.is_number() && !member.is_null());
  });
  return tells;
}

bool states_its_cost(const Json& object) {
  bool states = false;
  object.each_member([&](std::string_view name, const Json& member) {
    const Words words = words_of(name);
    constexpr std::array<std::string_view, 4> kMoney = {"cost", "costs", "usd", "price"};
    states = states || (member.is_number() && any_in(words, kMoney) && !counter_named(name));
  });
  return states;
}

/// Looks for calls in a value, as far as is worth it.
class CallSearch {
 public:
  void look(const Json& value, int depth = 0) {
    constexpr int kDeepest = 6;
    if (--left_ < 0 || depth > kDeepest || (has_usage_ && has_call_)) return;
    if (is_usage_object(value)) {
      has_call_ = has_call_ || tells_a_call(value);
      has_usage_ = has_usage_ || has_call_ || states_its_cost(value);
    }
    value.each_member([&](std::string_view name, const Json& member) {
      if (!member.is_object() && !member.is_array()) return;
      if (names_no_usage(name) || is_an_example(name)) return;
      if (speaks_of_tokens(name) && is_usage_object(member)) {
        has_usage_ = true;
        has_call_ = has_call_ || tells_a_call(value);
      }
      look(member, depth + 1);
    });
    value.each_item([&](std::size_t, const Json& item) {
      if (item.is_object() || item.is_array()) look(item, depth + 1);
    });
  }

  bool has_usage() const { return has_usage_; }
  bool has_call() const { return has_call_; }

 private:
  /// In a schema.
  static bool is_an_example(std::string_view name) {
    return name == "example" || name == "examples" || name == "default" || name == "properties";
  }

  int left_ = 256;  ///< objects and lists
  bool has_usage_ = false;
  bool has_call_ = false;
};

/// A usage object beside the one in question, under a name of its own.
bool has_participant_beside(const Json& around, std::string_view name) {
  bool any = false;
  around.each_member([&](std::string_view other, const Json& member) {
    if (any || other == name || !is_usage_object(member)) return;
    Words words = words_of(other);
    std::erase_if(words, [](const std::string& word) { return is_in(word, kAroundUsage); });
    any = !words.empty() && !any_in(words, kMeasured) && !names_no_usage(other) &&
          !names_span(other) && !names_total(other) && !names_running(other) &&
          !looks_like_data(other);
  });
  return any;
}

/// Something is counted right beside it that it may be the aim or the rest of.
bool has_measured_beside(const Json& around, std::string_view name) {
  bool any = false;
  around.each_member([&](std::string_view other, const Json& member) {
    if (any || other == name || !is_usage_object(member)) return;
    Words words = words_of(other);
    std::erase_if(words, [](const std::string& word) { return is_in(word, kAroundUsage); });
    any = words.empty() || any_in(words, kMeasured);
  });
  return any;
}

/// {"input_tokens": 3, "output_tokens": 15}: what a million of them costs.
bool may_be_price(const Json& value) {
  constexpr Count kDearest = 100;
  bool may_be = true;
  value.each_member([&](std::string_view, const Json& member) {
    may_be = may_be && (!member.is_number() || read_count(member).count.value_or(0) <= kDearest);
  });
  return may_be;
}

UsageIn usage_in_usage_object(const Json& around, std::string_view name, const Json& value,
                              const Words& words) {
  constexpr std::array<std::string_view, 2> kCost = {"cost", "costs"};
  const bool is_cost = any_in(words, kCost);
  if (is_cost && states_its_cost(value)) return UsageIn::likely;
  if (any_in(words, kParticipants) && any_in(words, kAgents)) return UsageIn::likely;
  const bool is_open_cost = is_cost && !may_be_price(value);
  if (has_measured_beside(around, name)) return is_open_cost ? UsageIn::unsaid : UsageIn::none;
  if (has_participant_beside(around, name))
    return any_in(words, kParticipants) ? UsageIn::likely : UsageIn::unsaid;
  return any_in(words, kParticipants) || is_open_cost ? UsageIn::unsaid : UsageIn::none;
}

/// "cost_summary", "cost_tracking": who reports costs counts tokens as well.
bool names_report_of_costs(const Words& words) {
  constexpr std::array<std::string_view, 2> kCost = {"cost", "costs"};
  constexpr std::array<std::string_view, 16> kReports = {
      "summary", "report",  "tracking", "tracker", "breakdown", "stats", "statistics", "info",
      "details", "metrics", "log",      "history", "analysis",  "data",  "total",      "usage"};
  return words.size() > 1 && any_in(words, kCost) &&
         std::all_of(words.begin(), words.end(), [&](const std::string& word) {
           return is_in(word, kCost) || is_in(word, kReports);
         });
}

/// Numbers that are called tokens, and are too large for prices.
bool counts_many_tokens(const Json& value, int depth = 0) {
  constexpr int kDeepest = 3;
  constexpr Count kDearest = 1000;
  bool any = false;
  value.each_member([&](std::string_view name, const Json& member) {
    if (any || names_no_usage(name)) return;
    if (member.is_object() && depth < kDeepest) any = counts_many_tokens(member, depth + 1);
    const auto counter = member.is_number() ? counter_named(name) : std::nullopt;
    any = any ||
          (counter && counter->says_tokens && read_count(member).count.value_or(0) >= kDearest);
  });
  return any;
}

/// {"max": …, "mean": …}: what was found out of many.
bool has_average_beside(const Json& around) {
  constexpr std::array<std::string_view, 6> kAverages = {"mean",   "average", "avg",
                                                         "median", "std",     "p50"};
  return std::any_of(kAverages.begin(), kAverages.end(),
                     [&](std::string_view name) { return around[name].is_object(); });
}

}  // namespace

UsageIn usage_in(const Json& around, std::string_view name, const Json& value) {
  if (may_be_beside_average(name) && has_average_beside(around)) return UsageIn::none;
  if (!names_no_usage(name)) return UsageIn::likely;
  const Words words = words_of(name);
  if (names_report_of_costs(words) && counts_many_tokens(value)) return UsageIn::likely;
  const bool may_be = !names_no_usage(rest_of(words));
  if (may_be && is_usage_object(value) && !tells_a_call(value, any_in(words, kParticipants)))
    return usage_in_usage_object(around, name, value, words);
  CallSearch calls;
  calls.look(value);
  if (!calls.has_usage()) return UsageIn::none;
  if (may_be && (calls.has_call() || !any_in(words, kForecasts))) return UsageIn::likely;
  const bool is_open = may_be || calls.has_call() || name == "max" || name == "min";
  return is_open && !has_average_beside(around) ? UsageIn::unsaid : UsageIn::none;
}

}  // namespace usagectl
