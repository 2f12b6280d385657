#include "analysis/prices/price_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/input_error.hpp"
#include "base/nearest_word.hpp"
#include "input/json/json_parser.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

/// Reads the prices of one file; what is said of all of them may be said of each.
class Parser {
 public:
  explicit Parser(std::string_view name) : name_(name) {}

  std::vector<Price> parse(const Json& root) {
    if (!root.is_object()) fail("", "expected an object");
    Price shared;
    read(root, "", shared, true);
    const Json prices = root["prices"];
    if (!prices.is_array()) fail("/prices", "expected a list of prices");
    std::vector<Price> all;
    prices.each_item([&](std::size_t index, const Json& one) {
      const std::string at = pointer_to("/prices", index);
      if (!one.is_object()) fail(at, "expected an object");
      Price price = shared;
      read(one, at, price, false);
      check(price, at);
      all.push_back(std::move(price));
    });
    return all;
  }

 private:
  [[noreturn]] void fail(const std::string& at, std::string_view why) const {
    throw InputError(fmt::format("{}: {}: {}", name_, at.empty() ? "the document" : at, why));
  }

  /// Names a key that is nearly one of ours; what was given may be no list of prices at all.
  [[noreturn]] void fail_unknown(std::string_view key, const std::string& at) const {
    static const std::vector<std::string> known = {
        "provider", "source", "seen",       "currency",    "note",           "prices",
        "model",    "also",   "from",       "until",       "batch",          "known_up_to",
        "above",    "input",  "cache_read", "cache_write", "cache_write_5m", "cache_write_1h",
        "output",   "tokens", "reasoning"};
    const auto nearest = nearest_word(key, known);
    fail(nearest ? pointer_to(at, key) : at,
         nearest ? fmt::format("unknown key; did you mean {}?", *nearest) : "has an unknown key");
  }

  void read(const Json& object, const std::string& at, Price& price, bool is_root) {
    object.each_member([&](std::string_view key, const Json& value) {
      const std::string place = pointer_to(at, key);
      const auto text = [&] {
        if (!value.is_text() || value.text().empty()) fail(place, "expected a text");
        return std::string(value.text());
      };
      if (key == "provider") {
        price.provider = text();
      } else if (key == "source") {
        price.source = text();
      } else if (key == "seen") {
        price.seen = day(text(), place);
      } else if (key == "currency") {
        price.currency = Currency(text());
        if (!price.currency.is_known()) fail(place, "expected the three letters of a currency");
      } else if (key == "note" || (is_root && key == "prices")) {
        return;
      } else if (key == "model" && !is_root) {
        price.model = text();
      } else if (key == "also" && !is_root) {
        if (!value.is_array()) fail(place, "expected a list of names");
        value.each_item([&](std::size_t, const Json& name) {
          if (!name.is_text() || name.text().empty()) fail(place, "expected a list of names");
          price.also.emplace_back(name.text());
        });
      } else if (key == "from") {
        price.from = day(text(), place);
      } else if (key == "until") {
        price.until = day(text(), place);
      } else if (key == "batch") {
        price.batch = money(value, place);
      } else if (key == "known_up_to") {
        price.known_up_to = tokens(value, place);
      } else if (key == "above" && !is_root) {
        price.long_prompts = long_prompts(value, place);
      } else if (!read_rate(key, value, place, price.rates)) {
        fail_unknown(key, at);
      }
    });
  }

  /// False where the key is none of a rate.
  bool read_rate(std::string_view key, const Json& value, const std::string& at, Rates& rates) {
    if (key == "input") {
      rates.input = money(value, at);
    } else if (key == "cache_read") {
      rates.cache_read = money(value, at);
    } else if (key == "cache_write") {
      rates.cache_write_5m = rates.cache_write_1h = money(value, at);
    } else if (key == "cache_write_5m") {
      rates.cache_write_5m = money(value, at);
    } else if (key == "cache_write_1h") {
      rates.cache_write_1h = money(value, at);
    } else if (key == "output") {
      rates.output = money(value, at);
    } else if (key == "reasoning") {
      rates.reasoning = money(value, at);
    } else {
      return false;
    }
    return true;
  }

  LongPrompts long_prompts(const Json& object, const std::string& at) {
    if (!object.is_object()) fail(at, "expected an object");
    LongPrompts prompts;
    object.each_member([&](std::string_view key, const Json& value) {
      const std::string place = pointer_to(at, key);
      if (key == "tokens") {
        prompts.than = tokens(value, place);
      } else if (!read_rate(key, value, place, prompts.rates)) {
        fail_unknown(key, at);
      }
    });
    if (prompts.than == 0 || !prompts.rates.input || !prompts.rates.output)
      fail(at, "expected \"tokens\", \"input\" and \"output\"");
    return prompts;
  }

  Count tokens(const Json& value, const std::string& at) const {
    const auto count = read_count(value).count;
    if (!count) fail(at, "expected a number of tokens");
    return *count;
  }

  Money money(const Json& value, const std::string& at) const {
    // Numbers would be read as binary ones first.
    const auto amount = value.is_text() ? read_amount(value.text()) : std::nullopt;
    if (!amount || amount->money < Money()) fail(at, "expected an amount as a text: \"2.50\"");
    return amount->money;
  }

  std::string day(std::string text, const std::string& at) const {
    const bool is_day = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                        text.find_first_not_of("0123456789-") == std::string::npos;
    if (!is_day) fail(at, "expected a day: 2026-11-26");
    return text;
  }

  void check(const Price& price, const std::string& at) const {
    if (price.model.empty()) fail(at, "expected \"model\"");
    if (price.provider.empty()) fail(at, "expected \"provider\"");
    if (!price.currency.is_known()) fail(at, "expected \"currency\"");
    if (price.source.empty() || price.seen.empty())
      fail(at, "expected \"source\" and \"seen\": who says so, and when");
    if (!price.rates.input || !price.rates.output) fail(at, "expected \"input\" and \"output\"");
  }

  std::string_view name_;
};

}  // namespace

PriceTable PriceTable::parse(std::string_view json, std::string_view name) {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(json);
  if (parsed.fault)
    throw InputError(fmt::format("{}:{}: {}", name, parsed.fault->line, parsed.fault->what));
  PriceTable table;
  table.prices_ = Parser(name).parse(parsed.root);
  return table;
}

const PriceTable& PriceTable::builtin() {
  static const PriceTable table = [] {
    PriceTable all;
    for (std::size_t i = 0; i < kEmbeddedPricesSize; ++i) {
      PriceTable one = parse(kEmbeddedPrices[i].json, kEmbeddedPrices[i].file);
      std::move(one.prices_.begin(), one.prices_.end(), std::back_inserter(all.prices_));
    }
    return all;
  }();
  return table;
}

void PriceTable::put_first(PriceTable&& others) {
  std::move(prices_.begin(), prices_.end(), std::back_inserter(others.prices_));
  prices_ = std::move(others.prices_);
}

std::string PriceTable::newest() const {
  std::string newest;
  for (const Price& price : prices_) newest = std::max(newest, price.seen);
  return newest;
}

}  // namespace usagectl
