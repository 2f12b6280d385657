#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/costs/stated_cost.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// The numbers of one tinyAgent usage object, as written.
struct TinyAgentUsage {
  Counts written;               ///< input, output, cache_read, cache_write, total
  std::optional<Count> prompt;  ///< prompt_tokens, which one version wrote beside input
  std::optional<Count> completion;
  std::string_view total_key = "total_tokens";
  std::string api;  ///< that was called, where the capture says so
  StatedCost cost;
  std::vector<KeySeen> keys;  ///< where the observations wants them
};

/// Reads a usage object of either generation of keys. Nothing when it was rejected.
std::optional<TinyAgentUsage> read_tinyagent_usage(const Json& usage, const FileContext& file,
                                                   const std::string& pointer,
                                                   Observations& observations);

/// The same numbers without reporting what is wrong with them: for copies of a usage object.
struct CopiedNumber {
  Counter counter;
  std::string_view key;
  CountReading reading;
};
std::vector<CopiedNumber> tinyagent_numbers(const Json& usage);

/// What the numbers of some calls of one provider say about the cache.
struct CacheEvidence {
  std::uint64_t added = 0;    ///< total = input + output + cache: outside input, total holds it
  std::uint64_t exceeds = 0;  ///< total = input + output, cache > input: outside input and total
  std::uint64_t fits = 0;     ///< total = input + output, cache <= input: inside input

  /// One writer adds the cache to every total or to none.
  bool contradicts_itself() const { return added > 0 && fits + exceeds > 0; }
};

/// The evidence of a capture, by provider and API: what one of them means tells nothing of another.
class TinyAgentMeaning {
 public:
  void note(const std::string& provider, const TinyAgentUsage& usage);
  const std::map<std::string, CacheEvidence>& all() const { return evidence_; }
  const CacheEvidence& of(const std::string& provider) const;

 private:
  std::map<std::string, CacheEvidence> evidence_;
};

/// Says where the totals of one provider in a capture do not fit together, and what normalized
/// counts leave open.
void report_cache_evidence(Observations& observations, const Place& place,
                           const CacheEvidence& evidence);

/// The name under which the files of a folder speak of a capture: parity summaries name theirs.
std::string tinyagent_file_key(std::string_view path);

/// Turns the numbers into counts as far as their meaning is proved, and reports what contradicts
/// it. Sets the record's counts, dialect and what was given. The catalogue solves one object at a
/// time; here the calls of one capture decide together.
void solve_tinyagent_usage(const TinyAgentUsage& usage, const CacheEvidence& evidence,
                           UsageRecord& record, Observations& observations);

}  // namespace usagectl
