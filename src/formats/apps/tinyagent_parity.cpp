// Parity reports of tinyAgent: what its Rust and its Python side gave for the same prompt.
//
//   usage_parity_diff_*     {"rust_event_count", "python_event_count", "usage_key_diff",
//                            "usage_values": {"rust": U, "python": U}, …}
//   usage_parity_summary_*  {"generated_at", "rust_file", "python_file", "rust_event_count",
//                            "python_event_count", "rust_usage": U, "python_usage": U}
//
// Both repeat the last usage of two captures, so nothing in them counts. A summary names its
// captures: what it says of them is checked when they are read as well.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/paths.hpp"
#include "formats/apps/tinyagent_usage.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "tinyagent.parity";
constexpr std::array<std::string_view, 2> kSides = {"rust", "python"};

bool recognises(const Json& document, const FileContext&) {
  const bool has_values = document["usage_values"].is_object() || document.has("rust_usage") ||
                          document.has("python_usage");
  return has_values && document.has("rust_event_count") && document.has("python_event_count");
}

void claim_capture(const Json& document, std::string_view side, const FileContext& file,
                   const std::string& key, const Json& usage, const std::string& pointer,
                   Observations& observations) {
  const std::string counted = fmt::format("{}_event_count", side);
  if (const auto events = read_count(document[counted]).count) {
    CountClaim claim;
    claim.place = {file.id, 0, pointer_to("", counted)};
    claim.group = observations.group(key + "#events");
    claim.parts = fmt::format("events in the {} capture", side);
    claim.counter = "events";
    claim.asserted = *events;
    claim.parts_are_optional = true;
    observations.claim(std::move(claim));
  }
  if (!usage.is_object()) return;
  SumClaim claim;
  claim.place = {file.id, 0, pointer};
  claim.group = observations.group(key + "#final");
  claim.parts = fmt::format("final messages of the {} capture", side);
  claim.parts_are_optional = true;
  for (const CopiedNumber& number : tinyagent_numbers(usage)) {
    // A record's input holds the cache, which the number here may not.
    if (number.counter == Counter::input || !number.reading.count) continue;
    claim.numbers.push_back(
        {number.counter, std::string(number.key), 0, *number.reading.count, Relation::equals, {}});
  }
  observations.claim(std::move(claim));
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  std::uint64_t copies = 0;
  for (const std::string_view side : kSides) {
    const std::string flat = fmt::format("{}_usage", side);
    const bool is_diff = document["usage_values"].is_object();
    const Json usage = is_diff ? document["usage_values"][side] : document[flat];
    const std::string pointer = is_diff ? pointer_to("/usage_values", side) : pointer_to("", flat);
    if (usage.is_object()) ++copies;
    const Json capture = document[fmt::format("{}_file", side)];
    if (!capture.is_text()) continue;
    const std::string beside = folder_of(file.path);
    const std::string_view name = base_name(capture.text());
    claim_capture(
        document, side, file,
        tinyagent_file_key(beside.empty() ? std::string(name) : fmt::format("{}/{}", beside, name)),
        usage, pointer, observations);
  }
  observations.ignored("parity report: usage copied from captures",
                       std::max<std::uint64_t>(copies, 1));
}

}  // namespace

extern const Format format_tinyagent_parity;
const Format format_tinyagent_parity{
    .id = kFormat,
    .description =
        "parity reports of tinyAgent (read, not counted: they repeat the usage of captures)",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
