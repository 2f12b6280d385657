#include "formats/layouts/text/text_seen.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <string>
#include <utility>

#include "formats/reading/format.hpp"
#include "input/unfinished.hpp"

namespace usagectl {
namespace {

bool begins_with_time(std::string_view line) {
  static const re2::RE2 kTime(R"(^\W*\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d)");
  return re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), kTime);
}

class SeenReport {
 public:
  SeenReport(const TextSeen& seen, FileId file, Observations& observations)
      : seen_(seen), file_(file), observations_(observations) {}

  void say_how_it_ends(std::string_view text, bool is_known_log) {
    if (seen_.cut_line > 0)
      observations_.unreadable(place_of(seen_.cut_line), {std::string(kUnfinished), {}, {}});
    if (seen_.open_line == 0) return;
    // Who keeps a log ends each line; who copies a few of them out of one may not.
    const std::string_view last = text.substr(text.rfind('\n') + 1);
    const bool is_kept_log = is_known_log || begins_with_time(last);
    if (!is_kept_log && !seen_.is_open_number) return;
    observations_.finding(
        {.rule = Rule::coverage,
         .severity = is_kept_log ? Severity::warning : Severity::note,
         .place = place_of(seen_.open_line),
         .cause = "file-cut",
         .explanation =
             "no line break ends the log: its last line, and the last number in it, may be cut"});
  }

  void say_what_was_passed_over() {
    observations_.ignored(kWithoutUsage, seen_.without_match);
    if (seen_.no_calls > 0) {
      warn(seen_.first_no_call, "not-counted",
           fmt::format("not counted: tokens of {}, whose words say that no call used them",
                       seen_.no_calls == 1 ? std::string("1 line")
                                           : fmt::format("{} lines", seen_.no_calls)));
    }
    if (seen_.naming_tokens > 0) {
      warn(
          seen_.first_naming, "not-read",
          fmt::format("{} name tokens beside a number in words that are not known, and {} not read",
                      seen_.naming_tokens == 1 ? std::string("1 line")
                                               : fmt::format("{} lines", seen_.naming_tokens),
                      seen_.naming_tokens == 1 ? "was" : "were"));
    }
    if (seen_.too_long > 0) {
      observations_.unreadable(
          place_of(seen_.first_too_long),
          {"is longer than 256 KiB; only its beginning was looked at", {}, {}});
    }
  }

 private:
  Place place_of(std::uint64_t line) const { return {file_, line, {}}; }
  void warn(std::uint64_t line, std::string_view cause, std::string explanation) {
    observations_.finding({.rule = Rule::coverage,
                           .severity = Severity::warning,
                           .place = place_of(line),
                           .cause = cause,
                           .explanation = std::move(explanation)});
  }

  const TextSeen& seen_;
  FileId file_;
  Observations& observations_;
};

}  // namespace

void report_text_seen(const TextSeen& seen, std::string_view text, FileId file, bool is_known_log,
                      Observations& observations) {
  SeenReport report(seen, file, observations);
  report.say_how_it_ends(text, is_known_log);
  report.say_what_was_passed_over();
}

}  // namespace usagectl
