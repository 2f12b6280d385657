#include "ledger/books/group_key.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/natural_order.hpp"
#include "capture/agent_homes.hpp"

namespace usagectl {
namespace {

// In a packed key, each value is preceded by one of these and its length, so any text can stand in
// it.
constexpr char kPresent = '+';
constexpr char kAbsent = '-';

/// Claude Code, Qwen Code and others keep the sessions of a project in projects/NAME/, where the
/// name is the path of the project with dashes.
std::string_view project_of(std::string_view file_name) {
  constexpr std::string_view kFolder = "projects/";
  std::size_t at = file_name.rfind(kFolder);
  if (at == std::string_view::npos || (at > 0 && file_name[at - 1] != '/')) return {};
  at += kFolder.size();
  const std::size_t end = file_name.find('/', at);
  return end == std::string_view::npos ? std::string_view() : file_name.substr(at, end - at);
}

}  // namespace

const std::vector<GroupingKey>& grouping_keys() {
  static const std::vector<GroupingKey> keys = {
      {"model", "the model that was called"},
      {"file", "the file that holds the record"},
      {"run",
       "the job's folder, the simulation's id, or what a log calls its runs, threads or traces"},
      {"entity", "the simulation's character or location"},
      {"kind", "character or location"},
      {"chain", "the response chain of an entity"},
      {"tick", "the simulation's tick"},
      {"phase", "the phase of a tick"},
      {"provider", "the provider that was called"},
      {"session", "the session the call belongs to"},
      {"thread", "the thread whose tokens are counted"},
      {"part", "what a log of one's own calls its parts: an agent, a step, a task"},
      {"project", "the project that the log names, or the folder that a coding agent worked on"},
      {"key", "the API key, by its id or name"},
      {"tier", "the service tier that a usage report names, such as batch"},
      {"agent", "the coding agent that wrote the log"},
      {"month", "the month of the call, in UTC or --timezone where its zone is known"},
      {"week", "the week of the call by ISO 8601, such as 2026-W47"},
      {"day", "the day of the call"},
      {"hour", "the hour of the call"},
      {"format", "the layout of the file"},
      {"dialect", "the vocabulary of the usage object"},
  };
  return keys;
}

bool depends_on_time(std::string_view key) {
  return key == "month" || key == "week" || key == "day" || key == "hour";
}

std::optional<std::string_view> value_of(const UsageRecord& record, std::string_view key,
                                         const GroupingContext& context, std::string& made) {
  const auto unless_empty = [](std::string_view value) {
    return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
  };
  if (key == "model") return unless_empty(record.model);
  if (key == "file") return context.file_name;
  if (key == "time") return unless_empty(record.time);
  if (key == "id") return unless_empty(record.id);
  if (key == "format") return record.format;
  if (key == "dialect") return unless_empty(record.dialect);
  if (depends_on_time(key)) {
    made = context.zone == nullptr ? record.time : context.zone->local_time(record.time);
    if (key == "week") made = iso_week_of(made);
    const std::size_t size = key == "month" ? 7 : key == "day" ? 10 : key == "hour" ? 13 : 8;
    if (made.size() < size) return std::nullopt;
    made.resize(size);
    return made;
  }
  if (const std::string* value = scope_value(record, key)) return *value;
  if (key == "agent") return unless_empty(agent_of_format(record.format));
  if (key == "project") return unless_empty(project_of(context.file_name));
  return std::nullopt;
}

bool pack_key(const UsageRecord& record, const std::vector<std::string>& by,
              const GroupingContext& context, std::string& packed) {
  bool complete = true;
  std::string made;
  for (const auto& key : by) {
    const auto value = value_of(record, key, context, made);
    append_value(value, packed);
    complete = complete && value.has_value();
  }
  return complete;
}

void append_value(std::optional<std::string_view> value, std::string& packed) {
  packed.push_back(value ? kPresent : kAbsent);
  if (!value) return;
  const fmt::format_int size(value->size());
  packed.append(size.data(), size.size());
  packed.push_back(':');
  packed += *value;
}

std::optional<std::string_view> take_value(std::string_view& packed) {
  const bool present = packed.front() == kPresent;
  packed.remove_prefix(1);
  if (!present) return std::nullopt;
  const auto colon = packed.find(':');
  std::size_t length = 0;
  for (const char digit : packed.substr(0, colon))
    length = length * 10 + static_cast<std::size_t>(digit - '0');
  const std::string_view value = packed.substr(colon + 1, length);
  packed.remove_prefix(colon + 1 + length);
  return value;
}

GroupKey unpack_key(std::string_view packed) {
  GroupKey key;
  while (!packed.empty()) {
    const auto value = take_value(packed);
    key.push_back(value ? std::optional<std::string>(*value) : std::nullopt);
  }
  return key;
}

bool natural_less(const std::optional<std::string_view>& a,
                  const std::optional<std::string_view>& b) {
  if (!a || !b) return !a && b;
  return natural_compare(*a, *b) < 0;
}

bool natural_less(const GroupKey& a, const GroupKey& b) {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const auto& left, const auto& right) { return natural_less(left, right); });
}

}  // namespace usagectl
