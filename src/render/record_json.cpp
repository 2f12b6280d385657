#include "render/record_json.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <concepts>
#include <optional>

#include "base/version.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

template <std::integral Number>
void append_number(Number number, std::string& out) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_count(const Counts& counts, Counter counter, std::string& out) {
  if (const auto count = counts[counter]) {
    append_number(*count, out);
  } else {
    out += "null";
  }
}

/// Our own words: ids of formats and dialects, names of counters. They need no escapes.
void append_key(std::string_view key, std::string& out) {
  out.push_back('"');
  out += key;
  out += "\":";
}

void append_text_or_null(std::string_view text, std::string& out) {
  if (text.empty()) {
    out += "null";
  } else {
    append_json_string(text, out);
  }
}

void append_scope(const std::vector<ScopeEntry>& scope, std::string& out) {
  if (scope.empty()) {
    out += "null";
    return;
  }
  char before = '{';
  for (const auto& [key, value] : scope) {
    out.push_back(before);
    append_json_string(key, out);
    out.push_back(':');
    append_json_string(value, out);
    before = ',';
  }
  out.push_back('}');
}

}  // namespace

void append_record_head(const UsageRecord& record, std::string_view file, std::string& out) {
  out += "{\"file\":";
  append_json_string(file, out);
  out += ",\"line\":";
  if (record.place.line == 0) {
    out += "null";
  } else {
    append_number(record.place.line, out);
  }
  out += ",\"pointer\":";
  append_json_string(record.place.pointer, out);
  out += ",\"format\":";
  append_json_string(record.format, out);
  out += ",\"dialect\":";
  append_json_string(record.dialect, out);
  out += ",\"role\":";
  append_json_string(name_of(record.role), out);
  out += ",\"id\":";
  append_text_or_null(record.id, out);
  out += ",\"model\":";
  append_text_or_null(record.model, out);
  out += ",\"time\":";
  append_text_or_null(record.time, out);
  out += ",\"scope\":";
  append_scope(record.scope, out);
}

void append_record_counts(const Counts& counts, std::string& out) {
  out += ",\"requests\":";
  append_count(counts, Counter::requests, out);
  out += ",\"completions\":";
  append_count(counts, Counter::completions, out);
  out += ",\"tokens\":";
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    out.push_back(i == 0 ? '{' : ',');
    append_key(kCounterNames[i], out);
    append_count(counts, kCounters[i], out);
  }
  out.push_back('}');
  if (counts.has(Counter::chain_length)) {
    out += ",\"chain_length\":";
    append_count(counts, Counter::chain_length, out);
  }
}

void append_record_cost(const CostOfRecord& cost, std::string& out) {
  if (!cost) return;
  out += ",\"cost\":";
  append_json_string(cost->amount.money.text(), out);
  out += ",\"cost_currency\":";
  append_text_or_null(cost->currency.code(), out);
}

void append_record_end(const RecordUse* use, std::string& out) {
  if (use != nullptr) {
    out += ",\"bucket\":";
    append_json_string(name_of(use->bucket), out);
    out += ",\"reason\":";
    append_text_or_null(use->reason, out);
  }
  static const std::string end =
      fmt::format(R"(,"schema":"usagectl.record/1","tool":{{"name":"{}","version":"{}"}}}})"
                  "\n",
                  kToolName, version());
  out += end;
}

}  // namespace usagectl
