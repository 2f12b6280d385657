// Rows of logs and tables that are no calls: sums at the end, totals so far, statistics, windows.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

std::string line(const std::string& about, Count input, Count output,
                 const std::string& usage = "usage") {
  return "{" + about + "\"" + usage + "\": {\"prompt_tokens\": " + std::to_string(input) +
         ", \"completion_tokens\": " + std::to_string(output) + "}}\n";
}

std::string call(Count input, Count output) { return line("\"type\": \"call\", ", input, output); }

bool is_unproved(const MadeCapture& capture) {
  return capture.report().verdict == Verdict::unprovable;
}

bool passes(const MadeCapture& capture) { return capture.report().verdict == Verdict::pass; }

// --- pieces of a stream

TEST_CASE("pieces of a stream without ids whose output falls may be answers") {
  const std::string more = R"("usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 25,
                              "totalTokenCount": 35})";
  const std::string less = R"("usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 5,
                              "totalTokenCount": 15})";
  CHECK(MadeCapture({{"a.json", "[{" + more + "}, {" + less + "}]"}}).report().findings.size() ==
        1);
  CHECK(MadeCapture({{"a.json", "[{" + less + "}, {" + more + "}]"}}).report().findings.empty());
  const std::string id = R"("responseId": "hlP6ae3uJuqG", )";
  const MadeCapture joined({{"a.json", "[{" + id + more + "}, {" + id + less + "}]"}});
  CHECK(joined.report().findings.empty());
}

// --- the sum in the last line

const std::string kThreeCalls = call(1011, 50) + call(1037, 53) + call(1074, 56);

TEST_CASE("a last line that is the exact sum of many tokens is no call, whatever it is called") {
  for (const std::string about : {"\"type\": \"run_end\", ", "\"type\": \"x\", ", ""}) {
    CAPTURE(about);
    const MadeCapture capture({{"a.jsonl", kThreeCalls + line(about, 3122, 159)}});
    CHECK(capture.sum() == 3122 + 159);
    CHECK(passes(capture));
  }
}

TEST_CASE("one token more is another call") {
  const MadeCapture capture(
      {{"a.jsonl", kThreeCalls + line("\"type\": \"run_end\", ", 3123, 159)}});
  CHECK(capture.sum() == 2 * 3122 + 1 + 2 * 159);
  CHECK(is_unproved(capture));
}

TEST_CASE("the end of a run that is more than its calls is doubted, of one call as well") {
  const std::string end = "\"event\": \"run_completed\", ";
  CHECK(is_unproved(MadeCapture({{"a.jsonl", call(1000, 100) + line(end, 5000, 500)}})));
  // Behind a run whose end is its sum.
  const std::string first_run = call(100, 12) + call(130, 9) + line(end, 230, 21);
  CHECK(is_unproved(MadeCapture({{"a.jsonl", first_run + call(40, 5) + line(end, 41, 5)}})));
}

TEST_CASE("rows with a flag that says so are sums where they add up") {
  const auto turn = [](const std::string& session, Count input, Count output) {
    return line("\"session\": \"" + session + "\", \"turn\": 1, ", input, output);
  };
  const auto sum = [](const std::string& session, const std::string& flag, Count input,
                      Count output) {
    return line("\"session\": \"" + session + "\", \"" + flag + "\": true, ", input, output);
  };
  for (const std::string flag : {"summary", "is_total"}) {
    CAPTURE(flag);
    const std::string first = turn("a", 100, 10) + turn("a", 150, 10) + sum("a", flag, 250, 20);
    // Behind one that is a sum, also that of a single call is.
    const MadeCapture capture(
        {{"a.jsonl", first + turn("b", 70, 7) + sum("b", flag, 70, 7) + turn("c", 30, 3)}});
    CHECK(capture.sum() == 270 + 77 + 33);
    CHECK(passes(capture));
    // It may be what a call was asked for.
    CHECK(MadeCapture({{"a.jsonl", first + turn("b", 70, 7) + sum("b", flag, 90, 9)}}).sum() ==
          270 + 77 + 99);
  }
}

TEST_CASE("an end that is less than the calls before it is one of them") {
  const std::string end = "\"event\": \"run_completed\", ";
  const MadeCapture capture({{"a.jsonl", kThreeCalls + line(end, 200, 20)}});
  CHECK(capture.sum() == 3122 + 159 + 220);
  CHECK(passes(capture));
}

