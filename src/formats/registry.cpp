#include <array>

#include "formats/reading/format.hpp"

namespace usagectl {

#define FORMAT(name) extern const Format format_##name;
#include "formats/formats.def"
#undef FORMAT

std::span<const Format* const> code_formats() {
  static const std::array all = {
#define FORMAT(name) &format_##name,
#include "formats/formats.def"
#undef FORMAT
  };
  return all;
}

}  // namespace usagectl
