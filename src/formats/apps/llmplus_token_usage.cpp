// token_usage.json and session_usage.json of llmplus, the client library behind arc_memo.
//
//   job      {"before": {model: U}, "after": {model: U}}     totals of the session so far, twice
//   flat     {model: U}                                      totals of the session so far
//   session  {"session_start", "session_end", "stats": {model: U}}
//   U        input_tokens, output_tokens, requests, completions, and in the fork also
//            reasoning_tokens and per_request_details [{request_num, input_tokens, output_tokens,
//            reasoning_tokens, total_tokens, num_completions}]
//
// What the writer does, and so what must hold (matt-seb-ho/llm_wrapper, aaronzhfeng/llm_wrapper):
//   - a job's own usage is after - before; its own details are after.details[before.requests:],
//     because the list in "before" is the very list that "after" has;
//   - where total exceeds input + output, the excess is the detail's reasoning;
//   - the aggregate's output is the sum of max(output, total - input): a provider that counts
//     reasoning outside its output (xAI) has it added to the aggregate, not to the detail;
//   - n completions of one request share its input, so completions may exceed requests.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/paths.hpp"
#include "formats/apps/llmplus_details.hpp"
#include "formats/apps/llmplus_shapes.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = kLlmplusFormat;
constexpr std::string_view kAggregateDialect = "llmplus.aggregate";

constexpr View kAggregates{1, "aggregates"};

/// The counters of an aggregate and where they stand.
struct Key {
  Counter counter;
  std::string_view name;
};
constexpr Key kAggregateKeys[] = {{Counter::input, "input_tokens"},
                                  {Counter::output, "output_tokens"},
                                  {Counter::reasoning, "reasoning_tokens"},
                                  {Counter::requests, "requests"},
                                  {Counter::completions, "completions"}};

class Reader {
 public:
  Reader(const FileContext& file, Observations& observations)
      : file_(file),
        observations_(observations),
        folder_(folder_of(file.path)),
        run_(folder_.empty() ? "." : folder_),
        details_(file, observations, run_) {}

  void read(const Json& document) {
    if (is_llmplus_job(document)) {
      read_job(document);
    } else if (is_llmplus_session(document)) {
      each_model(document["stats"], "/stats", {});
    } else {
      each_model(document, "", snapshot_of_folder());
    }
    if (models_ == 0) {
      // {"before":{},"after":{}}: every call failed, or none was made.
      observations_.ignored("run without usage: every call failed, or none was made");
      observations_.finding(
          {.rule = Rule::coverage,
           .severity = Severity::note,
           .place = at(""),
           .explanation = "no usage was recorded: every call failed, or none was made"});
      return;
    }
    claim_outputs();
  }

 private:
  Place at(std::string pointer) const { return {file_.id, 0, std::move(pointer)}; }

  /// Flat files in sibling folders pass_1, pass_2, … are written by one session, so each holds the
  /// ones before it.
  std::optional<Snapshot> snapshot_of_folder() const {
    const auto numbered = numbered_folder(folder_);
    // Folders numbered otherwise (run_1, seed_2, 2025-01-02) are runs of their own.
    if (!numbered || base_name(numbered->series) != "pass") return std::nullopt;
    return Snapshot{fmt::format("{}#{}", numbered->series, base_name(file_.path)),
                    numbered->number};
  }

  void read_job(const Json& document) {
    const Json before = document["before"];
    const Json after = document["after"];
    // A model that was used before cannot be gone after.
    before.each_member([&](std::string_view model, const Json& usage) {
      if (after.has(model) || usage.is_null()) return;
      const std::string pointer = pointer_to("/before", model);
      ++models_;
      if (!usage.is_object()) {
        reject_model(usage, pointer);
        return;
      }
      const LlmplusGroups groups{observations_.group(), observations_.group(),
                                 observations_.group()};
      read_earlier(usage, pointer, model, groups.earlier);
      details_.forget_earlier();  // there is no later one to compare it with
      if (const Json details = usage["per_request_details"]; details.is_array()) {
        details_.read(details, pointer_to(pointer, "per_request_details"), model,
                      observations_.unit(), kLargestCount, groups);
      }
      observations_.finding(
          {.rule = Rule::continuity,
           .place = at(pointer),
           .cause = "counter-reset",
           .explanation =
               "the model is in \"before\" but not in \"after\": its totals fell to nothing"});
    });
    each_model(after, "/after", {}, before);
  }

