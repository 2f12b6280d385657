// What tinyAgent and alchemy-rs write about one call, and what it means:
//
//   raw         input = prompt tokens, cache inside; total = input + output
//   normalized  input = prompt - cached; output = completion + reasoning, so reasoning may be in it
//               twice; total = input + output + cache_read                        (alchemy <=
//               0.1.1)
//   anthropic   input excludes the cache, and so does total = input + output   (anthropic-messages)
//
// The key names are the same, so only the numbers tell, and the api where the capture names it
// (alchemiststudiosDOTai/tinyAgent, docs/api/usage-semantics.md and
// docs/plans/usage-semantics-alignment-plan.md).
#include "formats/apps/tinyagent_usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/paths.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/take_cost.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kRaw = "tinyagent";
constexpr std::string_view kNormalized = "alchemy_rs.legacy";
constexpr std::string_view kAnthropic = "tinyagent.anthropic";
constexpr std::string_view kEither = "alchemy_rs.legacy|tinyagent";

struct Keys {
  Counter counter;
  std::string_view snake;
  std::string_view camel;
};
constexpr std::array kKeys = {Keys{Counter::input, "input", {}},
                              Keys{Counter::output, "output", {}},
                              Keys{Counter::cache_read, "cache_read", "cacheRead"},
                              Keys{Counter::cache_write, "cache_write", "cacheWrite"},
                              Keys{Counter::total, "total_tokens", "totalTokens"}};

/// Where one object's own numbers place its cache.
enum class Sign : std::uint8_t {
  no_cache,    ///< nothing is at stake
  added,       ///< see CacheEvidence
  read_added,  ///< total = input + output + cache_read: cache_write may be in input or lost
  exceeds,
  fits,
  silent,  ///< no total, or one that leaves it open
  broken,  ///< a total that no meaning explains
};

/// Apis whose input excludes the cache, whatever the total seems to say.
bool excludes_cache(const TinyAgentUsage& usage) { return usage.api == "anthropic-messages"; }

ExactSum operator+(ExactSum sum, Count more) { return sum += more; }

/// The sums that a total may be.
struct Sums {
  explicit Sums(const TinyAgentUsage& usage)
      : read(usage.written[Counter::cache_read].value_or(0)),
        write(usage.written[Counter::cache_write].value_or(0)),
        input(*usage.written[Counter::input]),
        output(*usage.written[Counter::output]) {}

  ExactSum plain() const { return ExactSum(input) + output; }
  ExactSum with_read() const { return plain() + read; }
  ExactSum with_cache() const { return with_read() + write; }
  ExactSum whole_input() const { return ExactSum(input) + read + write; }

  Count read, write, input, output;
};

Sign sign_of(const TinyAgentUsage& usage) {
  if (!usage.written.has(Counter::input) || !usage.written.has(Counter::output))
    return Sign::silent;
  const Sums sums(usage);
  const auto total = usage.written[Counter::total];
  const bool exceeds = sums.read > sums.input || sums.write > sums.input;
  if (sums.read == 0 && sums.write == 0) {
    return !total || ExactSum(*total) == sums.plain() ? Sign::no_cache : Sign::broken;
  }
  if (!total) return exceeds ? Sign::exceeds : Sign::silent;
  if (ExactSum(*total) == sums.with_cache()) return Sign::added;
  // Where nothing was read, that total is the plain one.
  if (sums.read > 0 && ExactSum(*total) == sums.with_read()) return Sign::read_added;
  if (!(ExactSum(*total) == sums.plain())) return Sign::broken;
  if (exceeds) return Sign::exceeds;
  // Read and written at once, or outside: OpenRouter reports 2161 read and 2161 written of 2168.
  return ExactSum(sums.input) < ExactSum(sums.read) + sums.write ? Sign::silent : Sign::fits;
}

class Solver {
 public:
  Solver(const TinyAgentUsage& usage, const CacheEvidence& evidence, UsageRecord& record,
         Observations& observations)
      : usage_(usage), evidence_(evidence), record_(record), observations_(observations) {}

  void solve() {
    Counts& counts = record_.counts;
    counts = usage_.written;
    record_.given = usage_.written;
    record_.keys = usage_.keys;
    record_.dialect = dialect();
    counts.forget(Counter::input);
    if (usage_.written.has(Counter::input)) counts.set(Counter::input, whole_input());
    if (usage_.written.has(Counter::input) && !counts.has(Counter::input) && !refuted_)
      say_undetermined();
    derive_total(counts);
    take_cost(record_, usage_.cost, observations_);
    check_total();
    check_names();
  }

 private:
  std::string_view dialect() const {
    if (excludes_cache(usage_)) return kAnthropic;
    const Sign sign = sign_of(usage_);
    if (sign == Sign::added || sign == Sign::read_added) return kNormalized;
    if (sign == Sign::fits || sign == Sign::exceeds) return kRaw;
    if (evidence_.contradicts_itself()) return kEither;
    if (evidence_.added > 0) return kNormalized;
    return evidence_.fits + evidence_.exceeds > 0 ? kRaw : kEither;
  }

