#include "formats/inference/usage_keys.hpp"

#include <algorithm>
#include <utility>

#include "dialects/recognise.hpp"
#include "dialects/row_words.hpp"
#include "dialects/usage_reading.hpp"

namespace usagectl {
namespace {

/// What stands around a usage object in a log of one's own is no answer of a provider.
const Envelope kOfOnesOwn = [] {
  Envelope envelope;
  envelope.known = true;
  return envelope;
}();

/// What was read from the cache cannot be inside an input that is smaller: then all stand beside
/// each other.
bool is_cache_beside_input(const Counts& given) {
  const auto input = given[Counter::input];
  return input && given.has(Counter::output) && given[Counter::cache_read].value_or(0) > *input &&
         given[Counter::reasoning].value_or(0) == 0;
}

void derive_total(SeenUsage& usage) {
  Counts& given = usage.given;
  if (!given.has(Counter::total) && is_cache_beside_input(given)) {
    ExactSum total(*given[Counter::input]);
    for (const Counter counter : {Counter::cache_read, Counter::cache_write, Counter::output})
      total += given[counter].value_or(0);
    given.set(Counter::total, total.count());
    return;
  }
  if (given.has(Counter::total) || given[Counter::cache_read].value_or(0) > 0 ||
      given[Counter::cache_write].value_or(0) > 0 || given[Counter::reasoning].value_or(0) > 0 ||
      !given.has(Counter::input) || !given.has(Counter::output)) {
    return;
  }
  given.set(Counter::total, (ExactSum(*given[Counter::input]) += *given[Counter::output]).count());
}

}  // namespace

PathPattern path_of(std::string_view key) { return {{std::string(key)}}; }

std::optional<Counter> counter_of(Quantity quantity) {
  if (quantity > Quantity::total) return std::nullopt;
  return static_cast<Counter>(quantity);
}

void UsageKeys::add(std::string_view key, const KeyWords& words, const Json& value) {
  if (words.is_no_usage) return;
  if (const auto& counter = words.counter) {
    if (!counter->is_running)
      add(*counter, path_of(key), value);
    else if (value.is_number())
      running_.emplace_back(std::string(key), value);
  } else if (value.is_number() && words.is_number_of_calls) {
    // A number so far is that of a total so far, and none of what is told of each call.
    if (names_running(key)) {
      running_calls_.emplace_back(std::string(key), value);
    } else if (requests_key_.empty()) {
      take_calls(key, value);
    }
  }
}

bool UsageKeys::add_statistics(std::string_view key, const KeyWords& words, const Json& value) {
  if (!words.counter || words.counter->is_running || words.is_no_usage || !value.is_object())
    return false;
  constexpr std::size_t kMostStatistics = 24;
  if (value.size() > kMostStatistics) return false;
  std::string_view sum;
  bool any_other = false;
  bool are_numbers = true;
  value.each_member([&](std::string_view name, const Json& member) {
    are_numbers = are_numbers && (member.is_number() || member.is_null());
    const bool is_sum =
        name == "sum" || (name == "total" && words.counter->quantity != Quantity::total);
    if (is_sum) {
      if (sum != "sum") sum = name;
    } else {
      // {"input": 12, "output": 3, "average": …} is a usage object itself.
      are_numbers = are_numbers && !counter_named(name);
      const Statistic statistic = statistic_called(name);
      any_other = any_other || statistic == Statistic::mean || statistic == Statistic::middle ||
                  statistic == Statistic::largest || statistic == Statistic::smallest;
    }
  });
  if (sum.empty() || !any_other || !are_numbers) return false;
  add(*words.counter, {{std::string(key), std::string(sum)}}, value[sum]);
  return true;
}

void UsageKeys::take_calls(std::string_view key, const Json& value) {
  requests_key_ = key;
  if (const auto count = read_count(value).count) requests_ = *count;
}

/// "total" is a total of tokens where no name says one, and where it can hold its parts: that of a
/// benchmark is the number of its questions.
void UsageKeys::take_bare_total() {
  if (!bare_total_) return;
  const auto& [counter, path, value] = *bare_total_;
  const Count smallest =
      std::min(given_[Counter::input].value_or(0), given_[Counter::output].value_or(0));
  if (read_count(value).count.value_or(smallest) >= smallest)
    add(counter, PathPattern(path), value);
}

std::optional<SeenUsage> UsageKeys::usage(const Json& object, const SaidAround& said) {
  take_bare_total();
  // Beside what is told of each call, a total so far is none of it; alone it is all that is told.
  const bool is_running = !any_number_ && !running_.empty();
  if (is_running) {
    for (const auto& [key, value] : running_) add(*counter_named(key), path_of(key), value);
  }
  if ((is_running || said.is_document) && requests_key_.empty() && running_calls_.size() == 1)
    take_calls(running_calls_.front().first, running_calls_.front().second);
  const bool is_whole = has(Quantity::input) && has(Quantity::output);
  if (!any_number_ || !(is_whole || has(Quantity::total))) return std::nullopt;
  if (said.is_of_calls && !is_whole && !says_tokens_) return std::nullopt;
  // Milliseconds and characters have an input and an output as well.
  if (said.is_other_unit && !says_tokens_) return std::nullopt;
  // The length of a file or of a chunk is a number of tokens alone.
  if (said.is_text && !is_whole && requests_key_.empty() && !said.has_model) return std::nullopt;
  SeenUsage usage;
  usage.is_whole = is_whole;
  usage.says_tokens = says_tokens_;
  usage.is_running = is_running;
  usage.keys = keys_;
  usage.given = given_;
  usage.requests_key = requests_key_;
  usage.given.set(Counter::requests, requests_);
  // Bare names have prices as well, also by model; a number of tokens alone may be the size of
  // anything.
  const bool is_said = is_whole
                           ? says_tokens_ || (said.has_model && said.tells_call)
                           : said.has_model || (says_tokens_ && said.tells_call && said.has_agent);
  usage.is_sure_by_sum = is_whole && !said.speaks && !is_said && requests_key_.empty() && adds_up();
  usage.is_weak = !said.speaks && !is_said && !usage.is_sure_by_sum && requests_key_.empty();
  if (object.is_object() && !is_running) ask_catalogue(object, usage);
  derive_total(usage);
  return usage;
}

bool UsageKeys::has(Quantity quantity) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [&](const auto& key) { return key.first == quantity; });
}

