#include "dialects/usage_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "dialects/field_names.hpp"

namespace usagectl {
namespace {

using Words = std::vector<std::string>;
using List = std::span<const std::string_view>;

bool is_in(std::string_view word, List list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}
bool any_in(const Words& words, List list) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return is_in(word, list); });
}
constexpr std::string_view kTokens[] = {"token", "tokens", "tok", "toks"};
constexpr std::string_view kInput[] = {"input", "prompt", "in", "sent"};
constexpr std::string_view kOutput[] = {"output",    "completion", "out",
                                        "generated", "received",   "candidates"};
/// Beside a word for tokens alone: a request_count counts requests.
constexpr std::string_view kInputOfTokens[] = {"request", "query", "question", "context"};
constexpr std::string_view kOutputOfTokens[] = {"response",  "answer", "reply", "generation",
                                                "candidate", "comp",   "compl", "gen"};
/// Counted as things as well: "prompt_number" is no number of tokens, "prompt" may be one.
constexpr std::string_view kThingsMade[] = {"candidates", "generated", "received",
                                            "sent",       "prompt",    "completion"};
constexpr std::string_view kNumberWords[] = {"n", "num", "number", "count", "counts", "cnt"};
constexpr std::string_view kCache[] = {"cache", "cached", "caching"};
constexpr std::string_view kRead[] = {"read", "reads", "hit", "hits"};
constexpr std::string_view kWrite[] = {"write",    "writes",  "written",
                                       "creation", "created", "create"};
constexpr std::string_view kReasoning[] = {"reasoning", "thinking", "thought", "thoughts"};
constexpr std::string_view kRunning[] = {"cumulative",  "cum",   "cumul", "cumulated", "running",
                                         "accumulated", "sofar", "far",   "after"};
/// Around the words that matter; a name with any other word counts something narrower.
constexpr std::string_view kAround[] = {
    "token",     "tokens",     "tok",        "toks",      "count",       "counts", "num",
    "number",    "n",          "of",         "total",     "sum",         "all",    "overall",
    "used",      "usage",      "consumed",   "grand",     "llm",         "totals", "cnt",
    "aggregate", "aggregated", "cumulative", "running",   "accumulated", "sofar",  "combined",
    "after",     "cum",        "cumul",      "cumulated", "so",          "far"};
constexpr std::string_view kCalls[] = {"call",     "calls",      "request",
                                       "requests", "invocation", "invocations"};
constexpr std::string_view kAroundCalls[] = {
    "total", "num",       "number",      "n",       "count",   "counts",     "of",    "api",
    "llm",   "model",     "all",         "made",    "sum",     "successful", "sofar", "cumulative",
    "cum",   "cumulated", "accumulated", "running", "overall", "grand",      "totals"};
constexpr std::string_view kTotals[] = {"total",    "totals",     "summary",    "overall",
                                        "grand",    "aggregate",  "aggregates", "aggregated",
                                        "combined", "cumulative", "lifetime",   "sum",
                                        "global",   "alltime",    "subtree",    "inclusive"};
constexpr std::string_view kParts[] = {"by",     "per",     "breakdown", "breakdowns",
                                       "detail", "details", "split",     "each"};
constexpr std::string_view kKinds[] = {
    "calls",    "requests",      "records",   "entries", "history", "log",      "logs",
    "sessions", "models",        "providers", "users",   "agents",  "days",     "dates",
    "daily",    "weekly",        "monthly",   "hourly",  "yearly",  "months",   "weeks",
    "hours",    "data",          "results",   "items",   "rows",    "steps",    "iterations",
    "events",   "messages",      "turns",     "tasks",   "runs",    "projects", "responses",
    "threads",  "conversations", "stages",    "phases",  "usages",  "threads",  "attempts",
    "blocks",   "buckets"};
constexpr std::string_view kNoUsage[] = {
    "limit",         "limits",    "budget",    "budgets",    "price",       "prices",
    "pricing",       "cost",      "costs",     "rate",       "rates",       "config",
    "configuration", "settings",  "options",   "average",    "averages",    "avg",
    "mean",          "median",    "percent",   "percentage", "percentages", "pct",
    "ratio",         "ratios",    "share",     "shares",     "remaining",   "left",
    "quota",         "quotas",    "max",       "maximum",    "min",         "minimum",
    "estimate",      "estimated", "estimates", "projected",  "projection",  "forecast",
    "saved",         "savings",   "threshold", "thresholds", "allowed",     "available",
    "expected",      "target",    "window",    "capacity",   "schema",      "second",
    "sec",           "minute",    "speed",     "throughput", "p50",         "p90",
    "p95",           "p99",       "stddev",    "std"};
