#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "analysis/prices/priced_calls.hpp"
#include "analysis/summarize.hpp"
#include "base/input_error.hpp"
#include "base/text_file.hpp"
#include "capture/agent_homes.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/options/time_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/usage_error.hpp"
#include "ledger/books/group_key.hpp"
#include "ledger/read_captures.hpp"
#include "render/summary_render.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  TimeOptions time;
  std::vector<std::string> by;
  std::string sort;
  std::string top;
  bool agents = false;
  bool cost = false;
  std::string prices;
  bool bars = false;
  std::string home;
};

std::vector<std::string> names_of_keys() {
  std::vector<std::string> names;
  for (const auto& key : grouping_keys()) names.emplace_back(key.name);
  return names;
}

std::string check_key(const std::string& name) {
  const std::vector<std::string> keys = names_of_keys();
  const bool is_key = std::find(keys.begin(), keys.end(), name) != keys.end();
  return is_key ? std::string() : invalid_word("key", name, keys);
}

/// The requested keys, each once.
std::vector<std::string> distinct(const std::vector<std::string>& keys) {
  std::vector<std::string> once;
  for (const auto& key : keys) {
    if (std::find(once.begin(), once.end(), key) == once.end()) once.push_back(key);
  }
  return once;
}

constexpr std::string_view kByName = "name";

/// What groups can be sorted by: a counter, their names, or one of their keys.
std::vector<std::string> names_of_orders() {
  std::vector<std::string> names(kCounterNames.begin(), kCounterNames.end());
  names.emplace_back(kByName);
  for (std::string& key : names_of_keys()) names.push_back(std::move(key));
  return names;
}

std::string check_order(const std::string& name) {
  const std::vector<std::string> names = names_of_orders();
  const bool is_known = std::find(names.begin(), names.end(), name) != names.end();
  return is_known ? std::string() : invalid_word("order", name, names);
}

GroupOrder order_of(const Options& options) {
  GroupOrder order;
  const std::vector<std::string> keys = names_of_keys();
  if (std::find(keys.begin(), keys.end(), options.sort) != keys.end()) {
    if (!options.by.empty() &&
        std::find(options.by.begin(), options.by.end(), options.sort) == options.by.end()) {
      throw UsageError(fmt::format("--sort {} needs --by {}", options.sort, options.sort));
    }
    order.key = options.sort;
  }
  for (const Counter counter : kCounters) {
    if (name_of(counter) == options.sort) order.by = counter;
  }
  order.most = parse_number(options.top).value_or(0);
  // Without --sort, the top is that of the largest.
  if (order.most > 0 && options.sort.empty()) order.by = Counter::total;
  return order;
}

bool is_key_of_time(const std::string& key) {
  return key == "month" || key == "week" || key == "day" || key == "hour";
}

/// Says where agents keep their sessions, and what is there. Returns the folders that exist.
std::vector<std::string> look_for_agents(const Options& options, World& world) {
  const bool is_own_home = options.home.empty();
  const auto home = is_own_home ? world.variable("HOME") : options.home;
  if (!home || home->empty()) throw UsageError("HOME is not set; use --home DIR");
  // The variables are about the agents of the own home.
  const auto variable = [&](const std::string& name) {
    return is_own_home ? world.variable(name) : std::nullopt;
  };
  std::vector<std::string> found;
  std::vector<std::string> absent;
  for (const AgentHome& place : agent_homes(*home, variable)) {
    if (place.exists) {
      say(world, visible_text(fmt::format("{}: {}", place.agent, place.path)));
      found.push_back(place.path);
    } else {
      absent.push_back(fmt::format("{} ({})", place.path, place.agent));
    }
  }
  if (!absent.empty())
    say(world, visible_text(fmt::format("not there: {}", fmt::join(absent, ", "))));
  if (found.empty())
    throw InputError(fmt::format("none of the known agents has sessions below {}", *home));
  return found;
}

