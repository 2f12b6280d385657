// Calls that are told as others were, and how the ledger counts them: what is the same of all of
// them is found out once. Whatever may be more than a call goes the way of all records.
#include <string_view>
#include <utility>

#include "formats/reading/surroundings.hpp"
#include "ledger/calls/call_key.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kAlikeCalls = 256;
constexpr std::size_t kHourDigits = 13;  // "2026-03-01T09"

}  // namespace

bool Ledger::are_plain(const UsageRecord& record) const {
  // What lacks all names may be a sum of those that have them.
  const bool has_names = !record.scope.empty() || !record.model.empty();
  return has_names && record.role == Role::request && record.running == Running::no &&
         record.parts_of == decltype(record.parts_of){} && record.view.is_usage &&
         record.view.rank != View::kNeverCounted && !says_anything(record.sums) && !record.cost &&
         record.second_id.empty() && record.id_space.empty() &&
         record.place.pointer.find_first_of("0123456789") == std::string::npos &&
         books_.units[record.unit].series.empty();
}

Ledger::AlikeCalls& Ledger::alike_calls(const CallAgain& call, UnitId unit) {
  if (alike_calls_.empty()) alike_calls_.resize(kAlikeCalls);
  AlikeCalls& alike = alike_calls_[call.like->number % kAlikeCalls];
  if (alike.like != call.like->number || alike.record.unit != unit ||
      alike.record.place.file != call.file) {
    alike = {};
    alike.like = call.like->number;
    alike.record = call.like->record;
    alike.record.unit = unit;
    alike.record.place.file = call.file;
    alike.are_plain = are_plain(alike.record);
  }
  return alike;
}

void Ledger::call_again(const Observations& found, const CallAgain& call,
                        std::uint64_t lines_before) {
  const UnitId unit = units_of_file_.at(call.unit);
  AlikeCalls& alike = alike_calls(call, unit);
  UsageRecord& record = alike.record;
  found.put(call, record);
  record.place.line += lines_before;
  record.unit = unit;
  // Short ids need their time as well, and what has no names an id.
  const bool has_key = record.same_id == SameId::copy;
  const bool is_short = has_key && has_short_id(record);
  const auto key =
      has_key && !is_short ? std::optional(KnownCalls::Key(call.id_hash)) : std::nullopt;
  if (!alike.are_plain || is_short || !is_plainly_new(alike, key)) {
    this->record(UsageRecord(record));
    return;
  }
  count_plainly(alike, key);
}

bool Ledger::is_plainly_new(const AlikeCalls& alike, const std::optional<KnownCalls::Key>& key) {
  const UsageRecord& record = alike.record;
  const bool has_names = !record.scope.empty() || !record.id.empty();
  return has_names && !keeps_parts_ && !file_is_duplicate_ && !file_has_same_bytes_ &&
         books_.question.time.is_unbound() && rows_of_tree_.is_over() &&
         growing_lines_.is_empty() && !(key && known_calls_.contains(*key)) &&
         calls_of_file_.is_plainly_a_call(record);
}

void Ledger::count_plainly(AlikeCalls& alike, const std::optional<KnownCalls::Key>& key) {
  const UsageRecord& record = alike.record;
  if (books_.question.on_read) books_.question.on_read(record);
  ++objects_;
  calls_of_file_.add(record);
  const RecordNumber number = give_out(record, Bucket::counted);
  report_total_that_does_not_fit(record);
  const std::string_view hour = std::string_view(record.time).substr(0, kHourDigits);
  if (!alike.are_noted || alike.hour != hour) {
    logged_hours_.note(record, {});
    alike.hour = hour;
  }
  if (!alike.are_told_apart) {
    books_.beginnings.note(record);
    alike.are_told_apart = key.has_value();
  }
  reported_twice_.note(record, alike.are_noted);
  if (!alike.are_noted || !is_row_of_kind_) alike.row = row_of(record);
  alike.are_noted = true;
  const TallyPlace tally = add_to_row(alike.row, record, number);
  if (key) known_calls_.add(*key, known_as(record, tally, number));
}

}  // namespace usagectl