  void each_model(const Json& models, std::string_view parent,
                  const std::optional<Snapshot>& snapshot, const Json& before = {}) {
    if (const auto repeated = repeated_key(models)) {
      reject_repeated_key(models, std::string(parent), *repeated);
      return;
    }
    models.each_member([&](std::string_view model, const Json& usage) {
      ++models_;
      const std::string pointer = pointer_to(parent, model);
      if (!usage.is_object()) {
        reject_model(usage, pointer);
        return;
      }
      const UnitId unit = snapshot
                              ? observations_.snapshot_unit(
                                    {snapshot->series + "#" + std::string(model), snapshot->number})
                              : observations_.unit();
      read_model(usage, pointer, model, unit, before[model]);
    });
  }

  /// A member that should be the usage of a model and is not.
  void reject_model(const Json& usage, const std::string& pointer) {
    if (!usage.is_null()) {
      observations_.rejected(
          at(pointer), fmt::format("is {}, expected the usage of a model", usage.described()));
      return;
    }
    observations_.ignored("usage is null");
    observations_.finding({.rule = Rule::coverage,
                           .severity = Severity::warning,
                           .place = at(pointer),
                           .explanation = "the usage of the model is null"});
  }

  void reject_repeated_key(const Json& models, std::string pointer, std::string_view key) {
    models_ += models.size();
    append_pointer(pointer, key);
    report_bad_number(observations_, at(pointer), fmt::format("the key \"{}\" appears twice", key));
    observations_.rejected(
        at(pointer),
        fmt::format("the key \"{}\" appears twice: it is not known which counts", key));
  }

  UsageRecord new_record(std::string pointer, std::string_view model) const {
    UsageRecord record;
    record.place = at(std::move(pointer));
    record.format = kFormat;
    record.model = model;
    record.scope.emplace_back("run", run_);
    return record;
  }

  /// Counters of an aggregate; nothing when it is no sound usage object (which is then rejected).
  std::optional<Counts> read_aggregate(const Json& usage, const std::string& pointer,
                                       std::initializer_list<GroupId> parts_of = {}) {
    CountReader reader(usage, file_, pointer, observations_);
    for (const Key& key : kAggregateKeys) reader.read(key.name, key.counter);
    if (!reader.finish(parts_of)) return std::nullopt;
    Counts counts = reader.counts();
    for (const Key& key : kAggregateKeys) {
      // Only the fork counts reasoning.
      if (counts.has(key.counter) || key.counter == Counter::reasoning) continue;
      observations_.finding({.rule = Rule::layout,
                             .severity = Severity::warning,
                             .place = at(pointer_to(pointer, key.name)),
                             .counter = name_of(key.counter),
                             .explanation = fmt::format(
                                 "{} is missing, so nothing can be checked against it", key.name)});
    }
    derive_total(counts);
    return counts;
  }

