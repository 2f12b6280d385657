// Snapshots of GET /stats of the thread tracker, one document or many over time:
//
//   {"timestamp": 1754325600.5, "statistics": {"total_threads", "total_tokens_across_all_threads",
//     "threads": {id: {"input_tokens", "output_tokens", "total_tokens"}}}}
//
// A thread's numbers are running totals: what was used is what they grew by from one snapshot to
// the next. Threads that were not used for a day are dropped from later snapshots.
#include <fmt/format.h>

#include "base/holds_text.hpp"
#include "formats/apps/thread_usage.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/key_paths.hpp"
#include "input/json/json_sequence.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "thread.stats";
constexpr std::string_view kTotalKey = "total_tokens_across_all_threads";
constexpr std::size_t kLooksAt = 4096;

bool is_statistics(const Json& statistics) {
  return statistics.is_object() &&
         (statistics["threads"].is_object() || statistics.has(kTotalKey)) &&
         (statistics.has(kTotalKey) || statistics.has("total_threads"));
}

/// Microseconds, so that snapshots within a second keep their order.
std::optional<std::uint64_t> moment(const Json& timestamp) {
  const auto seconds = timestamp.real();
  if (!seconds || *seconds < 0 || *seconds > 1e12) return std::nullopt;
  return static_cast<std::uint64_t>(*seconds * 1e6);
}

class Reader {
 public:
  Reader(const Json& document, const FileContext& file, std::uint64_t line,
         const std::string& pointer, Observations& observations)
      : document_(document),
        file_(file),
        line_(line),
        observations_(observations),
        group_(observations.group()),
        base_(pointer) {}

  void read() {
    const bool wrapped = document_["statistics"].is_object();
    const Json statistics = wrapped ? document_["statistics"] : document_;
    if (wrapped) base_ += "/statistics";
    const Json threads = statistics["threads"];
    if (const auto repeated = repeated_key(threads)) {
      const std::string pointer = pointer_to(base_ + "/threads", *repeated);
      report_bad_number(observations_, at(pointer),
                        fmt::format("the thread \"{}\" appears twice", *repeated));
      observations_.rejected(at(pointer), "the thread appears twice: it is not known which counts",
                             {group_});
      return;
    }
    std::uint64_t objects = 0;
    threads.each_member([&](std::string_view thread, const Json& usage) {
      ++objects;
      read_thread(thread, usage);
    });
    if (objects == 0) observations_.ignored("statistics without threads");
    claim_number(statistics["total_threads"], threads);
    claim_total(statistics[kTotalKey], threads, objects, statistics["total_threads"]);
  }

 private:
  Place at(std::string pointer) const { return {file_.id, line_, std::move(pointer)}; }

  void read_thread(std::string_view thread, const Json& usage) {
    const Place place = at(pointer_to(base_ + "/threads", thread));
    const auto counts = read_thread_usage(usage, file_, place, observations_, group_);
    if (!counts) return;
    const Json timestamp = document_["timestamp"];
    UsageRecord record =
        thread_record(kFormat, place, thread,
                      observations_.snapshot_unit({thread_series(thread), moment(timestamp)}));
    record.running = Running::total;
    record.time = utc_time(timestamp);
    record.counts = *counts;
    record.given = *counts;
    if (file_.wants_keys) record.keys = key_paths(usage);
    record.parts_of = {group_};
    observations_.record(std::move(record));
  }

  void claim_number(const Json& claimed, const Json& threads) {
    const auto asserted = read_claim(claimed, "total_threads");
    if (!asserted) return;
    if (!threads.is_object()) {
      CountClaim claim;
      claim.place = at(base_ + "/total_threads");
      claim.group = group_;
      claim.parts = "threads";
      claim.counter = "threads";
      claim.asserted = *asserted;
      claim.unprovable_when_empty = true;
      observations_.claim(std::move(claim));
      return;
    }
    const auto number = static_cast<Count>(threads.size());
    if (*asserted == number) {
      observations_.held();
      return;
    }
    observations_.finding({.rule = Rule::count,
                           .place = at(base_ + "/total_threads"),
                           .counter = "threads",
                           .asserted = asserted,
                           .calculated = number,
                           .basis = "threads listed",
                           .explanation = fmt::format("the number of threads listed is {}, not {}",
                                                      number, *asserted)});
  }

