// Layout files: JSON in, a Layout out, every mistake named by its place.
#include "formats/layouts/layout_parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest_word.hpp"
#include "base/text_file.hpp"
#include "formats/layouts/layout_record_parser.hpp"
#include "formats/layouts/layout_text.hpp"
#include "formats/layouts/layout_values.hpp"
#include "formats/layouts/text_layout.hpp"
#include "input/json/json.hpp"
#include "input/json/json_parser.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

class LayoutParser : private LayoutValues {
 public:
  LayoutParser(std::string_view file, bool is_tested) : LayoutValues(file), is_tested_(is_tested) {}

  Layout read(const Json& document) {
    if (!document.is_object()) fail("", "is no layout: expected an object");
    Layout layout;
    members(document, "",
            {"$schema", "layout", "description", "url", "seen", "inferred", "in", "lines",
             "json_in_texts", "context", "known_by", "ignored", "records", "claims", "samples",
             "note", "text"},
            [&](std::string_view key, const Json& value, const std::string& at) {
              if (key == "text")
                layout.text = parse_text_layout(
                    value, at, is_tested_,
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
              else if (key == "in")
                layout.in = patterns(value, at);
              else if (key == "lines")
                read_lines(value, at, layout);
              else if (key == "json_in_texts")
                layout.json_in_texts = flag(value, at);
              else if (key == "context")
                read_context(value, at, layout);
              else if (key == "known_by")
                layout.known_by = conditions(value, at, 0);
              else if (key == "ignored")
                read_ignored(value, at, layout);
              else if (key == "records")
                items(value, at, [&](const Json& item, const std::string& place) {
                  layout.records.push_back(parse_layout_record(*this, item, place));
                });
              else if (key == "claims")
                items(value, at, [&](const Json& item, const std::string& place) {
                  layout.claims.push_back(claim(item, place));
                });
            });
    if (layout.id.empty()) fail("", "expected \"layout\", the name of the layout");
    const bool is_of_no_usage = !layout.ignored.empty() && !layout.known_by.empty();
    if (layout.records.empty() && !is_of_no_usage)
      fail("", "expected \"records\", a list of the places where records stand");
    for (std::size_t i = 0; i < layout.claims.size(); ++i)
      check(layout, layout.claims[i], pointer_to("/claims", i));
    check_context(layout);
    return layout;
  }

 private:
  void read_lines(const Json& value, const std::string& at, Layout& layout) const {
    if (value.is_bool()) {
      layout.is_lines = flag(value, at);
      return;
    }
    layout.is_lines = true;
    members(value, at, {"words", "note"},
            [&](std::string_view key, const Json& words, const std::string& place) {
              if (key != "words") return;
              one_or_more(words, place, [&](const Json& one, const std::string& where) {
                std::string word = text(one, where);
                const bool is_word =
                    !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
                      return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                    });
                if (!is_word) fail(where, "expected a word of letters and underscores");
                layout.words.push_back(std::move(word));
              });
            });
  }

  void read_context(const Json& value, const std::string& at, Layout& layout) const {
    if (!value.is_object())
      fail(at, fmt::format("is {}, expected an object of names", value.described()));
    value.each_member([&](std::string_view name, const Json& what) {
      const std::string place = pointer_to(at, name);
      RememberedValue remembered;
      remembered.name = name;
      members(what, place, {"from", "where", "note"},
              [&](std::string_view key, const Json& one, const std::string& where) {
                if (key == "from") remembered.from = sources(one, where, 0);
                if (key == "where") remembered.where = conditions(one, where, 0);
              });
      if (remembered.from.empty()) fail(place, "expected \"from\", the key of the value");
      layout.context.push_back(std::move(remembered));
    });
  }

  /// Places, and {"at", "where", "rule"} for what is ignored by a name.
  void read_ignored(const Json& value, const std::string& at, Layout& layout) const {
    if (!value.is_array()) {
      for (PathPattern& place : patterns(value, at)) layout.ignored.push_back({.at = place});
      return;
    }
    value.each_item([&](std::size_t index, const Json& item) {
      const std::string place = pointer_to(at, index);
      IgnoredPlace ignored;
      if (!item.is_object()) {
        ignored.at = pattern(item, place);
        layout.ignored.push_back(std::move(ignored));
        return;
      }
      // What a * stands for can be read only when the place is known.
      if (const Json where = item["at"]; where.present())
        ignored.at = pattern(where, pointer_to(place, "at"));
      members(item, place, {"at", "where", "rule", "note"},
              [&](std::string_view key, const Json& what, const std::string& where) {
                if (key == "where") ignored.where = conditions(what, where, ignored.at.stars());
                if (key == "rule") ignored.rule = text(what, where);
              });
      if (ignored.rule.empty()) fail(place, "expected \"rule\", the reason in a few words");
      layout.ignored.push_back(std::move(ignored));
    });
  }

  /// Every @name is one of the context.
  void check_context(const Layout& layout) const {
    const auto check = [&](const ValueSource& source, const std::string& at) {
      const bool is_known =
          source.earlier.empty() ||
          std::any_of(layout.context.begin(), layout.context.end(),
                      [&](const RememberedValue& one) { return one.name == source.earlier; });
      if (!is_known) fail(at, fmt::format("@{} is no name of \"context\"", source.earlier));
    };
    for (std::size_t i = 0; i < layout.records.size(); ++i) {
      const LayoutRecord& record = layout.records[i];
      const std::string at = pointer_to("/records", i);
      for (const Sources* list :
           {&record.requests, &record.id_within, &record.series, &record.model, &record.time}) {
        for (const ValueSource& source : *list) check(source, at);
      }
      for (const Sources& list : record.id.all) {
        for (const ValueSource& source : list) check(source, at);
      }
      for (const ValueSource& source : record.id.with) check(source, at);
      for (const ScopeSource& scope : record.scope) {
        for (const ValueSource& source : scope.from) check(source, at);
      }
    }
  }

  LayoutClaim claim(const Json& object, const std::string& at) const {
    LayoutClaim claim;
    bool has_kind = false;
    members(object, at,
            {"sum", "count", "equal", "sequence", "continuity", "of", "to", "adds", "by",
             "severity", "evidence", "note"},
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
              } else if (key == "severity") {
                const std::string severity = text(value, place);
                if (severity != "error" && severity != "warning")
                  fail(place, "expected error or warning");
                claim.is_warning = severity == "warning";
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
    const auto belongs = [&](const char* key, std::initializer_list<LayoutClaim::Kind> kinds) {
      if (object.has(key) && std::find(kinds.begin(), kinds.end(), claim.kind) == kinds.end())
        fail(pointer_to(at, key), fmt::format("does not belong to a {}",
                                              kClaimKinds[static_cast<std::size_t>(claim.kind)]));
    };
    belongs("of", {LayoutClaim::Kind::sum, LayoutClaim::Kind::count});
    belongs("to", {LayoutClaim::Kind::equal});
    belongs("adds", {LayoutClaim::Kind::continuity});
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
    const bool is_series =
        claim.kind == LayoutClaim::Kind::sequence || claim.kind == LayoutClaim::Kind::continuity;
    if (is_series && layout.is_lines && claim.about.stars() == 0) {
      fail(at, fmt::format("compares nothing: a claim is about one line, and a line has one {}; "
                           "expected a place in a list, such as \"/totals/*\"",
                           claim.about.text()));
    }
    if (claim.kind != LayoutClaim::Kind::sum) return;
    const bool about_records = is_record(layout, claim.about);
    if (about_records && claim.is_warning)
      fail(pointer_to(at, "severity"), "does not belong to a sum of records");
    for (const PathPattern& of : claim.of) {
      if (is_record(layout, of) == about_records) continue;
      fail(at, fmt::format("{} is {} and {} is {}; expected two of a kind", claim.about.text(),
                           about_records ? "a place of records" : "no place of records", of.text(),
                           about_records ? "none" : "one"));
    }
  }

  bool is_tested_;
};

}  // namespace

Layout parse_layout(std::string_view text, std::string_view file, bool is_tested) {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(text);
  if (parsed.fault) {
    throw InputError(fmt::format("{}:{}:{}: is not JSON: {}", file, parsed.fault->line,
                                 parsed.fault->column, parsed.fault->what));
  }
  return LayoutParser(file, is_tested).read(parsed.root);
}

void check_dialects(const Layout& layout, const Catalogue& catalogue, std::string_view file) {
  for (std::size_t i = 0; i < layout.records.size(); ++i) {
    const std::string& id = layout.records[i].dialect;
    if (id.empty() || catalogue.find(id) != nullptr) continue;
    std::vector<std::string> known;
    for (const Dialect& dialect : catalogue.dialects()) known.push_back(dialect.id);
    const auto nearest = nearest_word(id, known);
    throw InputError(fmt::format(
        "{}: {}/dialect: {} is unknown{}", file, pointer_to("/records", i), id,
        nearest ? fmt::format("; did you mean {}?", *nearest) : "; usagectl dialects lists them"));
  }
}

Layout load_layout(const std::string& path) { return parse_layout(read_text_file(path), path); }

}  // namespace usagectl