TEST_CASE("the end of a run of one call is that call once more") {
  const MadeCapture capture(
      {{"a.jsonl", call(100, 12) + line("\"type\": \"run_end\", ", 100, 12)}});
  CHECK(capture.sum() == 112);
}

TEST_CASE("calls that are all called complete are calls") {
  const std::string about = "\"event\": \"completed\", ";
  const MadeCapture capture({{"a.jsonl", line(about, 100, 12) + line(about, 100, 12)}});
  CHECK(capture.sum() == 224);
}

TEST_CASE("runs one after the other each end with their sum") {
  const std::string end = "\"type\": \"done\", ";
  const MadeCapture capture({{"a.jsonl", call(100, 12) + call(130, 9) + line(end, 230, 21) +
                                             call(90, 5) + call(70, 6) + line(end, 160, 11)}});
  CHECK(capture.sum() == 230 + 21 + 160 + 11);
}

TEST_CASE("the sum of a session counts though another session is between its calls") {
  const auto of = [](const std::string& session) {
    return "\"session_id\": \"" + session + "\", ";
  };
  const MadeCapture capture(
      {{"a.jsonl", line(of("a"), 1011, 50) + line(of("b"), 2011, 70) + line(of("a"), 1037, 53) +
                       line(of("a"), 1074, 56) + line(of("a"), 3122, 159)}});
  CHECK(capture.sum() == 3122 + 159 + 2081);
}

TEST_CASE("two calls and their sum are doubted where nothing calls it a sum") {
  const MadeCapture capture({{"a.jsonl", call(1011, 53) + call(1026, 50) + call(2037, 103)}});
  CHECK(capture.sum() == 2 * (2037 + 103));
  CHECK(is_unproved(capture));
}

TEST_CASE("calls that grow by the same steps are not doubted") {
  CHECK(passes(MadeCapture({{"a.jsonl", call(100, 10) + call(200, 20) + call(300, 30)}})));
}

TEST_CASE("the list of a JSON document may end with its sum") {
  std::string list = "[" + kThreeCalls + line("\"type\": \"end\", ", 3122, 159) + "]";
  std::replace(list.begin(), list.end(), '\n', ',');
  list.replace(list.rfind(",]"), 2, "]");
  CHECK(MadeCapture({{"a.json", list}}).sum() == 3122 + 159);
}

TEST_CASE("the end of a run is one wherever in its line the usage is") {
  for (const std::string holder : {"payload", "data", "info"}) {
    for (const std::string kind : {"type", "event", "event_type"}) {
      CAPTURE(holder);
      CAPTURE(kind);
      const auto inside = [&](const std::string& what, Count input, Count output) {
        std::string inner = line("", input, output);
        inner.pop_back();
        return "{\"" + kind + "\": \"" + what + "\", \"" + holder + "\": " + inner + "}\n";
      };
      const std::string run =
          inside("llm", 10, 2) + inside("llm", 20, 6) + inside("run_completed", 30, 8);
      CHECK(MadeCapture({{"a.jsonl", run}}).sum() == 38);
      CHECK(MadeCapture({{"a.jsonl", run + run}}).sum() == 76);
    }
  }
}