/// Of what is measured beside tokens: counted under the same bare names, "input", "output",
/// "total".
constexpr std::string_view kOtherUnits[] = {
    "latency",    "latencies", "duration",   "durations", "ms",        "millis", "milliseconds",
    "seconds",    "elapsed",   "timing",     "timings",   "time",      "times",  "chars",
    "char",       "character", "characters", "bytes",     "byte",      "kb",     "mb",
    "words",      "lines",     "tests",      "test",      "files",     "orders", "pages",
    "assertions", "coverage",  "scores",     "score",     "arguments", "args",   "parameters",
    "params",     "usd",       "eur",        "dollars",   "cents",     "amount", "amounts",
    "images",     "size",      "sizes",      "length",    "lengths"};
/// Beside a word for a total or a span in a name that holds nothing else.
constexpr std::string_view kBesideSums[] = {
    "stats", "statistics", "metrics",  "info", "cost", "costs", "this",   "the",    "for",
    "to",    "date",       "so",       "far",  "run",  "runs",  "call",   "calls",  "request",
    "turn",  "message",    "response", "step", "and",  "input", "output", "models", "values"};
constexpr std::string_view kSpans[] = {
    "today", "yesterday", "week",   "month",    "year", "day",    "hour",  "session", "current",
    "last",  "previous",  "recent", "lifetime", "now",  "before", "after", "latest",  "prior"};

/// What some words begin with, by which most names are seen to have none of them: every text of a
/// log is asked.
class Beginnings {
 public:
  constexpr Beginnings(List words, List more) {
    for (const std::string_view word : words) add(word);
    for (const std::string_view word : more) add(word);
  }

  constexpr bool may_be_in(std::string_view text) const {
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
      const unsigned first = low_bits(text[i]);
      if ((second_[first] >> low_bits(text[i + 1]) & 1U) != 0 && is_at(text.substr(i))) return true;
    }
    return false;
  }

 private:
  static constexpr unsigned low_bits(char letter) { return static_cast<unsigned>(letter) & 0x1FU; }
  constexpr void add(std::string_view word) {
    second_[low_bits(word[0])] |= 1U << low_bits(word[1]);
    words_[size_++] = word.substr(0, kLetters);
  }
  constexpr bool is_at(std::string_view text) const {
    for (std::size_t i = 0; i < size_; ++i) {
      const std::string_view word = words_[i];
      std::size_t same = 0;
      while (same < word.size() && same < text.size() && (text[same] | 0x20) == word[same]) ++same;
      if (same == word.size()) return true;
    }
    return false;
  }

  static constexpr std::size_t kLetters = 4;
  std::array<std::uint32_t, 32> second_{};  ///< letters that may follow, by the first one
  std::array<std::string_view, 24> words_{};
  std::size_t size_ = 0;
};

constexpr std::string_view kEverything[] = {"all", "everything"};
constexpr Beginnings kBeginningsOfTotals{kTotals, kEverything};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return result;
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string singular(const std::string& word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss"))
    return word.substr(0, word.size() - 1);
  return word;
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  Words words;
  bool goes_on = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
      goes_on = false;
      continue;
    }
    // "inputTokens" and "LLMCalls" are two words each.
    const bool begins = is_upper(c) && i > 0 &&
                        (!is_upper(name[i - 1]) || (i + 1 < name.size() && is_lower(name[i + 1])));
    if (!goes_on || begins) words.emplace_back();
    words.back().push_back(is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c);
    goes_on = true;
  }
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if ((words[i] == "so" && words[i + 1] == "far") ||
        (words[i] == "all" && words[i + 1] == "time")) {
      words[i] += words[i + 1];
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }
  return words;
}

std::optional<CounterName> counter_named(std::string_view name) {
  const Words words = words_of(name);
  CounterName counter;
  counter.says_tokens = any_in(words, kTokens);
  counter.is_running = any_in(words, kRunning);
  Words telling;
  for (const auto& word : words) {
    if (!is_in(word, kAround)) telling.push_back(word);
  }
  const auto take = [&](Quantity quantity) {
    counter.quantity = quantity;
    return counter;
  };
  if (telling.empty()) {
    if (counter.says_tokens || words == Words{"total"}) return take(Quantity::total);
    return std::nullopt;
  }
  if (!counter.says_tokens && any_in(telling, kThingsMade) && any_in(words, kNumberWords))
    return std::nullopt;
  const bool is_input =
      any_in(telling, kInput) || (counter.says_tokens && any_in(telling, kInputOfTokens));
  const bool is_output =
      any_in(telling, kOutput) || (counter.says_tokens && any_in(telling, kOutputOfTokens));
  const auto all_known = [&](List a, List b, List c) {
    return std::all_of(telling.begin(), telling.end(), [&](const std::string& word) {
      return is_in(word, a) || is_in(word, b) || is_in(word, c);
    });
  };
  if (any_in(telling, kCache)) {
    // "cache_hits" are calls.
    const bool tells_direction =
        words.size() == 2 && (words.back() == "read" || words.back() == "write");
    if (is_output || (!counter.says_tokens && !tells_direction)) return std::nullopt;
    if (all_known(kCache, kWrite, kInput) && any_in(telling, kWrite))
      return take(Quantity::cache_write);
    if (all_known(kCache, kRead, kInput)) return take(Quantity::cache_read);
    return std::nullopt;
  }
  if (any_in(telling, kReasoning)) {
    const bool is_said = counter.says_tokens || words == Words{"reasoning"};
    if (is_said && all_known(kReasoning, kOutput, {})) return take(Quantity::reasoning);
    return std::nullopt;
  }
  if (is_input && !is_output && all_known(kInput, kInputOfTokens, {})) return take(Quantity::input);
  if (is_output && !is_input && all_known(kOutput, kOutputOfTokens, {}))
    return take(Quantity::output);
  return std::nullopt;
}

