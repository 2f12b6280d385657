#include "formats/inference/usage_census.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/paths.hpp"
#include "dialects/recognise.hpp"
#include "dialects/usage_reading.hpp"
#include "dialects/usage_words.hpp"
#include "formats/inference/row_folder.hpp"
#include "formats/inference/table_rows.hpp"

namespace usagectl {
namespace {

/// What stands around a usage object in a log of one's own is no answer of a provider.
const Envelope kOfOnesOwn = [] {
  Envelope envelope;
  envelope.known = true;
  return envelope;
}();

PathPattern path_of(std::string_view key) { return {{std::string(key)}}; }

std::optional<Counter> counter_of(Quantity quantity) {
  if (quantity > Quantity::total) return std::nullopt;
  return static_cast<Counter>(quantity);
}

/// What the name of a key says. The keys of a log are few, however many rows it has.
struct KeyWords {
  std::optional<CounterName> counter;
  std::string_view tells;  ///< see field_named
  bool is_no_usage = false;
  bool is_number_of_calls = false;
  bool counts_things = false;
  bool speaks = false;
  bool is_detail = false;
};

bool counts_tokens(std::string_view key) {
  const auto words = words_of(key);
  const bool tokens = std::any_of(words.begin(), words.end(),
                                  [](const std::string& word) { return word.starts_with("tok"); });
  return tokens && !names_no_usage(key);
}

/// "input_tokens": {…}, "completion_tokens_details": {…}: parts of one usage object, which its
/// dialect knows.
bool names_detail(std::string_view name) {
  const auto counter = counter_named(name);
  if (counter && counter->quantity != Quantity::total) return true;
  const auto words = words_of(name);
  return words.size() > 1 && words.back().starts_with("detail") && counts_tokens(name);
}

class KeyBook {
 public:
  const KeyWords& look_up(std::string_view key) {
    const auto known = words_.find(key);
    if (known != words_.end()) return known->second;
    // Keys that are data, such as dates, need not all be kept.
    constexpr std::size_t kMostKeys = 4096;
    if (words_.size() >= kMostKeys) words_.clear();
    KeyWords words;
    words.is_no_usage = names_no_usage(key);
    words.counter = words.is_no_usage ? std::nullopt : counter_named(key);
    words.tells = field_named(key);
    words.is_number_of_calls = names_number_of_calls(key);
    words.counts_things = counts_things(key) && !thing_counted(key).empty();
    words.speaks = speaks_of_tokens(key) || speaks_of_calls(key);
    words.is_detail = names_detail(key);
    return words_.emplace(std::string(key), std::move(words)).first->second;
  }

 private:
  std::map<std::string, KeyWords, std::less<>> words_;
};

/// How often the catalogue read what the names say, by the keys that it knows.
using Agreed = std::unordered_map<KeySet, std::uint64_t>;

/// A usage object in the making.
class UsageKeys {
 public:
  UsageKeys(const Catalogue& catalogue, Agreed& agreed) : catalogue_(catalogue), agreed_(agreed) {}

  void add(std::string_view key, const KeyWords& words, const Json& value) {
    if (words.is_no_usage) return;
    if (const auto& counter = words.counter) {
      if (!counter->is_running)
        add(*counter, key, value);
      else if (value.is_number())
        running_.emplace_back(std::string(key), value);
    } else if (value.is_number() && words.is_number_of_calls && requests_key_.empty()) {
      requests_key_ = key;
      if (const auto count = read_count(value).count) requests_ = *count;
    }
  }

