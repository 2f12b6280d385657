// The standard output of the CV sidecar: JSON lines of the protocol mixed with whatever its
// libraries print (King-Rizla/Samsara.app).
//
//   {"status": "loading_model"}                                              no id
//   {"type": "ack", "event": "processing_started", "id"}
//   {"type": "level", "source", "level"}
//   {"id", "success": true, "data": {…, "extract_time_ms", "token_usage": U}}
//   {"id", "success": false, "error", "data": {"token_usage": U}}            or without data
//   U  prompt_tokens, completion_tokens, total_tokens, model
//
// The sidecar keeps the usage of its last call and does not clear it: a request that fails before
// its own call reports the previous request's usage again. Such a response counts nothing. Where a
// log begins with one, the previous request may stand in the log before it.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "base/paths.hpp"
#include "base/utc_time.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/key_paths.hpp"
#include "input/json/json_sequence.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "sidecar.stdout";
constexpr std::string_view kDialect = "sidecar";
constexpr View kResponses{0, "responses"};
constexpr View kMemory{View::kNeverCounted, "usage that is remembered", false};
constexpr std::size_t kLooksAt = std::size_t{1} << 20;

/// Every file is asked: memmem() is faster than find(), which stops at each quote.
bool contains(std::string_view text, std::string_view part) {
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

std::string_view trimmed(std::string_view line) {
  const auto start = line.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view() : line.substr(start);
}

bool looks_like_response(std::string_view line) {
  return contains(line, "\"success\"") && contains(line, "\"token_usage\"") &&
         contains(line, "\"id\"");
}

bool looks_like_sidecar(std::string_view line) {
  if (looks_like_response(line)) return true;
  if (contains(line, "\"ack\"") && contains(line, "\"processing_started\"")) return true;
  return contains(line, "\"status\"") &&
         (contains(line, "\"loading_model\"") || contains(line, "\"llm_initialized\"") ||
          contains(line, "\"initializing_llm\""));
}

bool recognises(std::string_view text, const FileContext&) {
  bool found = false;
  each_line(text.substr(0, kLooksAt), [&](std::uint64_t, std::string_view line) {
    found = found || (trimmed(line).starts_with('{') && looks_like_sidecar(line));
  });
  return found;
}

/// The numbers of one response.
struct Usage {
  Counts counts;
  std::string model;
  std::uint64_t line = 0;
  std::vector<KeySeen> keys = {};  ///< where the observations wants them

  bool all_zero() const {
    return counts[Counter::input].value_or(0) == 0 && counts[Counter::output].value_or(0) == 0 &&
           counts[Counter::total].value_or(0) == 0;
  }
  bool same_as(const Usage& other) const { return counts == other.counts && model == other.model; }
};

class Reader {
 public:
  Reader(const FileContext& file, JsonParser& parser, Observations& observations)
      : file_(file), parser_(parser), observations_(observations), unit_(observations.unit()) {}

  void read(std::string_view text) {
    each_line(text, [&](std::uint64_t number, std::string_view line) { read_line(number, line); });
    if (previous_ && knows_own_usage_) remember(*previous_);
  }

 private:
  Place at(std::string pointer = {}) const { return {file_.id, line_, std::move(pointer)}; }

  /// Logs in one folder may be written one after the other.
  void name_memory(UsageRecord& record, const Usage& usage) const {
    record.same_id = SameId::copy;
    record.id_space = fmt::format("sidecar in {}", folder_of(file_.path));
    record.id.clear();
    record.second_id = usage.model;
    for (const Counter counter : {Counter::input, Counter::output, Counter::total})
      record.second_id += fmt::format(" {}", usage.counts[counter].value_or(-1));
  }

  /// What the sidecar still knows when the log ends.
  void remember(const Usage& usage) {
    UsageRecord record;
    record.place = {file_.id, usage.line, {}};
    record.format = kFormat;
    record.role = Role::copy;
    record.unit = unit_;
    record.view = kMemory;
    name_memory(record, usage);
    observations_.record(std::move(record));
  }

  void read_line(std::uint64_t number, std::string_view line) {
    line_ = number;
    std::string_view content = trimmed(line);
    if (content.empty()) return observations_.ignored("blank lines");
    // A print without a line end leaves its text in front of the next response.
    if (!content.starts_with('{') && looks_like_response(content)) {
      content.remove_prefix(std::min(content.find('{'), content.size()));
    }
    if (!content.starts_with('{')) return observations_.ignored("plain lines");
    const ParsedJson parsed = parser_.parse_copy(content);
    if (parsed.fault && parsed.fault->more_follows) return read_each(content);
    if (parsed.fault) return read_broken(content, *parsed.fault);
    if (parsed.invalid_utf8_at) {
      observations_.trouble(at(), "has bytes that are not UTF-8; its counts were read");
    }
    read_message(parsed.root);
  }

  /// A missing line end: the next print follows on the same line.
  void read_each(std::string_view content) {
    std::uint64_t line = line_;
    JsonInSequence next;
    while (next_in_sequence(content, line, next)) {
      const ParsedJson parsed = parser_.parse_copy(next.text);
      if (parsed.fault) {
        read_broken(next.text, *parsed.fault);
      } else {
        read_message(parsed.root);
      }
    }
  }

  void read_broken(std::string_view content, const JsonFault& fault) {
    if (contains(content, "\"token_usage\"") || contains(content, "\"prompt_tokens\"")) {
      observations_.rejected(at(),
                             fmt::format("looks like a response, but is not JSON: {}", fault.what));
      return;
    }
    observations_.ignored("lines that begin like JSON but aren't JSON");
    report(Rule::layout, Severity::note, {}, "broken-line",
           fmt::format("the line begins like JSON but isn't JSON ({}); it does not look like a "
                       "response with usage",
                       fault.what));
  }

  void read_message(const Json& message) {
    const Json success = message["success"];
    if (!success.is_bool()) {
      if (message["data"]["token_usage"].is_object()) {
        return read_response(message, /*succeeded=*/false, /*says_so=*/false);
      }
      const std::string_view type = message["type"].text();
      if (type == "ack") return observations_.ignored("acknowledgements");
      if (type == "level") return observations_.ignored("audio levels");
      if (message["status"].is_text()) return observations_.ignored("status lines");
      return observations_.ignored("other messages");
    }
    read_response(message, *success.boolean(), /*says_so=*/true);
  }

  void read_response(const Json& message, bool succeeded, bool says_so) {
    const Json data = message["data"];
    const Json usage = data["token_usage"];
    if (usage.is_null()) return without_usage(data, succeeded);
    const std::string pointer = "/data/token_usage";
    if (!usage.is_object()) {
      observations_.rejected(at(pointer),
                             fmt::format("is {}, expected the usage", usage.described()));
      return;
    }
    CountReader reader(usage, file_, pointer, observations_, line_);
    reader.read("prompt_tokens", Counter::input);
    reader.read("completion_tokens", Counter::output);
    reader.read("total_tokens", Counter::total);
    if (!reader.finish()) return;
    Usage own{reader.counts(), std::string(usage["model"].text()), line_};
    if (file_.wants_keys) own.keys = key_paths(usage);
    if (own.counts.empty()) {
      observations_.ignored("usage without a count");
      return report(Rule::coverage, Severity::warning, pointer, {}, "the usage has no count");
    }
    const std::string id = id_of(message);
    const bool repeats_previous = previous_ && !own.all_zero() && own.same_as(*previous_);
    if (repeats_id(id, own)) return;
    if (repeats_previous && (!succeeded || extracted_without_model(data)) && says_so)
      return report_stale(own, succeeded);
    const bool may_be_stale =
        !previous_ && !own.all_zero() && says_so && (!succeeded || extracted_without_model(data));
    count(own, id, succeeded, says_so, may_be_stale);
    knows_own_usage_ = knows_own_usage_ || !may_be_stale;
    if (repeats_previous) {
      report(Rule::duplicate, Severity::note, pointer, "usage-repeated",
             fmt::format(
                 "the usage is the one of line {} again: both responses succeeded, so both count",
                 previous_->line),
             previous_);
    }
    previous_ = std::move(own);
  }

  void without_usage(const Json& data, bool succeeded) {
    observations_.ignored(succeeded ? "responses without usage" : "failed responses without usage");
    if (!succeeded) {
      report(Rule::coverage, Severity::note, {}, {}, "the request failed and reports no usage");
    } else if (data.has("extract_time_ms") || data.has("token_usage")) {
      report(Rule::coverage, Severity::warning, "/data", {},
             "the extraction succeeded and reports no usage");
    }
  }

  static std::string id_of(const Json& message) {
    const Json id = message["id"];
    if (id.is_text()) return std::string(id.text());
    const auto number = read_count(id).count;
    return number ? fmt::format("{}", *number) : std::string();
  }

  /// A request is answered once. The same usage under the same id is the same answer again; another
  /// one was spent as well.
  bool repeats_id(const std::string& id, const Usage& own) {
    // "unknown" stands for any request whose id could not be read.
    if (id.empty() || id == "unknown") return false;
    const auto [known, is_new] = answered_.try_emplace(id, own);
    if (is_new) return false;
    const bool same = own.same_as(known->second);
    report(Rule::duplicate, Severity::warning, "/id", "id-repeated",
           same ? fmt::format("the request was answered on line {} already, with the same usage: "
                              "it is counted once",
                              known->second.line)
                : fmt::format("the request was answered on line {} already, with another usage: "
                              "both are counted",
                              known->second.line),
           known->second);
    if (same) observations_.duplicate();
    return same;
  }

  /// Nothing in the answer came from the model.
  static bool extracted_without_model(const Json& data) {
    const Json methods = data["extraction_methods"];
    bool any = false;
    bool by_model = false;
    methods.each_member([&](std::string_view, const Json& method) {
      if (!method.is_text()) return;
      any = true;
      by_model = by_model || contains(method.text(), "llm");
    });
    return any && !by_model;
  }

  void report_stale(const Usage& own, bool succeeded) {
    observations_.duplicate();
    observations_.finding(
        {.rule = Rule::duplicate,
         .severity = Severity::warning,
         .place = at("/data/token_usage"),
         .counter = name_of(Counter::total),
         .asserted = own.counts[Counter::total],
         .cause = "usage-repeated-stale",
         .explanation = fmt::format(
             "{}, and its usage is the one of line {} again: it is not counted",
             succeeded ? "the response was made without the model" : "the request failed",
             previous_->line),
         .witnesses = {{{file_.id, previous_->line, "/data/token_usage"}, previous_->counts}}});
  }

  void count(const Usage& own, const std::string& id, bool succeeded, bool says_so,
             bool may_be_stale) {
    const Counts& counts = own.counts;
    UsageRecord record;
    record.place = at("/data/token_usage");
    record.format = kFormat;
    record.dialect = kDialect;
    record.role = Role::request;
    record.unit = unit_;
    record.view = kResponses;
    record.id = id;
    record.model = own.model;
    record.time = time_of(id);
    record.failed = !succeeded;
    record.counts = counts;
    record.given = counts;
    record.keys = own.keys;
    derive_total(record.counts);
    record.counts.set(Counter::requests, 1);
    if (!record.time.empty()) {
      // Such an id holds its moment: in an older copy of the log it is the same request.
      record.same_id = SameId::copy;
      record.id_space = kFormat;
    }
    check_total(observations_, at("/data/token_usage/total_tokens"), counts,
                "prompt_tokens + completion_tokens", "the total is not what its parts give");
    if (own.all_zero()) {
      report(Rule::coverage, Severity::warning, record.place.pointer, "zero-usage",
             succeeded ? "the request succeeded and reports no tokens"
                       : "the request failed and reports no tokens: some may have been used");
    } else if (counts[Counter::input] == 0 && counts[Counter::output].value_or(0) > 0) {
      report(Rule::coverage, Severity::warning, record.place.pointer + "/prompt_tokens",
             "zero-prompt", "the model answered a prompt of 0 tokens: its count was not reported");
    } else if (!succeeded && says_so) {
      report(Rule::coverage, Severity::note, record.place.pointer, "failed-call",
             "the request failed after its call: its tokens were used, and the receiver of this "
             "output drops them");
    }
    if (may_be_stale) {
      // Where a log of the folder ends with the same usage, this response only repeats it.
      name_memory(record, own);
      observations_.unless_reported(std::move(record), {});
    } else {
      observations_.record(std::move(record));
    }
  }

  /// "req-3-1769526009000" holds the moment of the request in milliseconds.
  static std::string time_of(std::string_view id) {
    if (!id.starts_with("req-")) return {};
    std::string_view digits = id.substr(id.rfind('-') + 1);
    if (digits.size() != 13) return {};
    const auto milliseconds = take_count(digits);
    return milliseconds && digits.empty() ? utc_time_of(*milliseconds / 1000) : std::string();
  }

  void report(Rule rule, Severity severity, std::string pointer, std::string_view cause,
              std::string explanation, const std::optional<Usage>& witness = std::nullopt) {
    Finding finding;
    finding.rule = rule;
    finding.severity = severity;
    finding.place = at(std::move(pointer));
    finding.cause = cause;
    finding.explanation = std::move(explanation);
    if (witness)
      finding.witnesses.push_back(
          {{file_.id, witness->line, "/data/token_usage"}, witness->counts});
    observations_.finding(std::move(finding));
  }

  const FileContext& file_;
  JsonParser& parser_;
  Observations& observations_;
  UnitId unit_;
  std::uint64_t line_ = 0;
  std::optional<Usage> previous_;  ///< what the sidecar still remembers
  bool knows_own_usage_ = false;   ///< some response did not repeat what may stand elsewhere
  std::map<std::string, Usage> answered_;
};

void read(std::string_view text, const FileContext& file, JsonParser& parser,
          Observations& observations) {
  Reader(file, parser, observations).read(text);
}

}  // namespace

extern const Format format_sidecar_stdout;
const Format format_sidecar_stdout{
    .id = kFormat,
    .description = "standard output of the CV sidecar: responses among plain lines",
    .open_text = open_text<recognises, read>,
};

}  // namespace usagectl
