#include "formats/inference/worded_row.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/counts.hpp"

namespace usagectl {
namespace {

/// Names of numbers that only models have, so that a sum alone proves what they count.
constexpr std::array<std::string_view, 2> kNamesOfModels = {"prompt", "completion"};

bool is_name_of_models(std::string_view key) {
  const auto words = words_of(key);
  return words.size() == 1 && std::find(kNamesOfModels.begin(), kNamesOfModels.end(),
                                        words.front()) != kNamesOfModels.end();
}

PathPattern path_of_key(std::string_view key, std::string_view holder = {}) {
  if (holder.empty()) return {{std::string(key)}};
  return {{std::string(holder), std::string(key)}};
}

Sources source_of(std::string_view key) { return {{.path = path_of_key(key)}}; }

bool has_any(std::string_view name, std::initializer_list<std::string_view> words) {
  const auto all = words_of(name);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return std::find(all.begin(), all.end(), word) != all.end();
  });
}

bool names_money(std::string_view name) { return has_any(name, {"cost", "costs", "usd"}); }

/// "input tokens", and not "context tokens", which are those of a model as well.
bool names_part_of_call(std::string_view name) {
  return has_any(name, {"input", "prompt", "output", "completion", "generated"});
}

/// {"token_usage": {…}}, of which others read the counts.
bool holds_tokens(const Json& object) {
  bool any = false;
  object.each_member([&](std::string_view key, const Json& value) {
    any = any || (value.is_object() && speaks_of_tokens(key) && !names_no_usage(key));
  });
  return any;
}

/// What the columns of a row say.
class WordedRow {
 public:
  WordedRow(KeyBook& keys, const AroundRow& around) : keys_(keys), around_(around) {}

