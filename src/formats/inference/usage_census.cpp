#include "formats/inference/usage_census.hpp"

#include <algorithm>

#include "base/paths.hpp"
#include "dialects/row_words.hpp"
#include "dialects/usage_words.hpp"
#include "formats/inference/key_book.hpp"
#include "formats/inference/repeats/differences.hpp"
#include "formats/inference/row_folder.hpp"
#include "formats/inference/table_rows.hpp"
#include "formats/inference/usage_keys.hpp"
#include "formats/reading/named_place.hpp"
#include "formats/reading/usage_parts.hpp"
#include "formats/reading/usage_search.hpp"

namespace usagectl {
namespace {

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
  std::optional<SeenNode> root(const Json& document) {
    auto root = look(document, {}, speaks_);
    // Sums that fit make no tokens of bare names where other names say what counts tokens.
    if (root && is_any_said_) doubt_bare_names(*root);
    return root;
  }

 private:
  std::optional<SeenNode> object(const Json& value, std::string_view key, bool speaks) {
    if (counts_tokens(key)) {
      if (auto numbers = map_of_numbers(value, key, speaks_ || says_used(key))) return numbers;
    }
    SeenNode node;
    node.key = key;
    UsageKeys keys(catalogue_, agreed_);
    const std::vector<std::string> columns = column_names(value);
    const About about = about_of(value);
    texts_ += about == About::text ? 1 : 0;
    bool is_in_tree = false;
    node.usage_by_model = usage_by_model(value);
    value.each_member([&](std::string_view name, const Json& member) {
      if (!node.usage_by_model.empty() && name == "usage") return;
      const KeyWords words = keys_.look_up(name);
      is_in_tree = is_in_tree || words.tells == "above";
      if (keys.add_statistics(name, words, member)) return;
      if (member.is_object() || member.is_array()) {
        // A "window" of calls is a list of them; that of a context is a number or an object.
        const bool is_list_of_calls = member.is_array() && name == "window";
        const bool may_be_none = words.is_no_usage || may_be_beside_average(name);
        const UsageIn usage =
            may_be_none && !is_list_of_calls ? usage_in(value, name, member) : UsageIn::likely;
        if (usage != UsageIn::likely ||
            (member.is_object() ? words.is_detail : words.is_list_of_details)) {
          if (usage == UsageIn::none) node.passed_over.emplace_back(name);
          if (usage == UsageIn::unsaid) node.unsaid.emplace_back(name);
          return;
        }
        if (is_negative_difference(name, member)) {
          node.passed_over.emplace_back(name);
          return;
        }
        const bool member_speaks = speaks || words.speaks;
        other_units_ += words.is_other_unit ? 1 : 0;
        auto child = member.is_array() && !columns.empty()
                         ? list(member, name, member_speaks, columns)
                         : look(member, name, member_speaks);
        other_units_ -= words.is_other_unit ? 1 : 0;
        // An object called "per_call" is an average, unless there are calls in it.
        const bool is_average =
            child && child->kind == SeenNode::Kind::object && child->usage && names_average(name);
        if (child && !is_average)
          node.children.push_back(std::move(*child));
        else if (is_average || words.is_other_unit || counts_calls(name))
          node.passed_over.emplace_back(name);
        return;
      }
      keys.add(name, words, member);
      note(name, words, member, node);
    });
    texts_ -= about == About::text ? 1 : 0;
    note_id_of_answer(value, node);
    if (is_in_tree) note("id", {.tells = "row"}, value["id"], node);
    const auto tells = [&](auto&& fits) {
      return std::any_of(node.fields.begin(), node.fields.end(), fits);
    };
    SaidAround said;
    said.speaks = speaks;
    said.is_document = key.empty();
    said.is_other_unit = other_units_ > 0;
    said.is_text = about == About::text || (about == About::anything && texts_ > 0);
    said.has_model = tells([](const SeenField& field) {
      return field.tells == "model" && looks_like_model(field.value);
    });
    said.tells_call = tells([](const SeenField& field) {
      return field.tells == "time" || field.tells == "id" || field.tells == "session";
    });
    said.has_agent = tells(
        [](const SeenField& field) { return field.tells == "part" && speaks_of_calls(field.key); });
    said.is_of_calls = counts_calls(key);
    node.usage = keys.usage(value, said);
    if (node.usage && speaks_of_tokens(key)) {
      std::erase_if(node.children,
                    [](const SeenNode& child) { return names_part_of_usage(child.key); });
    }
    pass_over_differences(node);
    if (has_usage_child(node)) {
      std::erase_if(node.children,
                    [](const SeenNode& child) { return names_part_beside_usage(child.key); });
    }
    if (!node.usage && node.children.empty() && other_units_ == 0)
      node.usage = usage_in_catalogue(catalogue_, value);
    if (node.usage && !node.usage->is_weak && !node.usage->is_sure_by_sum) is_any_said_ = true;
    if (!node.usage && node.children.empty()) return std::nullopt;
    return node;
  }

