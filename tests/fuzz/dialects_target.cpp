// Files of dialects and contracts: any bytes give what can be used, or an error that names the
// file.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/diff/contract.hpp"
#include "base/input_error.hpp"
#include "dialects/catalogue.hpp"

using namespace usagectl;

namespace {

void read_contract(std::string_view text) {
  const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
  if (descriptor < 0) return;
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  if (write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size())) {
    try {
      (void)load_contract(path);
    } catch (const InputError& error) {
      if (!std::string_view(error.what()).starts_with(path)) std::abort();
    }
  }
  close(descriptor);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    Catalogue catalogue;
    catalogue.add(text, "x");
    for (const Dialect& dialect : catalogue.dialects()) {
      if (dialect.id.empty() || catalogue.find(dialect.id) == nullptr) std::abort();
    }
  } catch (const InputError& error) {
    if (!std::string_view(error.what()).starts_with("x:")) std::abort();
  }
  read_contract(text);
  return 0;
}
