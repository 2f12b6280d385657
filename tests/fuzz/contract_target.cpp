// Contracts: any bytes give a contract that a capture can be held against, or an error that names
// the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analysis/diff/contract.hpp"
#include "formats/reading/knowledge.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const Knowledge knowledge = builtin_knowledge();
  try {
    const Contract contract = parse_contract(text, "mine.json");
    (void)contract_findings(check_contract(Side(*knowledge.catalogue), contract));
  } catch (const InputError& error) {
    if (!std::string_view(error.what()).starts_with("mine.json")) std::abort();
  }
  return 0;
}
