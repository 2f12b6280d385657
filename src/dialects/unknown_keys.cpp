#include "dialects/unknown_keys.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "dialects/key_table.hpp"
#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

using Words = std::vector<std::string>;
using List = std::span<const std::string_view>;

constexpr std::string_view kTokens[] = {"token", "tokens", "tok", "toks"};
constexpr std::string_view kCache[] = {"cache", "cached", "caching"};
constexpr std::string_view kReasoning[] = {"reasoning", "reasoned", "thinking", "thought",
                                           "thoughts"};
constexpr std::string_view kInput[] = {"input", "prompt", "in", "sent"};
constexpr std::string_view kOutput[] = {"output",    "completion", "completions", "out",
                                        "generated", "received",   "candidates"};
/// Kinds of content: as members of a list of parts they share out what it lists.
constexpr std::string_view kContent[] = {"text",  "audio", "image",    "images",
                                         "video", "file",  "document", "modality"};
constexpr std::string_view kMoney[] = {
    "usd",     "dollars", "cents",   "credit",   "credits", "charge", "charged",   "charges",
    "fee",     "fees",    "bill",    "billed",   "money",   "spend",  "discount",  "amount",
    "balance", "eur",     "billing", "billable", "payment", "tier",   "multiplier"};
constexpr std::string_view kTime[] = {
    "time",    "times",     "ms",      "millis", "seconds", "duration", "latency",  "elapsed",
    "created", "timestamp", "started", "ended",  "date",    "at",       "updated",  "ttl",
    "age",     "expires",   "ns",      "us",     "minutes", "hours",    "days",     "epoch",
    "ttft",    "tpot",      "delay",   "wait",   "start",   "end",      "finished", "completed"};
/// What tells one from another, and what was asked for.
constexpr std::string_view kLabels[] = {
    "type",        "kind",   "mode",     "class",   "iter",  "id",     "ids",  "index",
    "idx",         "seq",    "sequence", "version", "code",  "status", "port", "seed",
    "temperature", "level",  "effort",   "top",     "order", "pid",    "line", "number",
    "revision",    "stop",   "schema",   "step",    "round", "i",      "turn", "episode",
    "trial",       "sample", "rank",     "elo",     "rating"};
constexpr std::string_view kSizes[] = {
    "size",       "length",     "len",    "byte",  "bytes", "char",   "chars",   "character",
    "characters", "word",       "words",  "lines", "unit",  "units",  "context", "pages",
    "dimension",  "dimensions", "height", "width", "depth", "memory", "kb",      "mb"};
/// "cumulative_tokens" beside the numbers of a call; "tokens_per_second".
constexpr std::string_view kElsewhere[] = {
    "cumulative",  "cum",      "cumul", "cumulated", "acc",        "running",
    "accumulated", "sofar",    "far",   "after",     "per",        "session",
    "lifetime",    "alltime",  "tps",   "score",     "last",       "latest",
    "current",     "previous", "prior", "recent",    "confidence", "efficiency"};
/// Of tokens that were counted in or left out before anybody was asked: "original_tokens" of a
/// prompt that was shortened, "system_prompt_tokens" of one that holds more, "draft_tokens" of
/// those that were guessed.
constexpr std::string_view kSizesOfParts[] = {
    "original", "compressed", "uncompressed", "dropped", "truncated",    "reserved", "retrieved",
    "trimmed",  "pruned",     "evicted",      "draft",   "drafted",      "accepted", "rejected",
    "chunk",    "chunks",     "speculative",  "visible", "peak",         "system",   "definitions",
    "history",  "template",   "image",        "images",  "instructions", "skipped",  "document"};
constexpr std::string_view kHits[] = {"hit", "hits", "miss", "misses"};
constexpr std::string_view kThings[] = {
    "call",     "calls",       "request",    "requests", "tool",     "iterations", "traces",
    "passed",   "failed",      "successful", "count",    "searches", "queries",    "images",
    "pixels",   "retries",     "attempts",   "sources",  "tools",    "errors",     "successes",
    "failures", "turns",       "choices",    "steps",    "files",    "citations",  "items",
    "records",  "completions", "misses",     "entries",  "rows",     "frames",     "used"};

bool any_in(const Words& words, List list) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  });
}

UnknownKey judge(std::string_view name, bool is_in_details) {
  const Words words = words_of(name);
  const auto any = [&](List list) { return any_in(words, list); };
  if (words.empty() || names_no_usage(name) || any(kMoney) || any(kTime) || any(kElsewhere))
    return UnknownKey::no_counter;
  const bool says_tokens = any(kTokens);
  // Attributes of a span are about everything.
  const bool is_attribute = name.find('.') != std::string_view::npos;
  if (is_attribute && !says_tokens && std::find(words.begin(), words.end(), "usage") == words.end())
    return UnknownKey::no_counter;
  // "context_tokens" is how full the window was, "context_cache_tokens" is none of it.
  if (words.front() == "context" && !any(kCache)) return UnknownKey::no_counter;
  if (!says_tokens && (any(kSizes) || any(kLabels))) return UnknownKey::no_counter;
  if (any(kCache)) {
    // "cache_hits" is a number of calls.
    return !says_tokens && (any(kHits) || any(kThings)) ? UnknownKey::no_counter
                                                        : UnknownKey::cache;
  }
  if (any(kReasoning)) return UnknownKey::reasoning;
  if (!says_tokens) {
    if (!is_in_details && names_number_of_calls(name)) return UnknownKey::calls;
    if (any(kThings) || counts_things(name)) return UnknownKey::no_counter;
  }
  if (is_in_details) return any(kContent) ? UnknownKey::no_counter : UnknownKey::detail;
  if (!says_tokens) return UnknownKey::any;
  const bool is_input = any(kInput);
  const bool is_output = any(kOutput);
  if (is_input == is_output) return UnknownKey::tokens;
  return is_input ? UnknownKey::input : UnknownKey::output;
}

}  // namespace

UnknownKey what_may_count(std::string_view name, bool is_in_details) {
  // The keys of a log are few, however many rows it has.
  constexpr std::size_t kMostNames = 4096;
  using Known = std::unordered_map<std::string, UnknownKey, NameHash, std::equal_to<>>;
  static thread_local Known known_by_place[2];
  Known& known = known_by_place[is_in_details ? 1 : 0];
  if (const auto found = known.find(name); found != known.end()) return found->second;
  if (known.size() >= kMostNames) known.clear();
  return known.emplace(std::string(name), judge(name, is_in_details)).first->second;
}

bool names_size_of_part(std::string_view name) {
  const Words words = words_of(name);
  return any_in(words, kTokens) && any_in(words, kSizesOfParts) && !any_in(words, kCache) &&
         !any_in(words, kReasoning);
}

bool holds_parts(std::string_view name) {
  if (names_no_usage(name)) return false;
  const Words words = words_of(name);
  return any_in(words, kCache) || any_in(words, kReasoning) ||
         (!words.empty() && words.back().starts_with("detail"));
}

}  // namespace usagectl
