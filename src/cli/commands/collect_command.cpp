#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "capture/partial_file.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "ledger/read_captures.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  std::string output;
};

/// Thrown through the reading when nobody reads the output any more.
struct ReaderGone {};

ExitCode run_collect(const Options& options, World& world) {
  options.capture.prepare();
  const std::string output = destination(options.output);
  check_destinations({output}, options.capture.inputs());
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter file(world, output);
  try {
    PartialWriter partial([&](std::string_view bytes) {
      if (!file.write(bytes)) throw ReaderGone();
    });
    std::vector<std::string> named_paths;
    Found found;
    std::size_t named_files = 0;
    ReadOptions reading = options.capture.reading(world, knowledge, output.empty());
    reading.on_found = [&](const std::vector<std::string>& paths, const Found& files,
                           std::size_t named) {
      named_paths = paths;
      found = files;
      named_files = named;
    };
    reading.on_piece = [&](FilePiece& piece) { partial.add(piece); };
    Question question;
    question.wants_keys = true;
    const Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
    check_destinations_against(books, {output});
    partial.finish(named_paths, found, named_files);
    file.finish();
    Intake intake = books.intake;
    intake.warnings.clear();  // every run that reads the partial file says them
    return say_problems(intake, world);
  } catch (const ReaderGone&) {
    return ExitCode::clean;
  }
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("-o,--output", options->output, "Write the partial file FILE; - is standard output",
          {.name = "FILE", .is_required = true});
  add_capture_options(set, options->capture, false);
  return [options](World& world) { return run_collect(*options, world); };
}

}  // namespace

extern const Command command_collect;
const Command command_collect{
    "collect", "Write what was read to a partial file, which other runs take in its place", set_up};

}  // namespace usagectl
