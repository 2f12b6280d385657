#include "formats/layouts/claims/claim_parser.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>

#include "base/nearest_word.hpp"
#include "formats/layouts/layout_text.hpp"

namespace usagectl {
namespace {

using Kind = LayoutClaim::Kind;
using Span = ClaimedLines::Span;

std::string_view name_of(Kind kind) { return kClaimKinds[static_cast<std::size_t>(kind)]; }

class ClaimParser {
 public:
  explicit ClaimParser(const LayoutValues& values) : values_(values) {}

  LayoutClaim claim(const Json& object, const std::string& at) const {
    LayoutClaim claim;
    bool has_kind = false;
    values_.members(object, at,
                    {"sum", "count", "equal", "sequence", "continuity", "of", "to", "adds", "by",
                     "lines", "same", "where", "counter", "severity", "evidence", "note"},
                    [&](std::string_view key, const Json& value, const std::string& place) {
                      const auto kind = std::find(kClaimKinds.begin(), kClaimKinds.end(), key);
                      if (kind != kClaimKinds.end()) {
                        if (has_kind)
                          values_.fail(place,
                                       "a claim is one of sum, count, equal, sequence, continuity");
                        has_kind = true;
                        claim.kind = static_cast<Kind>(kind - kClaimKinds.begin());
                        read_about(value, place, claim);
                      } else if (key == "of" || key == "to" || key == "adds") {
                        read_of(value, place, claim);
                      } else if (key == "by") {
                        claim.by = grouping(value, place);
                      } else if (key == "lines") {
                        read_lines(value, place, claim.lines);
                      } else if (key == "same") {
                        claim.lines.same = keys_of_lines(value, place);
                      } else if (key == "where") {
                        claim.lines.where = values_.conditions(value, place, 0);
                      } else if (key == "counter") {
                        claim.counter = counter(value, place);
                      } else if (key == "severity") {
                        const std::string severity = values_.text(value, place);
                        if (severity != "error" && severity != "warning")
                          values_.fail(place, "expected error or warning");
                        claim.is_warning = severity == "warning";
                      } else if (key == "evidence") {
                        claim.evidence = values_.text(value, place);
                      }
                    });
    if (!has_kind)
      values_.fail(at,
                   "expected one of sum, count, equal, sequence, continuity, and the place that it "
                   "is about");
    check_keys(object, at, claim);
    return claim;
  }

 private:
  /// A place begins with a slash, or is the empty one; anything else is the name of a view.
  static bool is_view(const Json& value) {
    return value.is_text() && !value.text().empty() && !value.text().starts_with('/');
  }

  void read_about(const Json& value, const std::string& at, LayoutClaim& claim) const {
    if (is_view(value))
      claim.about_view = values_.text(value, at);
    else
      claim.about = values_.pattern(value, at);
  }

  void read_of(const Json& value, const std::string& at, LayoutClaim& claim) const {
    if (!value.is_text() && !value.is_array())
      values_.fail(at, "expected a place such as \"/calls/*\", or a list of places");
    LayoutValues::one_or_more(value, at, [&](const Json& one, const std::string& place) {
      if (is_view(one))
        claim.of_views.push_back(values_.text(one, place));
      else
        claim.of.push_back(values_.pattern(one, place));
    });
  }

  void read_lines(const Json& value, const std::string& at, ClaimedLines& lines) const {
    if (value.is_object()) {
      lines.span = Span::since;
      values_.members(value, at, {"since", "note"},
                      [&](std::string_view key, const Json& what, const std::string& place) {
                        if (key == "since") lines.since = values_.conditions(what, place, 0);
                      });
      if (lines.since.empty())
        values_.fail(at, "expected \"since\", the conditions of the line that begins");
      return;
    }
    const auto name = std::find(kClaimedLines.begin(), kClaimedLines.end(), value.text());
    if (!value.is_text() || name == kClaimedLines.end())
      values_.fail(at, fmt::format("expected one of {}, or an object such as {{\"since\": "
                                   "{{\"at\": \"/type\", \"is\": \"start\"}}}}",
                                   fmt::join(kClaimedLines, ", ")));
    lines.span = static_cast<Span>(1 + (name - kClaimedLines.begin()));
  }

