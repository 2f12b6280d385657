// How clients are known to make their numbers from those of the provider:
//   tinyAgent and alchemy-rs   docs/plans/usage-semantics-alignment-plan.md of
//                              alchemiststudiosDOTai/tinyAgent (2026-02): raw, and before that
//                              input = prompt - cached, output = completion + reasoning,
//                              total = input + output + cache_read, cache_write = 0
//   AI SDK, LangChain, LiteLLM, Pydantic AI   see their entries in the catalogue of dialects
#include "analysis/diff/client_ways.hpp"

#include <algorithm>

namespace usagectl {
namespace {

using Value = std::optional<ExactSum>;

/// first ± part, where the part is known and above 0: otherwise it is no way of its own.
Value with(std::optional<Count> first, std::optional<Count> part, int sign) {
  if (!first) return std::nullopt;
  ExactSum sum(*first);
  if (sign > 0) sum += part.value_or(0);
  if (sign < 0) sum -= part.value_or(0);
  return sum;
}

Value only(std::optional<Count> count) { return count ? Value(ExactSum(*count)) : std::nullopt; }

Value plus(Value sum, std::optional<Count> part) {
  if (sum) *sum += part.value_or(0);
  return sum;
}

Value minus(Value sum, std::optional<Count> part) {
  if (sum) *sum -= part.value_or(0);
  return sum;
}

Value zero(const SentAndGot&) { return ExactSum(); }

std::optional<Count> read_of(const SentAndGot& call) { return call.sent[Counter::cache_read]; }
std::optional<Count> written_of(const SentAndGot& call) { return call.sent[Counter::cache_write]; }
std::optional<Count> prompt_of(const SentAndGot& call) { return call.sent[Counter::input]; }
std::optional<Count> completion_of(const SentAndGot& call) { return call.sent[Counter::output]; }
std::optional<Count> reasoning_of(const SentAndGot& call) { return call.sent[Counter::reasoning]; }

Value own_sum(const SentAndGot& call) {
  return call.own.has(Counter::input) ? with(call.own[Counter::input], call.own[Counter::output], 1)
                                      : std::nullopt;
}

/// The explicit key, also where it says 0; else the details; else what the vocabulary knows.
Value explicit_first(const SentAndGot& call) {
  if (call.explicit_key) return only(call.explicit_key);
  return only(call.details);
}

Value details_first(const SentAndGot& call) {
  return only(call.details ? call.details : call.explicit_key);
}

Value first_above_zero(const SentAndGot& call) {
  if (call.explicit_key.value_or(0) > 0) return only(call.explicit_key);
  return only(call.details ? call.details : call.explicit_key);
}

constexpr std::string_view kNoCache = "cached is 0 in every call";
constexpr std::string_view kNoReasoning = "reasoning is 0 in every call";
constexpr std::string_view kOneKey = "no call has two keys that disagree";

NumberWays input_ways() {
  return {
      "input",
      Counter::input,
      false,
      false,
      "contract-broken",
      {},
      {},
      {{"prompt", "prompt", {}, {}, {}, [](const SentAndGot& c) { return only(prompt_of(c)); }},
       {"prompt-cached",
        "prompt − cached",
        "cache-left-out",
        kNoCache,
        {},
        [](const SentAndGot& c) { return with(prompt_of(c), read_of(c), -1); }},
       {"prompt-cached-written",
        "prompt − cached − cache written",
        "cache-left-out",
        {},
        {},
        [](const SentAndGot& c) {
          return minus(with(prompt_of(c), read_of(c), -1), written_of(c));
        }},
       {"prompt-written",
        "prompt − cache written",
        "cache-left-out",
        {},
        {},
        [](const SentAndGot& c) { return with(prompt_of(c), written_of(c), -1); }},
       {"prompt+cached",
        "prompt + cached",
        "cache-added",
        {},
        {},
        [](const SentAndGot& c) { return with(prompt_of(c), read_of(c), 1); }},
       {"prompt+cached+written",
        "prompt + cached + cache written",
        "cache-added",
        {},
        {},
        [](const SentAndGot& c) { return plus(with(prompt_of(c), read_of(c), 1), written_of(c)); }},
       {"prompt+written",
        "prompt + cache written",
        "cache-added",
        {},
        {},
        [](const SentAndGot& c) { return with(prompt_of(c), written_of(c), 1); }},
       {"total-completion",
        "total − completion",
        "contract-broken",
        {},
        {},
        [](const SentAndGot& c) { return with(c.sent[Counter::total], completion_of(c), -1); }},
       {"0", "0", "contract-broken", {}, "input is 0", zero}}};
}

NumberWays output_ways() {
  return {"output",
          Counter::output,
          false,
          false,
          "contract-broken",
          nullptr,
          nullptr,
          {{"completion",
            "completion",
            {},
            {},
            {},
            [](const SentAndGot& c) { return only(completion_of(c)); }},
           {"completion+reasoning",
            "completion + reasoning",
            "reasoning-added",
            kNoReasoning,
            {},
            [](const SentAndGot& c) { return with(completion_of(c), reasoning_of(c), 1); }},
           {"completion-reasoning",
            "completion − reasoning",
            "reasoning-left-out",
            {},
            {},
            [](const SentAndGot& c) { return with(completion_of(c), reasoning_of(c), -1); }},
           {"total-prompt",
            "total − prompt",
            "contract-broken",
            {},
            {},
            [](const SentAndGot& c) { return with(c.sent[Counter::total], prompt_of(c), -1); }},
           {"0", "0", "contract-broken", {}, "output is 0", zero}}};
}

NumberWays total_ways() {
  constexpr std::string_view kRecomputed = "total-recomputed";
  return {
      "total",
      Counter::total,
      true,
      false,
      "contract-broken",
      {},
      {},
      {{"total",
        "the provider's total",
        {},
        {},
        {},
        [](const SentAndGot& c) {
          const auto given = c.sent[Counter::total];
          return given ? only(given) : own_sum(c);
        }},
       {"input+output", "input + output", kRecomputed, "input + output is the same in every call",
        "total recomputed as input + output", own_sum},
       {"input+cache_read+output",
        "input + cache_read + output",
        kRecomputed,
        {},
        "total recomputed as input + cache_read + output",
        [](const SentAndGot& c) { return plus(own_sum(c), c.own[Counter::cache_read]); }},
       {"input+cache+output",
        "input + cache + output",
        kRecomputed,
        {},
        "total recomputed as input + cache + output",
        [](const SentAndGot& c) {
          return plus(plus(own_sum(c), c.own[Counter::cache_read]), c.own[Counter::cache_write]);
        }},
       {"prompt+completion",
        "prompt + completion",
        kRecomputed,
        {},
        "total recomputed as prompt + completion",
        [](const SentAndGot& c) { return with(prompt_of(c), completion_of(c), 1); }},
       {"prompt+completion+reasoning",
        "prompt + completion + reasoning",
        kRecomputed,
        {},
        "total recomputed as prompt + completion + reasoning",
        [](const SentAndGot& c) {
          return plus(with(prompt_of(c), completion_of(c), 1), reasoning_of(c));
        }},
       {"total+reasoning",
        "total + reasoning",
        "reasoning-added",
        {},
        {},
        [](const SentAndGot& c) { return with(c.sent[Counter::total], reasoning_of(c), 1); }},
       {"0", "0", "contract-broken", {}, "total is 0", zero}}};
}

std::vector<Way> cache_ways(std::string_view from_details, std::string_view above_zero,
                            std::string_view dropped, std::string_view loss) {
  return {{"explicit", "the explicit key, else the details", {}, {}, {}, explicit_first},
          {"first-above-zero",
           "the first key above 0",
           "cache-key-precedence",
           {},
           above_zero,
           first_above_zero},
          {"details", "the details, else the explicit key", "cache-key-precedence", kOneKey,
           from_details, details_first},
          {"0", "0", loss, {}, dropped, zero}};
}

NumberWays cache_read_ways() {
  return {"cache_read",
          Counter::cache_read,
          false,
          false,
          "cache-read-dropped",
          &CacheKeys::read,
          &CacheKeys::read_details,
          cache_ways("cache_read taken from details although the explicit key says otherwise",
                     "cache_read taken from details although the explicit key says 0",
                     "cache_read is 0", "cache-read-dropped")};
}

NumberWays cache_write_ways() {
  return {"cache_write",
          Counter::cache_write,
          false,
          false,
          "cache-write-dropped",
          &CacheKeys::write,
          &CacheKeys::write_details,
          cache_ways("cache_write taken from details although the explicit key says otherwise",
                     "cache_write taken from details although the explicit key says 0",
                     "cache_write is 0", "cache-write-dropped")};
}

NumberWays reasoning_ways() {
  return {"reasoning",
          Counter::reasoning,
          false,
          true,
          "contract-broken",
          nullptr,
          nullptr,
          {{"reasoning",
            "reasoning",
            {},
            {},
            {},
            [](const SentAndGot& c) { return only(reasoning_of(c)); }},
           {"0", "0", "contract-broken", {}, "reasoning is 0", zero}}};
}

}  // namespace

const std::vector<NumberWays>& all_ways() {
  static const std::vector<NumberWays> ways = {input_ways(),       output_ways(),
                                               total_ways(),       cache_read_ways(),
                                               cache_write_ways(), reasoning_ways()};
  return ways;
}

SentAndGot sent_and_got(const NumberWays& ways, const Call& sent, const Call& got) {
  SentAndGot call;
  call.sent = sent.given;
  call.own = got.given;
  if (ways.explicit_key != nullptr) {
    call.explicit_key = sent.cache.*ways.explicit_key;
    call.details = sent.cache.*ways.details;
    // A vocabulary with keys of its own.
    if (!call.explicit_key && !call.details) call.explicit_key = sent.given[ways.counter];
  }
  call.got = got.given[ways.counter];
  call.is_sent = sent.given.has(ways.counter) || call.explicit_key || call.details;
  return call;
}

}  // namespace usagectl
