#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

FormatReading read(std::string text) { return read_as_file(std::move(text), "run.log"); }

Count input(const FormatReading& reading) { return sum(reading, Counter::input); }
Count output(const FormatReading& reading) { return sum(reading, Counter::output); }
std::ptrdiff_t warnings(const FormatReading& reading) {
  return std::count_if(reading.findings.begin(), reading.findings.end(),
                       [](const Finding& one) { return one.severity == Severity::warning; });
}
Count total(const FormatReading& reading) { return sum(reading, Counter::total); }

/// Lines "tokens used: N".
std::string used(std::initializer_list<Count> totals, const std::string& words = "Tokens used: ") {
  std::string text;
  for (const Count total : totals) text += words + std::to_string(total) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a line that begins with a bracket is text, and its numbers are read") {
  const FormatReading reading =
      read("[2026-11-01 10:00:00] Prompt: 1,756, Completion: 9, Total: 1,765\n");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records.front(), Counter::input) == 1756);
  CHECK(tokens(reading.records.front(), Counter::total) == 1765);
  CHECK(reading.records.front().place.line == 1);
  CHECK(reading.records.front().place.pointer.empty());
  CHECK(reading.records.front().time == "2026-11-01T10:00:00");
}

TEST_CASE("a log that begins with a bracket and holds no usage is not broken JSON") {
  const FormatReading reading =
      read("[2026-11-01T10:00:00.1] token tracking is on\n[2026-11-01] bye\n");
  CHECK(reading.records.empty());
  CHECK(reading.problems.empty());
}

TEST_CASE("pairs of a line are one call, with its model") {
  const FormatReading reading = read(
      "level=info prompt_tokens=12 completion_tokens=3 model=made-up\n"
      "level=info \"prompt_tokens\": 1,012, \"completion_tokens\": 4\n");
  CHECK(input(reading) == 1024);
  CHECK(output(reading) == 7);
  CHECK(reading.records.front().model == "made-up");
}

TEST_CASE("the names of pairs are understood however their words are joined") {
  for (const char* line :
       {"usage: { promptTokens: 100, completionTokens: 12, totalTokens: 112 }\n",
        "level=info promptTokens=100 completionTokens=12\n",
        "usage: {PromptTokens:100 CompletionTokens:12 TotalTokens:112}\n",
        "DefaultUsage{promptTokens=100, completionTokens=12, totalTokens=112}\n",
        "usage: { inputTokens: 100, outputTokens: 12, totalTokens: 112, cachedInputTokens: 64 }\n",
        "Usage: { InputTokenCount = 100, OutputTokenCount = 12 }\n",
        "usage: { promptTokenCount: 100, candidatesTokenCount: 12 }\n",
        "usage Some(Usage { prompt_tokens: Some(100), completion_tokens: 12 })\n",
        "usage {\"prompt_tokens\"=>100, \"completion_tokens\"=>12}\n",
        "usage: {\n  promptTokens: 100,\n  completionTokens: 12\n}\n"}) {
    CAPTURE(line);
    const FormatReading reading = read(line);
    CHECK(input(reading) == 100);
    CHECK(output(reading) == 12);
    CHECK(reading.problems.empty());
  }
}

TEST_CASE("an object that is printed over several lines is one call") {
  const FormatReading reading = read(
      "usage: {\n  inputTokens: 100,\n  outputTokens: 12,\n  totalTokens: 112,\n"
      "  reasoningTokens: 2,\n  cachedInputTokens: 64\n}\nbye\n");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records.front(), Counter::cache_read) == 64);
  CHECK(reading.records.front().place.line == 1);
  CHECK(reading.findings.empty());
}

TEST_CASE("counts under names that no dialect knows are rejected, not passed over") {
  CHECK(read("PROMPTTOKENS=100 COMPLETIONTOKENS=12\n").problems.size() == 1);
}

TEST_CASE("a line that gives no number is no broken one") {
  CHECK(read("prompt_tokens=None completion_tokens=None\n").problems.empty());
}