  /// Input with its cache; nothing where it is open what input holds.
  std::optional<Count> whole_input() {
    const Count input = *usage_.written[Counter::input];
    const Count read = usage_.written[Counter::cache_read].value_or(0);
    const Count write = usage_.written[Counter::cache_write].value_or(0);
    if (read == 0 && write == 0) return input;
    const auto outside = (ExactSum(input) + read + write).count();
    if (excludes_cache(usage_)) return outside;
    const bool can_be_inside = read <= input && write <= input;
    const auto refuted = [&] {
      refute_part(read > input ? Counter::cache_read : Counter::cache_write, std::max(read, write),
                  input);
      return std::nullopt;
    };
    if (usage_.prompt && usage_.prompt == outside) return outside;
    if (usage_.prompt == input) return can_be_inside ? std::optional(input) : refuted();
    const bool capture_says_inside = evidence_.fits > 0 && evidence_.exceeds == 0;
    switch (sign_of(usage_)) {
      case Sign::no_cache: return input;
      case Sign::exceeds: return outside;
      case Sign::added: return capture_says_inside && can_be_inside ? std::nullopt : outside;
      case Sign::read_added: return std::nullopt;
      case Sign::fits:
        if (evidence_.exceeds > 0) return outside;
        return evidence_.added > 0 ? std::nullopt : std::optional(input);
      case Sign::silent:
      case Sign::broken: break;
    }
    if (evidence_.exceeds > 0) return outside;
    if (evidence_.contradicts_itself()) return std::nullopt;
    if (evidence_.added > 0) return outside;
    if (!capture_says_inside) return std::nullopt;
    return can_be_inside ? std::optional(input) : refuted();
  }

  void say_undetermined() {
    observations_.finding(
        {.rule = Rule::coverage,
         .severity = Severity::note,
         .place = record_.place,
         .counter = name_of(Counter::input),
         .cause = "meaning-undetermined",
         .explanation =
             "nothing proves whether input includes the cache, so the whole input is not known"});
  }

  void refute_part(Counter part, Count asserted, Count input) {
    refuted_ = true;
    observations_.finding({.rule = Rule::part,
                           .place = record_.place,
                           .counter = name_of(part),
                           .asserted = asserted,
                           .calculated = input,
                           .basis = "input, which should hold it",
                           .cause = "meaning-refuted",
                           .explanation = fmt::format(
                               "{} exceeds input, although other numbers of the capture say that "
                               "it is inside",
                               name_of(part))});
  }

  /// prompt_tokens beside input says that the cache is inside.
  bool known_inside() const {
    return usage_.prompt && usage_.prompt == usage_.written[Counter::input];
  }

  void check_total() {
    const auto total = usage_.written[Counter::total];
    if (!total || !usage_.written.has(Counter::input) || !usage_.written.has(Counter::output))
      return;
    const Sums sums(usage_);
    const ExactSum given(*total);
    const bool matches =
        given == sums.plain() ||
        (!known_inside() && (given == sums.with_read() || given == sums.with_cache()));
    if (matches) {
      observations_.held();
      return;
    }
    const bool has_cache = sums.read > 0 || sums.write > 0;
    const bool added = has_cache && !known_inside() && evidence_.added > 0 &&
                       evidence_.fits + evidence_.exceeds == 0;
    const bool open =
        has_cache && !known_inside() && evidence_.added + evidence_.fits + evidence_.exceeds == 0;
    observations_.finding(
        {.rule = Rule::identity,
         .place = {record_.place.file, record_.place.line,
                   pointer_to(record_.place.pointer, usage_.total_key)},
         .counter = name_of(Counter::total),
         .asserted = total,
         .calculated = (added ? sums.with_cache() : sums.plain()).count(),
         .basis = added ? "input + output + cache" : "input + output",
         .explanation = open ? "the total is neither input + output nor that with the cache added"
                             : "the total is not what its parts give"});
  }

  /// prompt_tokens and completion_tokens say the same as input and output.
  void check_names() {
    if (usage_.prompt && usage_.written.has(Counter::input) &&
        usage_.prompt != usage_.written[Counter::input] &&
        usage_.prompt != record_.counts[Counter::input]) {
      disagree("prompt_tokens", Counter::input, *usage_.prompt, *usage_.written[Counter::input]);
    }
    if (usage_.completion && usage_.written.has(Counter::output) &&
        usage_.completion != usage_.written[Counter::output]) {
      disagree("completion_tokens", Counter::output, *usage_.completion,
               *usage_.written[Counter::output]);
    }
  }