  void claim_total(const Json& claimed, const Json& threads, std::uint64_t listed,
                   const Json& said_threads) {
    const auto asserted = read_claim(claimed, kTotalKey);
    if (!asserted) return;
    if (threads.is_object() && listed == 0) return check_empty(*asserted);
    SumClaim claim;
    claim.place = at(base_);
    claim.group = group_;
    claim.parts = "threads";
    claim.part = "thread";
    claim.said_parts = read_count(said_threads).count;
    claim.numbers.push_back(
        {Counter::total, std::string(kTotalKey), 0, *asserted, Relation::equals, {}});
    observations_.claim(std::move(claim));
  }

  /// An empty list is a whole one: its sum is 0.
  void check_empty(Count asserted) {
    if (asserted == 0) {
      observations_.held();
      return;
    }
    Finding finding;
    finding.place = at(pointer_to(base_, kTotalKey));
    finding.counter = name_of(Counter::total);
    finding.asserted = asserted;
    finding.calculated = 0;
    finding.basis = "sum of 0 threads";
    finding.explanation = "total is not the sum of its threads";
    observations_.finding(std::move(finding));
  }

  std::optional<Count> read_claim(const Json& claimed, std::string_view key) {
    const CountReading reading = read_count(claimed);
    if (!reading.fault.empty()) {
      report_bad_number(observations_, at(pointer_to(base_, key)),
                        fmt::format("{} {}", key, reading.fault));
    }
    return reading.count;
  }

  const Json& document_;
  const FileContext& file_;
  std::uint64_t line_;
  Observations& observations_;
  GroupId group_;
  std::string base_;  ///< pointer of the statistics
};

void read_snapshot(const Json& value, const FileContext& file, std::uint64_t line,
                   const std::string& pointer, Observations& observations) {
  if (is_thread_statistics(value)) {
    read_thread_statistics(value, file, line, pointer, observations);
  } else if (is_thread_health(value)) {
    read_thread_health(value, file, line, pointer, observations);
  } else {
    observations.ignored("object that is not a snapshot of threads");
  }
}

bool recognises_json(const Json& document, const FileContext&) {
  bool all = document.size() > 0;
  document.each_item([&](std::size_t, const Json& item) {
    all = all && (is_thread_statistics(item) || is_thread_health(item));
  });
  return document.is_array() ? all : is_thread_statistics(document);
}

void read_json(const Json& document, const FileContext& file, Observations& observations) {
  if (!document.is_array()) return read_thread_statistics(document, file, 0, {}, observations);
  document.each_item([&](std::size_t index, const Json& item) {
    read_snapshot(item, file, 0, pointer_to("", index), observations);
  });
}

/// Snapshots taken over time, one behind the other.
bool recognises_text(std::string_view text, const FileContext&) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || text[start] != '{') return false;
  const std::string_view head = text.substr(start, kLooksAt);
  const auto has = [&](std::string_view part) { return holds_text(head, part); };
  const bool fits = (has("\"statistics\"") && (has("\"total_threads\"") || has("\"threads\""))) ||
                    has(kTotalKey) || (has("\"token_tracking\"") && has("\"active_threads\""));
  return fits && holds_several_objects(text);
}

void read_text(std::string_view text, const FileContext& file, JsonParser& parser,
               Observations& observations) {
  std::uint64_t line = 1;
  JsonInSequence next;
  while (next_in_sequence(text, line, next)) {
    if (!next.whole) {
      observations.rejected({file.id, next.line, {}}, "the file ends inside this snapshot");
      return;
    }
    const ParsedJson parsed = parser.parse_copy(next.text);
    if (parsed.fault) {
      observations.rejected({file.id, next.line, {}},
                            fmt::format("is not JSON: {}", parsed.fault->what));
      continue;
    }
    read_snapshot(parsed.root, file, next.line, {}, observations);
  }
}

}  // namespace

bool is_thread_statistics(const Json& document) {
  return is_statistics(document["statistics"]) || is_statistics(document);
}

void read_thread_statistics(const Json& document, const FileContext& file, std::uint64_t line,
                            const std::string& pointer, Observations& observations) {
  Reader(document, file, line, pointer, observations).read();
}

extern const Format format_thread_stats;
const Format format_thread_stats{
    .id = kFormat,
    .description = "/stats snapshots of tracked threads, one or several over time",
    .open_document = open_document<recognises_json, read_json>,
    .open_text = open_text<recognises_text, read_text>,
};

}  // namespace usagectl