TEST_CASE("a line with two numbers under one name is no call, and no broken one") {
  const FormatReading reading = read(
      "last: input_tokens=100 output_tokens=20, all: input_tokens=180 output_tokens=30\n"
      "call input_tokens=10 output_tokens=5\n");
  CHECK(input(reading) == 10);
  CHECK(reading.errors() == 0);
}

TEST_CASE("numbers that are not whole are rejected, not cut") {
  for (const char* line :
       {"Tokens used: 1.2k\n", "Prompt: 8.9, Completion: 3\n",
        "prompt_tokens=12k completion_tokens=3\n", "Prompt: 12,34, Completion: 3\n"}) {
    CAPTURE(line);
    const FormatReading reading = read(line);
    CHECK(counted(reading).empty());
    CHECK_FALSE(reading.problems.empty());
  }
}

TEST_CASE("tokens of a limit are not usage") {
  CHECK(read("Tokens used: 120/4096\n").records.empty());
}

TEST_CASE("prompt, completion and total on lines of their own are one call") {
  const FormatReading reading =
      read("answer 1\nPrompt tokens: 12\nCompletion tokens: 3\nTotal tokens: 15\n");
  CHECK(counted(reading).size() == 1);
  CHECK(total(reading) == 15);
}

TEST_CASE("what LangChain's callback prints is a sum of its requests") {
  const FormatReading reading = read(
      "Tokens Used: 46\n\tPrompt Tokens: 12\n\t\tPrompt Cached Tokens: 8\n"
      "\tCompletion Tokens: 34\n\t\tReasoning Tokens: 5\nSuccessful Requests: 2\n");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records.front(), Counter::requests) == 2);
  CHECK(tokens(reading.records.front(), Counter::cache_read) == 8);
  CHECK(total(reading) == 46);
}

TEST_CASE("totals that go up and down are those of calls") {
  const FormatReading reading = read(used({120, 90, 130, 80}));
  CHECK(total(reading) == 420);
  CHECK(reading.findings.empty());
}

TEST_CASE("totals that grow from nothing are totals so far, of which the last counts") {
  const FormatReading reading = read(used({110, 230, 340, 445, 560, 670}, "Total tokens used: "));
  CHECK(total(reading) == 670);
  CHECK(with_cause(reading, "running-total").size() == 1);
}

TEST_CASE("a total so far that does not grow begins anew") {
  CHECK(total(read(used({110, 230, 340, 445, 560, 670, 120, 120}, "Total tokens used: "))) == 910);
}

TEST_CASE("a few totals that grow are counted, with a warning") {
  const FormatReading reading = read(used({120, 230, 340}));
  CHECK(total(reading) == 690);
  CHECK(with_cause(reading, "running-total").size() == 1);
}

TEST_CASE("a last line that is the sum of the others is not counted") {
  const FormatReading reading =
      read("Prompt: 10, Completion: 5\nPrompt: 8, Completion: 7\nPrompt: 18, Completion: 12\n");
  CHECK(input(reading) == 18);
  CHECK(output(reading) == 12);
}

TEST_CASE("totals beside lines with input and output say the same again") {
  const FormatReading reading = read(
      "Prompt: 10, Completion: 5\nTotal tokens used: 15\nPrompt: 20, Completion: 7\n"
      "Total tokens used: 42\n");
  CHECK(total(reading) == 42);
  CHECK(with_cause(reading, "not-counted").empty());
}

TEST_CASE("totals beside other lines that are not their sum are a doubt") {
  const FormatReading reading = read("Prompt: 10, Completion: 5\nTotal tokens used: 99\n");
  CHECK(total(reading) == 15);
  CHECK(with_cause(reading, "not-counted").size() == 1);
}

TEST_CASE("a line that counts tokens in unknown words is named") {
  const FormatReading reading = read("Prompt: 10, Completion: 5\nthinking tokens: 7 on the way\n");
  CHECK(input(reading) == 10);
  CHECK(with_cause(reading, "not-read").size() == 1);
}

