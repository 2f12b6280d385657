#include "formats/reading/key_paths.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/kept_names.hpp"
#include "base/text_hash.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

/// `path` is that of the object, with a dot behind it.
void collect(const Json& object, std::string& path, std::vector<KeySeen>& keys) {
  const std::size_t before = path.size();
  object.each_member([&](std::string_view key, const Json& value) {
    path += key;
    if (value.is_object() && value.size() > 0) {
      path.push_back('.');
      collect(value, path, keys);
    } else {
      keys.push_back({kept_key_path(path), value.is_null(), read_count(value).count});
    }
    path.resize(before);
  });
}

}  // namespace

std::string_view kept_key_path(std::string_view path) {
  static KeptNames names;
  constexpr std::size_t kRecent = 512;
  thread_local std::array<std::string_view, kRecent> recent;
  std::string_view& one = recent[text_hash(path).low % kRecent];
  if (one != path) one = names.keep(path);
  return one;
}

std::vector<KeySeen> key_paths(const Json& usage) {
  std::vector<KeySeen> keys;
  constexpr std::size_t kUsualKeys = 16;
  keys.reserve(kUsualKeys);
  std::string path;
  collect(usage, path, keys);
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
