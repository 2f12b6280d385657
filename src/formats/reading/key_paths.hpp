#pragma once

#include <string_view>
#include <vector>

#include "input/json/json.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// The path of a key, kept: one of the few that the usage objects of a run have.
std::string_view kept_key_path(std::string_view path);

/// Every key of a usage object, nested ones as "a.b"; a list counts as one key.
std::vector<KeySeen> key_paths(const Json& usage);

/// Adds the keys of a later report of the same usage; a key that one of them gives a value has one.
void add_keys(std::vector<KeySeen>& keys, const std::vector<KeySeen>& later);

/// The value that a JSON pointer leads to; absent where it leads nowhere.
Json value_at(const Json& document, std::string_view pointer);

}  // namespace usagectl