  std::optional<SeenUsage> usage(const Json& object, bool speaks, bool has_model, bool tells_call) {
    // Beside what is told of each call, a total so far is none of it; alone it is all that is told.
    const bool is_running = !any_number_ && !running_.empty();
    if (is_running) {
      for (const auto& [key, value] : running_) add(*counter_named(key), key, value);
    }
    const bool is_whole = has(Quantity::input) && has(Quantity::output);
    if (!any_number_ || !(is_whole || has(Quantity::total))) return std::nullopt;
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
    const bool is_sure =
        is_whole ? says_tokens_ || adds_up() || (has_model && tells_call) : has_model;
    usage.is_weak = !speaks && !is_sure && requests_key_.empty();
    if (object.is_object() && !is_running) ask_catalogue(object, usage);
    derive_total(usage);
    return usage;
  }

  bool any() const { return !keys_.empty(); }

 private:
  bool has(Quantity quantity) const {
    return std::any_of(keys_.begin(), keys_.end(),
                       [&](const auto& key) { return key.first == quantity; });
  }

  void add(const CounterName& counter, std::string_view key, const Json& value) {
    // Digits in quotes are no count, but nobody writes a prompt under a name that counts tokens.
    const bool is_digits =
        value.is_text() && counter.says_tokens && !value.text().empty() &&
        value.text().find_first_not_of("0123456789,._ ") == std::string_view::npos;
    if (!value.is_number() && !value.is_null() && !is_digits) return;
    // "total" beside other spellings of it says the same once more, or counts something else.
    if (has(counter.quantity)) return;
    keys_.emplace_back(counter.quantity, path_of(key));
    says_tokens_ = says_tokens_ || counter.says_tokens;
    any_number_ = any_number_ || value.is_number() || is_digits;
    const auto as_counter = counter_of(counter.quantity);
    if (const auto count = read_count(value).count; count && as_counter)
      given_.set(*as_counter, *count);
  }

  bool adds_up() const {
    const auto input = given_[Counter::input];
    const auto output = given_[Counter::output];
    const auto total = given_[Counter::total];
    return input && output && total && *total > 0 &&
           (ExactSum(*input) += *output) == ExactSum(*total);
  }

  /// Whether the catalogue reads what the names say. It then also knows what the counts mean.
  void ask_catalogue(const Json& object, SeenUsage& usage) const {
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

  static void derive_total(SeenUsage& usage) {
    Counts& given = usage.given;
    if (given.has(Counter::total) || given[Counter::cache_read].value_or(0) > 0 ||
        given[Counter::cache_write].value_or(0) > 0 || given[Counter::reasoning].value_or(0) > 0 ||
        !given.has(Counter::input) || !given.has(Counter::output)) {
      return;
    }
    given.set(Counter::total,
              (ExactSum(*given[Counter::input]) += *given[Counter::output]).count());
  }

  const Catalogue& catalogue_;
  Agreed& agreed_;
  std::vector<std::pair<Quantity, PathPattern>> keys_;
  std::vector<std::pair<std::string, Json>> running_;
  Counts given_;
  std::string requests_key_;
  std::optional<Count> requests_;
  bool says_tokens_ = false;
  bool any_number_ = false;
};

SeenUsage plain_total(Count count, bool is_weak) {
  SeenUsage usage;
  usage.is_weak = is_weak;
  usage.given.set(Counter::total, count);
  usage.keys.emplace_back(Quantity::total, PathPattern{});
  return usage;
}

class Census {
 public:
  Census(const Catalogue& catalogue, bool speaks) : catalogue_(catalogue), speaks_(speaks) {}

  std::optional<SeenNode> look(const Json& value, std::string_view key, bool speaks) {
    if (value.is_object()) return object(value, key, speaks);
    if (value.is_array()) return list(value, key, speaks, {});
    return std::nullopt;
  }
  std::optional<SeenNode> root(const Json& document) { return look(document, {}, speaks_); }

