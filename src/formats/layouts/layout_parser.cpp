// Layout files: JSON in, a Layout out, every mistake named by its place.
#include "formats/layouts/layout_parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest_word.hpp"
#include "base/text_file.hpp"
#include "formats/layouts/claims/claim_parser.hpp"
#include "formats/layouts/layout_record_parser.hpp"
#include "formats/layouts/layout_values.hpp"
#include "formats/layouts/text/text_layout.hpp"
#include "input/json/json.hpp"
#include "input/json/json_parser.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

class LayoutParser : private LayoutValues {
 public:
  LayoutParser(std::string_view file, bool is_tested) : LayoutValues(file, is_tested) {}

  Layout read(const Json& document) {
    if (!document.is_object()) fail("", "is not a layout: expected an object");
    Layout layout;
    members(document, "",
            {"$schema", "layout", "description", "url", "seen", "inferred", "in", "lines",
             "json_in_texts", "context", "known_by", "ignored", "records", "claims", "samples",
             "note", "text", "bill"},
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
              else if (key == "bill")
                layout.is_bill = flag(value, at);
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
                  layout.claims.push_back(parse_layout_claim(*this, item, place));
                });
            });
    if (layout.id.empty()) fail("", "expected \"layout\", the name of the layout");
    const bool is_of_no_usage = !layout.ignored.empty() && !layout.known_by.empty();
    if (layout.records.empty() && !is_of_no_usage)
      fail("", "expected \"records\", a list of the places of records");
    for (std::size_t i = 0; i < layout.claims.size(); ++i)
      check_layout_claim(*this, layout, layout.claims[i], pointer_to("/claims", i));
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
      const std::string place = at + "/*";
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
      members(item, place, {"at", "where", "rule", "missing", "note"},
              [&](std::string_view key, const Json& what, const std::string& where) {
                if (key == "where") ignored.where = conditions(what, where, ignored.at.stars());
                if (key == "rule") ignored.rule = text(what, where);
                if (key == "missing") ignored.missing = text(what, where);
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
      if (!is_known) fail(at, "has an @ before what is not a name of \"context\"");
    };
    for (std::size_t i = 0; i < layout.claims.size(); ++i) {
      for (const ValueSource& source : layout.claims[i].lines.same)
        check(source, pointer_to("/claims", i));
    }
    for (std::size_t i = 0; i < layout.records.size(); ++i) {
      const LayoutRecord& record = layout.records[i];
      const std::string at = pointer_to("/records", i);
      for (const Sources* list : {&record.requests, &record.id_within, &record.same_usage,
                                  &record.series, &record.model, &record.time, &record.until}) {
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
};

}  // namespace

Layout parse_layout(std::string_view text, std::string_view file, bool is_tested) {
  JsonParser parser;
  return parse_layout(text, file, is_tested, parser);
}

Layout parse_layout(std::string_view text, std::string_view file, bool is_tested,
                    JsonParser& parser) {
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
    throw InputError(fmt::format("{}: {}/dialect: {}", file, pointer_to("/records", i),
                                 nearest
                                     ? fmt::format("{} is unknown; did you mean {}?", id, *nearest)
                                     : "is unknown; usagectl dialects lists them"));
  }
}

Layout load_layout(const std::string& path) {
  Layout layout = parse_layout(read_text_file(path), path);
  layout.is_given = true;
  return layout;
}

}  // namespace usagectl