  /// "tool_calls": {"total": 8, "failed": 1}
  static bool counts_calls(std::string_view key) {
    return speaks_of_calls(key) && !speaks_of_tokens(key);
  }

  enum class About : std::uint8_t { anything, text, call };

  /// What the members of an object tell of: a file and its length, or a call and its cost.
  About about_of(const Json& value) {
    constexpr std::size_t kMostMembers = 48;
    if (value.size() > kMostMembers) return About::anything;
    About about = About::anything;
    value.each_member([&](std::string_view name, const Json&) {
      const KeyWords& words = keys_.look_up(name);
      if (words.is_of_call)
        about = About::call;
      else if (words.is_of_text && about == About::anything)
        about = About::text;
    });
    return about;
  }

  /// A usage object right below: what else is counted there is a part of it.
  static bool has_usage_child(const SeenNode& node) {
    return std::any_of(node.children.begin(), node.children.end(), [](const SeenNode& child) {
      return child.usage && speaks_of_tokens(child.key) && !names_part_beside_usage(child.key);
    });
  }

  /// "model_response", "completion": what a provider answered.
  static bool names_answer(std::string_view key) {
    constexpr std::string_view kAnswers[] = {"response", "completion", "answer", "generation"};
    const auto words = words_of(key);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(std::begin(kAnswers), std::end(kAnswers), word) != std::end(kAnswers);
    });
  }

  /// "id" may be anybody's; that of an answer is known by its form or by what stands beside it.
  void note_id_of_answer(const Json& value, SeenNode& node) const {
    constexpr std::size_t kLongId = 16;
    constexpr std::size_t kLongest = 128;
    const std::string_view id = value["id"].text();
    if (id.empty() || id.size() > kLongest) return;
    const bool is_number = id.find_first_not_of("0123456789") == std::string_view::npos;
    const bool is_answer =
        value.has("object") || value.has("choices") || value.has("candidates") ||
        (value.has("model") && (id.size() >= kLongId || catalogue_.knows_id(id) ||
                                (names_answer(node.key) && !is_number)));
    const bool has_id = std::any_of(node.fields.begin(), node.fields.end(),
                                    [](const SeenField& field) { return field.tells == "id"; });
    if (is_answer && !has_id) node.fields.push_back({"id", "id", std::string(id)});
  }

  static void doubt_bare_names(SeenNode& node) {
    if (node.usage && node.usage->is_sure_by_sum) node.usage->is_weak = true;
    for (SeenNode& child : node.children) doubt_bare_names(child);
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
    const std::string name_around = list_name_;
    if (!is_position(key)) list_name_ = key;
    node.choices = choices_of_one_call(list_name_, value);
    RowFolder folder(node);
    value.each_item([&](std::size_t index, const Json& item) {
      if (auto child = look(item, std::to_string(index), speaks)) folder.add(std::move(*child));
    });
    folder.finish();
    list_name_ = name_around;
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
    folder.finish();
    if (node.children.empty()) return std::nullopt;
    return node;
  }

  const Catalogue& catalogue_;
  bool speaks_;
  std::size_t other_units_ = 0;  ///< names of other units around what is looked at
  std::size_t texts_ = 0;        ///< objects around what is looked at that tell of texts
  bool is_any_said_ = false;     ///< some object says that it counts tokens
  std::string list_name_;        ///< of the list that is looked at, or of the one around it
  KeyBook keys_;
  Agreed agreed_;
};

}  // namespace

std::optional<SeenNode> take_census(const Json& document, const FileContext& file) {
  return Census(file.catalogue(), speaks_of_tokens(base_name(file.path))).root(document);
}

}  // namespace usagectl
