// Members of an .eval archive of Inspect (https://inspect.aisi.org.uk/eval-logs.html, 2026-11-26):
//
//   header.json               the log without its samples: stats/model_usage by model
//   samples/ID_epoch_N.json   a sample: model_usage by model, and its events
//   summaries.json, _journal/ the samples again, without their messages
//
// The usage of the evaluation is told in three ways: stats, samples, model events. What a model
// event took from the cache ("cache": "read") is in neither of the others.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "base/paths.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "inspect_ai.eval";
constexpr std::string_view kDialect = "inspect_ai";
constexpr View kStats{0, "stats of the evaluation"};
constexpr View kSamples{10, "samples"};
constexpr View kEvents{20, "model events"};

bool is_header(const Json& document) {
  return document.at("eval", "task").is_text() && document.at("stats", "model_usage").is_object() &&
         !document["samples"].is_array();
}

bool is_sample(const Json& document) {
  return document["epoch"].is_number() && document.has("id") && document.has("target") &&
         document["messages"].is_array() &&
         (document["model_usage"].is_object() || document["events"].is_array());
}

bool is_list_of_summaries(const Json& document) {
  const Json first = document.item(0);
  return document.is_array() && first["epoch"].is_number() && first.has("id") &&
         first.has("target") && !first.has("messages");
}

bool recognises(const Json& document, const FileContext&) {
  return is_header(document) || is_sample(document) || is_list_of_summaries(document);
}

/// The same for all members of an archive, and for the files of one that was unpacked.
std::string evaluation_of(std::string_view path) {
  const auto archive = path.find('!');
  if (archive != std::string_view::npos) return std::string(path.substr(0, archive));
  std::string folder(folder_of(path));
  if (folder.ends_with("samples")) folder = folder_of(folder);
  return folder;
}

class Reader {
 public:
  Reader(const FileContext& file, Observations& observations)
      : file_(file), observations_(observations), evaluation_(evaluation_of(file.path)) {
    unit_ = observations.unit(fmt::format("inspect:{}", evaluation_));
  }

  void header(const Json& document) {
    const Json usage = document.at("stats", "model_usage");
    if (usage.size() == 0) observations_.ignored("evaluation without usage");
    usage.each_member([&](std::string_view model, const Json& value) {
      auto record = read(value, pointer_to("/stats/model_usage", model), model, kStats);
      if (!record) return;
      record->role = Role::aggregate;
      claim(*record, samples_of(model), "samples", "sample");
      observations_.record(std::move(*record));
    });
  }

  void sample(const Json& document) {
    const Json usage = document["model_usage"];
    const bool tells_usage = usage.size() > 0;
    const std::string id = document["id"].is_text()
                               ? std::string(document["id"].text())
                               : std::to_string(read_count(document["id"]).count.value_or(0));
    const std::string name =
        fmt::format("{}#{}", id, read_count(document["epoch"]).count.value_or(0));
    usage.each_member([&](std::string_view model, const Json& value) {
      auto record = read(value, pointer_to("/model_usage", model), model, kSamples);
      if (!record) return;
      record->role = Role::aggregate;
      record->parts_of[0] = samples_of(model);
      record->scope.emplace_back("run", name);
      claim(*record, events_of(name, model), "model events", "event");
      observations_.record(std::move(*record));
    });
    std::size_t events = 0;
    std::size_t without_usage = 0;
    document["events"].each_item([&](std::size_t index, const Json& event) {
      if (event["event"].text() != "model") return;
      if (!event.at("output", "usage").is_object()) {
        const bool is_answer =
            event.at("output", "choices").size() > 0 && !event.at("output", "error").is_text();
        without_usage += is_answer ? 1 : 0;
        return;
      }
      if (event["cache"].text() == "read") {
        observations_.ignored("answer from the cache");
        return;
      }
      ++events;
      read_event(event, index, name, tells_usage);
    });
    if (tells_usage || events > 0) return;
    observations_.ignored("sample without usage");
    if (without_usage > 0) say_unknown(without_usage);
  }

 private:
  GroupId samples_of(std::string_view model) {
    return observations_.group(fmt::format("inspect:{}#{}", evaluation_, model));
  }
  GroupId events_of(std::string_view sample, std::string_view model) {
    return observations_.group(fmt::format("inspect:{}#{}#{}", evaluation_, sample, model));
  }

  std::optional<UsageRecord> read(const Json& usage, std::string pointer, std::string_view model,
                                  const View& view) {
    auto record = read_call(usage, kDialect, kFormat, {file_.id, 0, std::move(pointer)}, file_,
                            observations_);
    if (!record) return record;
    record->unit = unit_;
    record->view = view;
    record->model = model;
    return record;
  }

  void read_event(const Json& event, std::size_t index, const std::string& sample,
                  bool sample_tells_usage) {
    const std::string_view model = event["model"].text();
    auto record = read(event.at("output", "usage"), fmt::format("/events/{}/output/usage", index),
                       model, kEvents);
    if (!record) return;
    record->counts.set(Counter::requests, 1);
    record->time = utc_time(event["timestamp"]);
    record->scope.emplace_back("run", sample);
    record->parts_of[0] = events_of(sample, model);
    // Until 2024-11 samples did not add up their events.
    if (!sample_tells_usage) record->parts_of[1] = samples_of(model);
    observations_.record(std::move(*record));
  }

  void say_unknown(std::size_t answers) {
    observations_.finding({.rule = Rule::coverage,
                           .severity = Severity::warning,
                           .place = {file_.id, 0, "/model_usage"},
                           .cause = "no-usage",
                           .explanation = fmt::format(
                               "the model answered {} times, and no usage is reported", answers)});
  }

  void claim(const UsageRecord& record, GroupId group, std::string parts, std::string_view part) {
    SumClaim claim;
    claim.place = record.place;
    claim.group = group;
    claim.parts = std::move(parts);
    claim.part = part;
    claim.parts_are_optional = true;
    claim.missing_is_zero = true;
    constexpr std::pair<Counter, std::string_view> kKeys[] = {
        {Counter::input, "input_tokens"},
        {Counter::output, "output_tokens"},
        {Counter::total, "total_tokens"},
        {Counter::cache_read, "input_tokens_cache_read"},
        {Counter::cache_write, "input_tokens_cache_write"},
        {Counter::reasoning, "reasoning_tokens"}};
    for (const auto& [counter, key] : kKeys) {
      if (const auto asserted = record.given[counter]) {
        claim.numbers.push_back({counter,
                                 std::string(key),
                                 0,
                                 *asserted,
                                 Relation::equals,
                                 {},
                                 record.counts[counter]});
      }
    }
    observations_.claim(std::move(claim));
  }

  const FileContext& file_;
  Observations& observations_;
  std::string evaluation_;
  UnitId unit_ = 0;
};

void read(const Json& document, const FileContext& file, Observations& observations) {
  if (is_list_of_summaries(document)) {
    observations.ignored("summary of samples", document.size());
    return;
  }
  Reader reader(file, observations);
  if (is_header(document))
    reader.header(document);
  else
    reader.sample(document);
}

}  // namespace

extern const Format format_inspect_eval;
const Format format_inspect_eval{
    .id = kFormat,
    .description = "members of an .eval archive of Inspect: stats, samples and their model events",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
