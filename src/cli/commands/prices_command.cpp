#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/prices/price_table.hpp"
#include "base/text_file.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/report_writer.hpp"
#include "render/list_render.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string prices;
  ReportOptions report;
};

std::string text_of(const std::optional<Money>& money) { return money ? money->text() : "-"; }

ListOfThings list_of_prices(const PriceTable& table) {
  ListOfThings list{"usagectl.prices/1",
                    "prices",
                    {"model", "provider", "input", "cache read", "write 5m", "write 1h", "output",
                     "batch", "currency", "seen"},
                    {}};
  for (const Price& price : table.prices()) {
    list.rows.push_back({price.model, price.provider, text_of(price.rates.input),
                         text_of(price.rates.cache_read), text_of(price.rates.cache_write_5m),
                         text_of(price.rates.cache_write_1h), text_of(price.rates.output),
                         text_of(price.batch), std::string(price.currency.code()), price.seen});
  }
  return list;
}

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : json_string(text);
}

ordered_json money_or_null(const std::optional<Money>& money) {
  return money ? ordered_json(money->text()) : ordered_json(nullptr);
}

/// The rates of longer prompts.
ordered_json above_json(const std::optional<LongPrompts>& prompts) {
  if (!prompts) return nullptr;
  const Rates& rates = prompts->rates;
  return {{"tokens", prompts->than},
          {"input", money_or_null(rates.input)},
          {"cache_read", money_or_null(rates.cache_read)},
          {"cache_write_5m", money_or_null(rates.cache_write_5m)},
          {"cache_write_1h", money_or_null(rates.cache_write_1h)},
          {"output", money_or_null(rates.output)},
          {"reasoning", money_or_null(rates.reasoning)}};
}

std::string prices_json(const PriceTable& table) {
  ordered_json prices = ordered_json::array();
  for (const Price& price : table.prices()) {
    ordered_json also = ordered_json::array();
    for (const std::string& name : price.also) also.push_back(json_string(name));
    prices.push_back({{"model", json_string(price.model)},
                      {"provider", json_string(price.provider)},
                      {"also", std::move(also)},
                      {"from", text_or_null(price.from)},
                      {"until", text_or_null(price.until)},
                      {"currency", price.currency.code()},
                      {"input", money_or_null(price.rates.input)},
                      {"cache_read", money_or_null(price.rates.cache_read)},
                      {"cache_write_5m", money_or_null(price.rates.cache_write_5m)},
                      {"cache_write_1h", money_or_null(price.rates.cache_write_1h)},
                      {"output", money_or_null(price.rates.output)},
                      {"reasoning", money_or_null(price.rates.reasoning)},
                      {"batch", money_or_null(price.batch)},
                      {"above", above_json(price.long_prompts)},
                      {"known_up_to", price.known_up_to ? ordered_json(*price.known_up_to)
                                                        : ordered_json(nullptr)},
                      {"source", json_string(price.source)},
                      {"seen", price.seen}});
  }
  return json_text({{"schema", "usagectl.prices/1"},
                    {"tool", tool_json()},
                    {"newest", table.newest()},
                    {"per_tokens", 1'000'000},
                    {"prices", std::move(prices)}});
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("--prices", options->prices, "Put the prices in FILE first", {.name = "FILE"});
  add_report_options(set, options->report);
  return [options](World& world) {
    PriceTable table = PriceTable::builtin();
    if (!options->prices.empty())
      table.put_first(PriceTable::parse(read_text_file(options->prices), options->prices));
    ReportWriter writer(world, options->report.file());
    const OutputFormat format = options->report.output_format();
    writer.write(format == OutputFormat::json
                     ? prices_json(table)
                     : render(list_of_prices(table), format, options->report.style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_prices;
const Command command_prices{"prices", "List the known prices for a million tokens", set_up};

}  // namespace usagectl