  std::optional<Layout> layout(const Json& row) {
    row.each_member([&](std::string_view key, const Json& value) { add(key, value); });
    if (record_.counters.empty()) add_inner(row);
    if (record_.counters.empty()) take_so_far(row);
    if (is_open_ || record_.counters.empty() || !is_said()) return std::nullopt;
    std::stable_sort(record_.counters.begin(), record_.counters.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (record_.time.empty()) record_.time = std::move(day_);
    const bool is_call = !record_.model.empty() || !record_.time.empty() || record_.id.is_given() ||
                         record_.scope.empty();
    if (!is_so_far_ && (!record_.requests.empty() || !is_call)) record_.role = Role::aggregate;
    Layout layout;
    layout.id = "usage.lines";
    layout.records.push_back(std::move(record_));
    return layout;
  }

  /// Input, output and total under bare names, which another row may prove to be tokens.
  bool may_add_up() const {
    return !is_open_ && has(Quantity::input) && has(Quantity::output) && has(Quantity::total);
  }
  bool is_so_far() const { return is_so_far_; }

 private:
  void add(std::string_view key, const Json& value, std::string_view holder = {}) {
    const KeyWords& words = keys_.look_up(key);
    has_cost_ = has_cost_ || names_money(key);
    if (!words.tells.empty() && (value.is_text() || value.is_number()))
      return note(words.tells, key, value);
    if (words.is_no_usage || words.is_other_unit || names_average(key)) return;
    if (words.is_number_of_calls && value.is_number() && record_.requests.empty()) {
      record_.requests = {{.path = path_of_key(key, holder)}};
      return;
    }
    if (!words.counter || !(value.is_number() || value.is_null())) return;
    const CounterName& counter = *words.counter;
    // A total so far is none of the call.
    if (counter.is_running != is_so_far_) return;
    // One thing under two names: which of them counts is not said.
    const bool is_second =
        std::any_of(record_.counters.begin(), record_.counters.end(),
                    [&](const auto& one) { return one.first == counter.quantity; });
    if (is_second) {
      is_open_ = true;
      return;
    }
    record_.counters.emplace_back(counter.quantity, path_of_key(key, holder));
    says_tokens_ = says_tokens_ || counter.says_tokens;
    has_part_ = has_part_ || (counter.says_tokens && names_part_of_call(key));
    of_models_ = of_models_ || is_name_of_models(key);
    if (const auto count = read_count(value).count; count && counter.quantity <= Quantity::total)
      given_.set(static_cast<Counter>(counter.quantity), *count);
  }

  /// {"model": "m", "tokens": {"prompt": 12, "completion": 3}}: of one such object alone.
  void add_inner(const Json& row) {
    std::string_view holder;
    std::size_t objects = 0;
    bool is_any_deeper = false;
    row.each_member([&](std::string_view key, const Json& value) {
      if (!value.is_object() || names_no_usage(key)) return;
      if (!speaks_of_tokens(key)) {
        is_any_deeper = is_any_deeper || holds_tokens(value);
        return;
      }
      holder = key;
      ++objects;
    });
    if (objects != 1) return;
    // It may be the total beside the usage of the call.
    if (is_any_deeper) {
      is_open_ = true;
      return;
    }
    row[holder].each_member([&](std::string_view key, const Json& value) {
      if (value.is_object() || value.is_array()) is_open_ = true;
      const KeyWords& words = keys_.look_up(key);
      if (words.counter || words.is_number_of_calls) add(key, value, holder);
    });
    says_tokens_ = says_tokens_ || holder != "usage";
  }

  /// "agent" says more of a row than its "step".
  void note_scope(std::string_view tells, std::string_view key, bool is_number) {
    const auto& names = scope_names();
    const auto name = std::find(names.begin(), names.end(), tells);
    const auto known = std::find_if(record_.scope.begin(), record_.scope.end(),
                                    [&](const ScopeSource& scope) { return scope.name == tells; });
    const bool is_better = known != record_.scope.end() && !is_number && numbered_ == tells;
    if (known != record_.scope.end() && !is_better) return;
    if (is_better)
      known->from = source_of(key);
    else if (name != names.end())
      record_.scope.push_back({*name, source_of(key)});
    if (is_number)
      numbered_ = tells;
    else if (is_better)
      numbered_ = {};
    has_agent_ = has_agent_ || tells == "provider" || speaks_of_calls(key);
  }

  void take_so_far(const Json& row) {
    // Usage further inside is that of the call.
    bool is_any_deeper = false;
    row.each_member([&](std::string_view key, const Json& value) {
      is_any_deeper = is_any_deeper || (value.is_object() && !names_no_usage(key) &&
                                        (speaks_of_tokens(key) || holds_tokens(value)));
    });
    if (is_any_deeper) return;
    is_so_far_ = true;
    row.each_member([&](std::string_view key, const Json& value) {
      const KeyWords& words = keys_.look_up(key);
      if (words.tells.empty() && words.counter && words.counter->is_running) add(key, value);
    });
  }

  void note(std::string_view tells, std::string_view key, const Json& value) {
    if (tells == "model") {
      if (record_.model.empty() && value.is_text() && !value.text().empty()) {
        record_.model = source_of(key);
        names_model_ = looks_like_model(value.text());
      }
    } else if (tells == "time") {
      if (record_.time.empty()) record_.time = source_of(key);
    } else if (tells == "day") {
      if (day_.empty()) day_ = source_of(key);
    } else if (tells == "id") {
      if (!record_.id.is_given() && value.is_text()) record_.id.all = {source_of(key)};
    } else {
      note_scope(tells, key, value.is_number());
    }
  }

  bool has(Quantity quantity) const {
    return std::any_of(record_.counters.begin(), record_.counters.end(),
                       [&](const auto& counter) { return counter.first == quantity; });
  }

  bool adds_up() const {
    const auto input = given_[Counter::input];
    const auto output = given_[Counter::output];
    const auto total = given_[Counter::total];
    return input && output && total && *total > 0 &&
           (ExactSum(*input) += *output) == ExactSum(*total);
  }

  /// {"ts": …, "model": "gpt-5", "in": 1201, "out": 101}: whole numbers of a model, at a time.
  bool is_call_of_a_model() const {
    const bool is_told = !record_.time.empty() || record_.id.is_given();
    return names_model_ && is_told && given_.has(Counter::input) && given_.has(Counter::output);
  }

  /// Whether the row says that it counts the tokens of a call.
  bool is_said() const {
    const bool is_whole = has(Quantity::input) && has(Quantity::output);
    if (is_whole)
      return says_tokens_ || around_.speaks ||
             (adds_up() && (of_models_ || !record_.model.empty())) || is_call_of_a_model();
    if (has_part_ && around_.may_be_part) return true;
    // A model and a number of tokens alone may be the size of its context.
    const bool has_time = !record_.time.empty() || !day_.empty();
    const bool is_call = !record_.model.empty() &&
                         (has_time || record_.id.is_given() || has_cost_ || !record_.scope.empty());
    return says_tokens_ && has(Quantity::total) &&
           (is_call || (has_time && has_agent_) || !record_.requests.empty());
  }

  KeyBook& keys_;
  AroundRow around_;
  LayoutRecord record_;
  Sources day_;
  std::string_view numbered_;  ///< the scope that a number told so far
  Counts given_;
  bool says_tokens_ = false;
  bool of_models_ = false;
  bool has_agent_ = false;
  bool has_part_ = false;
  bool has_cost_ = false;
  bool names_model_ = false;  ///< a text that looks like one
  bool is_open_ = false;
  bool is_so_far_ = false;
};

}  // namespace

std::optional<Layout> layout_of_worded_row(const Json& row, KeyBook& keys, const AroundRow& around,
                                           SaidByRow& said) {
  said = {};
  if (!row.is_object()) return std::nullopt;
  WordedRow worded(keys, around);
  auto layout = worded.layout(row);
  said = {worded.may_add_up(), worded.is_so_far()};
  return layout;
}

}  // namespace usagectl
