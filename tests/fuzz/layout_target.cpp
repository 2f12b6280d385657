// Layout files: any bytes give a layout that writes itself as it was read, or an error that names
// the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/layouts/layout_parser.hpp"
#include "formats/layouts/layout_text.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string text =
        layout_text(parse_layout({reinterpret_cast<const char*>(data), size}, "x"));
    if (layout_text(parse_layout(text, "x")) != text) std::abort();
  } catch (const InputError& error) {
    if (!std::string_view(error.what()).starts_with("x:")) std::abort();
  }
  return 0;
}
