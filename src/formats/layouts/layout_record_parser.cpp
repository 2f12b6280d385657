#include "formats/layouts/layout_record_parser.hpp"

#include <fmt/ranges.h>

#include <utility>

#include "dialects/meaning.hpp"

namespace usagectl {
namespace {

class RecordParser : private LayoutValues {
 public:
  explicit RecordParser(const LayoutValues& values) : LayoutValues(values) {}

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
            {"at",   "where",   "role",        "view",       "usage",         "counted",
             "rule", "why",     "dialect",     "counters",   "meaning",       "requests",
             "id",   "same_id", "id_within",   "same_usage", "series",        "model",
             "time", "by",      "again",       "note",       "digits",        "until",
             "zone", "cost",    "stated_cost", "currency",   "may_be_missing"},
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
                read_counted(value, place, record);
              else if (key == "rule")
                record.rule = text(value, place);
              else if (key == "where")
                record.where = conditions(value, place, stars);
              else if (key == "dialect")
                record.dialect = word(value, place);
              else if (key == "why")
                record.why = text(value, place);
              else if (key == "counters")
                read_counters(value, place, record);
              else if (key == "meaning")
                read_meaning(value, place, record);
              else if (key == "requests")
                record.requests = sources(value, place, stars);
              else if (key == "id")
                record.id = id(value, place, stars);
              else if (key == "same_id")
                record.same_id = same_id(value, place);
              else if (key == "id_within")
                record.id_within = sources(value, place, stars);
              else if (key == "same_usage")
                record.same_usage = sources(value, place, stars);
              else if (key == "series")
                record.series = sources(value, place, stars);
              else if (key == "again")
                read_again(value, place, stars, record);
              else if (key == "model")
                record.model = sources(value, place, stars);
              else if (key == "time")
                record.time = sources(value, place, stars);
              else if (key == "until")
                record.until = sources(value, place, stars);
              else if (key == "zone")
                record.zone = word(value, place);
              else if (key == "cost")
                record.cost = sources(value, place, stars);
              else if (key == "stated_cost")
                record.stated_cost = sources(value, place, stars);
              else if (key == "currency")
                record.currency = currency(value, place);
              else if (key == "by")
                read_scope(value, place, stars, record);
              else if (key == "may_be_missing")
                read_missing(value, place, record);
            });
    if (record.view.empty()) record.view = record.at.text();
    if (!record.dialect.empty() && !(record.counters.empty() && record.meaning.empty()))
      fail(pointer_to(at, "dialect"), "takes the place of \"counters\" and \"meaning\"");
    if (!record.cost.empty() && !(record.counters.empty() && record.dialect.empty()))
      fail(pointer_to(at, "cost"), "belongs to objects without tokens");
    if (!record.series.empty() && record.role != Role::cumulative)
      fail(pointer_to(at, "series"), "belongs to the role cumulative");
    if (!record.same_usage.empty() && record.role == Role::cumulative)
      fail(pointer_to(at, "same_usage"), "does not belong to the role cumulative");
    const bool needs_id = object.has("same_id") || object.has("id_within");
    if (needs_id && !record.id.is_given()) fail(at, "expected \"id\" beside \"same_id\"");
    return record;
  }

 private:
  void read_counted(const Json& value, const std::string& at, LayoutRecord& record) const {
    if (value.text() == "alone") {
      record.counted_alone = true;
    } else if (value.is_bool()) {
      record.counted = flag(value, at);
    } else {
      fail(at, fmt::format("is {}, expected true, false or \"alone\"", value.described()));
    }
  }

  void read_missing(const Json& value, const std::string& at, LayoutRecord& record) const {
    if (value.is_bool()) {
      record.all_may_be_missing = flag(value, at);
      return;
    }
    std::vector<std::string> names = {"id",     "model",      "time",       "requests",
                                      "series", "same_usage", "again",      "id_within",
                                      "until",  "cost",       "stated_cost"};
    names.insert(names.end(), kQuantityNames.begin(), kQuantityNames.end());
    names.insert(names.end(), scope_names().begin(), scope_names().end());
    one_or_more(value, at, [&](const Json& one, const std::string& place) {
      std::string name = text(one, place);
      if (std::find(names.begin(), names.end(), name) == names.end())
        fail(place,
             fmt::format("expected true, or keys of the record: {}", fmt::join(names, ", ")));
      record.may_be_missing.push_back(std::move(name));
    });
  }

  Currency currency(const Json& value, const std::string& at) const {
    const std::string code = text(value, at);
    const bool is_code = code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) {
                           return c >= 'A' && c <= 'Z';
                         });
    if (!is_code) fail(at, "expected the three letters of a currency, such as USD");
    return Currency(code);
  }

  SameId same_id(const Json& value, const std::string& at) const {
    const std::string name = text(value, at);
    if (name != "copy" && name != "growth") fail(at, "expected copy or growth");
    return name == "copy" ? SameId::copy : SameId::growth;
  }

  IdSource id(const Json& value, const std::string& at, std::size_t stars) const {
    IdSource id;
    if (!value.is_object()) {
      id.all.push_back(sources(value, at, stars));
      return id;
    }
    members(value, at, {"all", "with", "numbered", "note"},
            [&](std::string_view key, const Json& what, const std::string& place) {
              if (key == "all") {
                one_or_more(what, place, [&](const Json& one, const std::string& where) {
                  id.all.push_back(sources(one, where, stars));
                });
              } else if (key == "with") {
                id.with = sources(what, place, stars);
              } else if (key == "numbered") {
                id.is_numbered = flag(what, place);
              }
            });
    if (id.all.empty()) fail(at, "expected \"all\", the keys that make the id");
    return id;
  }

  void read_again(const Json& value, const std::string& at, std::size_t stars,
                  LayoutRecord& record) const {
    one_or_more(value, at, [&](const Json& one, const std::string& place) {
      RepeatedUsage again;
      LayoutRecord counted;
      members(one, place, {"at", "counters", "where", "note"},
              [&](std::string_view key, const Json& what, const std::string& where) {
                if (key == "at") again.at = source(what, where, stars);
                if (key == "counters") read_counters(what, where, counted);
                if (key == "where") again.where = conditions(what, where, stars);
              });
      if (again.at.text().empty() || counted.counters.empty())
        fail(place, "expected \"at\", the place of the other report, and its \"counters\"");
      again.counters = std::move(counted.counters);
      record.again.push_back(std::move(again));
    });
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
              record.scope.push_back({*known, sources(from, place, stars)});
            });
  }
};

}  // namespace

LayoutRecord parse_layout_record(const LayoutValues& values, const Json& object,
                                 const std::string& at) {
  return RecordParser(values).record(object, at);
}

}  // namespace usagectl