  /// "session", or "/session" as conditions have it.
  Sources keys_of_lines(const Json& value, const std::string& at) const {
    Sources keys;
    LayoutValues::one_or_more(value, at, [&](const Json& one, const std::string& place) {
      if (one.is_text() && one.text().starts_with('/'))
        keys.push_back({.path = values_.pattern(one, place)});
      else
        keys.push_back(values_.source(one, place, 0));
    });
    if (keys.empty()) values_.fail(at, "expected at least one key");
    return keys;
  }

  Counter counter(const Json& value, const std::string& at) const {
    const std::string name = values_.text(value, at);
    std::vector<std::string> names;
    for (const Counter counter : kCounters) {
      if (usagectl::name_of(counter) == name) return counter;
      names.emplace_back(usagectl::name_of(counter));
    }
    values_.fail(at, fmt::format("expected one of {}", fmt::join(names, ", ")));
  }

  std::string grouping(const Json& value, const std::string& at) const {
    std::vector<std::string> names = {"model", "day"};
    names.insert(names.end(), scope_names().begin(), scope_names().end());
    std::string name = values_.text(value, at);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const auto nearest = nearest_word(name, names);
      values_.fail(at, nearest
                           ? fmt::format("\"{}\" is not a key; did you mean {}?", name, *nearest)
                           : fmt::format("expected one of {}", fmt::join(names, ", ")));
    }
    return name;
  }

  void check_keys(const Json& object, const std::string& at, const LayoutClaim& claim) const {
    const auto expect = [&](Kind kind, const char* key) {
      if (claim.kind == kind && !object.has(key))
        values_.fail(at, fmt::format("expected \"{}\" beside \"{}\"", key, name_of(kind)));
    };
    const auto belongs = [&](const char* key, std::initializer_list<Kind> kinds) {
      if (object.has(key) && std::find(kinds.begin(), kinds.end(), claim.kind) == kinds.end())
        values_.fail(pointer_to(at, key),
                     fmt::format("does not belong to a {}", name_of(claim.kind)));
    };
    belongs("of", {Kind::sum, Kind::count});
    belongs("to", {Kind::equal});
    belongs("adds", {Kind::continuity});
    belongs("counter", {Kind::sum});
    expect(Kind::sum, "of");
    expect(Kind::count, "of");
    expect(Kind::equal, "to");
    if (!claim.by.empty() && claim.kind != Kind::sum)
      values_.fail(pointer_to(at, "by"), "belongs to a sum");
    for (const char* key : {"same", "where", "counter"}) {
      if (object.has(key) && !claim.lines.are_others())
        values_.fail(pointer_to(at, key),
                     "belongs to a claim about other lines; expected "
                     "\"lines\" beside it");
    }
    if (!claim.lines.are_others() && !(claim.about_view.empty() && claim.of_views.empty())) {
      values_.fail(at,
                   "names what is not a place such as \"/calls/*\"; the name of a view needs "
                   "\"lines\" beside it");
    }
  }

  const LayoutValues& values_;
};

/// What both sides of a claim are.
class ClaimCheck {
 public:
  ClaimCheck(const LayoutValues& values, const Layout& layout, const LayoutClaim& claim,
             const std::string& at)
      : values_(values), layout_(layout), claim_(claim), at_(at) {}

  void check() const {
    const bool is_log = layout_.is_lines || layout_.text != nullptr;
    const bool is_series = claim_.kind == Kind::sequence || claim_.kind == Kind::continuity;
    if (claim_.lines.are_others()) {
      if (!is_log || !layout_.in.empty())
        values_.fail(pointer_to(at_, "lines"),
                     is_log ? "does not go with \"in\""
                            : "belongs to a log; expected \"lines\": true in the layout");
      return check_lines(is_series);
    }
    if (is_series && layout_.is_lines && claim_.about.stars() == 0)
      values_.fail(at_,
                   "compares nothing: a line has one such number; expected a place in a list, such "
                   "as \"/totals/*\", or \"lines\": \"all\"");
    if (claim_.kind == Kind::sum) check_sum_of_document();
  }

