// Tiers of service that have other prices than the standard one.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "analysis/prices/call_price.hpp"
#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

std::string usage_of(const std::string& tier) {
  return R"("usage":{"input_tokens":10,"output_tokens":5,"cache_read_input_tokens":0,)"
         R"("cache_creation_input_tokens":0,"service_tier":")" +
         tier + "\"}";
}

std::string message(const std::string& tier) {
  return R"({"type":"message","id":"msg_1","role":"assistant","model":"claude","content":[],)" +
         usage_of(tier) + "}";
}

std::vector<BilledTier> tiers_of(const std::string& text, const std::string& name) {
  std::vector<BilledTier> tiers;
  for (const UsageRecord& record : counted(read_as_file(text, name)))
    tiers.push_back(billed_tier(record));
  return tiers;
}

using Tiers = std::vector<BilledTier>;

}  // namespace

TEST_CASE("a message says of what tier it is, alone, in a list and in the results of a batch") {
  CHECK(tiers_of(message("standard"), "a.json") == Tiers{BilledTier::standard});
  CHECK(tiers_of(message("priority"), "a.json") == Tiers{BilledTier::other});
  CHECK(tiers_of("[" + message("batch") + "]", "a.json") == Tiers{BilledTier::batch});
  CHECK(tiers_of(R"({"custom_id":"a","result":{"type":"succeeded","message":)" + message("batch") +
                     "}}\n",
                 "a.jsonl") == Tiers{BilledTier::batch});
}

TEST_CASE("an answer in the output of a batch is of the batch, which it does not say itself") {
  const std::string answer =
      R"({"id":"chatcmpl-1","object":"chat.completion","model":"gpt-9","choices":[],)"
      R"("service_tier":"default","usage":{"prompt_tokens":10,"completion_tokens":5,)"
      R"("total_tokens":15}})";
  CHECK(tiers_of(answer, "a.json") == Tiers{BilledTier::standard});
  CHECK(tiers_of(R"({"id":"batch_req_1","custom_id":"a","response":{"status_code":200,"body":)" +
                     answer + "}}\n",
                 "a.jsonl") == Tiers{BilledTier::batch});
}

TEST_CASE("lines that are written alike have the tiers that each of them says") {
  std::string of_line;
  std::string of_usage;
  Tiers expected;
  for (int i = 0; i < 12; ++i) {
    const std::string tier = i % 3 == 0 ? "default" : i % 3 == 1 ? "flex" : "batch";
    const std::string id = "{\"id\":\"req-" + std::to_string(i) + "\",\"model\":\"m\",";
    of_line += id + "\"service_tier\":\"" + tier +
               "\",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}\n";
    of_usage += id + usage_of(tier) + "}\n";
    expected.push_back(i % 3 == 0   ? BilledTier::standard
                       : i % 3 == 1 ? BilledTier::other
                                    : BilledTier::batch);
  }
  CHECK(tiers_of(of_line, "a.jsonl") == expected);
  CHECK(tiers_of(of_usage, "a.jsonl") == expected);
  std::string in_other_case = of_usage;
  for (auto at = in_other_case.find("service_tier"); at != std::string::npos;
       at = in_other_case.find("service_tier"))
    in_other_case.replace(at, 12, "serviceTier");
  CHECK(tiers_of(in_other_case, "a.jsonl") == expected);
}

TEST_CASE("a call of a tier with other prices has no cost by those of the standard one") {
  Price price;
  Counts counts;
  counts.set(Counter::input, 10);
  counts.set(Counter::output, 5);
  CHECK(price_of(price, counts, std::nullopt, BilledTier::other).why_not == NoPrice::other_tier);
}

}  // namespace usagectl
