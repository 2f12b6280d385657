#include "formats/reading/key_paths.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "model/place.hpp"

namespace usagectl {
namespace {

void collect(const Json& object, const std::string& prefix, std::vector<KeySeen>& keys) {
  object.each_member([&](std::string_view key, const Json& value) {
    std::string path = prefix + std::string(key);
    if (value.is_object() && value.size() > 0) {
      collect(value, path + ".", keys);
    } else {
      keys.push_back({std::move(path), value.is_null(), read_count(value).count, value.real()});
    }
  });
}

}  // namespace

std::vector<KeySeen> key_paths(const Json& usage) {
  std::vector<KeySeen> keys;
  collect(usage, "", keys);
  return keys;
}

void add_keys(std::vector<KeySeen>& keys, const std::vector<KeySeen>& later) {
  for (const KeySeen& key : later) {
    const auto known = std::find_if(keys.begin(), keys.end(),
                                    [&](const KeySeen& one) { return one.path == key.path; });
    if (known == keys.end()) {
      keys.push_back(key);
    } else {
      known->is_null = known->is_null && key.is_null;
      if (key.is_null) continue;
      known->count = key.count;
      known->amount = key.amount;
    }
  }
}

Json value_at(const Json& document, std::string_view pointer) {
  Json value = document;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);  // the slash
    const auto end = pointer.find('/');
    const std::string_view token = pointer.substr(0, end);
    pointer.remove_prefix(end == std::string_view::npos ? pointer.size() : end);
    Json next;
    value.each_member([&](std::string_view key, const Json& member) {
      if (!next.present() && pointer_to({}, key).substr(1) == token) next = member;
    });
    std::size_t index = 0;
    const auto [stop, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (value.is_array() && error == std::errc() && stop == token.data() + token.size())
      next = value.item(index);
    value = next;
  }
  return value;
}

}  // namespace usagectl