 private:
  bool is_record(const PathPattern& place) const {
    return std::any_of(layout_.records.begin(), layout_.records.end(),
                       [&](const LayoutRecord& record) { return record.at == place; });
  }

  void check_view(const std::string& view) const {
    std::vector<std::string> views;
    for (const LayoutRecord& record : layout_.records) {
      if (record.view == view) return;
      views.push_back(record.view);
    }
    const auto nearest = nearest_word(view, views);
    values_.fail(
        at_,
        fmt::format("names what is not a \"view\" of the records{}; a place begins with a slash",
                    nearest ? fmt::format("; did you mean {}?", *nearest) : ""));
  }

  void check_lines(bool is_series) const {
    if (!claim_.about_view.empty()) check_view(claim_.about_view);
    for (const std::string& view : claim_.of_views) check_view(view);
    const Span span = claim_.lines.span;
    if (is_series && span != Span::all && span != Span::since)
      values_.fail(pointer_to(at_, "lines"), "expected all, or an object with \"since\"");
    const bool about_records =
        !claim_.about_view.empty() || (claim_.kind == Kind::sum && is_record(claim_.about));
    const bool of_records = !claim_.of_views.empty() ||
                            std::any_of(claim_.of.begin(), claim_.of.end(),
                                        [&](const PathPattern& of) { return is_record(of); });
    if (about_records && claim_.kind != Kind::sum)
      values_.fail(at_, fmt::format("is about records; a {} is about the place of a number",
                                    name_of(claim_.kind)));
    if (of_records && claim_.kind != Kind::sum && claim_.kind != Kind::count)
      values_.fail(at_, fmt::format("a {} is about places of numbers", name_of(claim_.kind)));
    if (claim_.is_warning && of_records)
      values_.fail(pointer_to(at_, "severity"), "does not belong to a claim about records");
    if (claim_.kind != Kind::sum) return;
    const bool of_numbers = std::any_of(claim_.of.begin(), claim_.of.end(),
                                        [&](const PathPattern& of) { return !is_record(of); });
    if (of_records && of_numbers)
      values_.fail(at_, "adds records to numbers; expected one of them");
    if (about_records && claim_.counter)
      values_.fail(pointer_to(at_, "counter"),
                   "belongs to the sum of one number; records have all counters");
    if (about_records && !of_records && !claim_.of.empty())
      values_.fail(at_, "is the sum of numbers; expected records, as it is about records");
    if (!about_records && of_records && !claim_.counter)
      values_.fail(at_, "expected \"counter\", of which it is the sum, as \"of\" are records");
    if (!of_records && claim_.counter)
      values_.fail(pointer_to(at_, "counter"), "belongs to a sum of records");
    if (!about_records && !claim_.by.empty())
      values_.fail(pointer_to(at_, "by"), "belongs to a sum about records");
  }

  /// A sum is about records or about numbers, on both sides.
  void check_sum_of_document() const {
    const bool about_records = is_record(claim_.about);
    if (about_records && claim_.is_warning)
      values_.fail(pointer_to(at_, "severity"), "does not belong to a sum of records");
    for (const PathPattern& of : claim_.of) {
      if (is_record(of) == about_records) continue;
      values_.fail(at_, fmt::format("is the sum of {}, and \"of\" is {}; expected two of a kind",
                                    about_records ? "records" : "a number",
                                    about_records ? "not a place of records" : "one"));
    }
  }

  const LayoutValues& values_;
  const Layout& layout_;
  const LayoutClaim& claim_;
  const std::string& at_;
};

}  // namespace

LayoutClaim parse_layout_claim(const LayoutValues& values, const Json& object,
                               const std::string& at) {
  return ClaimParser(values).claim(object, at);
}

void check_layout_claim(const LayoutValues& values, const Layout& layout, const LayoutClaim& claim,
                        const std::string& at) {
  ClaimCheck(values, layout, claim, at).check();
}

}  // namespace usagectl