PriceTable prices_of(const Options& options) {
  if (!options.cost) return {};
  PriceTable table = PriceTable::builtin();
  if (!options.prices.empty())
    table.put_first(PriceTable::parse(read_text_file(options.prices), options.prices));
  return table;
}

ExitCode run_summarize(const Options& options, World& world) {
  const std::vector<std::string> by = distinct(options.by);
  options.capture.prepare();
  if (!options.home.empty() && !options.agents) throw UsageError("--home needs --agents");
  if (!options.prices.empty() && !options.cost) throw UsageError("--prices needs --cost");
  check_destinations({options.report.file()}, options.capture.inputs());
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter writer(world, options.report.file());
  Question question = summary_question(by);
  question.time = options.time.span(world);
  question.zone = options.time.time_zone();
  // What a total is about may lie outside of the time asked for.
  question.wants_totals = question.time.is_unbound();
  std::vector<std::string> paths = options.capture.named_paths();
  if (options.agents) {
    if (options.capture.paths.empty() && options.capture.finding.files_from.empty()) paths.clear();
    for (std::string& path : look_for_agents(options, world)) paths.push_back(std::move(path));
  }
  const std::vector<std::string> keys = question.by;
  const std::optional<TimeZone> zone = question.zone;
  const PriceTable prices = prices_of(options);
  PricedCalls priced(prices, keys, zone ? &*zone : nullptr);
  ReadOptions reading = options.capture.reading(world, knowledge);
  const std::vector<std::string>* names = nullptr;
  if (options.cost) {
    reading.on_files = [&](const std::vector<std::string>& files) { names = &files; };
    question.keeps_record_uses = true;
    question.on_record = [&](const UsageRecord& record) {
      priced.note(record, (*names)[record.place.file]);
    };
  }
  Books books = read_captures(paths, std::move(question), reading);
  check_destinations_against(books, {options.report.file()});
  SummaryReport report = summarize(books, by, order_of(options));
  if (options.cost) add_calculated(report, priced.finish(books), keys);
  const bool has_times = std::any_of(by.begin(), by.end(), is_key_of_time);
  if (has_times) report.zone = options.time.zone.empty() ? "UTC" : options.time.zone;
  Style style = options.report.style(world);
  // In a pipe or a file, a column of blocks is no help to who reads the numbers.
  style.bars = options.bars && style.width > 0 && world.term != "dumb";
  bool is_read = true;
  write_summary(report, options.report.output_format(), style, [&](std::string_view text) {
    if (is_read) is_read = writer.write(text);
  });
  writer.finish();
  return say_problems(report.intake, world);
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add(
      "--by", options->by,
      fmt::format("Group by these keys, separated by commas: {}", fmt::join(names_of_keys(), ", ")),
      {.name = "KEY,...",
       .suggestions = names_of_keys(),
       .check = check_key,
       .separator = ',',
       .one_for_each_name = true});
  set.add("--sort", options->sort,
          fmt::format("Sort by this counter, largest first: {}; or by name, or by a key of --by",
                      fmt::join(kCounterNames, ", ")),
          {.name = "ORDER", .suggestions = names_of_orders(), .check = check_order});
  set.add("--top", options->top,
          "Show the N first groups by --sort, or the largest by total, and add up the rest",
          {.name = "N", .check = check_number});
  set.add_flag("--cost", options->cost, "Calculate what calls cost, by the prices of their days");
  set.add("--prices", options->prices, "Put the prices in FILE first", {.name = "FILE"});
  set.add_flag("--bars", options->bars, "On a terminal, draw the total of each group as a bar");
  set.add_flag("--agents", options->agents,
               "Read the sessions of coding agents where they are known to keep them");
  set.add("--home", options->home, "Look for agents below DIR",
          {.name = "DIR", .default_text = "$HOME"});
  add_time_options(set, options->time);
  add_report_options(set, options->report, formats_with_pages());
  add_capture_options(set, options->capture);
  return [options](World& world) { return run_summarize(*options, world); };
}

}  // namespace

extern const Command command_summarize;
const Command command_summarize{"summarize", "Add up what was used, each call once", set_up};

}  // namespace usagectl
