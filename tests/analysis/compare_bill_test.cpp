// Logs beside the exports of providers: both made up, with known gaps.
#include "analysis/bill/compare_bill.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "formats/reading/format.hpp"
#include "harness/made_bill.hpp"
#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

using made::Export;
using made::kDay;
using made::kFirstDay;
using made::MadeCall;
using Calls = std::vector<MadeCall>;

constexpr int kDays = 5;
constexpr unsigned kSeeds = 8;

BillComparison compared_texts(const std::string& log, const std::string& file,
                              const std::string& bill) {
  const MadeCapture capture({{"logs/calls.jsonl", log}, {"bill/" + file, bill}});
  BillReader reader(builtin_knowledge());
  const Books reports = read_captures({capture.path("bill")}, reader.question(), {});
  REQUIRE_FALSE(reader.not_a_report());
  const BilledUsage billed = reader.finish(reports);
  Question question;
  question.by = keys_of_logged_usage(billed);
  const Books logs = read_captures({capture.path("logs")}, std::move(question), {});
  return compare_bill(billed, logged_usage(logs));
}

BillComparison compared(const Export& as, const Calls& logged, const Calls& billed,
                        const made::Log& log = {}) {
  made::Log of_provider = log;
  of_provider.is_google = std::string_view(as.name).starts_with("Google");
  return compared_texts(made::log_of(logged, of_provider), as.file, as.text(billed, kDays));
}

bool names(const BillComparison& comparison, std::string_view cause) {
  return std::any_of(comparison.findings.begin(), comparison.findings.end(),
                     [&](const Finding& finding) { return finding.cause == cause; });
}

doctest::String said(const Export& as, const Finding& finding) {
  return doctest::String(as.name) + ": " + finding.explanation.c_str();
}

/// How often a planted fault was named, over all exports and seeds.
struct Named {
  int planted = 0;
  int named = 0;

  void look(const Export& as, unsigned seed, const BillComparison& comparison,
            std::initializer_list<std::string_view> causes) {
    ++planted;
    const bool is_named = std::any_of(causes.begin(), causes.end(), [&](std::string_view cause) {
      return names(comparison, cause);
    });
    named += is_named ? 1 : 0;
    if (!is_named) MESSAGE(doctest::String(as.name), " seed ", seed, " is not named");
  }
  bool is_enough() const { return planted > 0 && named * 100 >= planted * 95; }
};

/// A report in the form of the first export.
const Export& openai_pages() { return made::exports().front(); }

TEST_CASE("a report of all logged calls agrees with them, in the form of every provider") {
  for (const Export& as : made::exports()) {
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      CAPTURE(doctest::String(as.name));
      CAPTURE(seed);
      const Calls calls = made::calls(seed, kDays);
      for (const bool has_labels : {false, true}) {
        const BillComparison comparison =
            compared(as, calls, calls, {.has_labels = has_labels, .has_ids = !has_labels});
        for (const Finding& finding : comparison.findings) {
          CHECK_MESSAGE(finding.severity == Severity::note, said(as, finding));
        }
        CHECK(comparison.held > 0);
        CHECK(comparison.unprovable == 0);
      }
    }
  }
}

