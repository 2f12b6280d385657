// Layout files: JSON in, a Layout out, every mistake named by its place.
#include "formats/layouts/layout_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/nearest_word.hpp"
#include "base/text_file.hpp"
#include "formats/layouts/layout_text.hpp"
#include "formats/layouts/text_layout.hpp"
#include "input/json/json.hpp"
#include "input/json/json_parser.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

class LayoutParser {
 public:
  explicit LayoutParser(std::string_view file) : file_(file) {}

  Layout read(const Json& document) {
    if (!document.is_object()) fail("", "is no layout: expected an object");
    Layout layout;
    members(document, "",
            {"$schema", "layout", "description", "url", "seen", "inferred", "known_by", "ignored",
             "records", "claims", "samples", "note", "text"},
            [&](std::string_view key, const Json& value, const std::string& at) {
              if (key == "text")
                layout.text = parse_text_layout(
                    value, at,
                    [&](const std::string& place, const std::string& what) { fail(place, what); });
              else if (key == "layout")
                layout.id = word(value, at);
              else if (key == "description")
                layout.description = text(value, at);
              else if (key == "url")
                layout.url = text(value, at);
              else if (key == "seen")
                layout.seen = text(value, at);
              else if (key == "inferred")
                layout.inferred = flag(value, at);
              else if (key == "known_by")
                read_known_by(value, at, layout);
              else if (key == "ignored")
                layout.ignored = patterns(value, at);
              else if (key == "records")
                items(value, at, [&](const Json& item, const std::string& place) {
                  layout.records.push_back(record(item, place));
                });
              else if (key == "claims")
                items(value, at, [&](const Json& item, const std::string& place) {
                  layout.claims.push_back(claim(item, place));
                });
            });
    if (layout.id.empty()) fail("", "expected \"layout\", the name of the layout");
    const bool is_of_no_usage =
        !layout.ignored.empty() && !(layout.known_by.empty() && layout.known_texts.empty());
    if (layout.records.empty() && !is_of_no_usage)
      fail("", "expected \"records\", a list of the places where records stand");
    for (std::size_t i = 0; i < layout.claims.size(); ++i)
      check(layout, layout.claims[i], pointer_to("/claims", i));
    return layout;
  }

 private:
  [[noreturn]] void fail(std::string_view at, std::string_view what) const {
    throw InputError(at.empty() ? fmt::format("{}: {}", file_, what)
                                : fmt::format("{}: {}: {}", file_, at, what));
  }

