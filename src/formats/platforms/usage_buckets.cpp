// Usage reports of an organization, as OpenAI and Anthropic give them: pages, {"data": [bucket,
// …]}, or a bucket a line, {"start_time" | "starting_at", "results": [{…, "model"}]}. Each result
// sums up the requests of its bucket. Exports of windows that overlap tell the same buckets; of a
// bucket that was not over the later one tells more.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "usage.buckets";
constexpr View kBuckets{0, "buckets"};

/// What a result may be grouped by, as the two APIs call it.
constexpr std::array<std::pair<std::string_view, std::array<std::string_view, 2>>, 3> kScopes = {{
    {"project", {"project_id", "workspace_id"}},
    {"key", {"api_key_id", "api_key_id"}},
    {"tier", {"service_tier", "service_tier"}},
}};

/// Buckets of the APIs of costs give money, and no tokens: they are layouts.
bool is_bucket(const Json& value) {
  return value["results"].is_array() && !value["results"].item(0).has("amount") &&
         (value["object"].text() == "bucket" || value["starting_at"].is_text());
}

bool recognises(const Json& value, const FileContext&) {
  if (is_bucket(value)) return true;
  bool is = false;
  value["data"].each_item(
      [&](std::size_t index, const Json& item) { is = is || (index == 0 && is_bucket(item)); });
  return is;
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (is_bucket(value)) {
      bucket(value, place, observations);
      return;
    }
    if (!value["data"].is_array()) {
      observations.ignored(kWithoutUsage);
      return;
    }
    value["data"].each_item([&](std::size_t index, const Json& item) {
      bucket(item, {place.file, place.line, pointer_to(place.pointer + "/data", index)},
             observations);
    });
  }

 private:
  /// The window of time, and all that the result is grouped by: what is no number.
  static std::string identity(const Json& bucket, const Json& result,
                              std::map<std::string, int>& ids) {
    std::map<std::string, std::string> names;
    result.each_member([&](std::string_view key, const Json& value) {
      if (value.is_text()) names.emplace(key, value.text());
      if (const auto flag = value.boolean()) names.emplace(key, *flag ? "true" : "false");
    });
    std::string id = "bucket";
    for (const std::string_view key : {"start_time", "end_time", "starting_at", "ending_at"}) {
      const Json time = bucket[key];
      if (time.present())
        id += ' ' + (time.is_text() ? std::string(time.text()) : time.described());
    }
    for (const auto& [key, name] : names) id += fmt::format(" {}={}", key, name);
    // Alike within a bucket, they are told apart by something that is not told.
    const int number = ++ids[id];
    return number == 1 ? id : fmt::format("{} #{}", id, number);
  }

  void bucket(const Json& bucket, const Place& place, Observations& observations) {
    if (reject_repeated(bucket, {"results"}, place, observations)) return;
    std::string time = utc_time(bucket["start_time"]);
    if (time.empty()) time = utc_time(bucket["starting_at"]);
    std::string end = utc_time(bucket["end_time"]);
    if (end.empty()) end = utc_time(bucket["ending_at"]);
    std::map<std::string, int> ids;
    if (bucket["results"].size() == 0) observations.ignored("bucket without usage");
    bucket["results"].each_item([&](std::size_t index, const Json& result) {
      const Place at{place.file, place.line, pointer_to(place.pointer + "/results", index)};
      const bool has_tokens = result.has("input_tokens") || result.has("uncached_input_tokens");
      // Images, speech and file searches are counted in units of their own.
      if (!has_tokens && !result.has("num_model_requests")) {
        observations.ignored("result without tokens");
        return;
      }
      Envelope envelope;
      envelope.known = true;
      envelope.object = result["object"].text();
      envelope.path = at.pointer;
      std::optional<UsageRecord> record;
      if (has_tokens) {
        record = recognise_call(result, envelope, kFormat, Place(at), file_, observations);
        if (!record) return;
      } else {
        record.emplace();
        record->place = at;
        record->format = kFormat;
      }
      CountReader requests(result, file_, at.pointer, observations, at.line);
      requests.read("num_model_requests", Counter::requests);
      if (!requests.finish()) return;
      record->role = Role::aggregate;
      record->counts.set(Counter::requests, requests.counts()[Counter::requests]);
      // Each on its own: a bucket whose calls are logged is not added to them.
      record->unit = observations.unit();
      record->view = kBuckets;
      record->model = result["model"].text();
      record->time = time;
      if (!end.empty()) record->scope.emplace_back("until", end);
      for (const auto& [scope, keys] : kScopes) {
        const auto key = std::find_if(keys.begin(), keys.end(), [&](std::string_view name) {
          return !result[name].text().empty();
        });
        if (key != keys.end()) add_scope(*record, scope, result[*key].text());
      }
      if (result["batch"].boolean().value_or(false)) add_scope(*record, "tier", "batch");
      record->id = identity(bucket, result, ids);
      record->same_id = SameId::growth;
      observations.record(std::move(*record));
    });
  }

  FileContext file_;
};

}  // namespace

extern const Format format_usage_buckets;
const Format format_usage_buckets{
    .id = kFormat,
    .description =
        "usage report of an organization, by OpenAI or Anthropic: sums by bucket of time",
    .open_document = open_as_line<recognises, Reader>,
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .recognises_every_line = true},
    .is_bill = true,
};

}  // namespace usagectl
