#include "formats/reading/usage_parts.hpp"

#include <algorithm>
#include <array>

namespace usagectl {
namespace {

constexpr std::array kParts = {
    UsagePart{.name = "iterations",
              .rule = "iteration of a counted call",
              .source = "https://docs.anthropic.com/en/api/messages"},
    UsagePart{.name = "raw",
              .rule = "raw form of a counted usage",
              .source = "https://ai-sdk.dev/docs/reference/ai-sdk-core/generate-text"},
    UsagePart{.name = "tool_usage",
              .is_inside_usage = false,
              .rule = "tool usage of a counted call",
              .source = "https://platform.openai.com/docs/api-reference/responses/object"},
    UsagePart{.name = "usage_breakdown",
              .is_inside_usage = false,
              .rule = "part of a counted usage",
              .source = "https://console.groq.com/docs/compound"},
    UsagePart{.name = "meta",
              .is_inside_usage = false,
              .rule = "bill of a counted call",
              .source = "https://docs.cohere.com/v1/reference/chat"},
    UsagePart{.name = "provider_metadata",
              .is_inside_usage = false,
              .rule = "provider's form of a counted usage",
              .source = "https://vercel.com/docs/ai-gateway/openai-compat"},
    UsagePart{.name = "TokensDetails",
              .is_a_list_of_counts = true,
              .rule = "part of a counted usage",
              .source = "https://ai.google.dev/api/generate-content#UsageMetadata"},
    UsagePart{.name = "_tokens_details",
              .is_a_list_of_counts = true,
              .rule = "part of a counted usage",
              .source = "https://github.com/googleapis/python-genai"},
    UsagePart{.name = "_tokens_by_modality",
              .is_a_list_of_counts = true,
              .rule = "part of a counted usage",
              .source = "https://ai.google.dev/api/interactions-api"},
};

}  // namespace

std::span<const UsagePart> usage_parts() { return kParts; }

const UsagePart* usage_part(std::string_view name) {
  const auto found = std::find_if(kParts.begin(), kParts.end(), [&](const UsagePart& part) {
    return part.is_a_list_of_counts ? name.ends_with(part.name) : name == part.name;
  });
  return found == kParts.end() ? nullptr : &*found;
}

std::string_view usage_by_model(const Json& value) {
  for (const std::string_view name : {"modelUsage", "model_usage"}) {
    const Json models = value[name];
    if (!models.is_object() || !(value.has("total_cost_usd") || value["usage"].has("input_tokens")))
      continue;
    bool are_of_models = models.size() > 0;
    models.each_member([&](std::string_view, const Json& usage) {
      are_of_models = are_of_models && usage.has("inputTokens") && usage.has("outputTokens");
    });
    // The models cannot have used less than the main loop.
    const Json main_loop = value["usage"];
    const auto holds = [&](std::string_view of_models, std::string_view of_loop) {
      ExactSum sum;
      models.each_member([&](std::string_view, const Json& usage) {
        sum += read_count(usage[of_models]).count.value_or(0);
      });
      return !(sum < ExactSum(read_count(main_loop[of_loop]).count.value_or(0)));
    };
    if (are_of_models && holds("inputTokens", "input_tokens") &&
        holds("outputTokens", "output_tokens"))
      return name;
  }
  return {};
}

}  // namespace usagectl
