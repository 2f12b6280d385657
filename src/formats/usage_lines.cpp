// Any log with one JSON value a line, in which usage objects stand somewhere: a call a line.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/paths.hpp"
#include "dialects/usage_values.hpp"
#include "dialects/usage_words.hpp"
#include "formats/columns/call_columns.hpp"
#include "formats/inference/participant_columns.hpp"
#include "formats/inference/total_row.hpp"
#include "formats/inference/worded_row.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/lines/kept_records.hpp"
#include "formats/lines/line_shapes.hpp"
#include "formats/lines/logged_words.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/lines/written_lines.hpp"
#include "formats/providers/provider_document.hpp"
#include "formats/providers/usage_places.hpp"
#include "formats/reading/call_status.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/read_call.hpp"
#include "formats/reading/repeated_calls.hpp"
#include "formats/reading/row_tree.hpp"

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
  bool are_so_far = false;

  RowsAlike(Layout&& made, bool so_far, const FileContext& file)
      : layout(std::move(made)),
        reader(layout, file, LayoutReader::Of::lines),
        are_so_far(so_far) {}
};

/// What rows of a table share: their names in order, and with them which values are numbers, or of
/// which kind each value is.
struct RowNames {
  std::size_t names = 0;
  std::size_t kinds = 0;
};

std::size_t kind_of_value(const Json& value) {
  if (value.is_text()) return 1;
  if (value.is_number()) return 2;
  if (value.is_bool()) return 3;
  return value.is_null() ? 4 : 5;
}

RowNames names_of(const Json& row) {
  RowNames names;
  row.each_member([&](std::string_view key, const Json& value) {
    const std::size_t name = std::hash<std::string_view>()(key);
    const std::size_t kind = kind_of_value(value);
    names.names = names.names * 31 + name + (kind == 2 ? 1U : 0U);
    names.kinds = names.kinds * 31 + name + kind;
    if (!value.is_object() || !speaks_of_tokens(key)) return;
    value.each_member([&](std::string_view inner, const Json&) {
      names.names = names.names * 31 + std::hash<std::string_view>()(inner);
    });
  });
  return names;
}

/// "task", "task_id", "user_name": names whose a line is, and says nothing else of it.
bool names_owner(std::string_view name) {
  constexpr std::string_view kOwners[] = {"task",     "user",   "worker",   "issue",   "instance",
                                          "scenario", "sample", "case",     "problem", "item",
                                          "episode",  "tenant", "customer", "team",    "branch",
                                          "question", "job",    "ticket",   "project", "example"};
  constexpr std::string_view kCalled[] = {"id", "name", "key", "no", "uuid", "slug"};
  const auto words = words_of(name);
  const auto is_in = [](const std::string& word, const auto& list) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
  };
  if (words.empty() || counts_things(name)) return false;
  const bool is_called = words.size() > 1 && is_in(words.back(), kCalled);
  return is_in(is_called ? words[words.size() - 2] : words.back(), kOwners);
}

/// The first task, user or case that a line names.
std::string owner_named_by(const Json& line) {
  std::string owner;
  line.each_member([&](std::string_view name, const Json& value) {
    const bool is_name = value.is_text() || read_count(value).count;
    if (owner.empty() && is_name && names_owner(name))
      owner = value.is_text() ? std::string(value.text()) : value.described();
  });
  return owner;
}

