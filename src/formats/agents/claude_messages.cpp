#include "formats/agents/claude_messages.hpp"

#include <fmt/format.h>

#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/violations.hpp"

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

}  // namespace

ClaudeMessages::ClaudeMessages(std::string_view format, std::string unit_key)
    : format_(format),
      unit_key_(std::move(unit_key)),
      catalogue_(catalogue_in_use()),
      dialect_(catalogue_.find(kDialect)) {}

UnitId ClaudeMessages::unit_of(std::string_view session, Sink& sink) {
  if (last_unit_ && session == last_session_) return *last_unit_;
  last_session_ = session;
  const auto [known, is_new] = units_.try_emplace(last_session_, UnitId(0));
  if (is_new)
    known->second =
        sink.unit(session.empty() ? unit_key_ : fmt::format("Claude Code session {}", session));
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
                                           Place&& place, Sink& sink) {
  if (message.model == "<synthetic>") {
    sink.ignored("message that Claude Code wrote itself: no call was made");
    return std::nullopt;
  }
  if (reject_repeated(holder, {"usage"}, place, sink)) return std::nullopt;
  place.pointer += "/usage";
  const Json usage = holder["usage"];
  UsageValues values(catalogue_, usage);
  if (usage.is_object() && !(values.slots().empty() && values.repeated().empty())) {
    return take(std::move(message), values, usage, std::move(place), sink);
  }
  sink.ignored(usage.is_object() || usage.is_null() ? "message without usage"
                                                    : "message whose usage is no object");
  Finding finding;
  finding.rule = Rule::coverage;
  finding.severity = Severity::warning;
  finding.place = std::move(place);
  finding.cause = "no-usage";
  finding.explanation = "a message of the model without usage: what it used is not known";
  sink.finding(std::move(finding));
  return std::nullopt;
}

std::optional<Counts> ClaudeMessages::take(ClaudeMessage&& message, const UsageValues& values,
                                           Place&& place, Sink& sink) {
  return take(std::move(message), values, {}, std::move(place), sink);
}

std::optional<Counts> ClaudeMessages::take(ClaudeMessage&& message, const UsageValues& values,
                                           const Json& usage, Place&& place, Sink& sink) {
  const UsageReading reading = read(values);
  report(reading.violations, place, sink);
  if (!reading.countable()) {
    sink.rejected(place, reading.faulty
                             ? reading.violations.front().explanation
                             : "holds token counts in a vocabulary that no dialect knows");
    return std::nullopt;
  }
  if (reading.held > 0) sink.held(reading.held);
  UsageRecord record;
  record.place = std::move(place);
  record.format = format_;
  record.dialect = reading.dialect;
  record.unit = unit_of(message.session, sink);
  record.view = kMessages;
  identify(record, message);
  record.model = message.model;
  record.time = std::move(message.time);
  if (!message.session.empty()) record.scope.emplace_back("session", message.session);
  record.counts = reading.counts;
  record.counts.set(Counter::requests, Count(1));
  record.given = reading.given;
  if (sink.wants_keys()) record.keys = key_paths(usage);
  sink.record(std::move(record));
  return reading.counts;
}

}  // namespace usagectl