bool names_number_of_calls(std::string_view name) {
  const Words words = words_of(name);
  // "call", "llm_call", "call_num" and "request number" say which one it is.
  constexpr std::string_view kOrdinals[] = {"num", "number", "n"};
  constexpr std::string_view kNumberOf[] = {"num",   "number", "n",   "count", "counts",
                                            "total", "totals", "sum", "all",   "of"};
  const bool is_one = std::none_of(words.begin(), words.end(), [](const std::string& word) {
    return is_in(word, kCalls) && singular(word) != word;
  });
  const bool is_ordinal =
      is_one &&
      ((words.size() == 2 && is_in(words.front(), kCalls) && is_in(words.back(), kOrdinals)) ||
       !any_in(words, kNumberOf));
  return !is_ordinal && any_in(words, kCalls) &&
         std::all_of(words.begin(), words.end(), [](const std::string& word) {
           return is_in(word, kCalls) || is_in(word, kAroundCalls);
         });
}

bool names_total(std::string_view name) {
  if (!kBeginningsOfTotals.may_be_in(name)) return false;
  const Words words = words_of(name);
  return (any_in(words, kTotals) || words == Words{"all"} || words == Words{"everything"}) &&
         !looks_like_model(name);
}

bool names_running(std::string_view name) {
  return any_in(words_of(name), kRunning) && !looks_like_model(name);
}

bool names_parts(std::string_view name) { return any_in(words_of(name), kParts); }

bool names_kind(std::string_view name) {
  const Words words = words_of(name);
  return any_in(words, kParts) || (!words.empty() && is_in(words.back(), kKinds)) ||
         (!words.empty() && is_in(words.front(), kKinds)) || names_total(name);
}

namespace {

/// Nothing in the name is a name of one's own.
bool all_are_around_sums(const Words& words, List others) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return is_in(word, others) || is_in(word, kSpans) || is_in(word, kAround) ||
           is_in(word, kBesideSums);
  });
}

}  // namespace

bool is_called_total(std::string_view name) {
  constexpr std::size_t kLongest = 19;  // shorter than a time or an id
  if (name.size() > kLongest || !names_total(name)) return false;
  // A name of one's own may begin with such a word: "summary", a stage; "global", a region.
  constexpr std::string_view kSurely[] = {"total", "totals", "overall", "grand", "alltime"};
  const Words words = words_of(name);
  return (any_in(words, kSurely) || words == Words{"all"}) && all_are_around_sums(words, kTotals);
}

bool may_be_called_sum(std::string_view text) {
  constexpr std::size_t kLongest = 24;
  // No word around a sum has digits; times, ids and most models do.
  return text.size() <= kLongest && std::none_of(text.begin(), text.end(), is_digit) &&
         names_total(text) && all_are_around_sums(words_of(text), kTotals);
}

bool is_called_latest(std::string_view name) {
  return names_latest(name) && all_are_around_sums(words_of(name), {});
}

bool names_other_unit(std::string_view name) {
  return any_in(words_of(name), kOtherUnits) && !speaks_of_tokens(name);
}

bool names_no_usage(std::string_view name) {
  return any_in(words_of(name), kNoUsage) && !looks_like_model(name);  // "qwen-max"
}

bool names_average(std::string_view name) {
  const Words words = words_of(name);
  return words.size() > 1 && words.front() == "per";
}

bool names_span(std::string_view name) {
  const Words words = words_of(name);
  return (any_in(words, kSpans) || any_in(words, kTotals)) && !looks_like_model(name);
}

bool speaks_of_tokens(std::string_view name) {
  const Words words = words_of(name);
  return any_in(words, kTokens) || std::find(words.begin(), words.end(), "usage") != words.end();
}

