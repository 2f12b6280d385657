#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/checks/reconcile_report.hpp"
#include "bench/random.hpp"

namespace usagectl {

/// Something that reconcile can check: sound as it is made, and then with faults planted in it.
class Sample {
 public:
  virtual ~Sample() = default;
  virtual ReconcileReport check() const = 0;
  /// Where it can be written: its files, to look at what a fault looks like.
  virtual void save_below(const std::string& folder) const = 0;
};

/// Where a fault was planted: a part of the file's name and the end of the pointer, or a line.
struct PlantedAt {
  std::string file;
  std::string pointer;
  std::uint64_t line = 0;
};

struct Planted {
  std::string_view cause;
  /// One of these is to be a witness, or the place of the finding.
  std::vector<PlantedAt> places;
  /// Another cause makes the very same numbers of this sample.
  bool is_ambiguous = false;
};

/// A way to make a sample wrong. Nothing where this sample cannot be made wrong in this way.
struct Plant {
  std::string_view cause;
  std::optional<Planted> (*plant)(Sample& sample, Random& random);
};

/// A layout of files, sound ones of which can be made.
struct SampleFormat {
  std::string_view name;
  std::unique_ptr<Sample> (*sound)(Random& random);
  std::vector<Plant> plants;
};

/// Files with JSON documents, JSON lines or text, checked as they would be on a disk.
class FileSample : public Sample {
 public:
  using Json = nlohmann::ordered_json;

  ReconcileReport check() const override;
  void save_below(const std::string& folder) const override;

  std::map<std::string, Json> documents;
  std::map<std::string, std::vector<Json>> lines;
  std::map<std::string, std::string> texts;
};

SampleFormat ledger_format();
SampleFormat llmplus_format();
SampleFormat sandbox_format();
SampleFormat threads_format();
SampleFormat log_format();
SampleFormat sidecar_format();
SampleFormat own_format();

/// A number with two digits swapped, one dropped or one doubled; nothing where that changes
/// nothing.
std::optional<long long> with_changed_digits(long long number, Random& random);

}  // namespace usagectl