/// Where a row says that it is among others.
RowInTree row_in_tree(const Catalogue& catalogue, const Json& row) {
  Surroundings about;
  describe(catalogue, row, about);
  return {hash_of_row_id(about.row), hash_of_row_id(about.id), hash_of_row_id(about.above),
          about.is_in_tree};
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file)
      : file_(file),
        speaks_(speaks_of_tokens(base_name(file.path))),
        lines_(shapes_of_lines(file_.catalogue())),
        written_(lines_written_so(file_.catalogue())),
        kept_(kept_records(file_.catalogue())),
        words_(file) {}

  void line(const Json& value, const Place& place, Observations& observations) override {
    if (!value.is_object() && !value.is_array()) {
      observations.ignored("JSON without usage");
      return;
    }
    is_of_known_shape_ = false;
    const Observations::Hold hold(observations);
    const std::size_t records_before = observations.number_of_records();
    if (!read_message(value, place, observations)) read(value, place, observations);
    name_owners(value, records_before, observations);
    repeated_.check(records_before, observations);
  }

  bool text(std::string_view text, const LineNames& ours, const Place& place,
            Observations& observations) override {
    if (!capture_ || !written_.match(text) || !ours.contains(written_.names())) return false;
    const Observations::Hold hold(observations);
    if (take_again(place)) {
      repeated_.check_call_again(observations);
      return true;
    }
    const std::size_t records_before = observations.number_of_records();
    if (!take_written(place, observations)) return false;
    repeated_.check(records_before, observations);
    return true;
  }
  void learn(std::string_view text, const Json& line, std::size_t names) override {
    if (is_of_known_shape_) written_.learn(text, line, names, lines_);
  }

  void finish(Observations& observations) override {
    if (capture_) capture_->finish();
    words_.finish(observations);
    repeated_.finish(observations);
  }

 private:
  bool take_again(const Place& place) {
    if (!kept_.read(file_.catalogue(), written_, again_)) return false;
    if (file_.wants_keys) again_.keys = written_.keys();
    return capture_->call_again(again_, place);
  }
  bool take_written(const Place& place, Observations& observations) {
    // Where nothing is counted, the rest of the line may say that the call failed.
    if (!written_.take(plain_) || counts_nothing(plain_.values)) return false;
    const std::uint64_t met = observations.met();
    const std::size_t records = observations.number_of_records();
    take_line(place, file_.wants_keys ? written_.keys() : std::vector<KeySeen>());
    if (observations.met() == met + 1 && observations.number_of_records() == records + 1)
      kept_.learn(file_.catalogue(), written_, plain_, observations.records_from(records).front());
    return true;
  }

  /// Totals so far are those of what their line is about: each task or user has its own.
  static void name_owners(const Json& value, std::size_t first, Observations& observations) {
    for (UsageRecord& record : observations.records_from(first)) {
      if (!record.sums.is_so_far || scope_value(record, "run") != nullptr) continue;
      if (const std::string owner = owner_named_by(value); !owner.empty())
        add_scope(record, "run", owner);
    }
  }

  /// What a logger wrote in words, where nothing else of its line counts.
  bool read_message(const Json& value, const Place& place, Observations& observations) {
    const std::string_view message = LoggedWords::message_of(value);
    if (message.empty() || any_usage(file_.catalogue(), value)) return false;
    std::vector<std::string> rows;
    if (!words_.read(value, message, place, rows, observations)) return false;
    for (const std::string& row : rows) {
      const ParsedJson parsed = parser_.parse_copy(row);
      if (parsed.fault) {
        observations.rejected(place, fmt::format("cannot be read: {}", parsed.fault->what));
        continue;
      }
      read(parsed.root, place, observations);
      is_of_known_shape_ = false;
    }
    return true;
  }

  void read(const Json& value, const Place& place, Observations& observations) {
    if (!capture_) {
      capture_.emplace(file_, kFormat, Calls::many, observations,
                       fmt::format("lines of {} {}", file_.id, file_.path));
    }
    is_of_known_shape_ = lines_.read(value, plain_);
    if (is_of_known_shape_) {
      note_failure(value);
      take_line(place, keys_seen());
      return;
    }
    const std::size_t first = observations.number_of_records();
    if (plain_rows_.read(value, plain_)) {
      note_failure(value);
      take_row(place);
      total_rows_.look(value, first, observations);
      return;
    }
    const RowNames row = names_of(value);
    const bool may_be_plain = is_of_plain_kind(value, row.kinds);
    if (!may_be_plain && read_plain_line(file_.catalogue(), value, plain_)) {
      lines_.learn(file_.catalogue(), value, plain_);
      note_failure(value);
      take_line(place, keys_seen());
      return;
    }
    if (!read_worded(value, row.names, place, observations) &&
        !(may_be_plain && read_plain(value, row.names, place, observations)) &&
        !(may_be_plain && read_participants(value, place, observations)) &&
        !read_columns(value, place, observations)) {
      read_provider_json(value, place, file_, kFormat, *capture_, observations);
      capture_->end_call();
    }
    total_rows_.look(value, first, observations);
  }

  /// Whether a row may be a usage object itself, which its names and the kinds of its values
  /// decide: most rows share them.
  bool is_of_plain_kind(const Json& value, std::size_t kinds) {
    if (const auto known = plain_kinds_.find(kinds); known != plain_kinds_.end())
      return known->second;
    if (plain_kinds_.size() >= kMostKindsOfRows) plain_kinds_.clear();
    return plain_kinds_.emplace(kinds, may_be_plain_row(value)).first->second;
  }

  bool read_plain(const Json& value, std::size_t names, const Place& place,
                  Observations& observations) {
    if (!read_plain_row(file_.catalogue(), value, plain_)) return false;
    plain_.about.sums = sums_said_by(value);
    if (reject_repeated(value, {"usage"}, place, observations)) return true;
    // Where the numbers of a row decide what reads it, each is looked at.
    if (rows_.contains(names)) plain_rows_.learn(file_.catalogue(), value, plain_);
    note_failure(value);
    take_row(place);
    return true;
  }

  /// A row that counts for each who takes part, in columns side by side.
  bool read_participants(const Json& value, const Place& place, Observations& observations) {
    const auto all = participants_of(value);
    const SumOfCalls sums = all.empty() ? SumOfCalls() : sums_said_by(value);
    if (sums.is_named_so || sums.is_called_so || sums.is_so_far ||
        sums.statistic != Statistic::none) {
      observations.ignored("sum over several calls");
      return true;
    }
    for (const ParticipantCounts& one : all) {
      const ParsedJson usage = parser_.parse_copy(usage_object_of(one.counts));
      const UsageValues values(file_.catalogue(), usage.root);
      Surroundings about;
      describe(file_.catalogue(), value, about);
      about.sums = {};
      const auto keys = file_.wants_keys ? key_paths(usage.root) : std::vector<KeySeen>();
      capture_->call(values, place, about, keys);
    }
    return !all.empty();
  }

  /// Lists side by side, of which each item is a call.
  bool read_columns(const Json& value, const Place& place, Observations& observations) {
    const std::vector<CallOfColumns> calls = calls_of_columns(value);
    for (const CallOfColumns& call : calls) {
      const ParsedJson parsed = parser_.parse_copy(call.row);
      const Place at{place.file, place.line, place.pointer + call.pointer};
      if (parsed.fault) {
        observations.rejected(at, fmt::format("cannot be read: {}", parsed.fault->what));
        continue;
      }
      const std::size_t names = names_of(parsed.root).names;
      if (!read_worded(parsed.root, names, at, observations) &&
          !read_plain(parsed.root, names, at, observations))
        observations.rejected(at, "counts tokens in words that are not known");
    }
    return !calls.empty();
  }

  void note_failure(const Json& value) {
    plain_.about.is_failure = has_failed_without_usage(value, plain_.values);
  }
  void take_line(const Place& place, const std::vector<KeySeen>& keys) {
    capture_->call(plain_.values, {place.file, place.line, "/usage"}, plain_.about, keys);
  }
  void take_row(const Place& place) {
    capture_->call(plain_.values, place, plain_.about, keys_seen());
  }
  std::vector<KeySeen> keys_seen() const {
    return file_.wants_keys ? key_paths(plain_.usage) : std::vector<KeySeen>();
  }

  /// What a row of somebody's own says that may make it the sum of others.
  static void take_sums(const SumOfCalls& sums, const RowInTree& row, std::size_t first,
                        Observations& observations) {
    for (UsageRecord& record : observations.records_from(first)) {
      record.sums = sums;
      record.row = row;
      if (record.role == Role::aggregate && record.counts.has(Counter::requests))
        record.sums.calls = record.counts[Counter::requests];
    }
  }

  /// A row whose names say what it counts, where no dialect knows them.
  bool read_worded(const Json& value, std::size_t names, const Place& place,
                   Observations& observations) {
    auto known = rows_.find(names);
    if (known == rows_.end()) {
      SaidByRow said;
      const AroundRow around{speaks_, UsageValues(file_.catalogue(), value).empty()};
      auto layout = layout_of_worded_row(value, keys_, around, said);
      const bool is_worded = layout && !is_known(value);
      // What the next row of the same names adds up to is another thing.
      if ((!is_worded && said.may_be && !layout) || rows_.size() >= kMostKindsOfRows) return false;
      known = rows_.emplace(names, nullptr).first;
      if (is_worded)
        known->second = std::make_unique<RowsAlike>(std::move(*layout), said.is_so_far, file_);
    }
    if (known->second == nullptr) return false;
    const std::size_t first = observations.number_of_records();
    known->second->reader.read(value, 0, place, observations);
    take_sums(sums_said_by(value), row_in_tree(file_.catalogue(), value), first, observations);
    if (known->second->are_so_far) {
      for (UsageRecord& record : observations.records_from(first)) record.sums.is_so_far = true;
    }
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
           any_usage(file_.catalogue(), value);
  }

  static constexpr std::size_t kMostKindsOfRows = 4096;

  FileContext file_;
  bool speaks_ = false;  ///< the name of the file
  PlainLine plain_;
  LineShapes& lines_;      ///< of those with a usage object
  WrittenLines& written_;  ///< the same, as they are written
  KeptRecords& kept_;      ///< of those
  KeptRecords::Again again_;
  bool is_of_known_shape_ = false;               ///< the last line, as one with a usage object
  LineShapes plain_rows_{LineShapes::Of::rows};  ///< of those that are one, in this file
  KeyBook keys_;
  TotalRows total_rows_;
  /// By the names of their columns; nullptr: others read them.
  std::unordered_map<std::size_t, std::unique_ptr<RowsAlike>> rows_;
  std::unordered_map<std::size_t, bool> plain_kinds_;  ///< see is_of_plain_kind
  LoggedWords words_;
  JsonParser parser_;
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
