// Calls of a log that are told by one line each, whose usage object is known.
#include <utility>

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
  observations_.record_like(*again.like, [&](UsageRecord& record) {
    record.place.file = line.file;
    record.place.line = line.line;
    record.unit = *unit_;
    record.id = again.id;
    record.row = {.other_id = hash_of_row_id(again.id)};
    record.same_id = again.same_id;
    record.time = std::move(again.time);
    record.keys = std::move(again.keys);
    for (auto& [key, value] : record.scope) {
      if (key == "session") value = again.session;
    }
    record.counts = reading.counts;
    if (record.role == Role::request) record.counts.set(Counter::requests, Count(1));
    record.given = reading.given;
    record.cache_write_1h = hour_writes(reading.atoms);
  });
  return true;
}

}  // namespace usagectl
