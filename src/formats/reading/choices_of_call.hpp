#pragma once

#include <cstdint>
#include <string_view>

#include "input/json/json.hpp"

namespace usagectl {

/// Whether the items of a list are the choices of one call, each of which repeats its usage.
enum class Choices : std::uint8_t {
  no,
  unsaid,  ///< they may also be calls that used as much as each other
  yes,
};

/// A call that asks for several answers is billed once for all of them, and some frameworks write
/// its usage beside each: Haystack into the meta of every reply, LangChain into the message of
/// every generation (haystack-ai 2.x `_convert_chat_completion_to_chat_message`, langchain-openai
/// `_create_chat_result`, seen 2026-11). `name` is that of the list,
/// or of the list that it is an item of.
Choices choices_of_one_call(std::string_view name, const Json& list);

/// The last name in a pointer: "/generations/0" leads to an item of "generations".
std::string_view name_of_list(std::string_view pointer);

}  // namespace usagectl
