// Tables with a metric a row.
#include <doctest/doctest.h>

#include <string>

#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

FormatReading read(std::string text, std::string_view name = "run.csv") {
  return read_as_file(std::move(text), name);
}

/// "input/output at line" of every call that counts.
std::string calls(const FormatReading& reading) {
  std::string calls;
  for (const UsageRecord& record : counted(reading)) {
    calls += std::to_string(record.counts[Counter::input].value_or(-1)) + "/" +
             std::to_string(record.counts[Counter::output].value_or(-1)) + " at " +
             std::to_string(record.place.line) + ", ";
  }
  return calls;
}

}  // namespace

TEST_CASE("a table of metrics and their values is one record") {
  CHECK(calls(read("metric,value\nlatency_ms,12.5\nprompt_tokens,1234\ncompletion_tokens,56\n"
                   "max_tokens,4096\nmodel,gpt-4o\n")) == "1234/56 at 3, ");
  CHECK(calls(read("# Run\n\n| Metric | Value |\n|---|---|\n| Prompt tokens | 1,234 |\n"
                   "| Completion tokens | 56 |\n",
                   "run.md")) == "1234/56 at 5, ");
}

TEST_CASE("metrics of several are told apart by what stands beside them") {
  CHECK(calls(read("step,metric,value\n1,prompt_tokens,100\n1,completion_tokens,10\n"
                   "2,prompt_tokens,200\n2,completion_tokens,20\n")) ==
        "100/10 at 2, 200/20 at 4, ");
  const auto by_model = read(
      "model,type,tokens\ngpt-4o,input,100\ngpt-4o,output,10\no3,input,200\n"
      "o3,output,20\n");
  CHECK(calls(by_model) == "100/10 at 2, 200/20 at 4, ");
  CHECK(counted(by_model).back().model == "o3");
  CHECK(calls(read("metric,value,description\nprompt_tokens,100,what was sent\n"
                   "completion_tokens,10,what came back\n")) == "100/10 at 2, ");
}

TEST_CASE("a column for each model or day is a record of it") {
  const auto models = read(
      "metric,gpt-4o,claude-3,total\ninput_tokens,100,200,300\n"
      "output_tokens,10,20,30\n");
  CHECK(calls(models) == "100/10 at 2, 200/20 at 2, ");
  CHECK(counted(models).front().model == "gpt-4o");
  const auto days = read(
      "metric,2026-01-01,2026-01-02\ninput_tokens,100,200\n"
      "output_tokens,10,20\n");
  CHECK(calls(days) == "100/10 at 2, 200/20 at 2, ");
  CHECK(counted(days).back().time == "2026-01-02");
}

TEST_CASE("of columns of statistics, the sum is what was used") {
  CHECK(calls(read("metric,count,sum,mean,max\nprompt_tokens,2,300,150,200\n"
                   "completion_tokens,2,30,15,20\n")) == "300/30 at 2, ");
  CHECK(calls(read("name,value,valueCount,valueSum,valueMax\nPrompt Tokens,150,2,300,200\n"
                   "Completion Tokens,15,2,30,20\n")) == "300/30 at 2, ");
  CHECK(calls(read("metric,mean,max,count\nprompt_tokens,150,200,2\n"
                   "completion_tokens,15,20,2\n")) == "");
  CHECK(calls(read("metric,limit,used\nprompt_tokens,1000,100\n"
                   "completion_tokens,100,10\n")) == "100/10 at 2, ");
}

TEST_CASE("a column that is called a total and is not the sum of the others leaves all open") {
  CHECK(calls(read("metric,gpt-4o,claude-3,total\ninput_tokens,100,200,900\n"
                   "output_tokens,10,20,90\n")) == "");
}

TEST_CASE("a metric that is given twice may be one at another time") {
  CHECK(calls(read("metric,value\nprompt_tokens,100\ncompletion_tokens,10\n"
                   "prompt_tokens,200\ncompletion_tokens,20\n")) == "");
  // Tokens of a kind are added up.
  CHECK(calls(read("token_type,tokens\ninput,100\noutput,10\ninput,200\noutput,20\n")) ==
        "100/10 at 2, 200/20 at 4, ");
}

TEST_CASE("rows with a column for each counter stay as they are, whatever words are in them") {
  CHECK(calls(read("model,input_tokens,output_tokens,kind\ngpt-4o,100,10,prompt_tokens\n"
                   "gpt-4o,200,20,completion_tokens\n")) == "100/10 at 2, 200/20 at 3, ");
}

TEST_CASE("a table of metrics that sums up another table of the text is counted once") {
  const std::string summary =
      "| Metric | Value |\n|---|---|\n| Input tokens | 4,000 |\n| Output tokens | 700 |\n\n";
  const std::string models =
      "| Model | Tokens in | Tokens out |\n|---|---|---|\n| gpt-4o | 1,000 | 200 |\n"
      "| o3 | 3,000 | 500 |\n";
  CHECK(calls(read(summary + models, "run.md")) == "1000/200 at 8, 3000/500 at 9, ");
  CHECK(calls(read(models + "\n" + summary, "run.md")) == "1000/200 at 3, 3000/500 at 4, ");
  const auto other =
      read("| Metric | Value |\n|---|---|\n| Input tokens | 5,000 |\n| Output tokens | 700 |\n\n" +
               models,
           "run.md");
  CHECK(with_cause(other, "unrelated-usage").size() == 1);
}

TEST_CASE("the heading of a table may say that its numbers are none of what was used") {
  const std::string table =
      "| Model | Input tokens | Output tokens |\n|---|---|---|\n| gpt-4o | 500 | 150 |\n";
  const std::string totals = "# Totals\n\n" + table + "\n";
  CHECK(calls(read(totals + "## Average per session\n\n" + table, "run.md")) == "500/150 at 5, ");
  const auto limits = read(totals + "**Rate limits**\n\n" + table, "run.md");
  CHECK(calls(limits) == "500/150 at 5, ");
  CHECK(with_cause(limits, "not-counted").size() == 1);
  CHECK(calls(read("# Average tokens\n\n| Metric | Tokens |\n|---|---|\n| Prompt | 15 |\n"
                   "| Completion | 8 |\n",
                   "run.md")) == "");
  // What was used of a budget, and totals beside averages.
  CHECK(calls(read("# Budget usage\n\n" + table, "run.md")) == "500/150 at 5, ");
  CHECK(calls(read("# Total and average tokens\n\n" + table, "run.md")) == "500/150 at 5, ");
}

}  // namespace usagectl
