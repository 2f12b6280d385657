#include "cli/options/report_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <thread>

#include "cli/output/destinations.hpp"
#include "cli/output/progress_line.hpp"
#include "cli/output/usage_error.hpp"
#include "dialects/catalogue.hpp"
#include "formats/known_layout.hpp"
#include "formats/layouts/layout_parser.hpp"

namespace usagectl {

OutputFormat ReportOptions::output_format() const {
  return output_format_named(format).value_or(OutputFormat::table);
}

std::string ReportOptions::file() const { return destination(output); }

Style ReportOptions::style(const World& world) const {
  const bool to_terminal = world.out_is_terminal && file().empty();
  Style style;
  style.width = to_terminal ? world.width : 0;
  style.formulas = raw_csv ? Formulas::kept : Formulas::defused;
  if (color == "auto") {
    // https://no-color.org: any value that is not empty asks for no colour.
    const bool refused = (world.no_color && !world.no_color->empty()) || world.term == "dumb";
    style.color = to_terminal && !refused;
  } else {
    style.color = color == "always";
  }
  return style;
}

std::vector<std::string> formats_with_pages() {
  return {kOutputFormatNames.begin(), kOutputFormatNames.end()};
}

void add_report_options(OptionSet set, ReportOptions& options,
                        const std::vector<std::string>& formats) {
  options.format = formats.front();
  set.add("--format", options.format, "Report format",
          {.name = "FORMAT", .choices = formats, .default_text = formats.front()});
  set.add("-o,--output", options.output, "Write the report to FILE; - is standard output",
          {.name = "FILE"});
  set.add("--color", options.color, "Use colour",
          {.name = "WHEN", .choices = {"auto", "always", "never"}, .default_text = "auto"});
  if (std::find(formats.begin(), formats.end(), "csv") != formats.end())
    set.add_flag("--raw-csv", options.raw_csv,
                 "Leave cells of CSV as they are that a spreadsheet would run");
}

std::vector<std::string> CaptureOptions::named_paths() const {
  if (paths.empty() && finding.files_from.empty()) return {"."};
  std::vector<std::string> named = paths;
  named.insert(named.end(), listed.begin(), listed.end());
  return named;
}

void add_capture_options(OptionSet set, CaptureOptions& options, bool counts) {
  set.add("PATH", options.paths, "Files and folders to read; - is standard input",
          {.default_text = "the current folder"});
  add_list_options(set, options.finding);
  add_reading_options(set, options, counts);
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
             : fmt::format("invalid thread count \"{}\"; use 1 to {}", text, kMostThreads);
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
  reading.on_found = [files = kept](const std::vector<std::string>&, const Found& found,
                                    std::size_t) {
    for (const FoundFile& file : found.files) {
      if (file.kept) files->emplace(file.path, file);
    }
  };
  reading.dedupe = dedupe;
  reading.walk = finding.walk();
  reading.most_unpacked_bytes = finding.most_unpacked_bytes();
  reading.longest_line_bytes = finding.longest_line_bytes();
  reading.threads =
      parse_threads(threads).value_or(std::max(1U, std::thread::hardware_concurrency()));
  return reading;
}

std::optional<std::size_t> parse_number(const std::string& text) {
  std::size_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number;
}

std::string check_number(const std::string& text) {
  return parse_number(text) ? std::string()
                            : fmt::format("invalid number \"{}\"; use 1 or more", text);
}

void add_reading_options(OptionSet set, CaptureOptions& options, bool counts) {
  if (counts) set.add_flag("--dedupe", options.dedupe, "Count files with the same bytes once");
  set.add("--threads", options.threads, "Read with N threads",
          {.name = "N", .check = check_threads, .default_text = "one per processor"});
  add_finding_options(set, options.finding);
  add_dialect_option(set, options);
  set.add("--layout", options.layout, "Use the layout in FILE for the files that match it",
          {.name = "FILE"});
  add_project_options(set, options.project);
  options.settable = set;
}

void add_dialect_option(OptionSet set, CaptureOptions& options) {
  set.add("--dialects", options.dialects, "Add the dialects in FILE; an id that exists is replaced",
          {.name = "FILE"});
}

std::optional<ProjectFile> CaptureOptions::prepare() const {
  std::optional<ProjectFile> file;
  // Not while parsing, which reads no files.
  if (settable) file = project.load();
  if (file) apply_project_file(*file, *settable);
  if (finding.null && finding.files_from.empty()) throw UsageError("-0 needs --files-from");
  const auto dashes = std::count(paths.begin(), paths.end(), "-");
  if (dashes + (finding.files_from == "-" ? 1 : 0) > 1)
    throw UsageError("standard input can be read once, but - is given twice");
  listed = finding.listed();
  return file;
}

std::vector<std::string> CaptureOptions::inputs() const {
  std::vector<std::string> files = paths;
  files.insert(files.end(), listed.begin(), listed.end());
  files.insert(files.end(), {dialects, layout, project.file, finding.files_from});
  return files;
}

Knowledge CaptureOptions::knowledge() const {
  Knowledge known = builtin_knowledge();
  known.names = std::make_shared<KeptNames>();
  if (!dialects.empty())
    known.catalogue = std::make_shared<const Catalogue>(load_catalogue(dialects));
  if (!layout.empty()) {
    const auto given = std::make_shared<const Layout>(load_layout(layout));
    check_dialects(*given, *known.catalogue, layout);
    known.formats.insert(known.formats.begin(), format_of(given));
  }
  return known;
}

}  // namespace usagectl
