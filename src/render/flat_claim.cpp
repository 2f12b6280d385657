#include "render/flat_claim.hpp"

#include <fmt/format.h>

#include <iterator>
#include <optional>

#include "base/version.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

/// One line: what is not set is null.
struct Line {
  std::string_view side;
  GroupId group = 0;
  std::string_view rule;
  std::string_view severity;
  std::string_view demand;
  std::string_view file;
  const Place* place = nullptr;
  std::string_view counter;
  std::optional<Count> asserted;
  std::optional<Count> compared;
  std::optional<Count> solved;
  std::optional<Count> needs_parts;
  std::string_view conditions;
  std::string_view explanation;
  std::optional<Count> members;
  std::optional<Count> number;
  Counts counts;
};

std::optional<Count> unless_none(std::uint64_t number) {
  return number == 0 ? std::nullopt : std::optional(static_cast<Count>(number));
}

/// Calls text(name, value) and number(name, value) for each column, in their order.
template <typename Text, typename Number>
void each_column(const Line& line, Text text, Number number) {
  text("side", line.side);
  number("claim_group", unless_none(line.group));
  text("rule", line.rule);
  text("severity", line.severity);
  text("demand", line.demand);
  text("file", line.file);
  number("line", line.place == nullptr ? std::nullopt : unless_none(line.place->line));
  text("pointer",
       line.place == nullptr ? std::string_view() : std::string_view(line.place->pointer));
  text("counter", line.counter);
  number("asserted", line.asserted);
  number("compared", line.compared);
  number("solved", line.solved);
  number("needs_parts", line.needs_parts);
  text("conditions", line.conditions);
  text("explanation", line.explanation);
  number("members", line.members);
  number("number", line.number);
  for (const Counter counter : kCounters) number(name_of(counter), line.counts[counter]);
  text("schema", "usagectl.flat_claim/1");
  static const std::string tool = fmt::format("{} {}", kToolName, version());
  text("tool", tool);
}

void append(const Line& line, std::string& out) {
  char before = '{';
  const auto name = [&](std::string_view column) {
    fmt::format_to(std::back_inserter(out), "{}\"{}\":", before, column);
    before = ',';
  };
  each_column(
      line,
      [&](std::string_view column, std::string_view text) {
        name(column);
        if (text.empty())
          out += "null";
        else
          append_json_string(text, out);
      },
      [&](std::string_view column, std::optional<Count> number) {
        name(column);
        if (number)
          out += fmt::format_int(*number).c_str();
        else
          out += "null";
      });
  out += "}\n";
}

}  // namespace

std::string flat_claim_columns() {
  std::string columns;
  each_column(
      {},
      [&](std::string_view column, std::string_view) {
        columns += fmt::format("{} TEXT\n", column);
      },
      [&](std::string_view column, std::optional<Count>) {
        columns += fmt::format("{} BIGINT\n", column);
      });
  return columns;
}

void append_flat_claim(const ListedClaim& claim, std::string_view file, std::string& out) {
  append({.side = "claim",
          .group = claim.group,
          .rule = name_of(claim.rule),
          .severity = name_of(claim.severity),
          .demand = name_of(claim.demand),
          .file = file,
          .place = &claim.place,
          .counter = claim.counter,
          .asserted = claim.asserted,
          .compared = claim.compared,
          .solved = claim.solved,
          .needs_parts = claim.needs_parts,
          .conditions = claim.conditions,
          .explanation = claim.explanation},
         out);
}

void append_flat_part(const GroupPart& part, std::string_view file, std::string& out) {
  append({.side = name_of(part.kind),
          .group = part.group,
          .file = file,
          .place = &part.place,
          .members = static_cast<Count>(part.members),
          .number = unless_none(static_cast<std::uint64_t>(part.number)),
          .counts = part.counts},
         out);
}

void append_flat_held(std::uint64_t held, std::string& out) {
  append({.side = "held", .members = static_cast<Count>(held)}, out);
}

}  // namespace usagectl
