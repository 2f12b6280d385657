#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "input/json/json.hpp"

namespace usagectl {

/// Reads the small values that an entry of a catalogue is made of, and names each mistake by file,
/// entry and key. What was given instead of dialects may be a conversation: nothing of it is quoted
/// but a word that is nearly one of the words of dialects.
class EntryValues {
 public:
  explicit EntryValues(std::string_view file) : file_(file) {}

 protected:
  /// Keys of an entry.
  static const std::vector<std::string>& members();

  [[noreturn]] void fail(std::string_view key, std::string_view what) const;
  [[noreturn]] void fail_unknown(std::string_view where, std::string_view key,
                                 const std::vector<std::string>& known) const;

  std::string text(const Json& value, std::string_view key) const;
  std::string required_text(const Json& entry, std::string_view key) const;
  std::vector<std::string> texts(const Json& value, std::string_view key) const;
  bool flag(const Json& value, std::string_view key) const;

  std::string file_;
  std::string where_;  ///< the entry
};

/// "keys.all".
std::string key_in(std::string_view where, std::string_view key);

}  // namespace usagectl
