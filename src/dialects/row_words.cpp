#include "dialects/row_words.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

using List = std::span<const std::string_view>;

constexpr std::size_t kLongestLabel = 32;

constexpr std::string_view kEnds[] = {
    "end",      "ended",     "ends",   "done",       "finish",   "finished", "final",
    "complete", "completed", "result", "results",    "stop",     "stopped",  "close",
    "closed",   "report",    "stats",  "statistics", "shutdown", "exit",     "summary"};
/// Of what may be at its end; "request" and "call" are none, as these are calls.
constexpr std::string_view kAroundEnds[] = {
    "run",          "session", "agent",   "task",      "job",     "workflow",   "loop",
    "conversation", "chat",    "process", "script",    "program", "pipeline",   "usage",
    "token",        "tokens",  "total",   "totals",    "all",     "the",        "of",
    "is",           "turn",    "turns",   "benchmark", "eval",    "evaluation", "experiment",
    "graph",        "crew",    "flow"};

struct StatisticWord {
  std::string_view word;
  Statistic statistic;
};
constexpr StatisticWord kStatistics[] = {{"average", Statistic::mean},
                                         {"avg", Statistic::mean},
                                         {"mean", Statistic::mean},
                                         {"averages", Statistic::mean},
                                         {"median", Statistic::middle},
                                         {"p50", Statistic::middle},
                                         {"p75", Statistic::middle},
                                         {"p90", Statistic::middle},
                                         {"p95", Statistic::middle},
                                         {"p99", Statistic::middle},
                                         {"std", Statistic::spread},
                                         {"deviation", Statistic::spread},
                                         {"stddev", Statistic::spread},
                                         {"stdev", Statistic::spread},
                                         {"max", Statistic::largest},
                                         {"maximum", Statistic::largest},
                                         {"min", Statistic::smallest},
                                         {"minimum", Statistic::smallest},
                                         {"limit", Statistic::limit},
                                         {"limits", Statistic::limit},
                                         {"budget", Statistic::limit},
                                         {"quota", Statistic::limit},
                                         {"remaining", Statistic::limit},
                                         {"diff", Statistic::difference},
                                         {"difference", Statistic::difference},
                                         {"delta", Statistic::difference},
                                         {"saved", Statistic::limit},
                                         {"savings", Statistic::limit},
                                         {"threshold", Statistic::limit}};
/// Not "p1", which may be the first of some people.
constexpr std::string_view kPercentiles[] = {"p25", "p50", "p75",   "p80", "p90",
                                             "p95", "p99", "p99.9", "p999"};
constexpr std::string_view kAroundStatistics[] = {
    "per",  "task", "tasks", "call",  "calls",   "request", "requests", "run",      "of",  "the",
    "all",  "row",  "rows",  "token", "tokens",  "usage",   "total",    "model",    "day", "sample",
    "rate", "each", "value", "daily", "monthly", "dev",     "standard", "deviation"};

bool is_in(std::string_view word, List list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether two letters stand next to each other at a place, whatever their case.
bool has_at(std::string_view text, std::size_t at, std::string_view two) {
  return lower(text[at]) == two[0] && lower(text[at + 1]) == two[1];
}

bool begins_with_any(std::string_view text, std::size_t at, List pairs) {
  return at + 1 < text.size() &&
         std::any_of(pairs.begin(), pairs.end(), [&](auto two) { return has_at(text, at, two); });
}

/// Where a label begins behind what marks it: "**Average**".
std::size_t first_letter(std::string_view text) {
  return std::min(text.find_first_not_of("*_ ("), text.size());
}

bool is_number(std::string_view word) {
  return !word.empty() && word.size() < 5 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "25%", "99.9%"
bool is_percentage(std::string_view name) {
  constexpr std::size_t kLongest = 6;
  return name.size() > 1 && name.size() <= kLongest && name.back() == '%' &&
         name.find_first_not_of("0123456789.") == name.size() - 1;
}

std::uint32_t number_of(std::string_view digits) {
  std::uint32_t number = 0;
  for (const char c : digits) number = number * 10 + static_cast<std::uint32_t>(c - '0');
  return number;
}

/// A month is of 30 days, as "last 30 days" and "this month" are one width here.
std::uint32_t hours_of_unit(std::string_view unit) {
  constexpr std::uint32_t kDay = 24;
  struct Unit {
    std::string_view name;
    std::uint32_t hours;
  };
  constexpr Unit kUnits[] = {{"h", 1},
                             {"hr", 1},
                             {"hrs", 1},
                             {"hour", 1},
                             {"hours", 1},
                             {"d", kDay},
                             {"day", kDay},
                             {"days", kDay},
                             {"w", 7 * kDay},
                             {"week", 7 * kDay},
                             {"weeks", 7 * kDay},
                             {"mo", 30 * kDay},
                             {"month", 30 * kDay},
                             {"months", 30 * kDay},
                             {"y", 365 * kDay},
                             {"year", 365 * kDay},
                             {"years", 365 * kDay}};
  const auto found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                  [&](const Unit& one) { return one.name == unit; });
  return found == std::end(kUnits) ? 0 : found->hours;
}

/// "last", "24" and "h" of "last24h".
std::vector<std::string> with_numbers_apart(const std::vector<std::string>& words) {
  std::vector<std::string> apart;
  for (const std::string& word : words) {
    for (std::size_t begin = 0; begin < word.size();) {
      const bool is_digits = word[begin] >= '0' && word[begin] <= '9';
      const auto end = is_digits ? word.find_first_not_of("0123456789", begin)
                                 : word.find_first_of("0123456789", begin);
      apart.push_back(word.substr(begin, end - begin));
      begin = std::min(end, word.size());
    }
  }
  return apart;
}

}  // namespace

