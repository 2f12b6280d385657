// Project files: any bytes give settings that are known, or an error with a place in the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cli/options/project_file_reader.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    for (const Setting& setting : read_project_settings(text, "x")) {
      const bool is_list =
          setting.known->kind == SettingKind::paths || setting.known->kind == SettingKind::levels;
      if (!is_list && setting.values.size() != 1) std::abort();
      if (setting.line == 0) std::abort();
    }
  } catch (const InputError& error) {
    if (!std::string_view(error.what()).starts_with("x:")) std::abort();
  }
  return 0;
}
