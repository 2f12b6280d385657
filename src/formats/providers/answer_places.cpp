#include "formats/providers/answer_places.hpp"

#include <array>

namespace usagectl {

std::span<const AnswerPlace> answer_places() {
  using enum Standing;
  // The first two are the order that readers of saved responses agreed on.
  static constexpr std::array kPlaces = {
      AnswerPlace{.path = "usage",
                  .source = "OpenAI, Anthropic, Mistral, Cohere v2 and nearly everybody"},
      AnswerPlace{.path = "metadata/usage", .source = "Bedrock ConverseStream"},
      AnswerPlace{.path = "response/usage",
                  .source = "events of OpenAI Responses, "
                            "https://platform.openai.com/docs/api-reference/responses-streaming"},
      AnswerPlace{.path = "message/usage",
                  .source = "Anthropic message_start, "
                            "https://docs.anthropic.com/en/docs/build-with-claude/streaming"},
      AnswerPlace{.path = "usageMetadata",
                  .source = "Gemini, https://ai.google.dev/api/generate-content"},
      AnswerPlace{.path = "usage_metadata", .source = "Gemini as Python dumps it; LangChain"},
      AnswerPlace{.path = "response/usageMetadata", .source = "Gemini CLI, results of a batch"},
      AnswerPlace{.path = "serverContent/usageMetadata",
                  .source = "Gemini Live, https://ai.google.dev/api/live"},
      AnswerPlace{.path = "interaction/usage",
                  .source = "Gemini Interactions, https://ai.google.dev/api/interactions-api"},
      AnswerPlace{.path = "delta/usage",
                  .source = "Cohere v2 message-end, https://docs.cohere.com/reference/chat-stream"},
      AnswerPlace{.path = "x_groq/usage", .source = "Groq, https://console.groq.com/docs"},
      AnswerPlace{.path = "choices/0/usage", .source = "Moonshot, https://platform.moonshot.ai"},
      AnswerPlace{.path = "output/usage", .source = "DashScope, older answers"},
      AnswerPlace{.path = "output/choices/0/usage", .source = "DashScope, older answers"},
      AnswerPlace{.path = "result/usage", .source = "Cloudflare Workers AI"},
      AnswerPlace{.path = "result/message/usage",
                  .source = "Anthropic batch, "
                            "https://docs.anthropic.com/en/api/retrieving-message-batch-results"},
      AnswerPlace{.path = "predictions/*",
                  .is_summed = true,
                  .item_has = "embeddings",
                  .source = "Vertex AI embeddings, https://cloud.google.com/vertex-ai/"
                            "generative-ai/docs/model-reference/text-embeddings-api"},
      AnswerPlace{.path = "metadata/tokenMetadata",
                  .source = "Vertex AI PaLM, https://cloud.google.com/vertex-ai/generative-ai/"
                            "docs/model-reference/text"},
      // Looked at when the body is no usage object itself: an answer of Ollama or llama.cpp is.
      AnswerPlace{.path = "token_count", .standing = vague, .source = "Cohere v1 chat, until 2024"},
      AnswerPlace{.path = "response/token_count",
                  .standing = vague,
                  .source = "Cohere v1 stream-end, until 2024"},
      AnswerPlace{
          .path = "meta", .standing = vague, .source = "https://docs.cohere.com/v1/reference/chat"},
      AnswerPlace{.path = "response/meta",
                  .standing = vague,
                  .source = "Cohere v1 stream-end, "
                            "https://docs.cohere.com/v1/reference/chat-stream"},
      AnswerPlace{.path = "results/*",
                  .standing = vague,
                  .is_summed = true,
                  .item_has = "generated_token_count",
                  .source = "https://cloud.ibm.com/apidocs/watsonx-ai"},
      AnswerPlace{.path = "details",
                  .standing = vague,
                  .source = "https://huggingface.github.io/text-generation-inference"},
      AnswerPlace{.path = "stats",
                  .standing = vague,
                  .source = "LM Studio, https://lmstudio.ai/docs/developer/rest"},
      AnswerPlace{.path = "result/stats", .standing = vague, .source = "LM Studio"},
      AnswerPlace{.path = "tokens", .standing = vague, .source = "Gemini CLI, opencode"},
      AnswerPlace{.path = "payload/info/total_token_usage",
                  .standing = vague,
                  .source = "an event of Codex, outside of its rollout"},
      AnswerPlace{.path = "amazon-bedrock-invocationMetrics",
                  .standing = vague,
                  .is_of_the_host = true,
                  .source = "Bedrock InvokeModelWithResponseStream"},
  };
  return kPlaces;
}

}  // namespace usagectl
