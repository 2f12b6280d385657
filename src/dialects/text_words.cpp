#include "dialects/text_words.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kTexts[] = {"chunk",     "chunks",   "corpus", "vocab",     "vocabulary",
                                       "tokenizer", "file",     "files",  "path",      "filename",
                                       "hash",      "filepath", "sha256", "lines",     "root",
                                       "folder",    "folders",  "docs",   "documents", "bm25"};
constexpr std::string_view kCalls[] = {
    "model",    "models",   "cost",       "costs",       "usd",     "price",    "request",
    "requests", "call",     "calls",      "prompt",      "prompts", "llm",      "agent",
    "agents",   "turn",     "turns",      "latency",     "elapsed", "duration", "session",
    "sessions", "provider", "completion", "completions", "api",     "response", "responses",
    "input",    "output",   "usage",      "temperature", "spent",   "used",     "consumed"};

bool has_one_of(std::string_view name, std::span<const std::string_view> list) {
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  });
}

}  // namespace

bool names_text(std::string_view name) { return has_one_of(name, kTexts); }
bool names_call(std::string_view name) { return has_one_of(name, kCalls); }

}  // namespace usagectl
