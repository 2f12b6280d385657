// Logs beside the usage report of a provider: generated, with known gaps.
#include "analysis/bill/compare_bill.hpp"

#include <doctest/doctest.h>

#include <random>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

constexpr long long kFirstDay = 1772323200;  // 2026-03-01T00:00:00Z
constexpr long long kDay = 86400;

struct Logged {
  long long time = 0;  ///< seconds since 1970
  std::string model = "made-up-model";
  int input = 0;
  int output = 0;
  int cached = 0;
};

std::vector<Logged> made_calls(unsigned seed, int days) {
  std::mt19937 random(seed);
  std::vector<Logged> calls;
  for (int day = 0; day < days; ++day) {
    const int number = 3 + static_cast<int>(random() % 6);
    for (int i = 0; i < number; ++i) {
      Logged call;
      // Not at the ends of the day, so that a shift by a few hours changes some days only.
      call.time = kFirstDay + day * kDay + static_cast<long long>(random() % kDay);
      call.model = random() % 3 == 0 ? "other-model" : "made-up-model";
      call.input = 100 + static_cast<int>(random() % 5000);
      call.cached = static_cast<int>(random() % 100);
      call.output = 10 + static_cast<int>(random() % 900);
      calls.push_back(call);
    }
  }
  return calls;
}

std::string log_of(const std::vector<Logged>& calls) {
  std::string text;
  int number = 0;
  for (const Logged& call : calls) {
    text += "{\"id\": \"chatcmpl-made-up-" + std::to_string(++number) +
            "\", \"created\": " + std::to_string(call.time) + ", \"model\": \"" + call.model +
            "\", \"usage\": {\"prompt_tokens\": " + std::to_string(call.input) +
            ", \"completion_tokens\": " + std::to_string(call.output) +
            ", \"total_tokens\": " + std::to_string(call.input + call.output) +
            ", \"prompt_tokens_details\": {\"cached_tokens\": " + std::to_string(call.cached) +
            "}}}\n";
  }
  return text;
}

/// The report of whole days, as OpenAI gives it.
std::string report_of(const std::vector<Logged>& calls, int days) {
  std::string text;
  for (int day = 0; day < days; ++day) {
    const long long begin = kFirstDay + day * kDay;
    text += std::string(day == 0 ? "" : ", ") +
            "{\"object\": \"bucket\", \"start_time\": " + std::to_string(begin) +
            ", \"end_time\": " + std::to_string(begin + kDay) + ", \"results\": [";
    bool is_first = true;
    for (const std::string model : {"made-up-model", "other-model"}) {
      long long sums[4] = {};
      for (const Logged& call : calls) {
        if (call.model != model || call.time < begin || call.time >= begin + kDay) continue;
        sums[0] += call.input;
        sums[1] += call.cached;
        sums[2] += call.output;
        ++sums[3];
      }
      if (sums[3] == 0) continue;
      text += std::string(is_first ? "" : ", ") +
              "{\"object\": \"organization.usage.completions.result\", \"input_tokens\": " +
              std::to_string(sums[0]) + ", \"input_cached_tokens\": " + std::to_string(sums[1]) +
              ", \"output_tokens\": " + std::to_string(sums[2]) +
              ", \"num_model_requests\": " + std::to_string(sums[3]) + ", \"model\": \"" + model +
              "\"}";
      is_first = false;
    }
    text += "]}";
  }
  return "{\"object\": \"page\", \"data\": [" + text + "], \"has_more\": false}";
}

BillComparison compared(const std::vector<Logged>& logged, const std::vector<Logged>& billed,
                        int days) {
  const MadeCapture capture(
      {{"logs/calls.jsonl", log_of(logged)}, {"bill/page.json", report_of(billed, days)}});
  BillReader reader;
  const Books reports = read_captures({capture.path("bill")}, reader.question(), {});
  Question question;
  question.by = keys_of_logged_usage();
  const Books logs = read_captures({capture.path("logs")}, std::move(question), {});
  return compare_bill(reader.finish(reports), logged_usage(logs));
}

