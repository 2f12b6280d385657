#include "formats/agents/claude/claude_messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/violations.hpp"
#include "model/tally.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kDialect = "claude_code.jsonl";
/// The result of a session knows more, where there is one: it ranks before its messages.
constexpr View kMessages{1, "messages"};

/// One message may come from several requests only when a proxy numbers its messages badly. A
/// sidechain tells messages of its parent again under request ids of its own (ccusage #913).
void identify(UsageRecord& record, const ClaudeMessage& message) {
  record.same_id = SameId::growth;
  record.id = message.id;
  if (!message.is_sidechain || record.id.empty()) record.second_id = message.request_id;
  if (record.id.empty()) std::swap(record.id, record.second_id);
  if (record.id.empty()) record.id = message.uuid;
  if (record.id.empty()) record.same_id = SameId::nothing;
}

bool is_sum(const Counts& whole, const Tally& parts) {
  constexpr std::array kCompared = {Counter::input, Counter::cache_read, Counter::cache_write,
                                    Counter::output};
  return std::all_of(kCompared.begin(), kCompared.end(), [&](Counter counter) {
    return whole[counter].value_or(0) == parts.sum_of(counter).value_or(0);
  });
}

}  // namespace

ClaudeMessages::ClaudeMessages(const FileContext& file, std::string_view format,
                               std::string unit_key)
    : format_(format),
      unit_key_(std::move(unit_key)),
      catalogue_(file.catalogue()),
      wants_keys_(file.wants_keys),
      dialect_(catalogue_.find(kDialect)) {}

UnitId ClaudeMessages::unit_of(std::string_view session, Observations& observations) {
  if (last_unit_ && session == last_session_) return *last_unit_;
  last_session_ = session;
  const auto [known, is_new] = units_.try_emplace(last_session_, UnitId(0));
  if (is_new)
    known->second = observations.unit(
        session.empty() ? unit_key_ : fmt::format("Claude Code session {}", session));
  last_unit_ = known->second;
  return known->second;
}

UsageReading ClaudeMessages::read(const UsageValues& values) const {
  // Behind a proxy, Claude Code may talk to anybody.
  const bool is_usual = dialect_ != nullptr && (values.present() & dialect_->all.front()).any() &&
                        (values.present() & dialect_->none).none();
  if (is_usual) return read_usage_as(catalogue_, *dialect_, values);
  return read_usage(catalogue_, values, {});
}

std::optional<Counts> ClaudeMessages::take(ClaudeMessage&& message, const Json& holder,
                                           Place&& place, Observations& observations) {
  if (message.model == "<synthetic>") {
    observations.ignored("message that Claude Code wrote itself: no call was made");
    return std::nullopt;
  }
  if (reject_repeated(holder, {"usage"}, place, observations)) return std::nullopt;
  place.pointer += "/usage";
  const Json usage = holder["usage"];
  UsageValues values(catalogue_, usage);
  if (usage.is_object() && !(values.slots().empty() && values.repeated().empty())) {
    return take(std::move(message), values, usage, std::move(place), observations);
  }
  observations.ignored(usage.is_object() || usage.is_null()
                           ? "message without usage"
                           : "message whose usage is not an object");
  observations.finding(
      {.rule = Rule::coverage,
       .severity = Severity::warning,
       .place = std::move(place),
       .cause = "no-usage",
       .explanation = "a message of the model without usage: what it used is not known"});
  return std::nullopt;
}

std::optional<Counts> ClaudeMessages::take(ClaudeMessage&& message, const UsageValues& values,
                                           Place&& place, Observations& observations) {
  return take(std::move(message), values, {}, std::move(place), observations);
}

std::optional<Counts> ClaudeMessages::take(ClaudeMessage&& message, const UsageValues& values,
                                           const Json& usage, Place&& place,
                                           Observations& observations) {
  const UsageReading reading = read(values);
  report(reading.violations, place, observations);
  if (!reading.countable()) {
    observations.rejected(place, reading.faulty
                                     ? reading.violations.front().explanation
                                     : "has token counts in a vocabulary that no dialect knows");
    return std::nullopt;
  }
  if (reading.held > 0) observations.held(reading.held);
  UsageRecord record;
  record.place = std::move(place);
  record.format = format_;
  record.dialect = reading.dialect;
  record.unit = unit_of(message.session, observations);
  record.view = kMessages;
  identify(record, message);
  record.model = message.model;
  record.time = std::move(message.time);
  if (!message.session.empty()) record.scope.emplace_back("session", message.session);
  record.counts = reading.counts;
  record.counts.set(Counter::requests, Count(1));
  record.given = reading.given;
  record.cache_write_1h = hour_writes(reading.atoms);
  record.cost = std::move(message.cost);
  if (wants_keys_) record.keys = key_paths(usage);
  if (usage["iterations"].size() > 1) take_calls_inside(record, usage, observations);
  observations.record(std::move(record));
  return reading.counts;
}

/// A message may list the calls that it was made of. What it tells itself is the sum of those of
/// type message; an advisor's and those that compact the context were used beside it (ccusage
/// #1115).
void ClaudeMessages::take_calls_inside(const UsageRecord& message, const Json& usage,
                                       Observations& observations) {
  struct Inside {
    UsageReading reading;
    std::size_t index;
    std::string_view model;
  };
  std::vector<Inside> beside;
  Tally all;
  Tally messages;
  usage["iterations"].each_item([&](std::size_t index, const Json& item) {
    UsageReading reading = read(UsageValues(catalogue_, item));
    if (!reading.countable()) return;
    all.add(reading.counts);
    if (item["type"].text() == "message") {
      messages.add(reading.counts);
    } else {
      beside.push_back({std::move(reading), index, item["model"].text()});
    }
  });
  if (beside.empty()) return;
  if (is_sum(message.counts, all)) {
    observations.ignored("call inside a counted message", all.records);
    return;
  }
  observations.ignored("call inside a counted message", messages.records);
  if (messages.records > 0 && !is_sum(message.counts, messages)) {
    observations.finding({.rule = Rule::identity,
                          .severity = Severity::warning,
                          .place = message.place,
                          .counter = name_of(Counter::output),
                          .asserted = message.counts[Counter::output],
                          .calculated = messages.sum_of(Counter::output),
                          .cause = "breakdown",
                          .explanation = "the message is not the sum of its iterations of type "
                                         "message; the other ones are counted "
                                         "beside it"});
  }
  for (Inside& inside : beside) {
    UsageRecord record = message;
    record.place.pointer = pointer_to(message.place.pointer + "/iterations", inside.index);
    record.dialect = inside.reading.dialect;
    if (!record.id.empty()) record.id += fmt::format("/iterations/{}", inside.index);
    if (!inside.model.empty()) record.model = inside.model;
    record.counts = inside.reading.counts;
    record.cache_write_1h = hour_writes(inside.reading.atoms);
    record.cost.reset();  // the line states it for the message
    record.counts.set(Counter::requests, Count(1));
    record.given = inside.reading.given;
    record.keys.clear();
    observations.record(std::move(record));
  }
}

}  // namespace usagectl