void UsageKeys::add(const CounterName& counter, PathPattern&& path, const Json& value) {
  // Digits in quotes are no count, but nobody writes a prompt under a name that counts tokens.
  const bool is_digits = value.is_text() && counter.says_tokens && !value.text().empty() &&
                         value.text().find_first_not_of("0123456789,._ ") == std::string_view::npos;
  if (!value.is_number() && !value.is_null() && !is_digits) return;
  // "total" beside other spellings of it says the same once more, or counts something else.
  if (counter.quantity == Quantity::total && !counter.says_tokens && !bare_total_) {
    bare_total_.emplace(counter, std::move(path), value);
    return;
  }
  if (has(counter.quantity)) return;
  keys_.emplace_back(counter.quantity, std::move(path));
  says_tokens_ = says_tokens_ || counter.says_tokens;
  any_number_ = any_number_ || value.is_number() || is_digits;
  const auto as_counter = counter_of(counter.quantity);
  if (const auto count = read_count(value).count; count && as_counter)
    given_.set(*as_counter, *count);
}

/// Whether the total is input + output.
bool UsageKeys::adds_up() const {
  const auto input = given_[Counter::input];
  const auto output = given_[Counter::output];
  const auto total = given_[Counter::total];
  return input && output && total && *total > 0 &&
         (ExactSum(*input) += *output) == ExactSum(*total);
}

void UsageKeys::ask_catalogue(const Json& object, SeenUsage& usage) const {
  const UsageValues values(catalogue_, object);
  if (!usage.is_whole || !has_usage_keys(catalogue_, values)) return;
  // What it said of many objects with the same keys, none of which is hidden in another, it says
  // of all.
  constexpr std::uint64_t kEnough = 256;
  std::uint64_t& agreed = agreed_[values.present()];
  if (agreed >= kEnough && values.slots().size() == keys_.size() && given_.has(Counter::input) &&
      given_.has(Counter::output)) {
    usage.in_catalogue = true;
    return;
  }
  const UsageReading reading = read_usage(catalogue_, values, kOfOnesOwn);
  if (!reading.countable()) return;
  for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
    if (reading.given[counter] != usage.given[counter]) return;
  }
  for (const Counter counter : {Counter::cache_read, Counter::cache_write, Counter::reasoning}) {
    if (usage.given.has(counter) && reading.given[counter] != usage.given[counter]) return;
  }
  ++agreed;
  usage.in_catalogue = true;
  const auto requests = usage.given[Counter::requests];
  usage.given = reading.given;
  usage.given.set(Counter::requests, requests);
  if (!usage.given.has(Counter::total))
    usage.given.set(Counter::total, reading.counts[Counter::total]);
}

std::optional<SeenUsage> usage_in_catalogue(const Catalogue& catalogue, const Json& value) {
  const UsageValues values(catalogue, value);
  if (!has_usage_keys(catalogue, values)) return std::nullopt;
  const UsageReading reading = read_usage(catalogue, values, kOfOnesOwn);
  if (!reading.countable() || !reading.given.has(Counter::input) ||
      !reading.given.has(Counter::output))
    return std::nullopt;
  SeenUsage usage;
  usage.is_whole = true;
  usage.in_catalogue = true;
  usage.given = reading.given;
  if (!usage.given.has(Counter::total))
    usage.given.set(Counter::total, reading.counts[Counter::total]);
  return usage;
}

}  // namespace usagectl
