#include "cli/options/report_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <thread>

#include "base/utc_time.hpp"
#include "cli/output/progress_line.hpp"
#include "dialects/catalogue.hpp"
#include "formats/layouts/layout_text.hpp"

namespace usagectl {

OutputFormat ReportOptions::output_format() const {
  if (format == "json") return OutputFormat::json;
  if (format == "csv") return OutputFormat::csv;
  if (format == "markdown") return OutputFormat::markdown;
  return OutputFormat::table;
}

Style ReportOptions::style(const World& world) const {
  const bool to_terminal = world.out_is_terminal && output.empty();
  Style style;
  style.width = to_terminal ? world.width : 0;
  if (color == "auto") {
    // https://no-color.org: any value that is not empty asks for no colour.
    const bool refused = (world.no_color && !world.no_color->empty()) || world.term == "dumb";
    style.color = to_terminal && !refused;
  } else {
    style.color = color == "always";
  }
  return style;
}

void add_report_options(OptionSet set, ReportOptions& options,
                        const std::vector<std::string>& formats) {
  options.format = formats.front();
  set.add("--format", options.format, "How to write the report",
          {.name = "FORMAT", .choices = formats, .has_default_in_help = true});
  set.add("-o,--output", options.output, "Write the report to FILE, whole or not at all",
          {.name = "FILE"});
  set.add("--color", options.color, "Colour: auto is for terminals, unless NO_COLOR is set",
          {.name = "WHEN", .choices = {"auto", "always", "never"}, .has_default_in_help = true});
}

std::vector<std::string> CaptureOptions::named_paths() const {
  return paths.empty() ? std::vector<std::string>{"."} : paths;
}

void add_capture_options(OptionSet set, CaptureOptions& options) {
  set.add("PATH", options.paths,
          "Files and folders to read, - for standard input; without, the current folder", {});
  add_reading_options(set, options);
}

namespace {

constexpr unsigned kMostThreads = 1024;

std::optional<unsigned> parse_threads(const std::string& text) {
  unsigned threads = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, threads);
  if (error != std::errc() || stop != end || threads == 0 || threads > kMostThreads)
    return std::nullopt;
  return threads;
}

std::string check_threads(const std::string& text) {
  return parse_threads(text)
             ? std::string()
             : fmt::format("\"{}\" is no number of threads; write 1 to {}", text, kMostThreads);
}

}  // namespace

ReadOptions CaptureOptions::reading(World& world, const Knowledge& knowledge, bool streams) const {
  ReadOptions reading;
  reading.knowledge = &knowledge;
  if (world.err_is_terminal && world.term != "dumb" && !(streams && world.out_is_terminal)) {
    reading.on_progress = [line = std::make_shared<ProgressLine>(world)](std::uint64_t read,
                                                                         std::uint64_t expected) {
      line->show(read, expected);
    };
  }
  reading.dedupe = dedupe;
  reading.threads =
      parse_threads(threads).value_or(std::max(1U, std::thread::hardware_concurrency()));
  return reading;
}

void add_reading_options(OptionSet set, CaptureOptions& options) {
  set.add_flag("--dedupe", options.dedupe, "Count files with the same bytes once");
  set.add("--threads", options.threads, "Read with N threads; without, one for each processor",
          {.name = "N", .check = check_threads});
  add_dialect_option(set, options);
  set.add("--layout", options.layout, "Read what the layout in FILE describes as it says",
          {.name = "FILE"});
  add_project_options(set, options.project);
  options.settable = set;
}

void add_dialect_option(OptionSet set, CaptureOptions& options) {
  set.add("--dialects", options.dialects,
          "Add the dialects in FILE, or replace those of the same id", {.name = "FILE"});
}

namespace {

std::string check_time(const std::string& text) {
  return is_time(text)
             ? std::string()
             : "\"" + text + "\" is no time; write 2026-11-22 or 2026-11-22T03:04:05Z, in UTC";
}

std::string check_duration(const std::string& text) {
  return parse_duration_seconds(text)
             ? std::string()
             : "\"" + text + "\" is no duration; write 90s, 30m, 24h or 7d";
}

std::string without_z(const std::string& time) {
  return time.ends_with('Z') ? time.substr(0, time.size() - 1) : time;
}

}  // namespace

void add_time_options(OptionSet set, TimeOptions& options) {
  set.add("--since", options.since, "Only calls from TIME on: 2026-11-22, 2026-11-22T03:04:05Z",
          {.name = "TIME", .check = check_time});
  set.add("--until", options.until,
          "Only calls up to TIME, which is included: a day is the whole day",
          {.name = "TIME", .check = check_time});
  set.add("--active-within", options.active_within,
          "Only what was used in the last 90s, 30m, 24h or 7d",
          {.name = "DURATION", .check = check_duration});
}

TimeSpan TimeOptions::span(const World& world) const {
  TimeSpan span{without_z(since), without_z(until)};
  if (!active_within.empty()) {
    const long long start = world.now_seconds - parse_duration_seconds(active_within).value_or(0);
    span.since = std::max(span.since, without_z(utc_time_of(start)));
  }
  return span;
}

void CaptureOptions::prepare() const {
  // Not while parsing, which reads no files.
  if (settable) {
    if (const auto file = project.load()) apply_project_file(*file, *settable);
  }
}

Knowledge CaptureOptions::knowledge() const {
  Knowledge known = builtin_knowledge();
  if (!dialects.empty())
    known.catalogue = std::make_shared<const Catalogue>(load_catalogue(dialects));
  if (!layout.empty()) {
    known.layouts.insert(known.layouts.begin(),
                         std::make_shared<const Layout>(load_layout(layout)));
  }
  return known;
}

}  // namespace usagectl
