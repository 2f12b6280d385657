// What answers and events of providers look like. A shape asks for members that the provider's own
// documentation names and that a log of somebody's own making has not: a column called event_type
// or done proves nothing.
#include "formats/providers/event_shapes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace usagectl {
namespace {

/// What is asked of the value at a path.
enum class Is : std::uint8_t {
  nothing,  ///< end of the list
  present,
  absent,
  null,
  object,
  list,
  empty_list,
  text,
  number,
  yes,     ///< true
  no,      ///< false
  word,    ///< a text that is one of the words
  begins,  ///< a text that begins with the word
  all_of,  ///< of an object: it has no members but these
};

struct Condition {
  std::string_view path = {};  ///< names with '/' between them; "0" is the first item
  Is is = Is::nothing;
  std::string_view words = {};  ///< with a space between them
};

struct Row {
  EventShape shape;
  std::array<Condition, 4> conditions;
  std::string_view source;
};

constexpr EventShape kResponse{.kind = EventKind::response};
constexpr EventShape kAnybodysResponse{.kind = EventKind::response, .is_anybodys = true};
constexpr EventShape kChunk{.kind = EventKind::chunk};
constexpr EventShape kChunkOfOtherId{.kind = EventKind::chunk, .has_other_id = true};
constexpr EventShape kOpening{.kind = EventKind::chunk, .opens_call = true};
constexpr EventShape kLastChunk{.kind = EventKind::done_chunk};
constexpr EventShape kTurn{.kind = EventKind::turn};
constexpr EventShape kError{.kind = EventKind::error};

constexpr EventShape no_call(std::string_view rule) {
  return {.kind = EventKind::no_call, .rule = rule};
}

constexpr std::string_view kOpenAi = "https://platform.openai.com/docs/api-reference, 2026-11";
constexpr std::string_view kAnthropic =
    "https://docs.anthropic.com/en/docs/build-with-claude/streaming, 2026-11";
constexpr std::string_view kGemini = "https://ai.google.dev/api/generate-content, 2026-11";
constexpr std::string_view kGeminiInteractions =
    "https://ai.google.dev/api/interactions-api, 2026-11";
constexpr std::string_view kGeminiCaching = "https://ai.google.dev/api/caching, 2026-11";
constexpr std::string_view kGeminiTokens = "https://ai.google.dev/api/tokens, 2026-11";
constexpr std::string_view kVertex =
    "https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference, 2026-11";
constexpr std::string_view kCohere2 = "https://docs.cohere.com/reference/chat-stream, 2026-11";
constexpr std::string_view kCohere1 = "https://docs.cohere.com/v1/reference/chat-stream, 2026-11";
constexpr std::string_view kConverse =
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html, "
    "2026-11";
constexpr std::string_view kBedrock =
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html, 2026-11";
constexpr std::string_view kOllama =
    "https://github.com/ollama/ollama/blob/main/docs/api.md, 2026-11";
constexpr std::string_view kLlamaCpp =
    "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md, 2026-11";
constexpr std::string_view kTgi =
    "https://huggingface.github.io/text-generation-inference, 2026-11";
constexpr std::string_view kDashScope =
    "https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api, 2026-11";
constexpr std::string_view kAdk = "https://google.github.io/adk-docs/events, 2026-11";
constexpr std::string_view kWatsonx = "https://cloud.ibm.com/apidocs/watsonx-ai, 2026-11";

/// The first row that fits says what an object is.
constexpr std::array kRows = {
    // OpenAI: objects that name themselves.
    Row{kResponse,
        {{{"object", Is::word, "response response.compaction interaction realtime.response"}}},
        kOpenAi},
    Row{{.kind = EventKind::batch}, {{{"object", Is::word, "batch"}}}, kOpenAi},
    Row{no_call("count of tokens before a call"),
        {{{"object", Is::word, "response.input_tokens"}}},
        kOpenAi},
    Row{kResponse, {{{"object", Is::word, "list"}, {"usage", Is::object}}}, kOpenAi},
    Row{kResponse,
        {{{"object", Is::word, "list"}, {"data/0/object", Is::word, "embedding"}}},
        kOpenAi},
    Row{{.kind = EventKind::step, .has_other_id = true},
        {{{"object", Is::word, "thread.run.step"}}},
        kOpenAi},
    Row{kChunk, {{{"object", Is::word, "thread.run"}}}, kOpenAi},
    Row{kChunkOfOtherId, {{{"object", Is::begins, "thread."}, {"usage", Is::absent}}}, kOpenAi},
    Row{kChunk, {{{"object", Is::word, "chat.completion.chunk"}}}, kOpenAi},
    // A refusal says why.
    Row{kError,
        {{{"error/message", Is::text}, {"choices", Is::absent}, {"usage", Is::absent}}},
        kOpenAi},
    Row{kError,
        {{{"error/type", Is::text}, {"choices", Is::absent}, {"usage", Is::absent}}},
        kAnthropic},
    Row{kError, {{{"error/error/message", Is::text}, {"usage", Is::absent}}}, kAnthropic},
    Row{kError,
        {{{"type", Is::word, "error"}, {"error", Is::object}, {"usage", Is::absent}}},
        kAnthropic},
    // Anthropic Messages.
    Row{{.kind = EventKind::start, .opens_call = true},
        {{{"type", Is::word, "message_start"}, {"message", Is::object}}},
        kAnthropic},
    Row{{.kind = EventKind::delta},
        {{{"type", Is::word, "message_delta"}, {"delta", Is::object}}},
        kAnthropic},
    Row{{.kind = EventKind::delta},
        {{{"type", Is::word, "message_delta"}, {"usage", Is::object}}},
        kAnthropic},
    // Not documented: servers that are compatible repeat the whole usage at the end.
    Row{{.kind = EventKind::delta},
        {{{"type", Is::word, "message_stop"}, {"usage", Is::object}}},
        kAnthropic},
    Row{kChunk, {{{"type", Is::begins, "content_block_"}, {"index", Is::number}}}, kAnthropic},
    Row{kChunk, {{{"type", Is::word, "message_stop ping"}, {"usage", Is::absent}}}, kAnthropic},
    Row{kResponse,
        {{{"type", Is::word, "message"}, {"role", Is::text}, {"content", Is::present}}},
        kAnthropic},
    Row{no_call("state of a batch"), {{{"type", Is::word, "message_batch"}}}, kAnthropic},
    Row{no_call("count of tokens before a call"),
        {{{"input_tokens", Is::number}, {"", Is::all_of, "input_tokens context_management"}}},
        "https://docs.anthropic.com/en/api/messages-count-tokens, 2026-11"},
    // OpenAI Responses and Realtime.
    Row{kTurn, {{{"type", Is::word, "response.done"}, {"response", Is::object}}}, kOpenAi},
    Row{kOpening, {{{"type", Is::word, "response.created"}, {"response", Is::object}}}, kOpenAi},
    Row{kChunk, {{{"type", Is::begins, "response."}, {"usage", Is::absent}}}, kOpenAi},
    // Cohere v2, then v1.
    Row{kOpening, {{{"type", Is::word, "message-start"}, {"usage", Is::absent}}}, kCohere2},
    Row{kChunk,
        {{{"type", Is::word,
           "message-end content-start content-delta content-end tool-plan-delta tool-call-start "
           "tool-call-delta tool-call-end citation-start citation-end"},
          {"usage", Is::absent}}},
        kCohere2},
    Row{kOpening,
        {{{"event_type", Is::word, "stream-start"}, {"is_finished", Is::present}}},
        kCohere1},
    Row{kLastChunk, {{{"event_type", Is::word, "stream-end"}, {"response", Is::object}}}, kCohere1},
    Row{kChunk,
        {{{"event_type", Is::word,
           "text-generation search-queries-generation search-results citation-generation "
           "tool-calls-generation tool-calls-chunk tool-input-generation debug"},
          {"usage", Is::absent},
          {"is_finished", Is::present}}},
        kCohere1},
    Row{kResponse,
        {{{"usage/billed_units", Is::object}, {"message", Is::object}}},
        "https://docs.cohere.com/reference/chat, 2026-11"},
    Row{kResponse, {{{"meta/api_version", Is::object}, {"usage", Is::absent}}}, kCohere1},
    // Gemini Interactions.
    Row{kOpening,
        {{{"event_type", Is::word, "interaction.start interaction.created"},
          {"usage", Is::absent}}},
        kGeminiInteractions},
    Row{kChunk,
        {{{"event_type", Is::begins, "interaction."}, {"usage", Is::absent}}},
        kGeminiInteractions},
    Row{kChunk,
        {{{"event_type", Is::word,
           "content.start content.delta content.stop step.start step.delta step.stop"},
          {"usage", Is::absent}}},
        kGeminiInteractions},
    // Chat completions. Perplexity calls its chunks chat.completion too; the delta says what they
    // are. A streamed completion has no delta; only its last piece has a finish_reason.
    Row{kChunk, {{{"choices/0/delta", Is::object}}}, kOpenAi},
    Row{kChunk, {{{"object", Is::word, "text_completion"}, {"choices", Is::empty_list}}}, kOpenAi},
    Row{kChunk,
        {{{"object", Is::word, "text_completion"},
          {"choices/0", Is::present},
          {"choices/0/finish_reason", Is::null}}},
        kOpenAi},
    Row{kResponse,
        {{{"object", Is::word, "chat.completion text_completion"}, {"choices", Is::list}}},
        kOpenAi},
    // Choices are anybody's: of a game, of a vote, each with the usage of its own call.
    Row{kResponse,
        {{{"choices/0/message", Is::present}, {"choices/0/usage", Is::absent}}},
        kOpenAi},
    Row{kResponse, {{{"choices/0/text", Is::text}, {"choices/0/usage", Is::absent}}}, kOpenAi},
    Row{kResponse,
        {{{"choices/0/finish_reason", Is::present}, {"choices/0/usage", Is::absent}}},
        kOpenAi},
    Row{kResponse, {{{"choices/0", Is::present}, {"usage", Is::object}}}, kOpenAi},
    Row{kChunk, {{{"choices", Is::empty_list}}}, kOpenAi},
    // Gemini and Vertex AI.
    Row{no_call("size of a cached content"), {{{"cachedContents", Is::list}}}, kGeminiCaching},
    Row{no_call("size of a cached content"),
        {{{"name", Is::text}, {"expireTime", Is::text}, {"usageMetadata", Is::object}}},
        kGeminiCaching},
    Row{no_call("count of tokens before a call"),
        {{{"totalTokens", Is::number},
          {"", Is::all_of,
           "totalTokens promptTokensDetails cacheTokensDetails cachedContentTokenCount "
           "totalBillableCharacters sdkHttpResponse"}}},
        kGeminiTokens},
    Row{kTurn, {{{"usageMetadata/responseTokenCount", Is::present}}}, kGemini},
    // Candidates are anybody's: for a job, of a search, of a best-of-n.
    Row{kChunk, {{{"candidates", Is::list}, {"usageMetadata", Is::object}}}, kGemini},
    Row{kChunk, {{{"candidates", Is::list}, {"usage_metadata", Is::object}}}, kGemini},
    Row{kChunk, {{{"candidates", Is::list}, {"modelVersion", Is::text}}}, kGemini},
    Row{kChunk, {{{"candidates", Is::list}, {"model_version", Is::text}}}, kGemini},
    Row{kChunk,
        {{{"candidates/0/content/parts", Is::list}, {"candidates/0/usage", Is::absent}}},
        kGemini},
    Row{kChunk,
        {{{"candidates/0/content/role", Is::text}, {"candidates/0/usage", Is::absent}}},
        kGemini},
    Row{kChunk,
        {{{"candidates/0/finishReason", Is::text}, {"candidates/0/usage", Is::absent}}},
        kGemini},
    Row{kChunk,
        {{{"candidates/0/finish_reason", Is::text}, {"candidates/0/usage", Is::absent}}},
        kGemini},
    Row{kChunk, {{{"promptFeedback", Is::object}}}, kGemini},
    Row{kChunk, {{{"usageMetadata", Is::object}, {"modelVersion", Is::text}}}, kGemini},
    Row{kChunk, {{{"usageMetadata", Is::object}, {"responseId", Is::text}}}, kGemini},
    Row{kChunk,
        {{{"usageMetadata", Is::object}, {"", Is::all_of, "usageMetadata sdkHttpResponse"}}},
        kGemini},
    Row{kResponse, {{{"usageMetadata", Is::object}, {"embeddings", Is::list}}}, kGemini},
    Row{kResponse, {{{"usageMetadata", Is::object}, {"embedding", Is::object}}}, kGemini},
    Row{kResponse, {{{"predictions/0/embeddings/statistics", Is::object}}}, kVertex},
    Row{kResponse, {{{"predictions", Is::list}, {"metadata/tokenMetadata", Is::object}}}, kVertex},
    // Ollama and llama.cpp.
    Row{kLastChunk, {{{"done", Is::yes}, {"eval_count", Is::number}}}, kOllama},
    Row{kLastChunk, {{{"done", Is::yes}, {"model", Is::text}, {"message", Is::object}}}, kOllama},
    Row{kLastChunk, {{{"done", Is::yes}, {"model", Is::text}, {"response", Is::text}}}, kOllama},
    Row{kChunk, {{{"done", Is::no}, {"model", Is::text}, {"message", Is::object}}}, kOllama},
    Row{kChunk, {{{"done", Is::no}, {"model", Is::text}, {"response", Is::text}}}, kOllama},
    Row{kResponse, {{{"embeddings", Is::list}, {"prompt_eval_count", Is::number}}}, kOllama},
    Row{kChunk, {{{"tokens_predicted", Is::number}, {"stop", Is::no}}}, kLlamaCpp},
    Row{kResponse,
        {{{"tokens_evaluated", Is::present}, {"tokens_predicted", Is::present}}},
        kLlamaCpp},
    // Bedrock: Converse, its stream with and without the names of the events, models of their own.
    Row{kOpening, {{{"messageStart", Is::object}}}, kConverse},
    Row{kChunk, {{{"contentBlockStart", Is::object}}}, kConverse},
    Row{kChunk, {{{"contentBlockDelta", Is::object}}}, kConverse},
    Row{kChunk, {{{"contentBlockStop", Is::object}}}, kConverse},
    Row{kChunk, {{{"messageStop", Is::object}}}, kConverse},
    Row{kLastChunk,
        {{{"metadata/usage", Is::object}, {"metadata/metrics", Is::object}, {"usage", Is::absent}}},
        kConverse},
    Row{kChunk, {{{"contentBlockIndex", Is::number}, {"usage", Is::absent}}}, kConverse},
    Row{kResponse, {{{"output", Is::object}, {"stopReason", Is::present}}}, kConverse},
    Row{kResponse, {{{"output/message", Is::object}, {"metrics", Is::object}}}, kConverse},
    Row{kResponse,
        {{{"output", Is::object}, {"usage", Is::object}, {"metrics/latencyMs", Is::number}}},
        kConverse},
    Row{kLastChunk,
        {{{"metrics/latencyMs", Is::number}, {"usage", Is::object}, {"output", Is::absent}}},
        kConverse},
    Row{kResponse, {{{"inputTextTokenCount", Is::number}, {"results", Is::list}}}, kBedrock},
    Row{kResponse, {{{"inputTextTokenCount", Is::number}, {"embedding", Is::present}}}, kBedrock},
    Row{kChunk,
        {{{"completion", Is::text},
          {"", Is::all_of,
           "completion stop stop_reason type id model amazon-bedrock-invocationMetrics"}}},
        kBedrock},
    Row{kChunk, {{{"outputText", Is::text}, {"index", Is::number}}}, kBedrock},
    Row{kChunk, {{{"generation", Is::text}, {"stop_reason", Is::null}}}, kBedrock},
    Row{kLastChunk, {{{"generation", Is::text}, {"stop_reason", Is::text}}}, kBedrock},
    // Others with answers of their own.
    Row{kLastChunk, {{{"token", Is::object}, {"details", Is::object}}}, kTgi},
    Row{kChunk, {{{"token/text", Is::text}, {"generated_text", Is::present}}}, kTgi},
    Row{kResponse, {{{"generated_text", Is::text}, {"details", Is::object}}}, kTgi},
    Row{kResponse, {{{"results/0/generated_token_count", Is::number}}}, kWatsonx},
    // DashScope writes blocks of a stream like whole answers; the state so far stands in each.
    Row{kResponse,
        {{{"output", Is::object}, {"usage", Is::object}, {"request_id", Is::text}}},
        kDashScope},
    // Events of an agent: the last one of an answer is not partial, and holds all of it.
    Row{kChunkOfOtherId, {{{"partial", Is::yes}, {"invocationId", Is::text}}}, kAdk},
    Row{kChunkOfOtherId, {{{"partial", Is::yes}, {"invocation_id", Is::text}}}, kAdk},
    Row{kAnybodysResponse, {{{"usage", Is::object}}}, {}},
    Row{kAnybodysResponse, {{{"usageMetadata", Is::object}}}, {}},
    Row{kAnybodysResponse, {{{"meta/tokens", Is::object}}}, {}},
    Row{kAnybodysResponse, {{{"meta/billed_units", Is::object}}}, {}},
};

bool is_word_of(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

Json value_of(const Json& body, std::string_view path) {
  Json value = body;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, end);
    value = name == "0" ? value.item(0) : value[name];
    if (!value.present()) return {};
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return value;
}

bool has_no_members_but(const Json& object, std::string_view words) {
  bool only = true;
  object.each_member(
      [&](std::string_view name, const Json&) { only = only && is_word_of(words, name); });
  return only;
}

bool holds(const Condition& condition, const Json& body) {
  const Json value = value_of(body, condition.path);
  switch (condition.is) {
    case Is::nothing: return true;
    case Is::present: return value.present() && !value.is_null();
    case Is::absent:
    case Is::null: return value.is_null();
    case Is::object: return value.is_object();
    case Is::list: return value.is_array();
    case Is::empty_list: return value.is_array() && !value.item(0).present();
    case Is::text: return value.is_text();
    case Is::number: return value.is_number();
    case Is::yes: return value.boolean() == true;
    case Is::no: return value.boolean() == false;
    case Is::word: return value.is_text() && is_word_of(condition.words, value.text());
    case Is::begins: return value.is_text() && value.text().starts_with(condition.words);
    case Is::all_of: return has_no_members_but(value, condition.words);
  }
  return false;
}

/// A set of names, of which several may share a bit.
std::uint64_t bit_of(std::string_view name) {
  if (name.empty()) return 0;
  const auto byte = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(name[at]));
  };
  return std::uint64_t{1} << ((name.size() * 7 + byte(0) * 5 + byte(name.size() / 2) * 3 +
                               byte(name.size() - 1)) %
                              64);
}

/// The names of members that an object of the row has.
std::uint64_t names_needed(const Row& row) {
  std::uint64_t names = 0;
  for (const Condition& condition : row.conditions) {
    const bool is_needed =
        condition.is != Is::nothing && condition.is != Is::absent && condition.is != Is::null;
    if (is_needed) names |= bit_of(condition.path.substr(0, condition.path.find('/')));
  }
  return names;
}

}  // namespace

const EventShape* shape_of(const Json& body) {
  if (!body.is_object()) return nullptr;
  static const auto needed = [] {
    std::array<std::uint64_t, std::size(kRows)> names{};
    std::transform(std::begin(kRows), std::end(kRows), names.begin(), names_needed);
    return names;
  }();
  std::uint64_t names = 0;
  body.each_member([&](std::string_view name, const Json&) { names |= bit_of(name); });
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    if ((needed[i] & ~names) != 0) continue;
    const auto& conditions = kRows[i].conditions;
    if (std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
          return condition.is == Is::nothing || holds(condition, body);
        })) {
      return &kRows[i].shape;
    }
  }
  return nullptr;
}

}  // namespace usagectl
