// The JSON parser: any bytes give a document or a fault, and every value of a document can be read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "input/json/json.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

void walk(const Json& value, std::size_t depth) {
  if (depth > JsonParser::kDeepestNesting) std::abort();
  const CountReading reading = read_count(value);
  if (reading.count && *reading.count < 0) std::abort();
  if (reading.count && !reading.fault.empty()) std::abort();
  (void)read_count_or_digits(value);
  (void)value.described();
  (void)value.real();
  (void)repeated_key(value);
  value.each_member([depth](std::string_view key, const Json& member) {
    (void)key.size();
    walk(member, depth + 1);
  });
  value.each_item([depth](std::size_t, const Json& item) { walk(item, depth + 1); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JsonParser parser;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ParsedJson parsed = parser.parse_copy(text);
  if (parsed.fault) {
    // A message needs a place that exists; one past the end is where a cut-off text ends.
    if (parsed.fault->offset > size || parsed.fault->line == 0 || parsed.fault->column == 0) {
      std::abort();
    }
    if (parsed.fault->what.empty()) std::abort();
  } else {
    walk(parsed.root, 0);
  }
  return 0;
}
