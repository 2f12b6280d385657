#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/meaning.hpp"

namespace usagectl {

/// What the names in a log of somebody's own say. Names are made of words, however they are joined:
/// totalInputTokens, total_input_tokens, input-tokens-total.
std::vector<std::string> words_of(std::string_view name);

/// What a key counts, as far as its name tells.
struct CounterName {
  Quantity quantity = Quantity::total;
  bool says_tokens = false;  ///< "input" alone may be anything
  bool is_running = false;   ///< "cumulative_tokens": a total so far, beside what it is about
};
std::optional<CounterName> counter_named(std::string_view name);

/// "total_calls", "n_requests", "callCount": how many calls an object sums up.
bool names_number_of_calls(std::string_view name);

/// "total", "summary", "grand_total", "all_time", "lifetime_usage".
bool names_total(std::string_view name);

/// "total", "grand_total", "session_totals": nothing in the name is a name of one's own.
bool is_called_total(std::string_view name);

/// A label that may be that of a sum, where the numbers say so too: "summary", "overall", "All".
bool may_be_called_sum(std::string_view text);

/// "cumulative_usage", "so_far": a total so far.
bool names_running(std::string_view name);

/// "by_model", "per_day", "breakdown", "request_details": parts of what stands around it.
bool names_parts(std::string_view name);

/// "daily", "models", "calls": says what its members are, and is no name of a member itself.
bool names_kind(std::string_view name);

/// "limits", "pricing", "average": numbers in it are none of what was used.
bool names_no_usage(std::string_view name);

/// "latency_ms", "chars", "tests": what has an input, an output and a total there is counted in
/// another unit, unless its keys say tokens.
bool names_other_unit(std::string_view name);

/// "per_call": one usage object under such a name is an average.
bool names_average(std::string_view name);

/// "today", "this_month", "session", "last": one of several spans of time that overlap.
bool names_span(std::string_view name);

/// "tokens", "token_usage", "usage.json": what is in it counts tokens.
bool speaks_of_tokens(std::string_view name);

/// "calls", "llm_requests", "agents": usage in it is that of a model.
bool speaks_of_calls(std::string_view name);

/// "all_model_tokens", "with_subagents", "tree": it may hold what others beside it report.
bool may_name_whole(std::string_view name);
/// "parent_tokens", "turn", "excluding_retries": others beside it may hold it.
bool may_name_part(std::string_view name);
/// "last_usage", "current": one of many that the rest may hold.
bool names_latest(std::string_view name);

/// "latest", "last_call": nothing in the name is a name of one's own, as it is in
/// "mistral-large-latest" and "last_resort".
bool is_called_latest(std::string_view name);

/// "task_count", "turns", "num_files": a number of things that can be added up.
bool counts_things(std::string_view name);

/// What a number counts: "task_count" and "tasks" are about "task", "total_sessions" about
/// "session". Empty where the name does not tell.
std::string thing_counted(std::string_view name);

/// What the keys of an object are, when it is called so: "by_model" -> "model". Empty = not said.
std::string_view scope_named(std::string_view name);

/// What a field tells of a call: "model", "time", "id" or one of scope_names(); empty = nothing
/// that matters.
std::string_view field_named(std::string_view name);

/// "2026-11-22".
bool looks_like_day(std::string_view text);
/// "gpt-4o", "anthropic/claude-sonnet-4", "openai:o3".
bool looks_like_model(std::string_view text);
/// Names that are data, not words of a format: they hold digits, dates, paths, models.
bool looks_like_data(std::string_view text);

}  // namespace usagectl
