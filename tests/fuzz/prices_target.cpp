// Files of prices: any bytes give prices that can be looked up, or an error that names the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analysis/prices/price_table.hpp"
#include "base/input_error.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    PriceTable table = PriceTable::parse(text, "prices.json");
    for (const Price& price : table.prices()) {
      if (price.model.empty() || !price.rates.input || !price.rates.output) std::abort();
    }
    (void)table.newest();
    table.put_first(PriceTable::parse(text, "prices.json"));
  } catch (const InputError& error) {
    if (!std::string_view(error.what()).starts_with("prices.json")) std::abort();
  }
  return 0;
}