TEST_CASE("calls in words count beside one that a log gives as JSON") {
  const FormatReading reading = read(
      "INFO prompt_tokens=100 completion_tokens=12\n"
      "INFO result {\"usage\": {\"prompt_tokens\": 5, \"completion_tokens\": 1}}\n"
      "INFO prompt_tokens=250 completion_tokens=20\n");
  CHECK(input(reading) == 355);
  CHECK(output(reading) == 33);
  CHECK(reading.findings.empty());
}

TEST_CASE("words that repeat the JSON of a log, or its sum, do not count again") {
  const FormatReading reading = read(
      "usage {\"prompt_tokens\": 100, \"completion_tokens\": 12}\n"
      "done, prompt_tokens=100, completion_tokens=12\n"
      "usage {\"prompt_tokens\": 50, \"completion_tokens\": 3}\n"
      "all in all 150 prompt tokens, 15 completion tokens\n");
  CHECK(input(reading) == 150);
  CHECK(reading.findings.empty());
}

TEST_CASE("words beside the JSON of a log that may be no call are named") {
  for (const char* line :
       {"Saved 500 prompt tokens, 20 completion tokens\n", "Tokens used: 77\n",
        "total: prompt_tokens=300 completion_tokens=40\n", "Tokens used: 1.2k\n"}) {
    CAPTURE(line);
    const FormatReading reading =
        read(std::string("usage {\"prompt_tokens\": 100, \"completion_tokens\": 12}\n") + line);
    CHECK(input(reading) == 100);
    CHECK(with_cause(reading, "not-counted").size() == 1);
    CHECK(reading.problems.empty());
  }
}

TEST_CASE("counts in the prose of a Markdown file are named, and not counted") {
  const FormatReading reading = read_as_file(
      "| Model | Prompt tokens | Completion tokens |\n|---|---|---|\n| a | 100 | 12 |\n\n"
      "Judge calls: 500 prompt tokens, 60 completion tokens.\n",
      "run.md");
  CHECK(input(reading) == 100);
  CHECK(with_cause(reading, "not-counted").size() == 1);
}

TEST_CASE("an object inside of one that Python prints is a part of it") {
  const FormatReading reading = read(
      "RunUsage(input_tokens=145, output_tokens=37, details={'reasoning_tokens': 0}, "
      "requests=2)\n");
  CHECK(input(reading) == 145);
  CHECK(output(reading) == 37);
}

TEST_CASE("estimates, limits, averages and prices in words are named, and not counted") {
  for (const std::string before :
       {"Estimated ", "Token budget: ", "Average per call: ", "Remaining quota: ", "price per 1M: ",
        "rate limit: ", "INFO max "}) {
    CAPTURE(before);
    const FormatReading reading = read("prompt_tokens=10 completion_tokens=2\n" + before +
                                       "prompt_tokens=300 completion_tokens=40\n");
    CHECK(input(reading) == 10);
    CHECK(with_cause(reading, "not-counted").size() == 1);
  }
}

TEST_CASE("such a word that is about something else leaves a call a call") {
  for (const std::string before :
       {"[budget] ", "max_tokens=500 ", "limit=3, ", "(estimated) ", "the limit was not met; ",
        "took 5 min ", "average latency of the last ten of our calls was 5 ms for "}) {
    CAPTURE(before);
    const FormatReading reading = read(before + "prompt_tokens=300 completion_tokens=40\n");
    CHECK(input(reading) == 300);
    CHECK(with_cause(reading, "not-counted").empty());
  }
}

TEST_CASE("sums in a log are compared with its calls") {
  const FormatReading sound = read_fixture("known_layout/chatdev.log");
  CHECK(total(sound) == 907);
  CHECK(sound.findings.empty());
  const FormatReading cut = read(
      "ChatDev\n**[OpenAI_Usage_Info Receive]**\nprompt_tokens: 5\ncompletion_tokens: 1\n"
      "total_tokens: 6\n**num_total_tokens**=20\n");
  CHECK(total(cut) == 6);
  CHECK(cut.only(Rule::sum).asserted == 20);
}

