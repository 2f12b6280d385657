// Calls of a log that are told by one line each, whose usage object is known.
#include <utility>

#include "base/text_hash.hpp"
#include "formats/providers/provider_capture.hpp"
#include "formats/reading/row_tree.hpp"

namespace usagectl {

void ProviderCapture::call(const UsageValues& values, const Place& usage, const Surroundings& about,
                           const std::vector<KeySeen>& keys) {
  close_call();
  emit(values, usage, about, keys);
}

bool ProviderCapture::call_again(KeptRecords::Again& again, const Place& line) {
  if (!unit_) return false;
  close_call();
  const UsageReading& reading = *again.reading;
  if (reading.held > 0) observations_.held(reading.held);
  CallAgain call;
  call.like = again.like;
  call.line = line.line;
  call.file = line.file;
  call.unit = *unit_;
  call.same_id = again.same_id;
  if (!again.id.empty()) {
    call.id_hash = text_hash(again.id);
    call.row_id = hash_of_row_id(again.id, call.id_hash);
  }
  call.counts = reading.counts;
  if (again.like->record.role == Role::request) call.counts.set(Counter::requests, Count(1));
  call.given = reading.given;
  call.cache_write_1h = hour_writes(reading.atoms);
  observations_.call_again(std::move(call), again.id, again.time, again.session,
                           std::move(again.keys), *again.kept);
  return true;
}

}  // namespace usagectl
