#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options/option_set.hpp"
#include "cli/options/project_file.hpp"
#include "cli/output/world.hpp"
#include "formats/reading/knowledge.hpp"
#include "ledger/read_captures.hpp"
#include "ledger/time_span.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The options that every reporting subcommand has.
struct ReportOptions {
  std::string format;
  std::string output;  ///< empty = standard output
  std::string color = "auto";

  OutputFormat output_format() const;
  Style style(const World& world) const;
};

/// Declares --format, --output and --color. `formats` begins with the default.
void add_report_options(OptionSet set, ReportOptions& options,
                        const std::vector<std::string>& formats = {"table", "json", "csv",
                                                                   "markdown"});

/// The options of subcommands that read captures.
struct CaptureOptions {
  std::vector<std::string> paths;
  bool dedupe = false;
  std::string threads;   ///< number of them; empty = one for each processor
  std::string dialects;  ///< file of further dialects; empty = none
  std::string layout;    ///< file of a layout; empty = none
  ProjectOptions project;

  /// The named paths, or the current folder.
  std::vector<std::string> named_paths() const;
  /// How to read them. Progress is told on a terminal, unless a report is streamed to it meanwhile.
  ReadOptions reading(World& world, const Knowledge& knowledge, bool streams = false) const;
  /// Comes first in a run: gives the options of the subcommand what the project file sets. Throws
  /// ProjectFileError.
  void prepare() const;
  /// What is known of other people's files: what is inside the program, the dialects of --dialects
  /// and the layout of --layout. Throws CatalogueError and LayoutError.
  Knowledge knowledge() const;

  /// Of the subcommand, when it takes settings from a project file.
  std::optional<OptionSet> settable;
};

/// PATH…, and the reading options.
void add_capture_options(OptionSet set, CaptureOptions& options);
/// How captures are read, for subcommands that name them in their own way.
void add_reading_options(OptionSet set, CaptureOptions& options);

/// Which records count, by their time.
struct TimeOptions {
  std::string since;
  std::string until;
  std::string active_within;

  TimeSpan span(const World& world) const;
};

void add_time_options(OptionSet set, TimeOptions& options);
void add_dialect_option(OptionSet set, CaptureOptions& options);

}  // namespace usagectl
