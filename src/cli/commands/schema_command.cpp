#include <memory>
#include <string>
#include <vector>

#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/usage_error.hpp"
#include "cli/schemas/schemas.hpp"
#include "render/list_render.hpp"

namespace usagectl {
namespace {

struct Options {
  ReportOptions report;
  std::string name;
  bool format_is_given = false;
};

ListOfThings list_of_schemas() {
  ListOfThings list{"usagectl.schemas/1", "schemas", {"id", "describes"}, {}};
  for (const SchemaEntry& schema : schemas()) list.rows.push_back({schema.id, schema.describes});
  return list;
}

std::string schema_named(const Options& options) {
  if (auto text = schema_text(options.name)) return *text;
  throw UsageError(invalid_word("schema", options.name, schema_ids()));
}

ExitCode run_schema(const Options& options, World& world) {
  const OutputFormat format = options.report.output_format();
  if (!options.name.empty() && options.format_is_given && format != OutputFormat::json)
    throw UsageError("a schema is JSON; --format is for the list");
  const std::string text = options.name.empty()
                               ? render(list_of_schemas(), format, options.report.style(world))
                               : schema_named(options);
  ReportWriter writer(world, options.report.file());
  writer.write(text);
  writer.finish();
  return ExitCode::clean;
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("NAME", options->name, "The schema to print; without it, all are listed",
          {.suggestions = schema_ids()});
  add_report_options(set, options->report);
  return [options, set](World& world) {
    options->format_is_given = set.is_given("--format");
    return run_schema(*options, world);
  };
}

}  // namespace

extern const Command command_schema;
const Command command_schema{"schema", "Print the JSON Schema of a report or file", set_up};

}  // namespace usagectl
