#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options/finding_options.hpp"
#include "cli/options/option_set.hpp"
#include "cli/options/project_file.hpp"
#include "cli/output/world.hpp"
#include "formats/reading/knowledge.hpp"
#include "ledger/read_captures.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The options that every reporting subcommand has.
struct ReportOptions {
  std::string format;
  std::string output;  ///< as given: "-" or empty is standard output
  std::string color = "auto";
  bool raw_csv = false;

  OutputFormat output_format() const;
  /// The file to write; empty = standard output.
  std::string file() const;
  Style style(const World& world) const;
};

/// Declares --format, --output and --color. `formats` begins with the default.
void add_report_options(OptionSet set, ReportOptions& options,
                        const std::vector<std::string>& formats = {"table", "json", "csv",
                                                                   "markdown"});

/// The formats of the subcommands whose reports are also pages for a browser.
std::vector<std::string> formats_with_pages();

/// The options of subcommands that read captures.
struct CaptureOptions {
  std::vector<std::string> paths;
  bool dedupe = false;
  std::string threads;   ///< a number; empty = one for each processor
  std::string dialects;  ///< file with more dialects; empty = none
  std::string layout;    ///< file with a layout; empty = none
  ProjectOptions project;
  FindingOptions finding;

  /// The named paths and those of --files-from, or the current folder.
  std::vector<std::string> named_paths() const;
  /// How to read them. Progress is shown on a terminal, unless a report is streamed to it.
  ReadOptions reading(World& world, const Knowledge& knowledge, bool streams = false) const;
  /// The first step of a run: applies the project file to the options of the subcommand and returns
  /// it. Throws InputError, and UsageError when standard input is named twice.
  std::optional<ProjectFile> prepare() const;
  /// Every file named as an input: captures, dialects, layout and project file.
  std::vector<std::string> inputs() const;
  /// The built-in dialects and layouts, with those of --dialects and --layout. Throws
  /// InputError.
  Knowledge knowledge() const;

  /// The paths of --files-from, which prepare() reads: standard input can be read once.
  mutable std::vector<std::string> listed;
  /// The files that were taken from partial files, by name, as reading() finds them.
  std::shared_ptr<std::map<std::string, FoundFile>> kept =
      std::make_shared<std::map<std::string, FoundFile>>();

  /// The options of the subcommand, if it takes settings from a project file.
  std::optional<OptionSet> settable;
};

/// PATH…, and the reading options; `counts`: with those that say what counts.
void add_capture_options(OptionSet set, CaptureOptions& options, bool counts = true);
/// The reading options alone, for subcommands with another positional argument.
void add_reading_options(OptionSet set, CaptureOptions& options, bool counts = true);

/// A whole number from 1 on, for options such as --limit.
std::optional<std::size_t> parse_number(const std::string& text);
/// Says why it is none; empty when it is one.
std::string check_number(const std::string& text);

void add_dialect_option(OptionSet set, CaptureOptions& options);

}  // namespace usagectl
