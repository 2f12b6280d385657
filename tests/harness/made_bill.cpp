#include "harness/made_bill.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <random>

#include "base/time_zone.hpp"
#include "base/utc_time.hpp"

namespace usagectl::made {
namespace {

std::string day_text(int day) { return utc_time_of(kFirstDay + day * kDay).substr(0, 10); }

struct Sum {
  long long input = 0;
  long long output = 0;
  long long cached = 0;
  long long requests = 0;

  void add(const MadeCall& call) {
    input += call.input;
    output += call.output;
    cached += call.cached;
    ++requests;
  }
};

/// What rows are told apart by in one day.
struct Row {
  std::string model;
  std::string project;
  std::string key;
  bool is_batch = false;
  friend auto operator<=>(const Row&, const Row&) = default;
};

using Rows = std::map<Row, Sum>;

/// The rows of one day that begins so many seconds after midnight in UTC.
Rows rows_of(const std::vector<MadeCall>& calls, int day, bool by_labels, bool by_tier,
             long long begins = 0) {
  Rows rows;
  for (const MadeCall& call : calls) {
    const long long begin = kFirstDay + day * kDay + begins;
    if (call.time < begin || call.time >= begin + kDay) continue;
    Row row{.model = call.model};
    if (by_labels) {
      row.project = call.project;
      row.key = call.key;
    }
    row.is_batch = by_tier && call.is_batch;
    rows[row].add(call);
  }
  return rows;
}

using Write = std::function<std::string(int day, const Row&, const Sum&)>;

std::string each_row(const std::vector<MadeCall>& calls, int days, bool by_labels, bool by_tier,
                     const Write& write, long long begins = 0) {
  std::string text;
  for (int day = 0; day < days; ++day) {
    for (const auto& [row, sum] : rows_of(calls, day, by_labels, by_tier, begins))
      text += write(day, row, sum);
  }
  return text;
}

/// Pages of buckets: the results of a day in a list.
std::string pages(const std::vector<MadeCall>& calls, int days, bool by_labels, bool by_tier,
                  const std::function<std::string(int day)>& bucket, const Write& result) {
  std::string text;
  for (int day = 0; day < days; ++day) {
    std::string results;
    for (const auto& [row, sum] : rows_of(calls, day, by_labels, by_tier))
      results += (results.empty() ? "" : ", ") + result(day, row, sum);
    text += fmt::format("{}{{{}, \"results\": [{}]}}", day == 0 ? "" : ", ", bucket(day), results);
  }
  return fmt::format("{{\"data\": [{}], \"has_more\": false}}", text);
}

std::string openai_bucket(int day) {
  return fmt::format("\"object\": \"bucket\", \"start_time\": {}, \"end_time\": {}",
                     kFirstDay + day * kDay, kFirstDay + (day + 1) * kDay);
}

std::string anthropic_bucket(int day) {
  return fmt::format("\"starting_at\": \"{}T00:00:00Z\", \"ending_at\": \"{}T00:00:00Z\"",
                     day_text(day), day_text(day + 1));
}

std::string openai_page(const std::vector<MadeCall>& calls, int days) {
  return pages(calls, days, true, true, openai_bucket, [](int, const Row& row, const Sum& sum) {
    return fmt::format(
        "{{\"object\": \"organization.usage.completions.result\", \"input_tokens\": {}, "
        "\"input_cached_tokens\": {}, \"output_tokens\": {}, \"num_model_requests\": {}, "
        "\"model\": \"{}\", \"project_id\": \"{}\", \"api_key_id\": \"{}\", \"batch\": {}}}",
        sum.input, sum.cached, sum.output, sum.requests, row.model, row.project, row.key,
        row.is_batch);
  });
}

std::string anthropic_page(const std::vector<MadeCall>& calls, int days) {
  return pages(calls, days, true, true, anthropic_bucket, [](int, const Row& row, const Sum& sum) {
    return fmt::format(
        "{{\"uncached_input_tokens\": {}, \"cache_read_input_tokens\": {}, \"cache_creation\": "
        "{{\"ephemeral_1h_input_tokens\": 0, \"ephemeral_5m_input_tokens\": 0}}, "
        "\"output_tokens\": {}, \"model\": \"{}\", \"workspace_id\": \"{}\", \"api_key_id\": "
        "\"{}\", \"service_tier\": \"{}\"}}",
        sum.input - sum.cached, sum.cached, sum.output, row.model, row.project, row.key,
        row.is_batch ? "batch" : "standard");
  });
}

std::string openai_usage_csv(const std::vector<MadeCall>& calls, int days) {
  return "start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,"
         "api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens\n" +
         each_row(calls, days, true, true, [](int day, const Row& row, const Sum& sum) {
           return fmt::format(
               "{},{},{}T00:00:00+00:00,{}T00:00:00+00:00,{},{}.0,{},{},{},{},{},{},{}\n",
               kFirstDay + day * kDay, kFirstDay + (day + 1) * kDay, day_text(day),
               day_text(day + 1), row.project, sum.requests, row.key, row.model,
               row.is_batch ? "True" : "False", row.is_batch ? "batch" : "default", sum.input,
               sum.output, sum.cached);
         });
}

std::string openai_costs_csv(const std::vector<MadeCall>& calls, int days) {
  return "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,"
         "quantity_unit,line_item,api_key_id,project_id\n" +
         each_row(calls, days, true, false, [](int day, const Row& row, const Sum& sum) {
           std::string text;
           for (const auto& [item, quantity] :
                {std::pair<const char*, long long>{"input_tokens", sum.input - sum.cached},
                 {"cached_input_tokens", sum.cached},
                 {"output_tokens", sum.output}}) {
             text +=
                 fmt::format("{},{},{}T00:00:00,{}T00:00:00,0.5,usd,{},tokens,\"{}, {}\",{},{}\n",
                             kFirstDay + day * kDay, kFirstDay + (day + 1) * kDay, day_text(day),
                             day_text(day + 1), quantity, row.model, item, row.key, row.project);
           }
           return text;
         });
}

std::string openai_costs_page(const std::vector<MadeCall>& calls, int days) {
  return pages(calls, days, false, false, openai_bucket, [](int, const Row& row, const Sum&) {
    return fmt::format(
        "{{\"object\": \"organization.costs.result\", \"amount\": {{\"value\": 0.06, "
        "\"currency\": \"usd\"}}, \"line_item\": \"{}, input\", \"project_id\": null}}",
        row.model);
  });
}

std::string anthropic_costs_page(const std::vector<MadeCall>& calls, int days) {
  return pages(calls, days, false, false, anthropic_bucket, [](int, const Row& row, const Sum&) {
    return fmt::format(
        "{{\"currency\": \"USD\", \"amount\": \"123.45\", \"workspace_id\": null, \"cost_type\": "
        "\"tokens\", \"model\": \"{}\", \"token_type\": \"output_tokens\"}}",
        row.model);
  });
}

std::string anthropic_console_csv(const std::vector<MadeCall>& calls, int days) {
  return "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,"
         "usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
         "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,"
         "web_search_count\n" +
         each_row(calls, days, true, true, [](int day, const Row& row, const Sum& sum) {
           return fmt::format("{},{},{},{},{},≤ 200k,{},0,0,{},{},0\n", day_text(day), row.model,
                              row.key, row.project, row.is_batch ? "batch" : "standard",
                              sum.input - sum.cached, sum.cached, sum.output);
         });
}

std::string grouped(long long number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return '"' + text + '"';
}

/// Days of Pacific time, eight hours behind in March before the 8th.
constexpr long long kPacific = 8 * 3600;

std::string google_csv(const std::vector<MadeCall>& calls, int days) {
  return "Date,Service description,Service ID,SKU description,SKU ID,Usage amount,Usage unit,"
         "List cost ($),Subtotal ($)\n" +
         each_row(
             calls, days, false, false,
             [](int day, const Row& row, const Sum& sum) {
               const std::string name =
                   row.model == "other-model" ? "gemini 2.5 pro short" : "Gemini 2.5 Flash";
               std::string text;
               for (const auto& [item, count] :
                    {std::pair<const char*, long long>{"input token count", sum.input - sum.cached},
                     {"cached content token count", sum.cached},
                     {"output token count", sum.output}}) {
                 text += fmt::format(
                     "{},Gemini API,S,Generate content {} {} input text,K,{},count,1.56,1.56\n",
                     day_text(day), item, name, grouped(count));
               }
               return text;
             },
             kPacific);
}

std::string google_export(const std::vector<MadeCall>& calls, int days) {
  return each_row(calls, days, true, false, [](int day, const Row& row, const Sum& sum) {
    const std::string name = row.model == "other-model" ? "Gemini 2.5 Pro" : "Gemini 2.5 Flash";
    std::string text;
    for (const auto& [item, count] :
         {std::pair<const char*, long long>{"Text Input - Predictions", sum.input - sum.cached},
          {"Input Text Caching", sum.cached},
          {"Text Output - Predictions", sum.output}}) {
      text += fmt::format(
          "{{\"service\": {{\"description\": \"Vertex AI\"}}, \"sku\": {{\"id\": \"K\", "
          "\"description\": \"{} GA {}\"}}, \"usage_start_time\": \"{} 00:00:00 UTC\", "
          "\"usage_end_time\": \"{} 00:00:00 UTC\", \"project\": {{\"id\": \"{}\"}}, \"cost\": "
          "0.01, \"usage\": {{\"amount\": {}.0, \"unit\": \"count\"}}}}\n",
          name, item, day_text(day), day_text(day + 1), row.project, count);
    }
    return text;
  });
}

std::string openrouter_api(const std::vector<MadeCall>& calls, int days) {
  std::string text;
  each_row(calls, days, false, false, [&](int day, const Row& row, const Sum& sum) {
    text += fmt::format(
        "{}{{\"date\": \"{}\", \"model\": \"maker/{}\", \"model_permaslug\": "
        "\"maker/{}-20260101\", "
        "\"endpoint_id\": \"e\", \"provider_name\": \"Maker\", \"usage\": 0.015, "
        "\"byok_usage_inference\": 0, \"requests\": {}, \"prompt_tokens\": {}, "
        "\"completion_tokens\": {}, \"reasoning_tokens\": 0}}",
        text.empty() ? "" : ", ", day_text(day), row.model, row.model, sum.requests, sum.input,
        sum.output);
    return std::string();
  });
  return "{\"data\": [" + text + "]}";
}

std::string id_of(const MadeCall& call) { return fmt::format("gen-made-up-{}", call.number); }

std::string openrouter_csv(const std::vector<MadeCall>& calls, int) {
  std::string text =
      "generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,"
      "tokens_cached,model_permaslug,provider_name,api_key_name\n";
  for (const MadeCall& call : calls) {
    // The generation ends some seconds after its request was sent.
    const std::string time = utc_time_of(call.time + 7);
    text += fmt::format("{},{} {}.271,0.01,{},{},0,{},maker/{},Maker,{}\n", id_of(call),
                        time.substr(0, 10), time.substr(11, 8), call.input, call.output,
                        call.cached, call.model, call.key);
  }
  return text;
}

std::string litellm_spend(const std::vector<MadeCall>& calls, int) {
  std::string text;
  for (const MadeCall& call : calls) {
    text += fmt::format(
        "{{\"request_id\": \"{}\", \"call_type\": \"acompletion\", \"spend\": 0.01, "
        "\"prompt_tokens\": {}, \"completion_tokens\": {}, \"total_tokens\": {}, \"startTime\": "
        "\"{}\", \"model\": \"{}\", \"team_id\": \"{}\", \"metadata\": {{\"user_api_key_alias\": "
        "\"{}\"}}, \"cache_hit\": \"False\"}}\n",
        id_of(call), call.input, call.output, call.input + call.output, utc_time_of(call.time),
        call.model, call.project, call.key);
  }
  return text;
}

std::string litellm_daily(const std::vector<MadeCall>& calls, int days) {
  std::string text;
  for (int day = 0; day < days; ++day) {
    std::string models;
    Sum all;
    const auto metrics = [](const Sum& sum) {
      return fmt::format(
          "{{\"spend\": 0.1, \"prompt_tokens\": {}, \"completion_tokens\": {}, \"total_tokens\": "
          "{}, \"cache_read_input_tokens\": {}, \"cache_creation_input_tokens\": 0, "
          "\"api_requests\": {}}}",
          sum.input, sum.output, sum.input + sum.output, sum.cached, sum.requests);
    };
    for (const auto& [row, sum] : rows_of(calls, day, false, false)) {
      models += fmt::format("{}\"{}\": {{\"metrics\": {}, \"metadata\": {{}}}}",
                            models.empty() ? "" : ", ", row.model, metrics(sum));
      all.input += sum.input;
      all.output += sum.output;
      all.cached += sum.cached;
      all.requests += sum.requests;
    }
    text += fmt::format(
        "{}{{\"date\": \"{}\", \"metrics\": {}, \"breakdown\": {{\"models\": {{{}}}}}}}",
        day == 0 ? "" : ", ", day_text(day), metrics(all), models);
  }
  return "{\"results\": [" + text + "], \"metadata\": {}}";
}

}  // namespace

std::vector<MadeCall> calls(unsigned seed, int days) {
  std::mt19937 random(seed);
  std::vector<MadeCall> made;
  for (int day = 0; day < days; ++day) {
    const int number = 6 + static_cast<int>(random() % 6);
    for (int i = 0; i < number; ++i) {
      MadeCall call;
      call.time = kFirstDay + day * kDay + static_cast<long long>(random() % (kDay - 60));
      // Days of Pacific time begin eight hours later: nothing before the first of them.
      if (day == 0) call.time = std::max(call.time, kFirstDay + kPacific);
      call.model = random() % 3 == 0 ? "other-model" : "made-up-model";
      call.project = random() % 2 == 0 ? "p1" : "p2";
      call.key = call.project == "p1" ? "k1" : "k2";
      call.input = 1000 + static_cast<long long>(random() % 5000);
      call.cached = 1 + static_cast<long long>(random() % 900);
      call.output = 10 + static_cast<long long>(random() % 900);
      call.number = static_cast<int>(made.size()) + 1;
      made.push_back(call);
    }
  }
  return made;
}

std::string log_of(const std::vector<MadeCall>& calls, const Log& log) {
  std::string text;
  for (const MadeCall& call : calls) {
    const std::string model = !log.is_google                ? call.model
                              : call.model == "other-model" ? "gemini-2.5-pro"
                                                            : "gemini-2.5-flash";
    const long long input = log.without_cache ? call.input - call.cached : call.input;
    text += '{';
    if (log.has_ids) text += fmt::format("\"id\": \"{}\", ", id_of(call));
    text += fmt::format("\"created\": {}, \"model\": \"{}\", ", call.time, model);
    if (log.has_labels)
      text +=
          fmt::format("\"project_id\": \"{}\", \"api_key_id\": \"{}\", ", call.project, call.key);
    text += fmt::format(
        "\"usage\": {{\"prompt_tokens\": {}, \"completion_tokens\": {}, "
        "\"total_tokens\": {}",
        input, call.output, input + call.output);
    if (!log.without_cache)
      text += fmt::format(", \"prompt_tokens_details\": {{\"cached_tokens\": {}}}", call.cached);
    text += "}}\n";
  }
  return text;
}

const std::vector<Export>& exports() {
  //                                                        requests cache labels tiers calls money
  static const std::vector<Export> all = {
      {"OpenAI usage pages", "page.json", openai_page, true, true, true, true, false, false},
      {"OpenAI usage CSV", "usage.csv", openai_usage_csv, true, true, true, true, false, false},
      {"OpenAI costs CSV", "cost.csv", openai_costs_csv, false, true, true, false, false, false},
      {"OpenAI costs pages", "costs.json", openai_costs_page, false, false, false, false, false,
       true},
      {"Anthropic usage pages", "page.json", anthropic_page, false, true, true, true, false, false},
      {"Anthropic cost pages", "costs.json", anthropic_costs_page, false, false, false, false,
       false, true},
      {"Claude Console CSV", "console.csv", anthropic_console_csv, false, true, true, true, false,
       false},
      {"Google reports CSV", "reports.csv", google_csv, false, true, false, false, false, false},
      {"Google BigQuery rows", "export.jsonl", google_export, false, true, false, false, false,
       false},
      {"OpenRouter activity API", "activity.json", openrouter_api, true, false, false, false, false,
       false},
      {"OpenRouter activity CSV", "activity.csv", openrouter_csv, true, true, false, false, true,
       false},
      {"LiteLLM spend logs", "spend.jsonl", litellm_spend, true, false, true, false, true, false},
      {"LiteLLM daily activity", "daily.json", litellm_daily, true, true, false, false, false,
       false},
  };
  return all;
}

}  // namespace usagectl::made
