#include "render/reconcile/reconcile_github.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "base/code_point.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/file_name.hpp"
#include "render/reconcile/finding_line.hpp"
#include "render/reconcile/report_uri.hpp"
#include "render/reconcile/verdict_text.hpp"
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
    at += character.length;
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

std::string annotation(std::string_view command, std::string_view file,
                       std::optional<std::uint64_t> line, std::string_view title,
                       std::string_view message) {
  std::string text = fmt::format("::{} ", command);
  if (!file.empty()) text += fmt::format("file={},", escaped(file, Part::property));
  if (line && *line > 0) text += fmt::format("line={},", *line);
  return text + fmt::format("title={}::{}\n", escaped(title, Part::property),
                            escaped(message, Part::message));
}

std::string annotation(const ReconcileReport& report, const Problem& problem) {
  return annotation("error",
                    problem.file.empty() ? std::string() : repository_path(report, problem.file),
                    problem.line, "usagectl: unreadable", problem_sentence(problem));
}

std::string annotation(const ReconcileReport& report, const Finding& finding) {
  return annotation(command_of(finding.severity),
                    repository_path(report, file_name(report, finding.place)), finding.place.line,
                    fmt::format("usagectl: {}", name_of(finding.rule)), finding_line(finding));
}

/// "12 more findings: 3 errors, 9 warnings".
std::string rest_text(const std::vector<Finding>& findings, std::size_t shown,
                      std::size_t problems) {
  std::vector<std::string> kinds;
  if (problems > 0) kinds.push_back(quantity(problems, "unreadable place"));
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const auto number =
        std::count_if(findings.begin() + static_cast<std::ptrdiff_t>(shown), findings.end(),
                      [&](const Finding& finding) { return finding.severity == severity; });
    if (number > 0)
      kinds.push_back(quantity(static_cast<std::uint64_t>(number), name_of(severity)));
  }
  return "not shown here: " + joined(kinds, ", ") + "; see the other reports";
}

}  // namespace

std::string reconcile_github(const ReconcileReport& report) {
  const std::size_t all = report.intake.problems.size() + report.findings.size();
  // The notice about the rest is an annotation too.
  const std::size_t room = all <= kMostAnnotations ? all : kMostAnnotations - 1;
  const std::size_t problems = std::min(room, report.intake.problems.size());
  const std::size_t findings = room - problems;

  std::string text;
  for (std::size_t i = 0; i < problems; ++i) text += annotation(report, report.intake.problems[i]);
  for (std::size_t i = 0; i < findings; ++i) text += annotation(report, report.findings[i]);
  if (room < all) {
    text +=
        annotation("notice", "", {}, "usagectl",
                   rest_text(report.findings, findings, report.intake.problems.size() - problems));
  }
  return text + fmt::format("usagectl: {}  {}\n", name_of(report.verdict), verdict_text(report));
}

}  // namespace usagectl
