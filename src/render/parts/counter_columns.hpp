#pragma once

#include <array>
#include <string_view>

#include "model/counter.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

struct CounterColumn {
  Counter counter;
  std::string_view title;  ///< as shown in tables
  Weight weight;
};

/// Every counter in the order of the columns of a report.
inline constexpr std::array<CounterColumn, kCounterCount> kCounterColumns = {{
    {Counter::requests, "requests", Weight::useful},
    {Counter::completions, "completions", Weight::detail},
    {Counter::input, "input", Weight::main},
    {Counter::cache_read, "cache read", Weight::useful},
    {Counter::cache_write, "cache write", Weight::detail},
    {Counter::tool_prompt, "tool prompt", Weight::detail},
    {Counter::output, "output", Weight::main},
    {Counter::reasoning, "reasoning", Weight::useful},
    {Counter::total, "total", Weight::needed},
    {Counter::unexplained, "unexplained", Weight::detail},
    {Counter::chain_length, "chains", Weight::useful},
}};

}  // namespace usagectl