TEST_CASE("a list may end with its sum inside an object of each row") {
  const MadeCapture capture(
      {{"a.json", R"([{"type": "turn", "tokens": {"prompt": 100, "completion": 10}},
                      {"type": "turn", "tokens": {"prompt": 151, "completion": 23}},
                      {"type": "session_end", "tokens": {"prompt": 251, "completion": 33}}])"}});
  CHECK(capture.sum() == 284);
  CHECK(passes(capture));
  const MadeCapture running(
      {{"a.json", R"([{"tokens": {"prompt": 100, "completion": 10}, "cumulative_tokens": 110},
                      {"tokens": {"prompt": 151, "completion": 23}, "cumulative_tokens": 284},
                      {"type": "run_end", "tokens": {"prompt": 251, "completion": 33}}])"}});
  CHECK(running.sum() == 284);
}

// --- a total row with its requests

TEST_CASE("the requests of a total row are those of the rows, added up") {
  const std::string rows =
      "model,requests,input_tokens,output_tokens\na,3,1000,200\nb,5,3000,100\n";
  const MadeCapture right({{"a.csv", rows + "total,8,4000,300\n"}});
  CHECK(right.sum(Counter::requests) == 8);
  CHECK(right.errors() == 0);
  CHECK(passes(right));
  CHECK(MadeCapture({{"a.csv", rows + "total,9,4000,300\n"}}).errors() == 1);
}

// --- totals so far

std::string so_far(Count input, Count output, const std::string& about = {}) {
  return line(about, input, output, "cumulative_usage");
}

TEST_CASE("what is called a total so far counts by its growth") {
  const MadeCapture capture({{"a.jsonl", so_far(1000, 50) + so_far(2037, 103)}});
  CHECK(capture.sum() == 2140);
  CHECK(capture.sum(Counter::requests) == 2);
  CHECK(passes(capture));
}

TEST_CASE("a total so far that stays is no call") {
  const MadeCapture capture({{"a.jsonl", so_far(100, 5) + so_far(203, 10) + so_far(203, 10)}});
  CHECK(capture.sum() == 213);
  CHECK(capture.sum(Counter::requests) == 2);
}

TEST_CASE("a total so far that falls began anew") {
  const MadeCapture capture({{"a.jsonl", so_far(100, 5) + so_far(203, 10) + so_far(311, 12) +
                                             so_far(90, 4) + so_far(170, 9) + so_far(240, 11)}});
  CHECK(capture.sum() == 323 + 251);
}

TEST_CASE("totals so far of several sessions are each its own") {
  const auto of = [](const std::string& session) {
    return "\"session_id\": \"" + session + "\", ";
  };
  const MadeCapture capture({{"a.jsonl", so_far(100, 5, of("a")) + so_far(40, 2, of("b")) +
                                             so_far(203, 10, of("a")) + so_far(90, 4, of("b"))}});
  CHECK(capture.sum() == 213 + 94);
}

TEST_CASE("totals so far that fall as often as they grow are doubted") {
  CHECK(is_unproved(MadeCapture(
      {{"a.jsonl", so_far(100, 5) + so_far(40, 2) + so_far(203, 10) + so_far(90, 4)}})));
}

TEST_CASE("a list in a document holds totals so far as lines do") {
  std::string list = "{\"steps\": [" + so_far(100, 5) + so_far(203, 10) + so_far(311, 12) + "]}";
  std::replace(list.begin(), list.end(), '\n', ',');
  list.replace(list.rfind(",]"), 2, "]");
  CHECK(MadeCapture({{"a.json", list}}).sum() == 323);
}

TEST_CASE("columns that are called totals so far count by their growth where they are alone") {
  for (const std::string name : {"cumulative_", "cum_", "running_"}) {
    CAPTURE(name);
    const std::string columns = "step," + name + "prompt_tokens," + name + "completion_tokens";
    const MadeCapture alone({{"a.csv", columns + "\n1,100,10\n2,250,30\n3,300,35\n"}});
    CHECK(alone.sum() == 335);
    CHECK(passes(alone));
    const MadeCapture beside({{"a.csv", columns + ",prompt_tokens,completion_tokens\n" +
                                            "1,100,10,100,10\n2,250,30,150,20\n"}});
    CHECK(beside.sum() == 280);
    CHECK(passes(beside));
  }
}

TEST_CASE("totals so far of several agents are each its own, whatever numbers the lines") {
  const std::string rows =
      "step,agent,cumulative_input_tokens,cumulative_output_tokens\n"
      "1,a,100,10\n2,b,40,5\n3,a,250,30\n4,b,90,9\n";
  CHECK(MadeCapture({{"a.csv", rows}}).sum() == 280 + 99);
}

TEST_CASE("totals so far that go on from agent to agent are one") {
  std::string rows = "agent,cumulative_input_tokens,cumulative_output_tokens\n";
  const char* const agents[] = {"a", "b", "a", "c", "b"};
  for (int i = 0; i < 5; ++i) {
    rows += std::string(agents[i]) + "," + std::to_string(100 * (i + 1)) + "," +
            std::to_string(10 * (i + 1)) + "\n";
  }
  const MadeCapture capture({{"a.csv", rows}});
  CHECK(capture.sum() == 550);
  CHECK(passes(capture));
}

TEST_CASE("two totals so far beside their calls are known by the first") {
  const MadeCapture capture(
      {{"a.json", R"({"steps": [{"usage": {"input_tokens": 100, "output_tokens": 10},
                                 "total_usage": {"input_tokens": 100, "output_tokens": 10}},
                                {"usage": {"input_tokens": 230, "output_tokens": 31},
                                 "total_usage": {"input_tokens": 330, "output_tokens": 41}}]})"}});
  CHECK(capture.sum() == 371);
}

TEST_CASE("a total so far beside usage further inside is none of the line") {
  const auto row = [](Count prompt, Count completion, Count so_far) {
    return "{\"agent\": \"a" + std::to_string(prompt % 2) +
           "\", \"llm\": {\"usage\": {\"prompt\": " + std::to_string(prompt) +
           ", \"completion\": " + std::to_string(completion) +
           ", \"total\": " + std::to_string(prompt + completion) +
           "}}, \"cumulative_tokens\": " + std::to_string(so_far) + "}\n";
  };
  const std::string lines = row(1974, 7, 1981) + row(1703, 271, 3955) + row(2819, 373, 7147);
  const MadeCapture capture({{"a.jsonl", lines}});
  CHECK(capture.sum() == 7147);
  CHECK(capture.sum(Counter::input) == 6496);
}

TEST_CASE("a row of words is the end of a run if it is the sum of the rows above") {
  const auto row = [](const std::string& name, Count prompt, Count completion) {
    return "{" + name + ", \"tokens\": {\"prompt\": " + std::to_string(prompt) +
           ", \"completion\": " + std::to_string(completion) + "}}\n";
  };
  const std::string run = row("\"name\": \"a\"", 1642, 315) + row("\"name\": \"b\"", 457, 8) +
                          row("\"event\": \"session_end\"", 2099, 323);
  CHECK(MadeCapture({{"a.jsonl", run}}).sum() == 2422);
  CHECK(MadeCapture({{"a.jsonl", run + run}}).sum() == 2 * 2422);
  const std::string ends = row("\"event\": \"end\"", 100, 9) + row("\"event\": \"end\"", 100, 9);
  CHECK(MadeCapture({{"a.jsonl", ends}}).sum() == 218);
}

TEST_CASE("three lines that grow under names of totals are doubted, and three models are not") {
  const auto row = [](const std::string& model, Count input, Count output) {
    return "{\"model\": \"" + model + "\", \"total_prompt_tokens\": " + std::to_string(input) +
           ", \"total_completion_tokens\": " + std::to_string(output) + "}\n";
  };
  CHECK(is_unproved(
      MadeCapture({{"a.jsonl", row("m", 1001, 50) + row("m", 2044, 103) + row("m", 3111, 161)}})));
  CHECK(passes(
      MadeCapture({{"a.jsonl", row("a", 1001, 50) + row("b", 2044, 103) + row("c", 3111, 161)}})));
}

std::string growing(int calls) {
  std::string lines;
  for (int i = 1; i <= calls; ++i) lines += call(1000 * i + 37 * (i % 3), 50 * i + i % 2);
  return lines;
}

TEST_CASE("calls that grow from line to line are doubted, also where they begin anew or stay") {
  CHECK(is_unproved(MadeCapture({{"a.jsonl", growing(6)}})));
  CHECK(is_unproved(MadeCapture({{"a.jsonl", growing(5) + growing(5)}})));
}

TEST_CASE("few calls that grow are calls") {
  CHECK(passes(MadeCapture({{"a.jsonl", growing(5)}})));
}

// --- statistics

const std::string kTasks = "task,input_tokens,output_tokens\na,100,10\nb,201,20\n";

TEST_CASE("an average below its rows is no call") {
  const MadeCapture capture({{"a.csv", kTasks + "Average,150,15\n"}});
  CHECK(capture.sum() == 331);
  CHECK(passes(capture));
}

TEST_CASE("the largest of the rows above is no call, and a task called Max is one") {
  CHECK(MadeCapture({{"a.csv", kTasks + "max,201,20\n"}}).sum() == 331);
  const std::string crossed = "task,input_tokens,output_tokens\na,100,30\nb,201,20\n";
  CHECK(MadeCapture({{"a.csv", crossed + "max,201,30\n"}}).sum() == 351);
  CHECK(MadeCapture({{"a.csv", crossed + "min,100,20\n"}}).sum() == 351);
  const MadeCapture task({{"a.csv", kTasks + "max,55,5\n"}});
  CHECK(task.sum() == 391);
  CHECK(passes(task));
}

TEST_CASE("an average of rows that are elsewhere is not counted, and that is said") {
  const MadeCapture capture({{"a.csv", kTasks + "Average,900,15\n"}});
  CHECK(capture.sum() == 331);
  CHECK(is_unproved(capture));
}

TEST_CASE("a line of a log may be an average as a row of a table is") {
  const std::string lines = line("\"task\": \"a\", ", 100, 10) + line("\"task\": \"b\", ", 201, 20);
  CHECK(MadeCapture({{"a.jsonl", lines + line("\"task\": \"average\", ", 150, 15)}}).sum() == 331);
}

TEST_CASE("a total below an average is the sum of the rows above both") {
  const MadeCapture capture({{"a.csv", kTasks + "Average,150,15\nTotal,301,30\n"}});
  CHECK(capture.sum() == 331);
  CHECK(passes(capture));
}

// --- windows of time

TEST_CASE("of windows of time that end now the widest is counted") {
  const std::string rows =
      "period,input_tokens,output_tokens\nlast 24 hours,100,10\nlast 7 days,700,70\n"
      "last 30 days,3000,260\n";
  const MadeCapture capture({{"a.csv", rows}});
  CHECK(capture.sum() == 3260);
  CHECK(passes(capture));
}

TEST_CASE("windows that do not hold each other are doubted") {
  CHECK(is_unproved(
      MadeCapture({{"a.csv", "period,input_tokens,output_tokens\n24h,900,10\n7d,700,70\n"}})));
}

TEST_CASE("rows of one window are added up") {
  const MadeCapture capture(
      {{"a.csv", "model,period,input_tokens,output_tokens\na,7d,100,10\nb,7d,700,70\n"}});
  CHECK(capture.sum() == 880);
}

TEST_CASE("keys of a document may be windows of time") {
  const std::string usage = R"({"last_24h": {"input_tokens": 100, "output_tokens": 10},
    "last_7d": {"input_tokens": 700, "output_tokens": 70},
    "last_30d": {"input_tokens": 3000, "output_tokens": 260}})";
  CHECK(MadeCapture({{"a.json", usage}}).sum() == 3260);
}

}  // namespace
TEST_CASE("totals so far of several tasks are one of each") {
  const auto row = [](const std::string& task, int input) {
    return R"({"task_id":")" + task + R"(","cumulative_usage":{"input_tokens":)" +
           std::to_string(input) + R"(,"output_tokens":10}})" + "\n";
  };
  // Each has its own, however they grow from one to the next.
  CHECK(MadeCapture({{"a.jsonl", row("a", 100) + row("b", 220) + row("c", 330)}})
            .sum(Counter::input) == 650);
  CHECK(MadeCapture({{"a.jsonl", row("a", 100) + row("a", 220) + row("a", 330)}})
            .sum(Counter::input) == 330);
  CHECK(MadeCapture({{"a.jsonl", row("a", 100) + row("b", 150) + row("a", 220) + row("b", 330)}})
            .sum(Counter::input) == 550);
}

TEST_CASE("an end that repeats the end before it is doubted") {
  const auto line = [](const std::string& type, int input, int output) {
    return R"({"type":")" + type + R"(","usage":{"tokens_in":)" + std::to_string(input) +
           R"(,"tokens_out":)" + std::to_string(output) + "}}\n";
  };
  const auto is_doubted = [](const std::string& lines) {
    const auto findings = MadeCapture({{"a.jsonl", lines}}).report().findings;
    return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
      return finding.cause == "running-total" || finding.cause == "unrelated-usage";
    });
  };
  const std::string turns = line("turn_end", 1001, 101) + line("turn_end", 2203, 223);
  CHECK(is_doubted(turns + line("session_end", 2203, 223)));
  CHECK_FALSE(is_doubted(turns + line("turn_end", 1500, 88)));
}

}  // namespace usagectl
