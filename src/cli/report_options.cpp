#include "cli/report_options.hpp"

#include "dialects/catalogue.hpp"

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

void add_report_options(CLI::App& app, ReportOptions& options, std::initializer_list<std::string> formats) {
  options.format = *formats.begin();
  app.add_option("--format", options.format, "How to write the report")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(std::vector<std::string>(formats)))
      ->capture_default_str();
  app.add_option("-o,--output", options.output, "Write the report to FILE, whole or not at all")
      ->type_name("FILE");
  app.add_option("--color", options.color, "Colour: auto is for terminals, unless NO_COLOR is set")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
}

std::vector<std::string> CaptureOptions::named_paths() const {
  return paths.empty() ? std::vector<std::string>{"."} : paths;
}

void add_capture_options(CLI::App& app, CaptureOptions& options) {
  app.add_option("PATH", options.paths, "Files and folders to read, - for standard input; without, the current folder")
      ->type_name("");
  add_reading_options(app, options);
}

void add_reading_options(CLI::App& app, CaptureOptions& options) {
  app.add_flag("--dedupe", options.dedupe, "Count files with the same bytes once");
  add_dialect_option(app, options);
}

void add_dialect_option(CLI::App& app, CaptureOptions& options) {
  app.add_option("--dialects", options.dialects, "Add the dialects in FILE, or replace those of the same id")
      ->type_name("FILE");
}

void CaptureOptions::use_dialects() const {
  if (!dialects.empty()) use_catalogue(load_catalogue(dialects));
}

}  // namespace usagectl
