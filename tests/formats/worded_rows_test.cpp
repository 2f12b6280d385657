#include <doctest/doctest.h>

#include <string>

#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

Count total(std::string text, std::string_view path = "run.csv") {
  return sum(read_as_file(std::move(text), path), Counter::total);
}

bool is_read(std::string text, std::string_view path = "run.csv") {
  return !counted(read_as_file(std::move(text), path)).empty();
}

}  // namespace

TEST_CASE("names of columns are read whatever joins their words") {
  CHECK(total("Input Tokens,Output-Tokens\n10,5\n11,6\n") == 32);
  CHECK(total("Model;Prompt Tokens;Completion Tokens;Total tokens\na;10;5;15\nb;1;2;3\n") == 18);
  CHECK(
      total("{\"input tokens\":10,\"output tokens\":5}\n{\"input tokens\":1,\"output tokens\":1}\n",
            "run.jsonl") == 17);
}

TEST_CASE("thousands are grouped in columns of tokens") {
  CHECK(total("Input Tokens,Output Tokens\n\"1,250\",\"2,000\"\n") == 3250);
}

TEST_CASE("what is empty is unknown") {
  const FormatReading reading = read_as_file("Input Tokens,Output Tokens\n10,5\n11,\n", "run.csv");
  CHECK(sum(reading, Counter::input) == 21);
  CHECK_FALSE(counted(reading).back().counts.has(Counter::output));
  CHECK(counted(read_as_file("Input Tokens,Output Tokens\n,5\n11,6\n", "run.csv")).size() == 2);
}

TEST_CASE("a number of tokens alone is that of a call beside its model, or a time and an agent") {
  CHECK(total("model,tokens,cost\na,74,0.1\nb,12,0.1\n") == 86);
  CHECK_FALSE(is_read("model,tokens\na,8192\nb,128000\n"));
  CHECK_FALSE(is_read("model,context_tokens\na,8192\nb,128000\n"));
  CHECK(total("[{\"ts\":\"2026-05-28T13:07:49Z\",\"agent\":\"f\",\"tokens\":500}]", "run.json") ==
        500);
  CHECK_FALSE(is_read("path,modified,tokens\na.txt,2026-11-01,74\nb.txt,2026-11-01,12\n"));
}

TEST_CASE("bare names count tokens where they add up, or the file says that it counts tokens") {
  CHECK(total("model,prompt,completion,total\na,10,5,15\n") == 15);
  CHECK_FALSE(is_read("model,prompt,completion,total\na,10,5,99\n"));
  CHECK_FALSE(is_read("name,prompt,generated\na,10,5\n"));
  CHECK(total("name,prompt,generated\na,10,5\n", "token_usage.csv") == 15);
}

TEST_CASE("a row called total that is the sum of the rows above it is not counted") {
  CHECK(total("model,Input Tokens,Output Tokens\na,10,5\nb,20,7\nTotal,30,12\n") == 42);
  CHECK(total("| Model | Prompt tokens | Completion tokens |\n|--|--|--|\n| a | 10 | 5 |\n"
              "| **Total** | **10** | **5** |\n",
              "run.md") == 15);
}

TEST_CASE("a row without a name is the total of rows that have one, if it is their sum") {
  const std::string rows = "task,Input Tokens,Output Tokens\na,100,10\nb,200,25\n";
  CHECK(total(rows + ",300,35\n") == 335);
  CHECK(total(rows + ",301,35\n") == 671);
  CHECK(total(rows + "average,150,17\n,300,35\n") == 335 + 167);  // which the ledger leaves out
}

TEST_CASE("a row called total that is another sum is a doubt") {
  const FormatReading reading =
      read_as_file("stage,Input Tokens,Output Tokens\na,10,5\nTotal,30,12\n", "run.csv");
  CHECK(with_cause(reading, "unrelated-usage").size() == 1);
}

TEST_CASE("rows called totals of a name, and of all names, are not counted") {
  CHECK(total("model,Input Tokens,Output Tokens\na,10,5\nb,20,7\na,3,1\n"
              "a total,13,6\nb total,20,7\nTotal,33,13\n") == 46);
}

TEST_CASE("counts in one object of a row are those of the row") {
  CHECK(total("{\"model\":\"m\",\"tokens\":{\"prompt\":10,\"completion\":5}}\n"
              "{\"model\":\"m\",\"tokens\":{\"prompt\":20,\"completion\":6}}\n",
              "run.jsonl") == 41);
}

TEST_CASE("a total after each call is none of it") {
  CHECK(total("model,prompt_tokens,response_tokens,total_tokens_after\nm,10,5,15\nm,20,6,41\n") ==
        41);
}

TEST_CASE("bare names are tokens where a row names a model and when it was asked") {
  CHECK(total(R"({"ts":"2026-03-01T10:00:00Z","model":"gpt-5","in":10,"out":5})"
              "\n"
              R"({"ts":"2026-03-01T10:01:00Z","model":"gpt-5","in":20,"out":6})"
              "\n",
              "run.jsonl") == 41);
  // Seconds, and pieces of something else.
  CHECK(total("ts,model,in,out\n2026-03-01T10:00:00Z,gpt-5,0.5,1.5\n") == 0);
  CHECK(total("ts,name,in,out\n2026-03-01T10:00:00Z,pump,10,5\n") == 0);
}

}  // namespace usagectl