 private:
  std::optional<SeenNode> object(const Json& value, std::string_view key, bool speaks) {
    if (counts_tokens(key)) {
      if (auto numbers = map_of_numbers(value, key, speaks_ || says_used(key))) return numbers;
    }
    SeenNode node;
    node.key = key;
    UsageKeys keys(catalogue_, agreed_);
    const std::vector<std::string> columns = column_names(value);
    value.each_member([&](std::string_view name, const Json& member) {
      const KeyWords words = keys_.look_up(name);
      if (member.is_object() || member.is_array()) {
        if (words.is_no_usage || (member.is_object() && words.is_detail)) return;
        const bool member_speaks = speaks || words.speaks;
        auto child = member.is_array() && !columns.empty()
                         ? list(member, name, member_speaks, columns)
                         : look(member, name, member_speaks);
        // An object called "per_call" is an average, unless there are calls in it.
        const bool is_average =
            child && child->kind == SeenNode::Kind::object && child->usage && names_average(name);
        if (child && !is_average) node.children.push_back(std::move(*child));
        return;
      }
      keys.add(name, words, member);
      note(name, words, member, node);
    });
    const bool has_model =
        std::any_of(node.fields.begin(), node.fields.end(), [](const SeenField& field) {
          return field.tells == "model" && looks_like_model(field.value);
        });
    const bool tells_call =
        std::any_of(node.fields.begin(), node.fields.end(), [](const SeenField& field) {
          return field.tells == "time" || field.tells == "id" || field.tells == "session";
        });
    node.usage = keys.usage(value, speaks, has_model, tells_call);
    if (!node.usage && node.children.empty()) node.usage = usage_in_catalogue(value);
    if (!node.usage && node.children.empty()) return std::nullopt;
    return node;
  }

  /// Usage whose counters stand in objects of their own.
  std::optional<SeenUsage> usage_in_catalogue(const Json& value) const {
    const UsageValues values(catalogue_, value);
    if (!has_usage_keys(catalogue_, values)) return std::nullopt;
    const UsageReading reading = read_usage(catalogue_, values, kOfOnesOwn);
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

  static void note(std::string_view name, const KeyWords& words, const Json& member,
                   SeenNode& node) {
    if (!words.tells.empty() && (member.is_text() || member.is_number())) {
      std::string text(member.text());
      if (const auto count = read_count(member).count; text.empty() && count)
        text = std::to_string(*count);
      // Of a moment its day may matter, of an id that it is there.
      if (words.tells == "time" || words.tells == "day")
        text.resize(std::min<std::size_t>(text.size(), 10));
      if (words.tells == "id") text.clear();
      if (words.tells == "day" && !looks_like_day(text)) return;
      node.fields.push_back({words.tells, std::string(name), std::move(text)});
      if (words.tells != "part" || member.is_text()) return;
    }
    const bool is_running = words.counter && words.counter->is_running;
    if (!member.is_number() || words.is_no_usage || (words.counter && !is_running) ||
        (!words.counts_things && !is_running))
      return;
    if (const auto count = read_count(member).count)
      node.numbers.push_back({std::string(name), *count});
  }

  /// "tokens_by_model": {"gpt-4o": 1200, …}; also one level further in. A vocabulary looks alike,
  /// so something must say that tokens were used.
  static std::optional<SeenNode> map_of_numbers(const Json& value, std::string_view key,
                                                bool is_said) {
    if (value.size() == 0) return std::nullopt;
    bool all_counts = true;
    bool all_maps = true;
    std::size_t told = 0;
    std::size_t names = 0;
    value.each_member([&](std::string_view name, const Json& member) {
      const auto counter = counter_named(name);
      const bool is_counter =
          counter && !(counter->quantity == Quantity::total && names_total(name));
      const bool is_fit = !is_counter && !names_no_usage(name);
      all_counts = all_counts && is_fit && member.is_number() && read_count(member).count;
      all_maps = all_maps && is_fit && member.is_object();
      names += names_total(name) ? 0U : 1U;
      told += looks_like_model(name) || looks_like_day(name) ? 1U : 0U;
    });
    if (names == 0 || (!all_counts && !all_maps)) return std::nullopt;
    is_said = is_said || told * 2 > names;
    SeenNode node;
    node.key = key;
    value.each_member([&](std::string_view name, const Json& member) {
      if (all_counts)
        node.children.push_back(number(name, member, !is_said));
      else if (auto child = map_of_numbers(member, name, is_said))
        node.children.push_back(std::move(*child));
    });
    if (node.children.size() < value.size()) return std::nullopt;
    return node;
  }

  static bool says_used(std::string_view key) {
    constexpr std::string_view kUsed[] = {"used", "usage", "consumed", "total",
                                          "by",   "per",   "spent"};
    const auto words = words_of(key);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(std::begin(kUsed), std::end(kUsed), word) != std::end(kUsed);
    });
  }

