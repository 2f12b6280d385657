#include "render/reconcile/reconcile_junit.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
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

struct Numbers {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void add(const Numbers& more) {
    tests += more.tests;
    failures += more.failures;
    errors += more.errors;
    skipped += more.skipped;
  }
};

/// Writes one suite for each file, which names it, and counts: the document begins with the
/// numbers. Kept to what junit-10.xsd of the xUnit plugin of Jenkins allows: no `skipped` in
/// testsuites, no `file` in a testcase.
class Suites {
 public:
  explicit Suites(const ReconcileReport& report) : report_(report) {}

  void add_file(std::string_view name, FileUse use, const FileCases& cases) {
    file_ = repository_path(report_, name);
    cases_.clear();
    times_.clear();
    numbers_ = {};
    std::string said;
    for (const Problem* problem : cases.problems) {
      ++numbers_.errors;
      add_case("can be read", body("error", "unreadable", problem_sentence(*problem),
                                   problem_text(*problem) + "\n"));
    }
    const std::set<std::string> repeated = repeated_names(cases.failures);
    for (const Finding* finding : cases.failures) {
      ++numbers_.failures;
      add_case(case_name(*finding, repeated),
               body("failure", name_of(finding->rule), finding_line(*finding),
                    finding_block(*finding, report_, {})));
    }
    if (!cases.problems.empty() || !cases.failures.empty()) {
      said = output(blocks(cases.remarks));
    } else if (use == FileUse::ignored) {
      ++numbers_.skipped;
      add_case("claims hold",
               xml_tag("skipped", {{"message", "no known usage in this file"}}) + "/>\n");
    } else {
      add_case("claims hold", output(blocks(cases.remarks)));
    }
    text_ += suite(file_, true, numbers_, cases_ + said);
    all_.add(numbers_);
  }

  std::string document() const {
    std::string account;
    if (report_.baseline) {
      for (const BaselineEntry& entry : report_.baseline->expired)
        account += "expired: " + expired_text(entry) + "\n";
      for (const BaselineEntry& entry : report_.baseline->gone)
        account += "resolved: " + resolved_text(entry) + "\n";
    }
    account += fmt::format("{}  {}\n{}\n", name_of(report_.verdict), verdict_text(report_),
                           accounting_text(report_.intake));
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += fmt::format(
        "<testsuites name=\"usagectl\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
        "time=\"0\">\n",
        all_.tests, all_.failures, all_.errors);
    return text + text_ + suite(std::string(report_.command), false, {}, output(account)) +
           "</testsuites>\n";
  }

 private:
  static std::string suite(const std::string& name, bool is_file, const Numbers& numbers,
                           const std::string& inside) {
    XmlAttributes attributes = {{"name", name}};
    if (is_file) attributes.emplace_back("file", name);
    return xml_tag("testsuite", attributes) +
           fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"0\">\n",
                       numbers.tests, numbers.failures, numbers.errors, numbers.skipped) +
           inside + "</testsuite>\n";
  }

  static std::string output(const std::string& text) {
    return text.empty() ? text : "<system-out>" + xml_text(text, true) + "</system-out>\n";
  }

  static std::string body(std::string_view tag, std::string_view type, std::string message,
                          const std::string& text) {
    return xml_tag(tag, {{"type", std::string(type)}, {"message", std::move(message)}}) + ">" +
           xml_text(text, true) + fmt::format("</{}>\n", tag);
  }

  static std::string name_without_line(const Finding& finding) {
    std::string name(name_of(finding.rule));
    if (!finding.place.pointer.empty()) name += " " + finding.place.pointer;
    return name;
  }

  static std::set<std::string> repeated_names(const std::vector<const Finding*>& findings) {
    std::set<std::string> known;
    std::set<std::string> repeated;
    for (const Finding* finding : findings) {
      std::string name = name_without_line(*finding);
      if (!known.insert(name).second) repeated.insert(std::move(name));
    }
    return repeated;
  }

  /// The line is part of a name only where it tells cases apart, so that a name lives on when lines
  /// move.
  static std::string case_name(const Finding& finding, const std::set<std::string>& repeated) {
    const std::string name = name_without_line(finding);
    if (finding.place.line == 0 || (!finding.place.pointer.empty() && !repeated.contains(name)))
      return name;
    std::string with_line = fmt::format("{} line {}", name_of(finding.rule), finding.place.line);
    if (!finding.place.pointer.empty()) with_line += " " + finding.place.pointer;
    return with_line;
  }

  std::string blocks(const std::vector<const Finding*>& findings) const {
    std::string text;
    for (const Finding* finding : findings) text += finding_block(*finding, report_, {}) + "\n";
    return text;
  }

  /// Readers of JUnit treat cases with the same class and name as one.
  void add_case(std::string name, const std::string& inside) {
    ++numbers_.tests;
    if (const auto number = ++times_[name]; number > 1) name += fmt::format(" #{}", number);
    cases_ += xml_tag("testcase", {{"classname", file_}, {"name", name}, {"time", "0"}});
    cases_ += inside.empty() ? "/>\n" : ">\n" + inside + "</testcase>\n";
  }

  const ReconcileReport& report_;
  std::string text_;
  Numbers all_;
  // Of the file that is being added.
  std::string file_;
  std::string cases_;
  std::map<std::string, std::size_t> times_;
  Numbers numbers_;
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

  Suites suites(report);
  for (FileId id = 0; id < by_file.size(); ++id) {
    const FileUse use = id < report.file_uses.size() ? report.file_uses[id] : FileUse::read;
    if (use != FileUse::unused) suites.add_file(report.files[id], use, by_file[id]);
  }
  for (const auto& [name, cases] : elsewhere) suites.add_file(name, FileUse::failed, cases);
  return suites.document();
}

}  // namespace usagectl
