#include "formats/reading/participants.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::string_view, 60> kParticipants = {
    "attacker",   "target",      "judge",      "planner",      "executor",   "critic",
    "generator",  "evaluator",   "grader",     "scorer",       "actor",      "student",
    "teacher",    "tutor",       "user",       "assistant",    "defender",   "victim",
    "adversary",  "drafter",     "draft",      "reviewer",     "review",     "writer",
    "editor",     "coder",       "tester",     "verifier",     "solver",     "worker",
    "manager",    "supervisor",  "router",     "retriever",    "reranker",   "embedder",
    "simulator",  "agent",       "opponent",   "player",       "proposer",   "challenger",
    "summarizer", "translator",  "classifier", "extractor",    "refiner",    "researcher",
    "analyst",    "moderator",   "guard",      "guardrail",    "rewriter",   "speaker",
    "listener",   "interviewer", "subject",    "orchestrator", "controller", "responder"};
/// Around them in a name.
constexpr std::array<std::string_view, 9> kAround = {"usage", "token", "tokens", "llm",   "model",
                                                     "stats", "lm",    "call",   "counts"};

template <typename List>
bool is_in(std::string_view word, const List& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

bool is_called_participant(std::string_view name) {
  const auto words = words_of(name);
  std::size_t participants = 0;
  for (const std::string& word : words) {
    if (is_in(word, kParticipants))
      ++participants;
    else if (!is_in(word, kAround))
      return false;
  }
  return participants == 1;
}

bool is_called_model(std::string_view name) {
  constexpr std::array<std::string_view, 3> kModels = {"model", "llm", "lm"};
  const auto words = words_of(name);
  return std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return is_in(word, kAround); }) &&
         std::count_if(words.begin(), words.end(),
                       [&](const std::string& word) { return is_in(word, kModels); }) == 1;
}

}  // namespace usagectl
