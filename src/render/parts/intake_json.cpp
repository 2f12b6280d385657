#include "render/parts/intake_json.hpp"

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json number_json(const std::optional<std::uint64_t>& number) {
  return number ? ordered_json(*number) : ordered_json(nullptr);
}

ordered_json problem_json(const Problem& problem) {
  ordered_json json = {{"file", json_string(problem.file)},
                       {"line", number_json(problem.line)},
                       {"offset", number_json(problem.offset)},
                       {"problem", json_string(problem.problem)}};
  if (problem.column) json["column"] = *problem.column;
  if (!problem.pointer.empty()) json["pointer"] = json_string(problem.pointer);
  return json;
}

}  // namespace

ordered_json intake_json(const Intake& intake) {
  ordered_json problems = ordered_json::array();
  for (const Problem& problem : intake.problems) problems.push_back(problem_json(problem));
  ordered_json ignored_by = ordered_json::object();
  for (const auto& [rule, number] : intake.ignored) {
    ignored_by[with_invalid_utf8_replaced(rule)] = number;
  }
  ordered_json warnings = ordered_json::array();
  for (const auto& warning : intake.warnings) warnings.push_back(json_string(warning));
  return {{"files", intake.files},
          {"bytes", intake.bytes},
          {"lines", intake.lines},
          {"objects", intake.objects()},
          {"counted", intake.counted},
          {"duplicate", intake.duplicate},
          {"ignored", intake.ignored_total()},
          {"rejected", intake.rejected},
          {"problems", std::move(problems)},
          {"ignored_by", std::move(ignored_by)},
          {"warnings", std::move(warnings)}};
}

}  // namespace usagectl