bool is_called_end(std::string_view text) {
  if (text.size() < 3 || text.size() > kLongestLabel) return false;
  // Every text of a log is asked.
  constexpr std::string_view kBeginnings[] = {"en", "do", "fi", "co", "re",
                                              "st", "cl", "sh", "ex", "su"};
  bool may_be = false;
  for (std::size_t at = 0; !may_be && at < text.size(); ++at)
    may_be = begins_with_any(text, at, kBeginnings);
  if (!may_be) return false;
  bool any = false;
  for (const std::string& word : words_of(text)) {
    if (is_in(word, kEnds)) {
      any = true;
    } else if (!is_in(word, kAroundEnds)) {
      return false;
    }
  }
  return any;
}

bool says_so_far(std::string_view name) {
  constexpr std::array<std::string_view, 5> kParts = {"cum", "Cum", "unning", "far", "Far"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](auto part) { return name.find(part) != std::string_view::npos; }) &&
         names_running(name);
}

bool may_be_beside_average(std::string_view name) {
  return name == "count" || is_percentage(name) || is_in(name, kPercentiles);
}

Statistic statistic_called(std::string_view label) {
  // Every text of a table is asked.
  constexpr std::string_view kBeginnings[] = {"av", "me", "p5", "p7", "p9", "st", "ma",
                                              "mi", "li", "bu", "qu", "re", "di", "de",
                                              "sa", "th", "to", "da", "mo", "ra", "pe"};
  if (label.size() < 3 || label.size() > kLongestLabel ||
      label.find_first_of("-/:") != std::string_view::npos ||
      !begins_with_any(label, first_letter(label), kBeginnings))
    return Statistic::none;
  Statistic statistic = Statistic::none;
  for (const std::string& word : words_of(label)) {
    const auto known = std::find_if(std::begin(kStatistics), std::end(kStatistics),
                                    [&](const StatisticWord& one) { return one.word == word; });
    if (known == std::end(kStatistics)) {
      if (!is_in(word, kAroundStatistics)) return Statistic::none;
    } else if (statistic == Statistic::none) {
      statistic = known->statistic;
    }
  }
  return statistic;
}

std::uint32_t hours_of_window(std::string_view label) {
  const auto first = first_letter(label);
  if (first == label.size() || label.size() > kLongestLabel ||
      std::string_view("0123456789lptLPT").find(label[first]) == std::string_view::npos ||
      label.find_first_of("-/:.") != std::string_view::npos)
    return 0;
  std::vector<std::string> words = with_numbers_apart(words_of(label));
  if (!words.empty() && words.front() == "the") words.erase(words.begin());
  for (const std::string_view unsaid : {"usage", "tokens"}) {
    if (words.size() > 1 && words.back() == unsaid) words.pop_back();
  }
  if (words.size() == 1 && words[0] == "today") return hours_of_unit("day");
  if (words.size() == 2 && words[0] == "this") return hours_of_unit(words[1]);
  if (words.size() == 3 && (words[0] == "last" || words[0] == "past")) words.erase(words.begin());
  if (words.size() != 2 || !is_number(words[0])) return 0;
  return number_of(words[0]) * hours_of_unit(words[1]);
}

}  // namespace usagectl
