#include "formats/key_paths.hpp"

namespace usagectl {
namespace {

void collect(const Json& object, const std::string& prefix, std::vector<KeySeen>& keys) {
  object.each_member([&](std::string_view key, const Json& value) {
    std::string path = prefix + std::string(key);
    if (value.is_object() && value.size() > 0) {
      collect(value, path + ".", keys);
    } else {
      keys.push_back({std::move(path), value.is_null()});
    }
  });
}

}  // namespace

std::vector<KeySeen> key_paths(const Json& usage) {
  std::vector<KeySeen> keys;
  collect(usage, "", keys);
  return keys;
}

}  // namespace usagectl
