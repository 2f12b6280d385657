// Usage reports of an organization, as OpenAI and Anthropic give them: pages, {"data": [bucket,
// …]}, or a bucket a line, {"start_time" | "starting_at", "results": [{…, "model"}]}. Each result
// sums up the requests of its bucket.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "input/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "usage.buckets";
constexpr View kBuckets{0, "buckets"};

bool is_bucket(const Json& value) {
  return value["results"].is_array() &&
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
  explicit Reader(const FileContext& file)
      : file_(file), unit_key_(fmt::format("usage report of {}", file.path)) {}

  void line(const Json& value, const Place& place, Sink& sink) override {
    if (is_bucket(value)) {
      bucket(value, place, sink);
      return;
    }
    if (!value["data"].is_array()) {
      sink.ignored(kWithoutUsage);
      return;
    }
    value["data"].each_item([&](std::size_t index, const Json& item) {
      bucket(item, {place.file, place.line, pointer_to(place.pointer + "/data", index)}, sink);
    });
  }

 private:
  void bucket(const Json& bucket, const Place& place, Sink& sink) {
    if (reject_repeated(bucket, {"results"}, place, sink)) return;
    std::string time = utc_time(bucket["start_time"]);
    if (time.empty()) time = utc_time(bucket["starting_at"]);
    if (bucket["results"].size() == 0) sink.ignored("bucket without usage");
    bucket["results"].each_item([&](std::size_t index, const Json& result) {
      if (!result.has("input_tokens") && !result.has("uncached_input_tokens")) {
        sink.ignored("result without tokens");
        return;
      }
      const Place at{place.file, place.line, pointer_to(place.pointer + "/results", index)};
      Envelope envelope;
      envelope.known = true;
      envelope.object = result["object"].text();
      envelope.path = at.pointer;
      auto record = recognise_call(result, envelope, kFormat, Place(at), sink);
      if (!record) return;
      CountReader requests(result, file_, at.pointer, sink, at.line);
      requests.read("num_model_requests", Counter::requests);
      if (!requests.finish()) return;
      record->role = Role::aggregate;
      record->counts.set(Counter::requests, requests.counts()[Counter::requests]);
      if (!unit_) unit_ = sink.unit(unit_key_);
      record->unit = *unit_;
      record->view = kBuckets;
      record->model = result["model"].text();
      record->time = time;
      sink.record(std::move(*record));
    });
  }

  FileContext file_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
};

}  // namespace

extern const Format format_usage_buckets;
const Format format_usage_buckets{
    .id = kFormat,
    .description =
        "usage report of an organization, by OpenAI or Anthropic: sums by bucket of time",
    .recognises_json = recognises,
    .recognises_line = recognises,
    .open_lines = open_reader<Reader>,
    .lines_are_independent = true,
    .recognises_every_line = true,
};

}  // namespace usagectl
