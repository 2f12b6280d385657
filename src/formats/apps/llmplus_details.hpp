#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

inline constexpr std::string_view kLlmplusFormat = "llmplus.token_usage";
inline constexpr View kLlmplusSessionTotals{View::kNeverCounted, "session totals"};

/// The groups that the requests of one model's list belong to.
struct LlmplusGroups {
  GroupId own;      ///< requests of the job itself
  GroupId all;      ///< of the session so far
  GroupId earlier;  ///< of the session before the job
};

/// Reads per_request_details, the list of a model's requests since its session began.
///
/// A detail has no id and no time, but its list begins with all requests before it: two lists that
/// begin alike are of one session, and what stands at one place in both is one request. So it is
/// counted once, whether the files are copies, a session beside its jobs, or flat totals that go
/// on.
class LlmplusDetails {
 public:
  LlmplusDetails(const FileContext& file, Observations& observations, std::string_view run)
      : file_(file), observations_(observations), run_(run) {}

  /// The first `earlier_requests` of the list were made before the job. Returns how many
  /// completions the list tells of, when each request says how many it had.
  std::optional<Count> read(const Json& details, const std::string& list_pointer,
                            std::string_view model, UnitId unit, Count earlier_requests,
                            const LlmplusGroups& groups);
  /// The list of "before" is held against the next one that is read.
  void keep_earlier(const Json& details, std::string pointer) {
    earlier_list_ = details;
    earlier_list_pointer_ = std::move(pointer);
  }
  void forget_earlier() { earlier_list_ = {}; }

 private:
  struct InferredReasoning;

  Place at(std::string pointer) const { return {file_.id, 0, std::move(pointer)}; }
  void check(Counts& counts, const Place& place, InferredReasoning& inferred);
  void compare_with_earlier_list(const Json& details, const std::string& list_pointer);

  const FileContext& file_;
  Observations& observations_;
  std::string_view run_;
  Json earlier_list_;
  std::string earlier_list_pointer_;
};

}  // namespace usagectl
