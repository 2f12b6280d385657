#include "dialects/field_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace usagectl {
namespace {

struct Field {
  std::string_view name;
  LineField line = LineField::none;
  std::string_view key;
};

constexpr Field kFields[] = {
#define FIELD(name, line, key) {name, LineField::line, key},
#include "dialects/field_names.def"
#undef FIELD
};

constexpr bool is_line_field(const Field& field) { return field.line != LineField::none; }

constexpr std::size_t kLineFieldCount =
    static_cast<std::size_t>(std::count_if(std::begin(kFields), std::end(kFields), is_line_field));

/// Every name of every line is asked, so that the others are left out.
constexpr auto kLineFields = [] {
  std::array<Field, kLineFieldCount> fields{};
  std::copy_if(std::begin(kFields), std::end(kFields), fields.begin(), is_line_field);
  return fields;
}();

/// Whether the name is the joined one, but for case and what joins its words.
bool reads_as(std::string_view name, std::string_view joined) {
  std::size_t at = 0;
  for (const char c : name) {
    if (c == '_') continue;
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (at == joined.size() || joined[at++] != lower) return false;
  }
  return at == joined.size();
}

}  // namespace

LineField line_field(std::string_view name) {
  if (name.empty()) return LineField::none;
  for (const Field& field : kLineFields) {
    if (field.name.front() == name.front() && field.name == name) return field.line;
  }
  return LineField::none;
}

std::string_view field_of_joined(std::string_view joined) {
  for (const Field& field : kFields) {
    if (!field.key.empty() && reads_as(field.name, joined)) return field.key;
  }
  return {};
}

}  // namespace usagectl
