#include "ledger/series/usage_sources.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/model_name.hpp"
#include "base/text_hash.hpp"
#include "ledger/books/alike_records.hpp"
#include "ledger/series/equal_sums.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostPlaces = 8;
constexpr std::size_t kMostNames = 64;
constexpr std::size_t kMostTimedRows = 4096;

std::uint64_t hash_of(const Counts& counts) {
  std::array<Count, kComparedCounters.size()> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = counts[kComparedCounters[i]].value_or(-1);
  return short_text_hash({reinterpret_cast<const char*>(numbers.data()), sizeof numbers});
}

/// "2026-01-01T10:00:00": two calls of one second differ in their numbers.
bool has_time_of_day(std::string_view time) {
  constexpr std::string_view kSeconds = "2026-01-01T10:00:00";
  return time.size() >= kSeconds.size();
}

/// A known format reports its own repeats, and its ids distinguish calls.
bool is_of_any_format(std::string_view format) {
  return format == "usage.lines" || format == "inferred" || format.starts_with("provider.");
}

/// "/calls/0": the usage object is a row of somebody's list, and not in a provider's answer.
bool is_row_of_list(std::string_view pointer) {
  const std::string_view last = pointer.substr(pointer.rfind('/') + 1);
  return !last.empty() && last.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string_view first_place(std::string_view pointer) {
  return pointer.substr(0, pointer.find('/', std::min<std::size_t>(pointer.size(), 1)));
}

void SourceRows::merge(const SourceRows& other) {
  records += other.records;
  counts_hash += other.counts_hash;
  timed_hash += other.timed_hash;
  timed += other.timed;
  named += other.named;
  identified += other.identified;
  requests += other.requests;
  is_own = is_own && other.is_own;
  is_recording = is_recording || other.is_recording;
  is_document = is_document || other.is_document;
  are_told_as_copy = are_told_as_copy || other.are_told_as_copy;
  modelled += other.modelled;
  models.insert(other.models.begin(), other.models.end());
  if (other.dated > 0) {
    first_day = dated == 0 ? other.first_day : std::min(first_day, other.first_day);
    last_day = std::max(last_day, other.last_day);
  }
  dated += other.dated;
  for (const auto& [key, values] : other.scopes) scopes[key].insert(values.begin(), values.end());
  places.insert(other.places.begin(), other.places.end());
  timed_rows.insert(timed_rows.end(), other.timed_rows.begin(), other.timed_rows.end());
}

bool contradict(const SourceRows& a, const SourceRows& b) {
  if (a.modelled == a.records && b.modelled == b.records && a.models.size() < kMostNames &&
      b.models.size() < kMostNames) {
    const bool share_one = std::any_of(a.models.begin(), a.models.end(), [&](const auto& one) {
      return std::any_of(b.models.begin(), b.models.end(),
                         [&](const auto& other) { return may_be_same_model(one, other); });
    });
    if (!share_one) return true;
  }
  if (a.dated == a.records && b.dated == b.records &&
      (a.last_day < b.first_day || b.last_day < a.first_day))
    return true;
  return std::any_of(a.scopes.begin(), a.scopes.end(), [&](const auto& scope) {
    const auto other = b.scopes.find(scope.first);
    if (other == b.scopes.end() || scope.second.size() >= kMostNames ||
        other->second.size() >= kMostNames)
      return false;
    return std::none_of(scope.second.begin(), scope.second.end(),
                        [&](const std::string& value) { return other->second.contains(value); });
  });
}

bool SourceRows::are_among(const SourceRows& other) const {
  if (timed != records || timed_rows.size() != timed || records > other.records ||
      other.timed_rows.size() != other.timed)
    return false;
  return std::includes(other.timed_rows.begin(), other.timed_rows.end(), timed_rows.begin(),
                       timed_rows.end());
}

void SourceRows::note_time(std::string_view time, std::uint64_t counts) {
  if (has_time_of_day(time)) {
    ++timed;
    constexpr std::size_t kUpToSeconds = 19;
    const std::uint64_t row = text_hash(time.substr(0, kUpToSeconds), counts).low;
    timed_hash += row;
    if (timed_rows.size() < kMostTimedRows) timed_rows.push_back(row);
  }
  constexpr std::size_t kDay = 10;
  if (time.size() < kDay) return;
  const std::string_view day = time.substr(0, kDay);
  if (dated == 0 || day < first_day) first_day = day;
  if (day > last_day) last_day = day;
  ++dated;
}

void SourceRows::note(const UsageRecord& record, RecentTexts& recent, std::uint64_t seed,
                      bool is_known) {
  const std::uint64_t counts = hash_of(record.counts);
  ++records;
  counts_hash += counts;
  note_time(record.time, counts);
  if (!record.model.empty()) {
    ++modelled;
    if (!is_known && models.size() < kMostNames && recent.is_new(record.model, seed))
      models.insert(record.model);
  }
  for (const auto& [key, value] : record.scope) {
    if ((is_known && !AlikeRecords::may_differ(key)) ||
        !recent.is_new(value, text_hash(key, seed).low))
      continue;
    std::set<std::string>& values = scopes[std::string(key)];
    if (values.size() < kMostNames) values.insert(value);
  }
  if (!record.id.empty() || !record.model.empty() || !record.scope.empty()) ++named;
  if (!record.id.empty() && record.same_id != SameId::nothing) ++identified;
  if (record.role == Role::request) ++requests;
  if (is_known) return;
  is_own = is_own && is_of_any_format(record.format);
  // A provider's answer is the whole document; a row of somebody's own list is not.
  const std::string_view pointer = record.place.pointer;
  is_recording = is_recording || (record.format.starts_with("provider.") && !pointer.empty() &&
                                  !is_row_of_list(pointer));
  is_document = is_document || record.place.line == 0;
  if (places.size() >= kMostPlaces) return;
  const std::string_view first = first_place(pointer);
  if (places.find(std::string(first)) == places.end()) places.emplace(first);
}

namespace {

/// Whether both are of one place of their file: the pieces of a long log, the parts of a document.
bool are_of_one_place(const SourceRows& a, const SourceRows& b) {
  return a.is_document || b.is_document ||
         std::any_of(a.places.begin(), a.places.end(),
                     [&](const std::string& place) { return b.places.contains(place); });
}

/// The sources of a file; those of one place become one.
class SourcesOfFile {
 public:
  void add(Source&& source) {
    if (!sources_.empty()) {
      for (const std::size_t index : like(source)) merge(source, index);
    }
    for (const std::string& place : source.rows.places) by_place_[place] = sources_.size();
    there_.insert(sources_.size());
    sources_.push_back(std::move(source));
  }

  std::vector<Source> take() {
    std::vector<Source> all;
    for (auto& source : sources_) {
      if (source) all.push_back(std::move(*source));
    }
    return all;
  }

 private:
  void merge(Source& source, std::size_t index) {
    Source& other = *sources_[index];
    source.place = other.place;
    // The smaller one moves: a file may have a unit for each of its traces.
    if (other.views.size() > source.views.size()) {
      std::swap(source.rows, other.rows);
      std::swap(source.views, other.views);
    }
    source.rows.merge(other.rows);
    source.tally.merge(other.tally);
    source.views.insert(source.views.end(), other.views.begin(), other.views.end());
    sources_[index].reset();
    there_.erase(index);
  }

  /// Those of the same place, in their order. Places are looked up: a list may have one for each
  /// of its items.
  std::vector<std::size_t> like(const Source& source) const {
    std::set<std::size_t> found;
    const bool is_of_all =
        source.rows.is_document || (!there_.empty() && sources_[*there_.begin()]->rows.is_document);
    if (is_of_all) found = there_;
    for (const std::string& place : source.rows.places) {
      const auto known = by_place_.find(place);
      if (known != by_place_.end() && there_.contains(known->second)) found.insert(known->second);
    }
    std::vector<std::size_t> like;
    for (const std::size_t index : found) {
      if (are_of_one_place(source.rows, sources_[index]->rows)) like.push_back(index);
    }
    return like;
  }

  std::vector<std::optional<Source>> sources_;  ///< nothing = became a part of a later one
  std::set<std::size_t> there_;
  std::unordered_map<std::string, std::size_t> by_place_;
};

bool has_tokens(const Source& source) {
  return std::any_of(kComparedCounters.begin(), kComparedCounters.end(),
                     [&](Counter counter) { return source.tally.sum_of(counter).value_or(0) > 0; });
}

/// Makes one of the sources of a file that are of one place, and drops those without tokens.
/// Returns where the rest ends.
std::vector<Source>::iterator merge_places(std::vector<Source>::iterator first,
                                           std::vector<Source>::iterator end) {
  if (end - first > 1) {
    SourcesOfFile all;
    for (auto source = first; source != end; ++source) all.add(std::move(*source));
    std::vector<Source> merged = all.take();
    end = std::move(merged.begin(), merged.end(), first);
  }
  return std::remove_if(first, end, [](const Source& source) { return !has_tokens(source); });
}

}  // namespace

std::vector<Source> sources_of(const Books& books, RowsOfViews&& rows_of_views) {
  std::vector<Source> found;
  found.reserve(books.counted_views.size());
  for (const ViewOfUnit& view : books.counted_views) {
    const Unit& unit = books.units[view.unit];
    const auto rows = rows_of_views.find({view.unit, view.rank});
    if (!unit.series.empty() || rows == rows_of_views.end()) continue;
    Source& source = found.emplace_back();
    source.file = unit.place.file;
    source.place = unit.place;
    source.rows = std::move(rows->second);
    source.views = {view};
    for (const auto& [key, sum] : books.sums_of(view).by_key) source.tally.merge(sum);
  }
  // Views come in the order of their files but for what is settled late.
  const auto is_before = [](const Source& a, const Source& b) { return a.file < b.file; };
  if (!std::is_sorted(found.begin(), found.end(), is_before))
    std::stable_sort(found.begin(), found.end(), is_before);
  // What is kept moves to the front: many files may have a source each.
  auto kept = found.begin();
  for (auto first = found.begin(); first != found.end();) {
    const auto end = std::find_if(first, found.end(),
                                  [&](const Source& source) { return source.file != first->file; });
    const auto last = merge_places(first, end);
    const bool are_tables = last - first > 1;
    for (; first != last; ++first, ++kept) {
      if (kept != first) *kept = std::move(*first);
      kept->is_table = are_tables;
      std::sort(kept->rows.timed_rows.begin(), kept->rows.timed_rows.end());
    }
    first = end;
  }
  found.erase(kept, found.end());
  return found;
}

}  // namespace usagectl
