#include "formats/inference/row_folder.hpp"

#include <algorithm>
#include <utility>

namespace usagectl {
namespace {

constexpr std::size_t kFewRows = 4096;
/// From here on, a number does not tell a row apart: it is that of a step, as a rule.
constexpr std::size_t kManyRows = 4 * kFewRows;

/// The one usage object of a row; nullptr where there are none or several.
const SeenUsage* only_usage(const SeenNode& row) {
  if (row.usage && row.children.empty()) return &*row.usage;
  if (row.usage || row.children.size() != 1) return nullptr;
  return only_usage(row.children.front());
}

/// The largest number of its usage; the sum of all others has it.
Count size_of(const SeenNode& row) {
  Count size = 0;
  if (const SeenUsage* const usage = only_usage(row)) {
    for (const Counter counter : {Counter::input, Counter::output, Counter::total})
      size = std::max(size, usage->given[counter].value_or(0));
  }
  return size;
}

void put(std::string& key, std::string_view text) {
  key += std::to_string(text.size());
  key.push_back(':');
  key += text;
}

/// What tells a row apart from others. False where it holds a list, which is told apart by more.
bool tell(const SeenNode& node, bool is_row, bool are_numbers_alike, std::string& key) {
  if (node.kind == SeenNode::Kind::list) return false;
  if (!is_row) put(key, node.key);
  if (node.usage) {
    for (const auto& [quantity, path] : node.usage->keys) {
      key.push_back(static_cast<char>('a' + static_cast<int>(quantity)));
      put(key, path.text());
    }
    for (const Counter counter : kCounters)
      key.push_back(node.usage->given.has(counter) ? '+' : '-');
    key.push_back(node.usage->in_catalogue ? 'c' : 'n');
  }
  for (const SeenField& field : node.fields) {
    put(key, field.key);
    const bool is_number = field.value.find_first_not_of("0123456789") == std::string::npos;
    const bool is_id = field.tells == "id" || field.tells == "row" || field.tells == "above";
    if (!is_id && !(are_numbers_alike && is_number)) put(key, field.value);
  }
  for (const SeenNumber& number : node.numbers) put(key, number.key);
  return std::all_of(node.children.begin(), node.children.end(), [&](const SeenNode& child) {
    return tell(child, false, are_numbers_alike, key);
  });
}

bool fits(const SeenNode& a, const SeenNode& b) {
  const auto is_sum = [](std::optional<Count> x, std::optional<Count> y) {
    return !x || !y || (ExactSum(*x) += *y).fits();
  };
  if (a.usage) {
    for (const Counter counter : kCounters) {
      if (!is_sum(a.usage->given[counter], b.usage->given[counter])) return false;
    }
  }
  for (std::size_t i = 0; i < a.numbers.size(); ++i) {
    if (!is_sum(a.numbers[i].count, b.numbers[i].count)) return false;
  }
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    if (!fits(a.children[i], b.children[i])) return false;
  }
  return true;
}

void add_up(SeenNode& sum, const SeenNode& more) {
  sum.times += more.times;
  if (sum.usage) {
    for (const Counter counter : kCounters) {
      const auto mine = sum.usage->given[counter];
      const auto theirs = more.usage->given[counter];
      if (mine && theirs) sum.usage->given.set(counter, *mine + *theirs);
    }
  }
  for (std::size_t i = 0; i < sum.numbers.size(); ++i)
    sum.numbers[i].count += more.numbers[i].count;
  for (std::size_t i = 0; i < sum.children.size(); ++i) add_up(sum.children[i], more.children[i]);
}

}  // namespace

void RowFolder::follow(const SeenNode& row) {
  const SeenUsage* const usage = only_usage(row);
  if (usage == nullptr) return;
  if (list_.course == nullptr) list_.course = std::make_unique<ListCourse>();
  ListCourse& course = *list_.course;
  if (std::exchange(has_row_, true)) {
    ++course.steps;
    bool grows = false;
    for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
      const auto was = course.last[counter];
      const auto is = usage->given[counter];
      if (!was || !is) continue;
      course.never_falls = course.never_falls && *is >= *was;
      grows = grows || *is > *was;
    }
    course.growing += grows ? 1U : 0U;
  }
  course.last = usage->given;
}

void RowFolder::index_rows() {
  index_.clear();
  for (std::size_t i = 0; i < list_.children.size(); ++i) {
    if (i != largest_in_list_) index(i);
  }
}

void RowFolder::add(SeenNode&& row) {
  follow(row);
  if (list_.children.size() < kFewRows) {
    list_.children.push_back(std::move(row));
    return;
  }
  // Where all of them hold lists, there is nothing in the index.
  if (!std::exchange(is_indexed_, true)) {
    find_largest();
    index_rows();
  }
  if (!are_numbers_alike_ && list_.children.size() >= kManyRows) {
    are_numbers_alike_ = true;
    index_rows();
  }
  if (const Count size = size_of(row); size > largest_size_) {
    largest_size_ = size;
    // The one before it in the list stays there, and may be the same as others again.
    if (const auto before = std::exchange(largest_in_list_, kNone); before != kNone) index(before);
    if (auto before = std::exchange(largest_, std::move(row))) fold(std::move(*before));
    return;
  }
  fold(std::move(row));
}

void RowFolder::finish() {
  if (largest_) list_.children.push_back(std::move(*largest_));
  largest_.reset();
}

void RowFolder::find_largest() {
  for (std::size_t i = 0; i < list_.children.size(); ++i) {
    const Count size = size_of(list_.children[i]);
    if (size <= largest_size_) continue;
    largest_size_ = size;
    largest_in_list_ = i;
  }
}

void RowFolder::index(std::size_t row) {
  std::string key;
  if (tell(list_.children[row], true, are_numbers_alike_, key))
    index_.try_emplace(std::move(key), row);
}

void RowFolder::fold(SeenNode&& row) {
  std::string key;
  if (tell(row, true, are_numbers_alike_, key)) {
    const auto [known, is_new] = index_.try_emplace(std::move(key), list_.children.size());
    if (!is_new && fits(list_.children[known->second], row)) {
      add_up(list_.children[known->second], row);
      return;
    }
  }
  list_.children.push_back(std::move(row));
}

}  // namespace usagectl
