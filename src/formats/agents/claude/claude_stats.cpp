// stats-cache.json of Claude Code: {"dailyActivity", "dailyModelTokens", "modelUsage": {model: …}},
// the sums over all transcripts it has seen, also those that are gone. Found beside the transcripts
// in a folder it tells their calls again; named by itself it counts.
#include <utility>

#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "claude.stats";
constexpr std::string_view kDialect = "claude_code.result";
constexpr View kSums{0, "sums"};
constexpr View kTranscriptsCount{View::kNeverCounted,
                                 "sum that Claude Code keeps of its transcripts"};

bool recognises(const Json& document, const FileContext&) {
  return document["modelUsage"].is_object() &&
         (document["dailyModelTokens"].is_array() || document["dailyActivity"].is_array());
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  const UnitId unit = observations.unit();
  document["modelUsage"].each_member([&](std::string_view model, const Json& usage) {
    auto record = read_call(usage, kDialect, kFormat,
                            {file.id, 0, pointer_to("/modelUsage", model)}, file, observations);
    if (!record) return;
    record->unit = unit;
    record->view = file.from_folder ? kTranscriptsCount : kSums;
    record->model = model;
    observations.record(std::move(*record));
  });
  if (document["modelUsage"].size() == 0) observations.ignored("sums without usage");
}

}  // namespace

extern const Format format_claude_stats;
const Format format_claude_stats{
    .id = kFormat,
    .description =
        "sums that Claude Code keeps of its transcripts (counted only when named by itself)",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
