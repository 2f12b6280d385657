// per_instance_stats.json of HELM (https://github.com/stanford-crfm/helm, src/helm/benchmark/
// metrics/statistic.py and efficiency_metrics.py, seen 2026-11-26): a list of instances, each with
// statistics by name:
//
//   {"instance_id": "id1", "stats": [{"name": {"name": "num_prompt_tokens"}, "count": 1, "sum":
//   9}]}
//
// The sum is of all requests of the instance, their number is the count. HELM counts with a
// tokenizer of its own, which need not be the provider's. num_output_tokens is without a prompt
// that the model repeats, num_completion_tokens with it. Code, as the name of a count is a value.
#include <cmath>
#include <optional>
#include <string>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "helm.instances";
constexpr std::string_view kInput = "num_prompt_tokens";
constexpr std::string_view kOutput = "num_output_tokens";
constexpr std::string_view kCompletion = "num_completion_tokens";
constexpr std::size_t kFirstInstances = 8;

std::string_view name_of_stat(const Json& stat) { return stat.at("name", "name").text(); }

bool recognises(const Json& document, const FileContext&) {
  bool is_found = false;
  if (!document.is_array()) return false;
  for (std::size_t i = 0; i < kFirstInstances && !is_found; ++i) {
    const Json instance = document.item(i);
    if (!instance.present()) break;
    if (!instance.has("instance_id")) return false;
    instance["stats"].each_item([&](std::size_t, const Json& stat) {
      is_found = is_found || name_of_stat(stat) == kInput;
    });
  }
  return is_found;
}

/// A number that Python may write as 12 or 12.0.
std::optional<Count> whole(const Json& number) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const auto value = number.is_number() ? number.real() : std::nullopt;
  if (!value || *value < 0 || *value > kExact || *value != std::floor(*value)) return std::nullopt;
  return static_cast<Count>(*value);
}

class InstanceReader {
 public:
  InstanceReader(const FileContext& file, UnitId unit, Observations& observations)
      : file_(file), unit_(unit), observations_(observations) {}

  void read(const Json& instance, const std::string& pointer) {
    std::optional<Count> completion;
    std::string fault;
    UsageRecord record;
    instance["stats"].each_item([&](std::size_t index, const Json& stat) {
      const std::string_view name = name_of_stat(stat);
      if (name != kInput && name != kOutput && name != kCompletion) return;
      const auto sum = whole(stat["sum"]);
      if (!sum) {
        fault = std::string(name) + " is not a whole number of tokens";
        return;
      }
      if (name == kInput) {
        record.place = {file_.id, 0, pointer_to(pointer + "/stats", index)};
        record.counts.set(Counter::input, *sum);
        record.counts.set(Counter::requests, whole(stat["count"]));
      } else if (name == kOutput) {
        record.counts.set(Counter::output, *sum);
      } else {
        completion = sum;
      }
    });
    if (!fault.empty()) {
      observations_.rejected({file_.id, 0, pointer}, fault);
      return;
    }
    if (!record.counts.has(Counter::output)) record.counts.set(Counter::output, completion);
    if (!record.counts.has(Counter::input)) {
      observations_.ignored("instance without usage");
      return;
    }
    derive_total(record.counts);
    record.format = kFormat;
    record.unit = unit_;
    record.role = Role::aggregate;
    observations_.record(std::move(record));
  }

 private:
  const FileContext& file_;
  UnitId unit_ = 0;
  Observations& observations_;
};

void read(const Json& document, const FileContext& file, Observations& observations) {
  InstanceReader reader(file, observations.unit(), observations);
  document.each_item([&](std::size_t index, const Json& instance) {
    reader.read(instance, pointer_to("", index));
  });
}

}  // namespace

extern const Format format_helm_instances;
const Format format_helm_instances{
    .id = kFormat,
    .description =
        "statistics of HELM by instance: the tokens of its requests, as HELM counts them",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
