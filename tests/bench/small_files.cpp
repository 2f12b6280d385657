#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "data_sets.hpp"
#include "output_file.hpp"

namespace usagectl {
namespace {

constexpr std::uint64_t kFilesPerFolder = 100;

/// One answer of a provider, however it is written down.
struct Answer {
  std::string_view model;
  std::string id;
  std::uint64_t time = 0;  // in seconds since 1970
  std::string text = {};
  TrueCounts used = {};
};

TrueCounts invented_call(Random& random, bool reasons) {
  TrueCounts call;
  call.requests = 1;
  call.input = random.skewed(7, 15);
  // Providers cache in steps of 128.
  if (random.one_in(2)) call.cache_read = random.between(0, call.input / 128) * 128;
  const std::uint64_t visible = random.skewed(4, 11);
  if (reasons) call.reasoning = random.between(0, 30) * 64;
  call.output = visible + call.reasoning;
  call.total = call.input + call.output;
  return call;
}

std::string chat_completion(const Answer& answer) {
  return fmt::format(R"({{
  "id": "chatcmpl-{}",
  "object": "chat.completion",
  "created": {},
  "model": "{}",
  "choices": [
    {{
      "index": 0,
      "message": {{
        "role": "assistant",
        "content": "{}",
        "refusal": null,
        "annotations": []
      }},
      "logprobs": null,
      "finish_reason": "stop"
    }}
  ],
  "usage": {{
    "prompt_tokens": {},
    "completion_tokens": {},
    "total_tokens": {},
    "prompt_tokens_details": {{
      "cached_tokens": {},
      "audio_tokens": 0
    }},
    "completion_tokens_details": {{
      "reasoning_tokens": {},
      "audio_tokens": 0,
      "accepted_prediction_tokens": 0,
      "rejected_prediction_tokens": 0
    }}
  }},
  "service_tier": "default",
  "system_fingerprint": null
}}
)",
                     answer.id, answer.time, answer.model, answer.text, answer.used.input,
                     answer.used.output, answer.used.total, answer.used.cache_read,
                     answer.used.reasoning);
}

std::string model_response(const Answer& answer) {
  return fmt::format(R"({{
  "id": "resp_{}",
  "object": "response",
  "created_at": {},
  "status": "completed",
  "error": null,
  "incomplete_details": null,
  "instructions": null,
  "max_output_tokens": null,
  "model": "{}",
  "output": [
    {{
      "type": "message",
      "id": "msg_{}",
      "status": "completed",
      "role": "assistant",
      "content": [
        {{
          "type": "output_text",
          "text": "{}",
          "annotations": []
        }}
      ]
    }}
  ],
  "usage": {{
    "input_tokens": {},
    "input_tokens_details": {{
      "cached_tokens": {}
    }},
    "output_tokens": {},
    "output_tokens_details": {{
      "reasoning_tokens": {}
    }},
    "total_tokens": {}
  }},
  "metadata": {{}}
}}
)",
                     answer.id, answer.time, answer.model, answer.id, answer.text,
                     answer.used.input, answer.used.cache_read, answer.used.output,
                     answer.used.reasoning, answer.used.total);
}

/// Gemini counts what was thought beside what was said.
std::string generated_content(const Answer& answer) {
  return fmt::format(R"({{
  "candidates": [
    {{
      "content": {{
        "parts": [
          {{
            "text": "{}"
          }}
        ],
        "role": "model"
      }},
      "finishReason": "STOP",
      "index": 0
    }}
  ],
  "usageMetadata": {{
    "promptTokenCount": {},
    "candidatesTokenCount": {},
    "totalTokenCount": {},
    "cachedContentTokenCount": {},
    "promptTokensDetails": [
      {{
        "modality": "TEXT",
        "tokenCount": {}
      }}
    ],
    "thoughtsTokenCount": {}
  }},
  "modelVersion": "{}",
  "responseId": "{}"
}}
)",
                     answer.text, answer.used.input, answer.used.output - answer.used.reasoning,
                     answer.used.total, answer.used.cache_read, answer.used.input,
                     answer.used.reasoning, answer.model, answer.id);
}

struct Provider {
  std::string_view model;
  bool reasons;
  std::string (*body)(const Answer& answer);
};

constexpr std::array<Provider, 5> kProviders = {{{"gpt-4.1-2025-04-14", false, chat_completion},
                                                 {"gpt-5-2025-08-07", true, chat_completion},
                                                 {"gpt-5-mini-2025-08-07", true, model_response},
                                                 {"gemini-2.5-flash", true, generated_content},
                                                 {"gemini-2.5-pro", true, generated_content}}};

}  // namespace

Truth write_small_files(const DataSetPlan& plan) {
  Truth truth({.cache_write = true});
  Random random = plan.random;
  const std::uint64_t bytes = plan.bytes / plan.files;
  std::uint64_t time = 1767225600;  // 2026 begins
  for (std::uint64_t i = 0; i < plan.files; ++i) {
    const Provider& provider = random.pick(kProviders);
    time += random.below(60);
    Answer answer{.model = provider.model, .id = random.id("", 28), .time = time};
    plan.filler.append(answer.text, random, random.between(bytes / 4, bytes * 5 / 4),
                       FillerKind::kProse);
    answer.used = invented_call(random, provider.reasons);
    OutputFile file(plan.folder / fmt::format("{:03}", i / kFilesPerFolder) /
                    fmt::format("{:05}.json", i));
    file.write(provider.body(answer));
    file.close();
    truth.add(answer.model, answer.used);
    truth.add_file(file);
  }
  return truth;
}

}  // namespace usagectl