  void read_model(const Json& usage, const std::string& pointer, std::string_view model,
                  UnitId unit, const Json& before) {
    const GroupId own_details = observations_.group();
    const GroupId all_details = observations_.group();
    const GroupId earlier_details = observations_.group();
    const auto counts = read_aggregate(usage, pointer);

    Counts earlier;
    bool earlier_is_known = true;
    if (!before.is_null()) {
      const auto read = read_earlier(before, pointer_to("/before", model), model, earlier_details);
      earlier_is_known = read.has_value();
      if (read) earlier = *read;
    }
    bool fell = false;
    if (counts && earlier_is_known) fell = !check_never_falls(*counts, earlier, pointer);

    const Json details = usage["per_request_details"];
    if (details.present() && !details.is_null() && !details.is_array()) {
      observations_.rejected(at(pointer_to(pointer, "per_request_details")),
                             fmt::format("is {}, expected a list of requests", details.described()),
                             {all_details});
    }
    const Count earlier_requests = fell ? 0 : earlier[Counter::requests].value_or(0);
    const bool has_details = details.is_array();
    std::optional<Count> told_completions;
    if (has_details) {
      told_completions =
          details_.read(details, pointer_to(pointer, "per_request_details"), model, unit,
                        earlier_requests, {own_details, all_details, earlier_details});
    }
    if (!counts) return;
    details_tell_completions_ = details_tell_completions_ && told_completions &&
                                told_completions == (*counts)[Counter::completions];

    const bool is_job_of_session = !before.is_null();
    UsageRecord record = new_record(pointer, model);
    record.dialect = kAggregateDialect;
    record.unit = unit;
    if (file_.wants_keys) record.keys = key_paths(usage);
    if (is_job_of_session && has_details) {
      // The session so far. The job's own calls are in the details.
      record.role = Role::cumulative;
      record.view = kLlmplusSessionTotals;
      record.counts = *counts;
    } else {
      record.role = Role::aggregate;
      record.view = kAggregates;
      record.counts = is_job_of_session ? difference(*counts, earlier, earlier_is_known) : *counts;
    }
    if (!has_details) mark_totals(record);
    observations_.record(std::move(record));

    SumClaim claim;
    claim.place = at(pointer);
    claim.group = all_details;
    claim.parts = "per_request_details";
    claim.part = "request";
    claim.before = earlier;
    claim.before_place = at(pointer_to("/before", model));
    claim.none_is_zero = has_details;
    claim_numbers(std::move(claim), *counts);
    check_part(observations_, at(pointer), *counts, Counter::reasoning, "reasoning_tokens",
               Counter::output, "output_tokens");

    add_completions(*counts, earlier, pointer, fell);
  }

  /// Without a list only the totals tell a session from another: so many numbers of several
  /// requests are not the same by chance.
  static void mark_totals(UsageRecord& record) {
    if (record.role != Role::aggregate || record.counts[Counter::requests].value_or(0) < 3) return;
    record.same_id = SameId::copy;
    record.id_space = kFormat;
    record.second_id = fmt::format("totals of {}", record.model);
    for (const Key& key : kAggregateKeys)
      record.second_id += fmt::format(" {}", record.counts[key.counter].value_or(-1));
  }

  void claim_numbers(SumClaim&& claim, const Counts& counts) {
    for (const Key& key : kAggregateKeys) {
      if (const auto asserted = counts[key.counter]) {
        claim.numbers.push_back(
            {key.counter, std::string(key.name), 0, *asserted, Relation::equals, {}});
      }
    }
    observations_.claim(std::move(claim));
  }

  /// The totals of the session before this job.
  std::optional<Counts> read_earlier(const Json& usage, const std::string& pointer,
                                     std::string_view model, GroupId earlier_details) {
    const auto counts = read_aggregate(usage, pointer);
    if (!counts) return std::nullopt;
    UsageRecord record = new_record(pointer, model);
    record.dialect = kAggregateDialect;
    record.unit = observations_.unit();
    record.role = Role::cumulative;
    record.view = kLlmplusSessionTotals;
    record.counts = *counts;
    observations_.record(std::move(record));
    check_part(observations_, at(pointer), *counts, Counter::reasoning, "reasoning_tokens",
               Counter::output, "output_tokens");
    if (const Json details = usage["per_request_details"]; details.is_array()) {
      details_.keep_earlier(details, pointer_to(pointer, "per_request_details"));
      SumClaim claim;
      claim.place = at(pointer);
      claim.group = earlier_details;
      claim.parts = "earlier per_request_details";
      claim.part = "request";
      claim.none_is_zero = true;
      claim_numbers(std::move(claim), *counts);
    }
    return counts;
  }