TEST_CASE("of a table that is printed again, the last one counts") {
  const FormatReading reading = read_fixture("known_layout/agentscope.log");
  CHECK(total(reading) == 1020);
  CHECK(tokens(counted(reading).front(), Counter::requests) == 3);
}

TEST_CASE("a text in a folder is a log by its name or its first line") {
  const auto read_in_folder = [](std::string text, std::string_view path) {
    const std::size_t size = text.size();
    text.append(JsonParser::kPadding, '\0');
    Observations found;
    JsonParser parser;
    read_text(std::string_view(text).substr(0, size), FileContext{0, path, true}, parser, found);
    return found.records().size();
  };
  CHECK(read_in_folder("Prompt: 10, Completion: 5\n", "src/client.py") == 0);
  CHECK(read_in_folder("Prompt: 10, Completion: 5\n", "notes.txt") == 0);
  CHECK(read_in_folder("Prompt: 10, Completion: 5\n", "run.log") == 1);
  CHECK(read_in_folder("2026-11-01 10:00:00 Prompt: 10, Completion: 5\n", "notes.txt") == 1);
}

TEST_CASE("a hostile line takes time that grows with its length alone") {
  std::string text = "prompt_tokens=1 completion_tokens=1\n";
  for (int i = 0; i < 200'000; ++i) text += "prompt_tokens";
  text += '\n';
  for (int i = 0; i < 100'000; ++i) text += "tokens: (";
  const FormatReading reading = read(text);
  CHECK(input(reading) == 1);
  CHECK(reading.problems.size() == 1);  // one line is longer than what is looked at
}

TEST_CASE("rounded counts of a layout that says so are read, with a warning how far they are off") {
  const FormatReading reading = read_as_file(
      "# aider chat started at 2026-03-01 10:00:00\n> Tokens: 2.3k sent, 12k received.\n"
      "> Tokens: 12 sent, 1.5M received.\n",
      "x.log");
  CHECK(input(reading) == 2312);
  CHECK(output(reading) == 1512000);
  REQUIRE(warnings(reading) == 1);
  CHECK(
      reading.findings.front().explanation ==
      "the file has rounded counts in 2 lines: the sums may be off, received by up to 50500, sent "
      "by up to 50");
}

TEST_CASE("what a log says of its parts before tells their running totals apart") {
  const FormatReading reading = read(
      "Usage summary excluding cached usage: \n"
      "* Model 'made-up': cost: 1, prompt_tokens: 10, completion_tokens: 5, total_tokens: 15\n"
      "Usage summary including cached usage: \n"
      "* Model 'made-up': cost: 2, prompt_tokens: 30, completion_tokens: 9, total_tokens: 39\n");
  CHECK(input(reading) == 10);
}

TEST_CASE("a log that ends where a count is expected was cut") {
  const FormatReading reading = read("Prompt: 10, Completion: 5\nPrompt: 20, Completion:");
  CHECK(input(reading) == 10);
  CHECK(reading.problems.size() == 1);
}

TEST_CASE("a log that ends in the middle of a line like others was cut") {
  CHECK(read("Prompt: 10, Completion: 5\nPrompt: 20, Compl").problems.size() == 1);
}

TEST_CASE("the last line of a log with times is always ended, or the log was cut") {
  const std::string log = "2026-11-01 10:00:00 Prompt: 10, Completion: 5";
  CHECK(warnings(read(log)) == 1);
  CHECK(warnings(read(log + "\n")) == 0);
}

TEST_CASE("a few lines of a log that somebody copied need not end in a line break") {
  CHECK(warnings(read("Prompt: 10, Completion: 5")) == 0);
}

}  // namespace usagectl
