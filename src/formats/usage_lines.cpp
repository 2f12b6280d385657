// Any log with one JSON value a line, in which usage objects stand somewhere: a call a line.
#include <fmt/format.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/paths.hpp"
#include "dialects/usage_values.hpp"
#include "dialects/usage_words.hpp"
#include "formats/inference/total_row.hpp"
#include "formats/inference/worded_row.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/providers/provider_document.hpp"
#include "formats/providers/usage_places.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/repeated_calls.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "usage.lines";

bool recognises(const Json& value, const FileContext&) {
  return value.is_object() || value.is_array();
}

/// A layout made of the names of a row, and its reader.
struct RowsAlike {
  Layout layout;
  LayoutReader reader;

  RowsAlike(Layout&& made, const FileContext& file)
      : layout(std::move(made)), reader(layout, file, LayoutReader::Of::lines) {}
};

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file), speaks_(speaks_of_tokens(base_name(file.path))) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (!value.is_object() && !value.is_array()) {
      observations.ignored("JSON without usage");
      return;
    }
    const std::size_t records_before = observations.records().size();
    read(value, place, observations);
    repeated_.check(records_before, observations);
  }

 private:
  void read(const Json& value, const Place& place, Observations& observations) {
    if (!capture_) {
      capture_.emplace(file_, kFormat, Calls::many, observations,
                       fmt::format("lines of {}", file_.path));
    }
    if (read_plain_line(file_.catalogue(), value, plain_)) {
      const auto keys = file_.wants_keys ? key_paths(plain_.usage) : std::vector<KeySeen>();
      capture_->call(plain_.values, {place.file, place.line, "/usage"}, plain_.about, keys);
      return;
    }
    const std::size_t first = observations.records().size();
    if (read_worded(value, place, observations)) {
      const SumOfCalls sums = sums_said_by(value);
      for (std::size_t i = first; i < observations.records().size(); ++i) {
        SumOfCalls& said = observations.records()[i].sums;
        const UsageRecord& record = observations.records()[i];
        said = sums;
        if (record.role == Role::aggregate && record.counts.has(Counter::requests))
          said.calls = record.counts[Counter::requests];
      }
    } else {
      read_provider_json(value, place, file_, kFormat, *capture_, observations);
      capture_->finish();
    }
    total_rows_.look(value, first, observations);
  }

  /// A row whose names say what it counts, where no dialect knows them.
  bool read_worded(const Json& value, const Place& place, Observations& observations) {
    std::size_t names = 0;
    value.each_member([&](std::string_view key, const Json& member) {
      names = names * 31 + std::hash<std::string_view>()(key) + (member.is_number() ? 1U : 0U);
      if (!member.is_object() || !speaks_of_tokens(key)) return;
      member.each_member([&](std::string_view inner, const Json&) {
        names = names * 31 + std::hash<std::string_view>()(inner);
      });
    });
    auto known = rows_.find(names);
    if (known == rows_.end()) {
      bool may_be = false;
      const AroundRow around{speaks_, UsageValues(file_.catalogue(), value).empty()};
      auto layout = layout_of_worded_row(value, keys_, around, may_be);
      const bool is_worded = layout && !is_known(value);
      // What the next row of the same names adds up to is another thing.
      if ((!is_worded && may_be && !layout) || rows_.size() >= kMostKindsOfRows) return false;
      known = rows_.emplace(names, nullptr).first;
      if (is_worded) known->second = std::make_unique<RowsAlike>(std::move(*layout), file_);
    }
    if (known->second == nullptr) return false;
    known->second->reader.read(value, 0, place, observations);
    return true;
  }

  /// Whether a dialect reads it; not where it leaves input or output out that the names say.
  bool is_known(const Json& value) const {
    bool is_left_out = false;
    const UsageValues values(file_.catalogue(), value);
    for (const auto& number : values.unknown()) {
      const auto counter = counter_named(number.path);
      is_left_out = is_left_out || (counter && counter->says_tokens && !counter->is_running &&
                                    (counter->quantity == Quantity::input ||
                                     counter->quantity == Quantity::output ||
                                     counter->quantity == Quantity::cache_read ||
                                     counter->quantity == Quantity::cache_write));
    }
    if (is_left_out) return false;
    return !find_usage(file_.catalogue(), value).found.empty() ||
           !search_usage(file_.catalogue(), value).empty();
  }

  static constexpr std::size_t kMostKindsOfRows = 256;

  FileContext file_;
  bool speaks_ = false;  ///< the name of the file
  PlainLine plain_;
  KeyBook keys_;
  TotalRows total_rows_;
  /// By the names of their columns; nullptr: others read them.
  std::unordered_map<std::size_t, std::unique_ptr<RowsAlike>> rows_;
  RepeatedCalls repeated_;
  std::optional<ProviderCapture> capture_;
};

}  // namespace

extern const Format format_usage_lines;
const Format format_usage_lines{
    .id = kFormat,
    .description = "any log with one JSON value a line and a usage object in some of them",
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .takes_any = true},
};

}  // namespace usagectl