TEST_CASE("a lost log file of a day is named, and nothing is refuted") {
  Named result;
  for (const Export& as : made::exports()) {
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      const Calls calls = made::calls(seed, kDays);
      Calls logged = calls;
      std::erase_if(logged, [](const MadeCall& call) {
        // Until the end of the same day in Pacific time.
        return call.time >= kFirstDay + 2 * kDay && call.time < kFirstDay + 3 * kDay + kDay / 3;
      });
      const BillComparison comparison = compared(as, logged, calls);
      result.look(as, seed, comparison, {"log-missing"});
      for (const Finding& finding : comparison.findings)
        CHECK_MESSAGE(finding.severity != Severity::error, said(as, finding));
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("the lost log of one key is named") {
  Named result;
  for (const Export& as : made::exports()) {
    if (as.is_money) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      const Calls calls = made::calls(seed, kDays);
      Calls logged = calls;
      std::erase_if(logged, [](const MadeCall& call) { return call.key == "k2"; });
      result.look(as, seed, compared(as, logged, calls, {.has_labels = true}),
                  {"log-missing", "calls-unlogged"});
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("keys that both sides name are compared each on its own") {
  const Calls calls = made::calls(1, kDays);
  Calls logged = calls;
  std::erase_if(logged, [](const MadeCall& call) { return call.key == "k2"; });
  const BillComparison comparison = compared(openai_pages(), logged, calls, {.has_labels = true});
  REQUIRE_FALSE(comparison.findings.empty());
  for (const Finding& finding : comparison.findings) {
    CHECK(finding.cause == "log-missing");
    CHECK(finding.explanation.find("project p2, key k2") != std::string::npos);
  }
}

TEST_CASE("logs that begin within a day are named as cut") {
  Named result;
  for (const Export& as : made::exports()) {
    if (as.is_money) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      Calls calls = made::calls(seed, kDays);
      Calls logged = calls;
      std::erase_if(
          logged, [](const MadeCall& call) { return call.time < kFirstDay + 2 * kDay + kDay / 2; });
      // A call of each model just before and after, so that there is something to lose.
      for (const char* const model : {"made-up-model", "other-model"}) {
        MadeCall call{.time = kFirstDay + 2 * kDay + kDay / 2 - 60, .model = model};
        call.input = 1500;
        call.output = 70;
        call.cached = 30;
        call.number = 900 + static_cast<int>(model[0]);
        calls.push_back(call);
        call.time += 120;
        call.number += 50;
        calls.push_back(call);
        logged.push_back(call);
      }
      result.look(as, seed, compared(as, logged, calls), {"window-cut"});
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("input without the cache on one side is named, and refutes nothing") {
  Named result;
  for (const Export& as : made::exports()) {
    if (!as.has_cache) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      const Calls calls = made::calls(seed, kDays);
      const BillComparison comparison = compared(as, calls, calls, {.without_cache = true});
      result.look(as, seed, comparison, {"cache-added"});
      for (const Finding& finding : comparison.findings)
        CHECK_MESSAGE(finding.severity != Severity::error, said(as, finding));
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("calls that nobody logged and that gave no output are retries") {
  Named result;
  for (const Export& as : made::exports()) {
    if (as.is_money) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      const Calls calls = made::calls(seed, kDays);
      Calls billed = calls;
      MadeCall retry = billed[billed.size() / 2];
      retry.output = 0;
      retry.cached = 0;
      retry.input += 77;
      retry.number = 999;
      billed.push_back(retry);
      result.look(as, seed, compared(as, calls, billed), {"retries-unlogged"});
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("a batch that no log holds is named") {
  Named result;
  for (const Export& as : made::exports()) {
    if (!as.has_tiers) continue;
    // The pages of the API say it with true and false.
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      Calls calls = made::calls(seed, kDays);
      for (std::size_t i = 3; i < calls.size(); i += 5) calls[i].is_batch = true;
      Calls logged = calls;
      std::erase_if(logged, [](const MadeCall& call) { return call.is_batch; });
      result.look(as, seed, compared(as, logged, calls), {"batch-unlogged"});
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("logs in local time are named, and nothing else is") {
  Named result;
  for (const Export& as : made::exports()) {
    if (as.is_money || as.is_of_calls) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      const Calls calls = made::calls(seed, kDays);
      Calls logged = calls;
      for (MadeCall& call : logged) call.time += 5 * 3600;
      const BillComparison comparison = compared(as, logged, calls);
      result.look(as, seed, comparison, {"zone-shifted"});
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("a name that only the logs have is matched with the model that it is billed as") {
  Named result;
  for (const Export& as : made::exports()) {
    if (as.is_money || std::string_view(as.name).starts_with("Google")) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      const Calls calls = made::calls(seed, kDays);
      Calls logged = calls;
      for (MadeCall& call : logged) {
        if (call.model == "made-up-model") call.model = "prod-chat";
      }
      const BillComparison comparison = compared(as, logged, calls);
      result.look(as, seed, comparison, {"model-alias"});
      for (const Finding& finding : comparison.findings)
        CHECK_MESSAGE(finding.severity == Severity::note, said(as, finding));
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("a call that began in one day and is billed in the next is a late arrival") {
  Named result;
  for (const Export& as : made::exports()) {
    const bool is_pacific = std::string_view(as.name) == "Google reports CSV";
    if (as.is_money || as.is_of_calls || is_pacific) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      Calls calls = made::calls(seed, kDays);
      MadeCall late = calls.front();
      late.time = kFirstDay + 2 * kDay - 40;
      late.number = 999;
      Calls billed = calls;
      calls.push_back(late);
      late.time += 90;
      billed.push_back(late);
      const BillComparison comparison = compared(as, calls, billed);
      result.look(as, seed, comparison, {"late-arrival"});
      for (const Finding& finding : comparison.findings)
        CHECK_MESSAGE(finding.severity == Severity::note, said(as, finding));
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("calls that are logged twice are an error with their cause") {
  Named result;
  for (const Export& as : made::exports()) {
    if (!as.has_requests) continue;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      const Calls calls = made::calls(seed, kDays);
      Calls logged = calls;
      MadeCall twice = logged[logged.size() / 2];
      twice.time += 1;
      twice.number = 999;
      logged.push_back(twice);
      const BillComparison comparison = compared(as, logged, calls);
      result.look(as, seed, comparison, {"call-logged-twice"});
      CHECK(
          std::any_of(comparison.findings.begin(), comparison.findings.end(),
                      [](const Finding& finding) { return finding.severity == Severity::error; }));
    }
  }
  CHECK(result.is_enough());
}

TEST_CASE("a model that the report has nothing of may be of another provider") {
  const Calls calls = made::calls(1, kDays);
  Calls logged = calls;
  logged.push_back({.time = kFirstDay + kDay, .model = "somebody-else", .input = 7, .number = 77});
  const BillComparison comparison = compared(openai_pages(), logged, calls);
  REQUIRE(comparison.findings.size() == 1);
  CHECK(comparison.findings[0].severity == Severity::warning);
  CHECK(comparison.findings[0].cause == "model-not-billed");
}

TEST_CASE("each call is billed by one of several reports") {
  const Calls calls = made::calls(1, kDays);
  Calls one = calls;
  Calls other = calls;
  std::erase_if(one, [](const MadeCall& call) { return call.model == "other-model"; });
  std::erase_if(other, [](const MadeCall& call) { return call.model != "other-model"; });
  const MadeCapture capture({{"logs/calls.jsonl", made::log_of(calls)},
                             {"bill/page.json", openai_pages().text(one, kDays)},
                             {"bill/activity.json", made::exports()[9].text(other, kDays)}});
  BillReader reader(builtin_knowledge());
  const Books reports = read_captures({capture.path("bill")}, reader.question(), {});
  const BilledUsage billed = reader.finish(reports);
  Question question;
  question.by = keys_of_logged_usage(billed);
  const Books logs = read_captures({capture.path("logs")}, std::move(question), {});
  CHECK(compare_bill(billed, logged_usage(logs)).findings.empty());
}

TEST_CASE("a model of the logs without a date is all dated ones of the report") {
  Calls calls = made::calls(4, kDays);
  Calls billed = calls;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    calls[i].model = "made-up";
    billed[i].model = i % 2 == 0 ? "made-up-2026-01-01" : "made-up-2026-02-02";
  }
  CHECK(compared(openai_pages(), calls, billed).findings.empty());
}

TEST_CASE("calls before and after the whole report are said, and no error") {
  const Calls calls = made::calls(1, kDays);
  Calls logged = calls;
  logged.push_back({.time = kFirstDay - 2 * kDay, .input = 10, .output = 5, .number = 77});
  logged.push_back(
      {.time = kFirstDay + (kDays + 2) * kDay, .input = 10, .output = 5, .number = 78});
  const BillComparison comparison = compared(openai_pages(), logged, calls);
  REQUIRE(comparison.findings.size() == 2);
  CHECK(comparison.findings[0].severity == Severity::note);
  CHECK(comparison.findings[0].explanation ==
        "1 call before the report's time (2026-03-01T00 to 2026-03-06T00)");
  CHECK(comparison.findings[1].explanation ==
        "1 call after the report's time (2026-03-01T00 to 2026-03-06T00)");
}

TEST_CASE("logs without any time are compared with the whole report") {
  const Calls calls = made::calls(1, kDays);
  std::string log = made::log_of(calls);
  for (auto at = log.find("\"created\""); at != std::string::npos; at = log.find("\"created\""))
    log.erase(at, log.find(", ", at) + 2 - at);
  const BillComparison comparison =
      compared_texts(log, openai_pages().file, openai_pages().text(calls, kDays));
  CHECK(comparison.findings.empty());
  CHECK(comparison.held > 0);
}

TEST_CASE("a bucket that ends in a far century is compared as any other") {
  const std::string log =
      R"({"id":"1","created":1772442000,"model":"m","usage":{"prompt_tokens":5,"completion_tokens":2}})"
      "\n";
  const std::string bill =
      R"({"object":"page","data":[{"object":"bucket","start_time":1772409600,)"
      R"("end_time":99999999999,"results":[{"object":"organization.usage.completions.result",)"
      R"("input_tokens":5,"output_tokens":2,"num_model_requests":1,"model":"m"}]}]})";
  CHECK(compared_texts(log, "usage.json", bill).held > 0);
}

}  // namespace
}  // namespace usagectl
