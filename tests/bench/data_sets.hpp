#pragma once

#include <cstdint>
#include <filesystem>

#include "filler.hpp"
#include "random.hpp"
#include "truth.hpp"

namespace usagectl {

/// What a data set is made from: everything follows from these.
struct DataSetPlan {
  std::filesystem::path folder;
  std::uint64_t bytes = 0;
  std::uint64_t files = 1;
  Random random;
  const Filler& filler;
};

/// Claude Code: `projects/<project>/<session>.jsonl`; with `one_file` the same lines in one of
/// them.
Truth write_transcripts(const DataSetPlan& plan, bool one_file);

/// Codex: `sessions/YYYY/MM/DD/rollout-….jsonl`.
Truth write_codex(const DataSetPlan& plan);

/// `usage_log.jsonl`: one call a line.
Truth write_usage_log(const DataSetPlan& plan);

/// `sessions.jsonl`: one call a line, two calls a session.
Truth write_sessions(const DataSetPlan& plan);

/// `token_usage.json`: one document with a detail for each call.
Truth write_token_usage(const DataSetPlan& plan);

/// `000/00000.json` and so on: one response of a provider in each, as its body is.
Truth write_small_files(const DataSetPlan& plan);

/// `usage_map.json`: one document that no format knows, with a usage object under each key.
Truth write_usage_map(const DataSetPlan& plan);

/// `one_id.jsonl`: lines of transcripts whose messages all have the same id, and each call a
/// request id of its own.
Truth write_one_id(const DataSetPlan& plan);

}  // namespace usagectl
