#include "formats/columns/calls_as_rows.hpp"

#include <algorithm>

#include "formats/columns/call_columns.hpp"
#include "formats/columns/count_maps.hpp"
#include "formats/columns/quoted_text.hpp"

namespace usagectl {
namespace {

constexpr int kDeepest = 8;

class Rewriter {
 public:
  std::string text;
  std::vector<InputAndOutput> sums;

  void write(const Json& value) {
    if (value.is_object()) {
      write_object(value);
    } else if (value.is_array()) {
      text.push_back('[');
      value.each_item([&](std::size_t index, const Json& item) {
        if (index > 0) text.push_back(',');
        write(item);
      });
      text.push_back(']');
    } else if (value.is_number()) {
      text += value.described();
    } else if (value.is_text()) {
      text += quoted_text(value.text());
    } else if (const auto truth = value.boolean()) {
      text += *truth ? "true" : "false";
    } else {
      text += "null";
    }
  }

 private:
  void write_object(const Json& object) {
    const auto columns = columns_of_calls(object);
    const auto maps = maps_of_counts(object);
    if (columns) sums.push_back(columns->sums());
    if (maps) sums.push_back(maps->sums());
    text.push_back('{');
    bool is_first = true;
    const auto begin_member = [&](std::string_view key) {
      if (!is_first) text.push_back(',');
      is_first = false;
      text += quoted_text(key) + ':';
    };
    const auto is_one_of = [](const auto& all, std::string_view key) {
      return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
    };
    object.each_member([&](std::string_view key, const Json& value) {
      if (columns && is_one_of(columns->columns, key)) {
        if (key != columns->columns.front().key) return;
        begin_member(key);
        write_rows(*columns);
      } else if (maps && is_one_of(maps->maps, key)) {
        if (key != maps->maps.front().key) return;
        begin_member(maps->key());
        write_usages(*maps);
      } else {
        begin_member(key);
        write(value);
      }
    });
    text.push_back('}');
  }

  void write_usages(const CountMaps& maps) {
    text.push_back('{');
    for (std::size_t i = 0; i < maps.names.size(); ++i) {
      if (i > 0) text.push_back(',');
      text += quoted_text(maps.names[i]) + ':' + maps.usage(maps.names[i]);
    }
    text.push_back('}');
  }

  void write_rows(const CallColumns& columns) {
    text.push_back('[');
    for (std::size_t call = 0; call < columns.calls(); ++call) {
      if (call > 0) text.push_back(',');
      text += columns.row(call);
    }
    text.push_back(']');
  }
};

/// Looks where a report has such lists, and not into all of a long log.
class Look {
 public:
  bool may_hold_columns(const Json& value, int depth = 0) {
    if (depth > kDeepest || left_ == 0) return false;
    --left_;
    if (value.is_array()) return is_in_list(value, depth);
    bool found = false;
    bool any_list = false;
    bool any_map = false;
    std::size_t members = 0;
    value.each_member([&](std::string_view, const Json& member) {
      if (found || ++members > kFirstMembers) return;
      const Json first = member.is_array() ? member.item(0) : Json();
      any_list = any_list || first.is_number() || first.is_array();
      any_map = any_map || member.is_object();
      found = (member.is_object() || first.is_object()) && may_hold_columns(member, depth + 1);
    });
    return found || (any_list && columns_of_calls(value)) || (any_map && maps_of_counts(value));
  }

 private:
  static constexpr std::size_t kFirstMembers = 64;
  static constexpr std::size_t kFirstItems = 8;

  bool is_in_list(const Json& list, int depth) {
    for (std::size_t i = 0; i < kFirstItems; ++i) {
      const Json item = list.item(i);
      if (!item.is_object() && !item.is_array()) return false;
      if (may_hold_columns(item, depth + 1)) return true;
    }
    return false;
  }

  std::size_t left_ = 4096;  ///< of values that are looked into
};

}  // namespace

std::optional<WithRows> with_calls_as_rows(const Json& document) {
  if (!Look().may_hold_columns(document)) return std::nullopt;
  Rewriter rewriter;
  rewriter.write(document);
  if (rewriter.sums.empty()) return std::nullopt;
  return WithRows{std::move(rewriter.text), std::move(rewriter.sums)};
}

}  // namespace usagectl
