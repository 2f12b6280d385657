#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/meaning/profile.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/report_writer.hpp"
#include "dialects/catalogue.hpp"
#include "render/list_render.hpp"
#include "render/parts/answer_text.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
};

/// The whole entries, as they are written in the catalogue.
std::string entries_json(const Catalogue& catalogue) {
  nlohmann::ordered_json entries = nlohmann::ordered_json::array();
  for (const Dialect& dialect : catalogue.dialects()) {
    entries.push_back(nlohmann::ordered_json::parse(dialect.entry));
  }
  return json_text(
      {{"schema", "usagectl.dialects/1"}, {"tool", tool_json()}, {"dialects", std::move(entries)}});
}

ListOfThings list_of_dialects(const Catalogue& catalogue) {
  ListOfThings list{"usagectl.dialects/1", "dialects", {"id", "title"}, {}};
  for (const std::string_view axis : kAnswerNames) list.columns.emplace_back(axis);
  for (const Dialect& dialect : catalogue.dialects()) {
    std::vector<std::string> row = {dialect.id, dialect.title};
    const Answers answers = answers_of_dialect(dialect.id, catalogue);
    for (std::size_t axis = 0; axis < kAnswerNames.size(); ++axis)
      row.push_back(answer_at(answers, axis).value);
    list.rows.push_back(std::move(row));
  }
  return list;
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  add_dialect_option(set, options->capture);
  add_report_options(set, options->report);
  return [options](World& world) {
    options->capture.prepare();
    const Knowledge knowledge = options->capture.knowledge();
    const Catalogue& catalogue = *knowledge.catalogue;
    ReportWriter writer(world, options->report.file());
    const OutputFormat format = options->report.output_format();
    writer.write(format == OutputFormat::json
                     ? entries_json(catalogue)
                     : render(list_of_dialects(catalogue), format, options->report.style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_dialects;
const Command command_dialects{"dialects", "List the known vocabularies of usage objects", set_up};

}  // namespace usagectl
