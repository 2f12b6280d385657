// YAML: any bytes give documents in JSON, or a fault with its place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "input/containers/yaml_documents.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JsonParser parser;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::uint64_t lines = 1;
  for (const char c : bytes) lines += c == '\n' || c == '\r' ? 1 : 0;
  const auto fault = each_yaml_document(bytes, [&](std::string_view json, std::uint64_t line) {
    if (line == 0 || line > lines || parser.parse_copy(json).fault) std::abort();
  });
  if (fault && (fault->line == 0 || fault->column == 0 || fault->what.empty())) std::abort();
  return 0;
}