bool speaks_of_calls(std::string_view name) {
  constexpr std::string_view kSpeaking[] = {"llm", "agent", "agents", "completions", "chat"};
  const Words words = words_of(name);
  return any_in(words, kCalls) || any_in(words, kSpeaking);
}

bool may_name_whole(std::string_view name) {
  constexpr std::string_view kWhole[] = {"all",  "with",    "including", "incl",
                                         "tree", "session", "entire",    "full"};
  return (names_total(name) || any_in(words_of(name), kWhole)) && !looks_like_model(name);
}

bool may_name_part(std::string_view name) {
  constexpr std::string_view kPart[] = {"parent", "main", "own",       "self", "root",
                                        "turn",   "only", "excluding", "excl", "without"};
  return any_in(words_of(name), kPart) && !looks_like_model(name);
}

bool names_latest(std::string_view name) {
  constexpr std::string_view kLatest[] = {"last",     "latest", "current", "recent",
                                          "previous", "prior",  "now"};
  return any_in(words_of(name), kLatest) && !looks_like_model(name);
}

bool counts_things(std::string_view name) {
  constexpr std::string_view kNumberOf[] = {"count", "counts", "num", "number", "n", "total"};
  constexpr std::string_view kThings[] = {
      "call",     "request",     "task",         "turn",       "message", "session", "run",
      "step",     "iteration",   "event",        "entry",      "record",  "item",    "query",
      "question", "interaction", "conversation", "invocation", "attempt", "retry",   "error",
      "failure",  "success",     "response",     "job",        "sample",  "row",     "file",
      "document", "thread",      "tool",         "prompt"};
  constexpr std::string_view kTimes[] = {"ms",   "second",  "seconds",   "duration", "latency",
                                         "time", "elapsed", "timestamp", "at",       "id"};
  const Words words = words_of(name);
  if (words.empty() || any_in(words, kTimes)) return false;
  return any_in(words, kNumberOf) || is_in(singular(words.back()), kThings);
}

std::string thing_counted(std::string_view name) {
  constexpr std::string_view kNumberOf[] = {"total",  "num", "number", "n",   "count",
                                            "counts", "of",  "all",    "sum", "cnt"};
  std::string thing;
  for (const auto& word : words_of(name)) {
    if (is_in(word, kNumberOf)) continue;
    if (!thing.empty()) thing.push_back(' ');
    thing += singular(word);
  }
  return thing;
}

std::string_view scope_named(std::string_view name) {
  struct Scope {
    std::string_view word;
    std::string_view scope;
  };
  constexpr Scope kScopes[] = {
      {"model", "model"},     {"provider", "provider"}, {"vendor", "provider"},
      {"session", "session"}, {"thread", "thread"},     {"conversation", "thread"},
      {"run", "run"},         {"phase", "phase"},       {"stage", "phase"}};
  const Words words = words_of(name);
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    for (const Scope& scope : kScopes) {
      if (singular(*word) == scope.word) return scope.scope;
    }
  }
  return {};
}

std::string_view field_named(std::string_view name) {
  std::string joined;
  for (const char c : lower(name)) {
    if (c != '_' && c != '-') joined.push_back(c);
  }
  return field_of_joined(joined);
}

bool looks_like_day(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 4 || i == 7;
    if (is_dash ? text[i] != '-' : !is_digit(text[i])) return false;
  }
  return true;
}

bool looks_like_model(std::string_view text) {
  constexpr std::string_view kFamilies[] = {
      "gpt",      "claude",    "gemini",    "gemma",     "llama",   "mistral", "mixtral",
      "qwen",     "deepseek",  "grok",      "sonnet",    "haiku",   "opus",    "command",
      "kimi",     "glm",       "phi",       "codex",     "o1",      "o3",      "o4",
      "text",     "davinci",   "nova",      "codestral", "palm",    "chatgpt", "moonshot",
      "minimax",  "magistral", "ministral", "devstral",  "pixtral", "jamba",   "sonar",
      "nemotron", "codellama", "ernie",     "doubao",    "hunyuan", "titan",   "granite"};
  const auto slash = text.find_last_of("/:");
  if (slash != std::string_view::npos && slash + 1 < text.size() &&
      looks_like_model(text.substr(0, slash)))
    return true;
  const std::string name = lower(slash == std::string_view::npos ? text : text.substr(slash + 1));
  return std::any_of(std::begin(kFamilies), std::end(kFamilies), [&](std::string_view family) {
    if (!name.starts_with(family)) return false;
    const char next = name.size() > family.size() ? name[family.size()] : '-';
    return family == "text" ? name.starts_with("text-") : !is_lower(next);
  });
}

bool looks_like_data(std::string_view text) {
  return text.empty() || looks_like_model(text) ||
         text.find_first_of("0123456789/:. @") != std::string_view::npos;
}

}  // namespace usagectl
