#include "render/flat_record.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "base/version.hpp"
#include "ledger/books/group_key.hpp"
#include "ledger/calls/known_calls.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

/// What a call is part of, by the words of --by.
constexpr std::array<std::string_view, 14> kParts = {
    "agent",  "project", "session", "thread", "run",      "tick", "phase",
    "entity", "kind",    "chain",   "part",   "provider", "key",  "tier"};

/// Writes the values of one line after the other.
class Line {
 public:
  Line(FlatForm form, std::string& out) : form_(form), out_(out) {}

  void begin() {
    is_first_ = true;
    if (form_ == FlatForm::json) out_.push_back('{');
  }
  void text(std::string_view name, std::string_view value) {
    separate(name);
    if (form_ != FlatForm::json)
      append_csv_text(value, out_, form_ == FlatForm::csv ? Formulas::defused : Formulas::kept);
    else if (value.empty())
      out_ += "null";
    else
      append_json_string(value, out_);
  }
  void number(std::string_view name, std::optional<Count> value) {
    separate(name);
    if (value)
      out_ += fmt::format_int(*value).c_str();
    else if (form_ == FlatForm::json)
      out_ += "null";
  }
  void end() {
    if (form_ == FlatForm::json) out_.push_back('}');
    out_.push_back('\n');
  }

 private:
  void separate(std::string_view name) {
    if (!is_first_) out_.push_back(',');
    is_first_ = false;
    if (form_ == FlatForm::json) fmt::format_to(std::back_inserter(out_), "\"{}\":", name);
  }

  FlatForm form_;
  std::string& out_;
  bool is_first_ = false;
};

/// What a call is known by in every file and on every machine: 'g' where the fullest of its reports
/// counts, 'c' where reports with the same numbers are one call. Empty where nothing tells reports
/// of one call from those of another.
std::string call_key(const UsageRecord& record) {
  if (record.id.empty() || record.same_id == SameId::nothing) return {};
  const KnownCalls::Key key(record.id_space, record.id, record.second_id);
  return fmt::format("{}{:016x}{:08x}{:016x}", record.same_id == SameId::growth ? 'g' : 'c',
                     key.first.hash, key.first.check, key.second);
}

/// A time with a zone can be compared with others; one without is a text.
bool has_zone(std::string_view time) { return time.ends_with('Z'); }

}  // namespace

std::string flat_columns() {
  std::string columns =
      "file TEXT\nline BIGINT\npointer TEXT\nformat TEXT\ndialect TEXT\nrole TEXT\nid TEXT\n"
      "call_key TEXT\nmodel TEXT\ntime TIMESTAMP WITH TIME ZONE\nlocal_time TEXT\n";
  for (const std::string_view part : kParts) columns += fmt::format("{} TEXT\n", part);
  for (const Counter counter : kCounters) columns += fmt::format("{} BIGINT\n", name_of(counter));
  return columns +
         "open_counts TEXT\ncost DECIMAL(38,24)\ncost_currency TEXT\nbucket TEXT\nreason TEXT\n"
         "schema TEXT\ntool TEXT\n";
}

std::string flat_csv_header() {
  std::string header;
  const std::string columns = flat_columns();
  for (std::size_t at = 0; at < columns.size(); at = columns.find('\n', at) + 1) {
    if (at > 0) header.push_back(',');
    header += columns.substr(at, columns.find(' ', at) - at);
  }
  return header + "\n";
}

void append_flat_head(const UsageRecord& record, std::string_view file, FlatForm form,
                      std::string& out) {
  Line line(form, out);
  line.begin();
  line.text("file", file);
  const std::uint64_t number = record.place.line;
  line.number("line", number == 0 ? std::nullopt : std::optional(static_cast<Count>(number)));
  line.text("pointer", record.place.pointer);
  line.text("format", record.format);
  line.text("dialect", record.dialect);
  line.text("role", name_of(record.role));
  line.text("id", record.id);
  line.text("call_key", call_key(record));
  line.text("model", record.model);
  line.text("time", has_zone(record.time) ? record.time : std::string_view());
  line.text("local_time", has_zone(record.time) ? std::string_view() : record.time);
  std::string made;
  for (const std::string_view part : kParts)
    line.text(part, value_of(record, part, {file, nullptr}, made).value_or(std::string_view()));
}

void append_flat_counts(const Counts& counts, FlatForm form, std::string& out) {
  Line line(form, out);
  for (const Counter counter : kCounters) line.number(name_of(counter), counts[counter]);
  std::string open;
  for (const Counter counter : kCounters) {
    if (counts.is_open(counter))
      open += fmt::format("{}{}", open.empty() ? "" : " ", name_of(counter));
  }
  line.text("open_counts", open);
}

void append_flat_cost(const CostOfRecord& cost, FlatForm form, std::string& out) {
  Line line(form, out);
  line.text("cost", cost ? cost->amount.money.text() : std::string());
  line.text("cost_currency", cost ? cost->currency.code() : std::string_view());
}

void append_flat_end(const RecordUse* use, FlatForm form, std::string& out) {
  Line line(form, out);
  line.text("bucket", use == nullptr ? std::string_view() : name_of(use->bucket));
  line.text("reason", use == nullptr ? std::string_view() : use->reason);
  line.text("schema", "usagectl.flat_record/1");
  static const std::string tool = fmt::format("{} {}", kToolName, version());
  line.text("tool", tool);
  line.end();
}

}  // namespace usagectl
