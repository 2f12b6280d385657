// model_outputs.json, which arc_memo writes beside token_usage.json: one list per prompt with the
// texts that the model answered. The texts are only counted, never kept.
#include <fmt/format.h>

#include "base/paths.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

bool recognises(const Json& document, const FileContext& file) {
  if (!base_name(file.path).starts_with("model_outputs") || !document.is_array()) return false;
  bool all = true;
  document.each_item([&](std::size_t, const Json& answers) { all = all && answers.is_array(); });
  return all;
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  std::uint64_t prompts = 0;
  std::uint64_t outputs = 0;
  document.each_item([&](std::size_t, const Json& answers) {
    ++prompts;
    outputs += answers.size();
  });
  const std::string folder = folder_of(file.path);
  observations.member({observations.group(folder + "#outputs"), outputs, 0});
  observations.member({observations.group(folder + "#prompts"), prompts, 0});
  observations.ignored("outputs, counted as evidence for completions");
}

}  // namespace

extern const Format format_llmplus_model_outputs;
const Format format_llmplus_model_outputs{
    .id = "llmplus.model_outputs",
    .description = "model_outputs.json beside a token_usage.json: evidence for its completions",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
