#pragma once

#include <cstdint>
#include <string_view>

namespace usagectl {

/// What a line says of its call under a name that known logs use.
enum class LineField : std::uint8_t {
  none,
  object,
  type,
  id,
  row,         ///< the id of a row that others may stand below: a span
  above,       ///< the id of the row above it
  from_cache,  ///< whether a cache of answers had it, and nobody was asked
  model,
  time,
  provider,
  session,
  run,  ///< what several calls belong to, and their sum
  project,
  key,
  tier,  ///< of service
};

/// By the exact name; rows of field_names.def.
LineField line_field(std::string_view name);

/// What a key of any log says, in lower case and without what joins its words: "model", "time",
/// "session"; empty = nothing that is known. Rows of field_names.def.
std::string_view field_of_joined(std::string_view joined);

}  // namespace usagectl