  bool check_never_falls(const Counts& after, const Counts& before, const std::string& pointer) {
    bool holds = true;
    for (const Key& key : kAggregateKeys) {
      const auto earlier = before[key.counter];
      const auto later = after[key.counter];
      if (!earlier || !later) continue;
      if (*earlier <= *later) {
        observations_.held();
        continue;
      }
      holds = false;
      observations_.finding(
          {.rule = Rule::continuity,
           .place = at(pointer_to(pointer, key.name)),
           .counter = name_of(key.counter),
           .asserted = later,
           .calculated = earlier,
           .basis = "already there before the job",
           .cause = "counter-reset",
           .explanation =
               "the session's total fell: it was reset during the job, or a number was changed"});
    }
    return holds;
  }

  /// after - before. A counter that fell, or that only one side has, is not known.
  static Counts difference(const Counts& after, const Counts& before, bool before_is_known) {
    Counts own;
    if (!before_is_known) return own;
    for (Counter counter : kCounters) {
      const auto later = after[counter];
      const auto earlier = before[counter];
      if (later && earlier && *later >= *earlier) own.set(counter, *later - *earlier);
    }
    return own;
  }

  /// Own completions and requests over all models, for the comparison with model_outputs.json.
  void add_completions(const Counts& counts, const Counts& earlier, const std::string& pointer,
                       bool fell) {
    const auto completions = counts[Counter::completions];
    completions_are_known_ = completions_are_known_ && completions;
    if (!completions) return;
    completions_ += *completions;
    requests_ += counts[Counter::requests].value_or(0);
    if (!fell) {
      completions_ -= earlier[Counter::completions].value_or(0);
      requests_ -= earlier[Counter::requests].value_or(0);
    }
    ++models_with_completions_;
    completions_pointer_ = pointer_to(pointer, "completions");
  }

  void claim_outputs() {
    const auto completions = completions_.count();
    if (!completions_are_known_ || models_with_completions_ == 0 || !completions ||
        *completions < 0)
      return;
    CountClaim claim;
    claim.place = at(models_with_completions_ == 1 ? completions_pointer_ : "");
    claim.group = observations_.group(folder_ + "#outputs");
    claim.parts = "outputs in model_outputs.json";
    claim.counter = name_of(Counter::completions);
    claim.asserted = *completions;
    claim.parts_are_optional = true;
    const auto requests = requests_.count().value_or(0);
    if (requests == *completions) claim.cause_of_multiple = "completions-per-request";
    // Answers from the disk cache are outputs without a request, so there are more prompts than
    // requests: no proof that completions are wrong.
    claim.soft_group = observations_.group(folder_ + "#prompts");
    claim.soft_above = requests;
    claim.soft_explanation =
        "there are more prompts than requests, so the rest may have come from a cache or failed";
    if (details_tell_completions_) {
      // Only what the cache lacks is asked for, and each request says how much that was.
      claim.soft_above = -1;
      claim.soft_explanation = "the rest came from a cache: the requests report no more";
    }
    observations_.claim(std::move(claim));
  }

  const FileContext& file_;
  Observations& observations_;
  std::string folder_;
  std::string run_;
  std::uint64_t models_ = 0;
  LlmplusDetails details_;
  ExactSum completions_;
  ExactSum requests_;
  bool completions_are_known_ = true;
  bool details_tell_completions_ = true;
  std::uint64_t models_with_completions_ = 0;
  std::string completions_pointer_;
};

bool recognises(const Json& document, const FileContext&) {
  return is_llmplus_job(document) || is_llmplus_session(document) || is_llmplus_flat(document);
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  Reader(file, observations).read(document);
}

}  // namespace

extern const Format format_llmplus_token_usage;
const Format format_llmplus_token_usage{
    .id = kFormat,
    .description =
        "token_usage.json and session_usage.json of llmplus (job, flat and session shapes)",
    .open_document = open_document<recognises, read>,
    .companion = "model_outputs.json",
};

}  // namespace usagectl