  template <typename Use>
  void members(const Json& object, const std::string& at, const std::vector<std::string>& known,
               Use&& use) const {
    if (const auto repeated = repeated_key(object)) fail(pointer_to(at, *repeated), "stands twice");
    object.each_member([&](std::string_view key, const Json& value) {
      const std::string place = pointer_to(at, key);
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        const auto nearest = nearest_word(key, known);
        fail(place, nearest
                        ? fmt::format("is not known; did you mean {}?", *nearest)
                        : fmt::format("is not known; expected one of {}", fmt::join(known, ", ")));
      }
      use(key, value, place);
    });
  }

  template <typename Use>
  void items(const Json& list, const std::string& at, Use&& use) const {
    if (!list.is_array())
      fail(at, fmt::format("is {}, expected a list of objects", list.described()));
    list.each_item([&](std::size_t index, const Json& item) {
      const std::string place = pointer_to(at, index);
      if (!item.is_object())
        fail(place, fmt::format("is {}, expected an object", item.described()));
      use(item, place);
    });
  }

  std::string text(const Json& value, const std::string& at) const {
    if (!value.is_text()) fail(at, fmt::format("is {}, expected a text", value.described()));
    return std::string(value.text());
  }
  std::string word(const Json& value, const std::string& at) const {
    std::string name = text(value, at);
    if (name.empty() || name.find_first_of(" \t\r\n|") != std::string::npos)
      fail(at, "expected a name without spaces");
    return name;
  }
  bool flag(const Json& value, const std::string& at) const {
    const auto flag = value.boolean();
    if (!flag) fail(at, fmt::format("is {}, expected true or false", value.described()));
    return *flag;
  }
  PathPattern pattern(const Json& value, const std::string& at) const {
    PathPattern pattern;
    if (!value.is_text() || !parse_path_pattern(value.text(), pattern)) {
      fail(at, "expected a place such as \"/calls/*\", \"\" for the whole document");
    }
    return pattern;
  }
  std::vector<PathPattern> patterns(const Json& value, const std::string& at) const {
    std::vector<PathPattern> list;
    if (value.is_text()) return {pattern(value, at)};
    if (!value.is_array()) fail(at, "expected a place such as \"/calls/*\", or a list of places");
    value.each_item([&](std::size_t index, const Json& item) {
      list.push_back(pattern(item, pointer_to(at, index)));
    });
    return list;
  }
  /// Places, and {"at", "is"} or {"at", "begins"} where a text must stand.
  void read_known_by(const Json& value, const std::string& at, Layout& layout) const {
    if (!value.is_array()) {
      layout.known_by = patterns(value, at);
      return;
    }
    value.each_item([&](std::size_t index, const Json& item) {
      const std::string place = pointer_to(at, index);
      if (!item.is_object()) {
        layout.known_by.push_back(pattern(item, place));
        return;
      }
      TextTest test;
      members(item, place, {"at", "is", "begins"},
              [&](std::string_view key, const Json& what, const std::string& where) {
                if (key == "at")
                  test.at = pattern(what, where);
                else if (key == "begins")
                  test.begins = text(what, where);
                else if (what.is_array())
                  what.each_item([&](std::size_t number, const Json& one) {
                    test.is.push_back(text(one, pointer_to(where, number)));
                  });
                else
                  test.is.push_back(text(what, where));
              });
      if (!item.has("at") || (test.is.empty() && test.begins.empty()))
        fail(place, "expected \"at\", a place, and \"is\" or \"begins\", the text there");
      layout.known_texts.push_back(std::move(test));
    });
  }
  /// A key below an object: "a/b".
  PathPattern key_path(const Json& value, const std::string& at) const {
    PathPattern path;
    const std::string key = text(value, at);
    if (!key.empty() && !parse_path_pattern("/" + key, path))
      fail(at, "expected a key, \"a/b\" for one inside another");
    return path;
  }
  ValueSource source(const Json& value, const std::string& at, std::size_t stars) const {
    ValueSource source;
    std::string name = text(value, at);
    if (name.starts_with('*')) {
      const auto [stop, error] =
          std::from_chars(name.data() + 1, name.data() + name.size(), source.star);
      if (error != std::errc() || stop != name.data() + name.size() || source.star == 0 ||
          source.star > stars) {
        fail(at, fmt::format("expected *1{} for what a * of \"at\" stands for; it has {}",
                             stars > 1 ? fmt::format(" to *{}", stars) : std::string(), stars));
      }
      return source;
    }
    while (name.starts_with("../")) {
      ++source.outward;
      name.erase(0, 3);
    }
    if (name.empty() || !parse_path_pattern("/" + name, source.path))
      fail(at, "expected a key, \"../key\" for one of the object around, or *1");
    return source;
  }

  LayoutRecord record(const Json& object, const std::string& at) const {
    LayoutRecord record;
    bool has_place = false;
    // What a * stands for can be told only when the place is known.
    if (const Json place = object["at"]; place.present()) {
      record.at = pattern(place, pointer_to(at, "at"));
      has_place = true;
    }
    if (!has_place) fail(at, "expected \"at\", the place of the records");
    const std::size_t stars = record.at.stars();
    members(object, at,
            {"at", "role", "view", "usage", "counted", "why", "counters", "meaning", "requests",
             "id", "model", "time", "by", "note", "digits"},
            [&](std::string_view key, const Json& value, const std::string& place) {
              if (key == "digits")
                record.digits = flag(value, place);
              else if (key == "role")
                record.role = role(value, place);
              else if (key == "view")
                record.view = text(value, place);
              else if (key == "usage")
                record.usage = text(value, place);
              else if (key == "counted")
                record.counted = flag(value, place);
              else if (key == "why")
                record.why = text(value, place);
              else if (key == "counters")
                read_counters(value, place, record);
              else if (key == "meaning")
                read_meaning(value, place, record);
              else if (key == "requests")
                record.requests = key_path(value, place);
              else if (key == "id")
                record.id = source(value, place, stars);
              else if (key == "model")
                record.model = source(value, place, stars);
              else if (key == "time")
                record.time = source(value, place, stars);
              else if (key == "by")
                read_scope(value, place, stars, record);
            });
    if (record.view.empty()) record.view = record.at.text();
    return record;
  }

  Role role(const Json& value, const std::string& at) const {
    const std::string name = text(value, at);
    for (const Role role : {Role::request, Role::aggregate, Role::cumulative}) {
      if (name == name_of(role)) return role;
    }
    fail(at, "expected request, aggregate or cumulative");
  }

  void read_counters(const Json& value, const std::string& at, LayoutRecord& record) const {
    if (!value.is_object())
      fail(at,
           fmt::format("is {}, expected an object of counters and their keys", value.described()));
    const std::vector<std::string> names(kQuantityNames.begin(), kQuantityNames.end());
    members(value, at, names,
            [&](std::string_view name, const Json& key, const std::string& place) {
              const auto quantity = std::find(kQuantityNames.begin(), kQuantityNames.end(), name) -
                                    kQuantityNames.begin();
              const auto add = [&](const Json& one, const std::string& where) {
                record.counters.emplace_back(static_cast<Quantity>(quantity), key_path(one, where));
              };
              if (!key.is_array()) return add(key, place);
              key.each_item(
                  [&](std::size_t index, const Json& one) { add(one, pointer_to(place, index)); });
            });
    if (record.counters.empty()) fail(at, "expected at least one counter and its key");
  }

  void read_meaning(const Json& value, const std::string& at, LayoutRecord& record) const {
    if (!value.is_object())
      fail(at, fmt::format("is {}, expected an object such as {{\"cache_read_in_input\": "
                           "\"included\"}}",
                           value.described()));
    const std::vector<std::string> names(kAxisNames.begin(), kAxisNames.end());
    members(value, at, names,
            [&](std::string_view axis, const Json& answer, const std::string& place) {
              const std::string word = text(answer, place);
              if (std::find(kHoldsNames.begin(), kHoldsNames.end(), word) == kHoldsNames.end())
                fail(place, fmt::format("expected one of {}", fmt::join(kHoldsNames, ", ")));
              record.meaning.emplace_back(axis, word);
            });
  }

  void read_scope(const Json& value, const std::string& at, std::size_t stars,
                  LayoutRecord& record) const {
    if (!value.is_object())
      fail(at, fmt::format("is {}, expected an object such as {{\"session\": \"session_id\"}}",
                           value.described()));
    const std::vector<std::string> names(scope_names().begin(), scope_names().end());
    members(value, at, names,
            [&](std::string_view name, const Json& from, const std::string& place) {
              const auto known = std::find(scope_names().begin(), scope_names().end(), name);
              record.scope.push_back({*known, source(from, place, stars)});
            });
  }

  LayoutClaim claim(const Json& object, const std::string& at) const {
    LayoutClaim claim;
    bool has_kind = false;
    members(object, at,
            {"sum", "count", "equal", "sequence", "continuity", "of", "to", "adds", "by",
             "evidence", "note"},
            [&](std::string_view key, const Json& value, const std::string& place) {
              const auto kind = std::find(kClaimKinds.begin(), kClaimKinds.end(), key);
              if (kind != kClaimKinds.end()) {
                if (has_kind)
                  fail(place, "a claim is one of sum, count, equal, sequence, continuity");
                has_kind = true;
                claim.kind = static_cast<LayoutClaim::Kind>(kind - kClaimKinds.begin());
                claim.about = pattern(value, place);
              } else if (key == "of" || key == "to" || key == "adds") {
                claim.of = patterns(value, place);
              } else if (key == "by") {
                claim.by = grouping(value, place);
              } else if (key == "evidence") {
                claim.evidence = text(value, place);
              }
            });
    if (!has_kind)
      fail(at,
           "expected one of sum, count, equal, sequence, continuity, and the place that it is "
           "about");
    const auto expect = [&](LayoutClaim::Kind kind, const char* key) {
      if (claim.kind == kind && !object.has(key))
        fail(at, fmt::format("expected \"{}\" beside \"{}\"", key,
                             kClaimKinds[static_cast<std::size_t>(kind)]));
    };
    expect(LayoutClaim::Kind::sum, "of");
    expect(LayoutClaim::Kind::count, "of");
    expect(LayoutClaim::Kind::equal, "to");
    if (!claim.by.empty() && claim.kind != LayoutClaim::Kind::sum)
      fail(pointer_to(at, "by"), "belongs to a sum");
    return claim;
  }

  std::string grouping(const Json& value, const std::string& at) const {
    std::vector<std::string> names = {"model", "day"};
    names.insert(names.end(), scope_names().begin(), scope_names().end());
    std::string name = text(value, at);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const auto nearest = nearest_word(name, names);
      fail(at, nearest ? fmt::format("\"{}\" is no key; did you mean {}?", name, *nearest)
                       : fmt::format("\"{}\" is no key; expected one of {}", name,
                                     fmt::join(names, ", ")));
    }
    return name;
  }

  static bool is_record(const Layout& layout, const PathPattern& place) {
    return std::any_of(layout.records.begin(), layout.records.end(),
                       [&](const LayoutRecord& record) { return record.at == place; });
  }

  /// A sum is about records or about numbers, on both sides.
  void check(const Layout& layout, const LayoutClaim& claim, const std::string& at) const {
    if (claim.kind != LayoutClaim::Kind::sum) return;
    const bool about_records = is_record(layout, claim.about);
    for (const PathPattern& of : claim.of) {
      if (is_record(layout, of) == about_records) continue;
      fail(at, fmt::format("{} is {} and {} is {}; expected two of a kind", claim.about.text(),
                           about_records ? "a place of records" : "no place of records", of.text(),
                           about_records ? "none" : "one"));
    }
  }

  std::string file_;
};

}  // namespace

Layout parse_layout(std::string_view text, std::string_view file) {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(text);
  if (parsed.fault) {
    throw InputError(fmt::format("{}:{}:{}: is not JSON: {}", file, parsed.fault->line,
                                 parsed.fault->column, parsed.fault->what));
  }
  return LayoutParser(file).read(parsed.root);
}

Layout load_layout(const std::string& path) { return parse_layout(read_text_file(path), path); }

}  // namespace usagectl
