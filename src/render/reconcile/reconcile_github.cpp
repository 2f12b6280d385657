#include "render/reconcile/reconcile_github.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "base/code_point.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/file_name.hpp"
#include "render/reconcile/finding_line.hpp"
#include "render/reconcile/report_uri.hpp"
#include "render/reconcile/resolved_text.hpp"
#include "render/reconcile/verdict_text.hpp"
#include "render/text/runner_command.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// A property ends at a comma, its name at a colon; the message ends with the line.
enum class Part : std::uint8_t { property, message };

/// A file name may contain a line end and must stay the same name, so line ends are encoded instead
/// of made visible.
std::string escaped(std::string_view text, Part part) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    const std::string_view bytes = text.substr(at, character.length);
    // That an annotation finds its file matters less than that no runner obeys the name of one.
    const bool is_command = begins_runner_command(text.substr(at));
    at += character.length;
    if (is_command) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(character.value));
      continue;
    }
    const bool separates = part == Part::property && (bytes == ":" || bytes == ",");
    if (bytes == "%" || bytes == "\r" || bytes == "\n" || separates) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(bytes.front()));
    } else {
      out += visible_text(bytes);
    }
  }
  return out;
}

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::note: return "notice";
    case Severity::warning: return "warning";
    case Severity::error: break;
  }
  return "error";
}

/// Where an annotation appears; 0 and empty are not known.
struct Spot {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

std::string annotation(std::string_view command, const Spot& spot, std::string_view title,
                       std::string_view message) {
  std::string text = fmt::format("::{} ", command);
  if (!spot.file.empty()) text += fmt::format("file={},", escaped(spot.file, Part::property));
  if (spot.line > 0) text += fmt::format("line={},", spot.line);
  if (spot.line > 0 && spot.column > 0) text += fmt::format("col={},", spot.column);
  return text + fmt::format("title={}::{}\n", escaped(title, Part::property),
                            escaped(message, Part::message));
}

std::string annotation(const ReconcileReport& report, const Problem& problem) {
  return annotation("error",
                    {problem.file.empty() ? std::string() : repository_path(report, problem.file),
                     problem.line.value_or(0), problem.column.value_or(0)},
                    "usagectl: unreadable", problem_sentence(problem));
}

/// The first finding of a cause, and how many more it explains.
std::string annotation(const ReconcileReport& report, const FindingGroup& group) {
  const Finding& finding = report.findings[group.front()];
  std::string message = finding_line(finding);
  if (group.size() > 1)
    message += fmt::format(" (and {} of this cause)", quantity(group.size() - 1, "more finding"));
  return annotation(command_of(finding.severity),
                    {repository_path(report, file_name(report, finding.place)), finding.place.line,
                     finding.place.column},
                    fmt::format("usagectl: {}", name_of(finding.rule)), message);
}

/// The causes and problems of a report, and how many of each kind are shown.
struct Shown {
  std::vector<FindingGroup> groups;  ///< worst first
  std::size_t errors = 0;            ///< how many groups are errors
  std::size_t shown_errors = 0;
  std::size_t shown_problems = 0;
  std::size_t shown_others = 0;
};

Severity severity_of(const FindingGroup& group, const ReconcileReport& report) {
  return report.findings[group.front()].severity;
}

/// Errors go before unreadable files, of which a few are shown beside any number of errors.
Shown shown_of(const ReconcileReport& report) {
  constexpr std::size_t kProblemsBesideErrors = 2;
  Shown shown;
  shown.groups = group_findings(report.findings);
  shown.errors = static_cast<std::size_t>(std::count_if(
      shown.groups.begin(), shown.groups.end(),
      [&](const FindingGroup& group) { return severity_of(group, report) == Severity::error; }));
  const std::size_t problems = report.intake.problems.size();
  // The notice about the rest is an annotation too.
  const bool all_fit = problems + shown.groups.size() <= kMostAnnotations;
  const std::size_t room = all_fit ? kMostAnnotations : kMostAnnotations - 1;
  shown.shown_errors = std::min(shown.errors, room - std::min(problems, kProblemsBesideErrors));
  shown.shown_problems = std::min(problems, room - shown.shown_errors);
  shown.shown_others = std::min(shown.groups.size() - shown.errors,
                                room - shown.shown_errors - shown.shown_problems);
  return shown;
}

/// "not shown here: 3 errors, 1 unreadable place, 9 warnings; see the other reports". Empty if all
/// are shown.
std::string rest_text(const ReconcileReport& report, const Shown& shown) {
  std::vector<std::string> kinds;
  const auto add = [&](std::uint64_t number, std::string_view what) {
    if (number > 0) kinds.push_back(quantity(number, what));
  };
  add(shown.errors - shown.shown_errors, name_of(Severity::error));
  add(report.intake.problems.size() - shown.shown_problems, "unreadable place");
  const auto others =
      shown.groups.begin() + static_cast<std::ptrdiff_t>(shown.errors + shown.shown_others);
  for (const Severity severity : {Severity::warning, Severity::note}) {
    add(static_cast<std::uint64_t>(std::count_if(
            others, shown.groups.end(),
            [&](const FindingGroup& group) { return severity_of(group, report) == severity; })),
        name_of(severity));
  }
  if (kinds.empty()) return {};
  return "not shown here: " + joined(kinds, ", ") + "; see the other reports";
}

}  // namespace

std::string reconcile_github(const ReconcileReport& report) {
  const Shown shown = shown_of(report);
  std::string text;
  for (std::size_t i = 0; i < shown.shown_errors; ++i) text += annotation(report, shown.groups[i]);
  for (std::size_t i = 0; i < shown.shown_problems; ++i)
    text += annotation(report, report.intake.problems[i]);
  for (std::size_t i = 0; i < shown.shown_others; ++i)
    text += annotation(report, shown.groups[shown.errors + i]);
  if (report.baseline) {
    for (const BaselineEntry& entry : report.baseline->expired)
      text += fmt::format("usagectl: expired: {}\n", expired_text(entry));
  }
  const std::string rest = rest_text(report, shown);
  if (!rest.empty()) text += annotation("notice", {}, "usagectl", rest);
  return text + fmt::format("usagectl: {}{}{}\n", verdict_word(report),
                            verdict_word(report).empty() ? "" : "  ", verdict_text(report));
}

}  // namespace usagectl
