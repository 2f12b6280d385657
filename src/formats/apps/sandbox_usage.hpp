#pragma once

#include <string>
#include <string_view>

#include "formats/reading/format.hpp"
#include "model/observations.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// What simulation dumps of Thing' Sandbox share: the usage object in two generations, and the unit
/// that all files of one simulation belong to.
///
///   new  total_tokens, reasoning_tokens, cached_tokens, total_requests
///   old  total_input_tokens, total_output_tokens, total_requests        (before 2025-12-06)
///
/// Reasoning is inside output, cached inside input, and both inside total, as OpenAI counts them.
inline constexpr View kSandboxEntities{0, "entities"};
inline constexpr View kSandboxSimulation{10, "simulation total"};
inline constexpr View kSandboxTicks{20, "tick logs"};
inline constexpr View kSandboxPhases{30, "phases in tick logs"};
inline constexpr View kSandboxChains{40, "response chains", false};

/// Names shared by the files of the simulation in `folder`: its unit and its groups.
struct SandboxGroups {
  explicit SandboxGroups(std::string_view folder);
  std::string unit, entities, ticks, chains, generation;
};

/// Reads a usage object of either generation into the record, marks its generation, and checks what
/// can be checked inside. False when the object was rejected; `parts_of` are the groups that then
/// miss it.
bool read_sandbox_usage(const Json& usage, const FileContext& file, const std::string& pointer,
                        const std::string& who, GroupId generation, GroupId part_of,
                        UsageRecord& record, Observations& observations);

/// The key under which a usage object of the record's generation holds a counter.
std::string_view sandbox_key(const UsageRecord& record, Counter counter);

}  // namespace usagectl