bool names(const BillComparison& comparison, std::string_view cause) {
  return std::any_of(comparison.findings.begin(), comparison.findings.end(),
                     [&](const Finding& finding) { return finding.cause == cause; });
}

constexpr int kDays = 5;
constexpr unsigned kSeeds = 25;

TEST_CASE("a report of all logged calls agrees with them in every bucket") {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    const auto calls = made_calls(seed, kDays);
    const BillComparison comparison = compared(calls, calls, kDays);
    CHECK(comparison.findings.empty());
    CHECK(comparison.held > 0);
  }
}

TEST_CASE("a day that nobody logged is a warning with its cause") {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    const auto calls = made_calls(seed, kDays);
    std::vector<Logged> logged = calls;
    std::erase_if(logged, [](const Logged& call) {
      return call.time >= kFirstDay + 2 * kDay && call.time < kFirstDay + 3 * kDay;
    });
    const BillComparison comparison = compared(logged, calls, kDays);
    CHECK(names(comparison, "log-missing"));
    for (const Finding& finding : comparison.findings) {
      CHECK(finding.severity == Severity::warning);
      CHECK(finding.difference().value_or(0) > 0);
    }
  }
}

TEST_CASE("logs in local time are named, and nothing else is") {
  int named = 0;
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    const auto calls = made_calls(seed, kDays);
    std::vector<Logged> logged = calls;
    for (Logged& call : logged) call.time += 5 * 3600;
    const BillComparison comparison = compared(logged, calls, kDays);
    if (comparison.findings.size() == 1 && comparison.findings[0].cause == "zone-shifted") ++named;
  }
  CHECK(named >= static_cast<int>(kSeeds * 95 / 100));
}

TEST_CASE("requests that nobody logged and that gave no output are retries") {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    const auto calls = made_calls(seed, kDays);
    std::vector<Logged> billed = calls;
    Logged retry = billed[billed.size() / 2];
    retry.output = 0;
    billed.push_back(retry);
    CHECK(names(compared(calls, billed, kDays), "retries-unlogged"));
  }
}

TEST_CASE("logs above the report are an error") {
  const auto calls = made_calls(1, kDays);
  std::vector<Logged> logged = calls;
  Logged more = logged.front();
  more.input += 7;
  logged.push_back(more);
  const BillComparison comparison = compared(logged, calls, kDays);
  REQUIRE_FALSE(comparison.findings.empty());
  CHECK(comparison.findings.front().severity == Severity::error);
}

TEST_CASE("models that the logs name without their date belong to the dated bucket") {
  const auto calls = made_calls(2, kDays);
  std::vector<Logged> logged = calls;
  std::vector<Logged> billed = calls;
  for (Logged& call : logged) call.model = "vendor/made-up-model";
  for (Logged& call : billed) call.model = "made-up-model";
  CHECK(compared(logged, billed, kDays).findings.empty());
}

TEST_CASE("a call that began in one day and is billed in the next is a late arrival") {
  const auto calls = made_calls(3, kDays);
  std::vector<Logged> billed = calls;
  for (Logged& call : billed) {
    if (call.time < kFirstDay + kDay) {
      call.time += kDay;
      break;
    }
  }
  const BillComparison comparison = compared(calls, billed, kDays);
  CHECK(names(comparison, "late-arrival"));
  for (const Finding& finding : comparison.findings) CHECK(finding.severity == Severity::note);
}

TEST_CASE("calls before and after the whole report are said, and no error") {
  const auto calls = made_calls(1, kDays);
  std::vector<Logged> logged = calls;
  logged.push_back({.time = kFirstDay - 2 * kDay, .input = 10, .output = 5});
  logged.push_back({.time = kFirstDay + (kDays + 2) * kDay, .input = 10, .output = 5});
  const BillComparison comparison = compared(logged, calls, kDays);
  REQUIRE(comparison.findings.size() == 2);
  CHECK(comparison.findings[0].severity == Severity::note);
  CHECK(comparison.findings[0].explanation ==
        "1 call before the report's first bucket (2026-03-01)");
  CHECK(comparison.findings[1].explanation == "1 call after the report's last bucket (2026-03-05)");
}

}  // namespace
}  // namespace usagectl
