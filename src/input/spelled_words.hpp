#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

namespace usagectl {

/// Whether a JSON text may hold one of these words in a key or a string, however it is spelled. The
/// answer no is certain: the words are ASCII letters and underscores, which JSON can write as they
/// are or as \u00XX, and in no other way.
bool may_hold_a_word(std::string_view json, std::span<const std::string_view> words);

}  // namespace usagectl
