#include "render/reconcile/reconcile_render.hpp"

#include <doctest/doctest.h>

#include "render/text/markdown.hpp"
#include "reports.hpp"

using namespace usagectl;

TEST_CASE("when all is well there are two lines") {
  CHECK(render(report_with({}), OutputFormat::table, {}) ==
        "pass  209 checks in 24 files hold\n"
        "24 files, 5,000 bytes: 30 objects = 30 counted\n");
}

TEST_CASE("findings stand as blocks between verdict and account") {
  Finding other = missing_detail();
  other.place.file = 1;
  CHECK(render(report_with({missing_detail(), other}), OutputFormat::table, {}) ==
        "fail  2 errors; 209 checks hold\n"
        "\n"
        "token_usage.json  /after/o4-mini-2025-04-16/output_tokens\n"
        "  asserted     44,636\n"
        "  calculated   43,149   sum of 29 per_request_details\n"
        "  difference   +1,487   request 17 is missing from the list (output 1,487)\n"
        "  rule sum · cause detail-missing\n"
        "\n"
        "characters/bob.json  /after/o4-mini-2025-04-16/output_tokens\n"
        "  asserted     44,636\n"
        "  calculated   43,149   sum of 29 per_request_details\n"
        "  difference   +1,487   request 17 is missing from the list (output 1,487)\n"
        "  rule sum · cause detail-missing\n"
        "\n"
        "24 files, 5,000 bytes: 30 objects = 30 counted\n");
}

TEST_CASE("a limit counts what it leaves out") {
  Finding note = missing_detail();
  note.severity = Severity::note;
  note.explanation = "another";
  ReconcileReport report = report_with({missing_detail(), note});
  report.most_causes = 1;
  CHECK(render(report, OutputFormat::table, {}).find("\nnot shown: 1 note\n") != std::string::npos);
}

TEST_CASE("a summary counts findings by rule and cause") {
  ReconcileReport report = report_with({missing_detail(), missing_detail()});
  report.counts_only = true;
  CHECK(render(report, OutputFormat::table, {}) ==
        "fail  1 error (2 findings); 209 checks hold\n"
        "\n"
        "severity  rule  cause           blocks  findings  files\n"
        "────────  ────  ──────────────  ──────  ────────  ─────\n"
        "error     sum   detail-missing       1         2      1\n"
        "\n"
        "24 files, 5,000 bytes: 30 objects = 30 counted\n");
}

TEST_CASE("the verdict has the color of what it means") {
  CHECK(render(report_with({}), OutputFormat::table, {true, 0}).starts_with("\x1b[32mpass\x1b[0m"));
  CHECK(render(report_with({missing_detail()}), OutputFormat::table, {true, 0})
            .starts_with("\x1b[31mfail\x1b[0m"));
}

TEST_CASE("Markdown has the verdict as its heading and findings as a table") {
  const std::string text = render(report_with({missing_detail()}), OutputFormat::markdown, {});
  CHECK(text.starts_with("## reconcile: fail\n\n1 error; 209 checks hold\n\n| rule | severity |"));
  CHECK(text.find("| 44,636 | 43,149 | +1,487 | detail-missing |") != std::string::npos);
  CHECK(text.ends_with("|\n\n24 files, 5,000 bytes: 30 objects = 30 counted\n"));
}

TEST_CASE("Markdown of very many findings stays below the limit and says what it left out") {
  Finding finding = missing_detail();
  finding.explanation.assign(2000, '|');
  const auto report = report_with(std::vector<Finding>(3000, finding));
  const std::string text = render(report, OutputFormat::markdown, {});
  CHECK(text.size() <= kLargestMarkdown);
  CHECK(text.find("more rows are left out here") != std::string::npos);
  CHECK(text.ends_with("30 objects = 30 counted\n"));
}

TEST_CASE("machine formats take no notice of style") {
  const auto report = report_with({missing_detail()});
  for (const auto format : {OutputFormat::json, OutputFormat::csv, OutputFormat::markdown}) {
    CHECK(render(report, format, {true, 20}) == render(report, format, {}));
  }
}
