#include "render/reconcile/reconcile_junit.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/file_name.hpp"
#include "render/reconcile/finding_block.hpp"
#include "render/reconcile/finding_line.hpp"
#include "render/reconcile/report_uri.hpp"
#include "render/reconcile/resolved_text.hpp"
#include "render/reconcile/verdict_text.hpp"
#include "render/text/xml.hpp"

namespace usagectl {
namespace {

/// The cases of one file.
struct FileCases {
  std::vector<const Finding*> failures;
  std::vector<const Finding*> remarks;  ///< findings that do not decide the verdict
  std::vector<const Problem*> problems;
};

/// Writes the cases and counts them: the document begins with the numbers.
class Suite {
 public:
  explicit Suite(const ReconcileReport& report) : report_(report) {}

  void add_file(std::string_view name, FileUse use, const FileCases& cases) {
    file_ = repository_path(report_, name);
    times_.clear();
    for (const Problem* problem : cases.problems) {
      ++errors_;
      add_case("can be read", body("error", "unreadable", problem_sentence(*problem),
                                   problem_text(*problem) + "\n"));
    }
    for (const Finding* finding : cases.failures) {
      ++failures_;
      add_case(case_name(*finding), body("failure", name_of(finding->rule), finding_line(*finding),
                                         finding_block(*finding, report_, {})));
    }
    if (!cases.problems.empty() || !cases.failures.empty()) {
      remarks_ += blocks(cases.remarks);
    } else if (use == FileUse::ignored) {
      ++skipped_;
      add_case("claims hold",
               xml_tag("skipped", {{"message", "no known usage in this file"}}) + "/>\n");
    } else {
      const std::string said = blocks(cases.remarks);
      add_case("claims hold",
               said.empty() ? said : "<system-out>" + xml_text(said, true) + "</system-out>\n");
    }
  }

  std::string document() const {
    const std::string numbers =
        fmt::format(R"(tests="{}" failures="{}" errors="{}" skipped="{}" time="0")", tests_,
                    failures_, errors_, skipped_);
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += fmt::format("<testsuites name=\"usagectl\" {}>\n", numbers);
    text += fmt::format("<testsuite name=\"{}\" {}>\n", report_.command, numbers);
    text += cases_;
    const std::string account = fmt::format("{}  {}\n{}\n", name_of(report_.verdict),
                                            verdict_text(report_), accounting_text(report_.intake));
    std::string gone;
    if (report_.baseline) {
      for (const BaselineEntry& entry : report_.baseline->gone)
        gone += "resolved: " + resolved_text(entry) + "\n";
    }
    text += "<system-out>" + xml_text(remarks_ + gone + account, true) + "</system-out>\n";
    return text + "</testsuite>\n</testsuites>\n";
  }

 private:
  static std::string body(std::string_view tag, std::string_view type, std::string message,
                          const std::string& text) {
    return xml_tag(tag, {{"type", std::string(type)}, {"message", std::move(message)}}) + ">" +
           xml_text(text, true) + fmt::format("</{}>\n", tag);
  }

  static std::string case_name(const Finding& finding) {
    std::string name(name_of(finding.rule));
    if (finding.place.line > 0) name += fmt::format(" line {}", finding.place.line);
    if (!finding.place.pointer.empty()) name += " " + finding.place.pointer;
    return name;
  }

  std::string blocks(const std::vector<const Finding*>& findings) const {
    std::string text;
    for (const Finding* finding : findings) text += finding_block(*finding, report_, {}) + "\n";
    return text;
  }

  /// Readers of JUnit treat cases with the same class and name as one.
  void add_case(std::string name, const std::string& inside) {
    ++tests_;
    if (const auto number = ++times_[name]; number > 1) name += fmt::format(" #{}", number);
    cases_ += xml_tag("testcase", {{"classname", file_}, {"name", name}, {"time", "0"}});
    cases_ += inside.empty() ? "/>\n" : ">\n" + inside + "</testcase>\n";
  }

  const ReconcileReport& report_;
  std::string file_;
  std::map<std::string, std::size_t> times_;
  std::string cases_;
  std::string remarks_;
  std::size_t tests_ = 0;
  std::size_t failures_ = 0;
  std::size_t errors_ = 0;
  std::size_t skipped_ = 0;
};

}  // namespace

std::string reconcile_junit(const ReconcileReport& report) {
  std::vector<FileCases> by_file(report.files.size());
  std::map<std::string_view, FileId> ids;
  for (FileId id = 0; id < report.files.size(); ++id) ids.emplace(report.files[id], id);
  std::map<std::string_view, FileCases> elsewhere;  // paths without a file

  for (const Finding& finding : report.findings) {
    FileCases& cases = finding.place.file < by_file.size()
                           ? by_file[finding.place.file]
                           : elsewhere[file_name(report, finding.place)];
    (report.fails(finding) ? cases.failures : cases.remarks).push_back(&finding);
  }
  for (const Problem& problem : report.intake.problems) {
    const auto known = ids.find(problem.file);
    (known == ids.end() ? elsewhere[problem.file] : by_file[known->second])
        .problems.push_back(&problem);
  }

  Suite suite(report);
  for (FileId id = 0; id < by_file.size(); ++id) {
    const FileUse use = id < report.file_uses.size() ? report.file_uses[id] : FileUse::read;
    if (use != FileUse::unused) suite.add_file(report.files[id], use, by_file[id]);
  }
  for (const auto& [name, cases] : elsewhere) suite.add_file(name, FileUse::failed, cases);
  return suite.document();
}

}  // namespace usagectl