  void disagree(std::string_view key, Counter counter, Count here, Count there) {
    observations_.finding(
        {.rule = Rule::identity,
         .place = {record_.place.file, record_.place.line, pointer_to(record_.place.pointer, key)},
         .counter = name_of(counter),
         .asserted = here,
         .calculated = there,
         .basis = std::string(name_of(counter)),
         .cause = "copies-disagree",
         .explanation =
             fmt::format("{} and {} of one usage object disagree", key, name_of(counter))});
  }

  const TinyAgentUsage& usage_;
  const CacheEvidence& evidence_;
  UsageRecord& record_;
  Observations& observations_;
  bool refuted_ = false;  ///< the input was found to contradict itself, and that was said
};

void report_two_spellings(Observations& observations, const FileContext& file,
                          const std::string& pointer, const Keys& keys, Count snake, Count camel) {
  observations.finding({.rule = Rule::identity,
                        .place = {file.id, 0, pointer_to(pointer, keys.camel)},
                        .counter = name_of(keys.counter),
                        .asserted = camel,
                        .calculated = snake,
                        .basis = std::string(keys.snake),
                        .cause = "copies-disagree",
                        .explanation = fmt::format("{} and {} of one usage object disagree",
                                                   keys.camel, keys.snake)});
}

}  // namespace

std::optional<TinyAgentUsage> read_tinyagent_usage(const Json& usage, const FileContext& file,
                                                   const std::string& pointer,
                                                   Observations& observations) {
  CountReader reader(usage, file, pointer, observations);
  TinyAgentUsage read;
  for (const Keys& keys : kKeys) {
    const auto snake = reader.read_number(keys.snake);
    const auto camel = keys.camel.empty() ? std::nullopt : reader.read_number(keys.camel);
    if (snake && camel && *snake != *camel)
      report_two_spellings(observations, file, pointer, keys, *snake, *camel);
    read.written.set(keys.counter, snake ? snake : camel);
    if (keys.counter == Counter::total && !snake && camel) read.total_key = keys.camel;
  }
  read.prompt = reader.read_number("prompt_tokens");
  read.completion = reader.read_number("completion_tokens");
  if (!reader.finish()) return std::nullopt;
  usage.each_member([&](std::string_view name, const Json& value) { read.cost.take(name, value); });
  if (file.wants_keys) read.keys = key_paths(usage);
  if (!read.written.has(Counter::input)) read.written.set(Counter::input, read.prompt);
  if (!read.written.has(Counter::output)) read.written.set(Counter::output, read.completion);
  return read;
}

std::vector<CopiedNumber> tinyagent_numbers(const Json& usage) {
  std::vector<CopiedNumber> numbers;
  for (const Keys& keys : kKeys) {
    const bool is_snake = usage.has(keys.snake) || keys.camel.empty();
    const std::string_view key = is_snake ? keys.snake : keys.camel;
    numbers.push_back({keys.counter, key, read_count(usage[key])});
  }
  return numbers;
}

void TinyAgentMeaning::note(const std::string& provider, const TinyAgentUsage& usage) {
  // There the api tells, and such totals prove nothing of other calls.
  if (excludes_cache(usage)) return;
  CacheEvidence& evidence = evidence_[provider];
  switch (sign_of(usage)) {
    case Sign::added:
    case Sign::read_added: ++evidence.added; break;
    case Sign::exceeds: ++evidence.exceeds; break;
    case Sign::fits: ++evidence.fits; break;
    case Sign::no_cache:
    case Sign::silent:
    case Sign::broken: break;
  }
}

const CacheEvidence& TinyAgentMeaning::of(const std::string& provider) const {
  static const CacheEvidence none;
  const auto found = evidence_.find(provider);
  return found == evidence_.end() ? none : found->second;
}

void report_cache_evidence(Observations& observations, const Place& place,
                           const CacheEvidence& evidence) {
  Finding finding;
  finding.place = place;
  finding.counter = name_of(Counter::total);
  if (evidence.contradicts_itself()) {
    finding.rule = Rule::identity;
    finding.cause = "mixed-meaning";
    finding.explanation =
        fmt::format("{} totals add the cache to input + output, {} do not: one writer does either",
                    evidence.added, evidence.fits + evidence.exceeds);
    observations.finding(std::move(finding));
  } else if (evidence.added > 0) {
    finding.rule = Rule::coverage;
    finding.severity = Severity::note;
    finding.counter = name_of(Counter::output);
    finding.cause = "normalized-counts";
    finding.explanation =
        "the counts are normalized (cache outside input): output may hold reasoning twice, "
        "which only the reasoning count could show";
    observations.finding(std::move(finding));
  }
}

std::string tinyagent_file_key(std::string_view path) {
  return fmt::format("tinyagent:{}/{}", folder_of(path), base_name(path));
}

void solve_tinyagent_usage(const TinyAgentUsage& usage, const CacheEvidence& evidence,
                           UsageRecord& record, Observations& observations) {
  Solver(usage, evidence, record, observations).solve();
}

}  // namespace usagectl
