#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/commands/command.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/usage_error.hpp"
#include "cli/sql/engine_sql.hpp"

namespace usagectl {
namespace {

struct Options {
  std::string engine;
  std::string load = "usage";
  std::string file = "usage.jsonl";
  std::string claims;
  std::string cluster;
  std::string output;
};

std::string check_name(const std::string& name) {
  return is_plain_name(name)
             ? std::string()
             : "invalid name: quotes, braces, backslashes and control characters are not "
               "the same in every engine";
}

ExitCode run_sql(const Options& options, World& world) {
  if (!options.cluster.empty() && !has_clusters(options.engine))
    throw UsageError(fmt::format("--cluster is of clickhouse, not of {}", options.engine));
  ReportWriter writer(world, destination(options.output));
  writer.write(
      engine_sql(options.engine, {options.load, options.file, options.claims, options.cluster}));
  writer.finish();
  return ExitCode::clean;
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("--engine", options->engine, "The engine that runs it",
          {.name = "ENGINE", .choices = sql_engines(), .is_required = true});
  set.add("--load", options->load, "Name of this load: a machine, or a day",
          {.name = "NAME", .check = check_name, .default_text = "usage"});
  set.add("--file", options->file, "Load FILE, written by usagectl records --flat",
          {.name = "FILE", .check = check_name, .default_text = "usage.jsonl"});
  set.add("--claims", options->claims, "Load the claims in FILE, written by records --claims, too",
          {.name = "FILE", .check = check_name});
  set.add("--cluster", options->cluster, "Of clickhouse: the loads are spread over this cluster",
          {.name = "NAME", .check = check_name});
  set.add("-o,--output", options->output, "Write the script to FILE; - is standard output",
          {.name = "FILE"});
  return [options](World& world) { return run_sql(*options, world); };
}

}  // namespace

extern const Command command_sql;
const Command command_sql{"sql", "Print SQL that loads records into an engine and adds them up",
                          set_up};

}  // namespace usagectl