  static SeenNode number(std::string_view key, const Json& value, bool is_weak) {
    SeenNode node;
    node.kind = SeenNode::Kind::number;
    node.key = key;
    node.usage = plain_total(read_count(value).count.value_or(0), is_weak);
    return node;
  }

  std::optional<SeenNode> list(const Json& value, std::string_view key, bool speaks,
                               const std::vector<std::string>& columns) {
    SeenNode node;
    node.kind = SeenNode::Kind::list;
    node.key = key;
    bool all_rows = true;
    bool all_counts = true;
    value.each_item([&](std::size_t, const Json& item) {
      ++node.size;
      all_rows = all_rows && item.is_array();
      all_counts = all_counts && item.is_number() && read_count(item).count;
    });
    if (node.size == 0) return std::nullopt;
    // Numbers in a list are the tokens themselves, as a rule; only what they add up to shows
    // another thing.
    constexpr std::size_t kMostNumbers = 4096;
    if (all_counts && (!counts_tokens(key) || node.size > kMostNumbers)) return std::nullopt;
    if (all_counts) {
      value.each_item([&](std::size_t index, const Json& item) {
        node.children.push_back(number(std::to_string(index), item, true));
      });
      return node;
    }
    if (all_rows) {
      if (const auto table = read_table_columns(value, columns, speaks))
        return rows(value, *table, std::move(node));
    }
    RowFolder folder(node);
    value.each_item([&](std::size_t index, const Json& item) {
      if (auto child = look(item, std::to_string(index), speaks)) folder.add(std::move(*child));
    });
    if (node.children.empty()) return std::nullopt;
    return node;
  }

  static std::optional<SeenNode> rows(const Json& value, const TableColumns& table, SeenNode node) {
    RowFolder folder(node);
    value.each_item([&](std::size_t index, const Json& item) {
      if (index < table.headings) {
        node.headings.push_back(index);
        return;
      }
      SeenNode row;
      row.kind = SeenNode::Kind::row;
      row.key = std::to_string(index);
      SeenUsage& usage = row.usage.emplace();
      usage.is_whole = true;
      for (const auto& [quantity, column] : table.counters) {
        usage.keys.emplace_back(quantity, path_of(std::to_string(column)));
        const auto counter = counter_of(quantity);
        if (counter) usage.given.set(*counter, read_count(item.item(column)).count);
      }
      if (!usage.given.has(Counter::total) && usage.given.has(Counter::input) &&
          usage.given.has(Counter::output)) {
        usage.given.set(
            Counter::total,
            (ExactSum(*usage.given[Counter::input]) += *usage.given[Counter::output]).count());
      }
      for (const auto& [tells, column] : table.fields) {
        std::string text(item.item(column).text());
        if (tells == "time") text.resize(std::min<std::size_t>(text.size(), 10));
        row.fields.push_back({tells, std::to_string(column), std::move(text)});
      }
      folder.add(std::move(row));
    });
    if (node.children.empty()) return std::nullopt;
    return node;
  }

  const Catalogue& catalogue_;
  bool speaks_;
  KeyBook keys_;
  Agreed agreed_;
};

}  // namespace

std::optional<SeenNode> take_census(const Json& document, const FileContext& file) {
  return Census(file.catalogue(), speaks_of_tokens(base_name(file.path))).root(document);
}

}  // namespace usagectl
