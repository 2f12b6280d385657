// Reads the entries of a catalogue: data in, Dialect out, every mistake named by file, entry, key.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

#include "base/nearest_word.hpp"
#include "dialects/catalogue.hpp"
#include "dialects/dialect_list.hpp"
#include "dialects/entry_values.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {

class EntryReader : EntryValues {
 public:
  EntryReader(Catalogue& catalogue, std::string_view file)
      : EntryValues(file), catalogue_(catalogue) {}

  Dialect read(const Json& entry, std::size_t index) {
    where_ = fmt::format("entry {}", index + 1);
    if (!entry.is_object()) fail("", "is not an object");
    if (repeated_key(entry)) fail("", "has a key twice");
    dialect_ = Dialect();
    dialect_.id = required_text(entry, "id");
    if (dialect_.id.find_first_of("| \t\n") != std::string::npos || dialect_.id.empty()) {
      fail("id", "must be a word");
    }
    // Whatever else was given may have an id.
    if (entry["keys"].is_object()) where_ = dialect_.id;
    entry.each_member([&](std::string_view key, const Json& value) { read_member(key, value); });
    complete_meanings(entry);
    if (!entry.has("keys")) fail("keys", "is missing");
    if (!dialect_.envelope_only) {
      if (!entry.has("counters")) fail("counters", "is missing");
      if (!entry.has("meaning")) fail("meaning", "is missing");
    }
    dialect_.known |= dialect_.any;
    for (const KeySet& one_of : dialect_.all) dialect_.known |= one_of;
    return std::move(dialect_);
  }

 private:
  void read_member(std::string_view key, const Json& value) {
    if (key == "id") return;
    if (key == "$schema")
      text(value, key);  // for editors
    else if (key == "title")
      dialect_.title = text(value, key);
    else if (key == "where")
      dialect_.where = text(value, key);
    else if (key == "source")
      dialect_.source = text(value, key);
    else if (key == "confidence")
      dialect_.confidence = text(value, key);
    else if (key == "notes")
      dialect_.notes = text(value, key);
    else if (key == "digits")
      dialect_.digits = flag(value, key);
    else if (key == "overlap")
      dialect_.overlap = flag(value, key);
    else if (key == "counts_reasoning")
      dialect_.counts_reasoning = flag(value, key);
    else if (key == "passes_on")
      dialect_.passes_on = flag(value, key);
    else if (key == "client")
      dialect_.is_of_client = flag(value, key);
    else if (key == "fallback")
      dialect_.fallback = flag(value, key);
    else if (key == "envelope_only")
      dialect_.envelope_only = flag(value, key);
    else if (key == "keys")
      read_keys(value);
    else if (key == "envelope")
      read_envelope(value);
    else if (key == "proof")
      dialect_.proof = hints(value, key);
    else if (key == "needs")
      dialect_.needs = hints(value, key);
    else if (key == "counters")
      read_counters(value);
    else if (key == "meaning")
      dialect_.meaning = meaning_of(value, "meaning", Meaning());
    else if (key == "variants")
      return;  // they change the meaning, which may stand behind them
    else if (key == "stream")
      dialect_.stream = stream_rule(value);
    else if (key == "breakdown")
      read_breakdown(value);
    else if (key == "partial")
      read_partial(value);
    else if (key == "provider")
      read_providers(value);
    else if (key == "not_counted") {
      for (const auto& path : texts(value, key))
        dialect_.known.set(catalogue_.key(path, Catalogue::KeyUse::asked_for));
    } else if (key == "details")
      read_details(value);
    else if (key == "role")
      dialect_.role = role(value);
    else if (key == "zero_if_missing") {
      for (const auto& name : texts(value, key))
        dialect_.zero_if_missing |= bit(quantity(name, key));
    } else {
      fail_unknown("", key, members());
    }
  }

  KeySet key_set(const Json& value, std::string_view key) {
    KeySet set;
    for (const auto& path : texts(value, key))
      set.set(catalogue_.key(path, Catalogue::KeyUse::asked_for));
    return set;
  }

  KeySet key_alone(std::string_view path) {
    KeySet set;
    set.set(catalogue_.key(path, Catalogue::KeyUse::asked_for));
    return set;
  }

  void read_keys(const Json& keys) {
    if (!keys.is_object()) fail("keys", "is not an object");
    keys.each_member([&](std::string_view key, const Json& value) {
      if (key == "all") {
        if (value.size() == 0 || !value.is_array()) fail("keys.all", "is not a list of keys");
        value.each_item([&](std::size_t, const Json& item) {
          dialect_.all.push_back(item.is_array() ? key_set(item, "keys.all")
                                                 : key_alone(text(item, "keys.all")));
        });
      } else if (key == "any") {
        dialect_.any = key_set(value, "keys.any");
      } else if (key == "none") {
        dialect_.none = key_set(value, "keys.none");
      } else {
        fail_unknown("keys", key, {"all", "any", "none"});
      }
    });
    if (dialect_.all.empty()) fail("keys.all", "is missing");
  }

  void read_envelope(const Json& envelope) {
    if (!envelope.is_object()) fail("envelope", "is not an object");
    envelope.each_member([&](std::string_view key, const Json& value) {
      const auto list = texts(value, "envelope");
      if (key == "object")
        dialect_.envelope.object = list;
      else if (key == "type")
        dialect_.envelope.type = list;
      else if (key == "id")
        dialect_.envelope.id = list;
      else if (key == "model")
        dialect_.envelope.model = list;
      else if (key == "path")
        dialect_.envelope.path = list;
      else if (key == "all_siblings") {
        for (const auto& name : list)
          dialect_.envelope.all_siblings.set(catalogue_.sibling_index(name));
      } else if (key == "sibling") {
        for (const auto& name : list)
          dialect_.envelope.siblings.set(catalogue_.sibling_index(name));
      } else {
        fail_unknown("envelope", key,
                     {"object", "type", "id", "model", "path", "sibling", "all_siblings"});
      }
    });
  }

  std::uint8_t hints(const Json& value, std::string_view key) const {
    unsigned set = 0;
    for (const auto& name : texts(value, key)) {
      if (name == "keys")
        set |= unsigned(Hint::keys);
      else if (name == "object")
        set |= unsigned(Hint::object);
      else if (name == "type")
        set |= unsigned(Hint::type);
      else if (name == "id")
        set |= unsigned(Hint::id);
      else if (name == "model")
        set |= unsigned(Hint::model);
      else if (name == "path")
        set |= unsigned(Hint::path);
      else if (name == "sibling")
        set |= unsigned(Hint::sibling);
      else
        fail(key, "names none of keys, object, type, id, model, path, sibling");
    }
    return static_cast<std::uint8_t>(set);
  }

  Quantity quantity(std::string_view name, std::string_view key) const {
    const auto found = std::find(kQuantityNames.begin(), kQuantityNames.end(), name);
    if (found == kQuantityNames.end()) {
      const auto nearest = nearest_word(name, {kQuantityNames.begin(), kQuantityNames.end()});
      fail(key, nearest ? fmt::format("names \"{}\", which is not a counter; did you mean {}?",
                                      name, *nearest)
                        : "names what is not a counter");
    }
    return static_cast<Quantity>(found - kQuantityNames.begin());
  }
  static std::uint16_t bit(Quantity quantity) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(quantity));
  }

  void read_counters(const Json& counters) {
    if (!counters.is_object()) fail("counters", "is not an object");
    counters.each_member([&](std::string_view name, const Json& value) {
      QuantitySource& source = dialect_.quantities[std::size_t(quantity(name, "counters"))];
      const std::string key = key_in("counters", name);
      if (value.is_number()) {
        const CountReading constant = read_count(value);
        if (!constant.count) fail(key, constant.fault);
        source.constant = *constant.count;
        return;
      }
      for (const auto& alternative : texts(value, key))
        source.alternatives.push_back(sum_of(alternative, key));
    });
  }

  std::vector<KeyId> sum_of(std::string_view paths, std::string_view key) {
    std::vector<KeyId> keys;
    while (!paths.empty()) {
      const auto plus = paths.find(" + ");
      const auto path = paths.substr(0, plus);
      if (path.empty()) fail(key, "has an empty path");
      keys.push_back(catalogue_.key(path, Catalogue::KeyUse::counted));
      dialect_.known.set(keys.back());
      paths = plus == std::string_view::npos ? std::string_view() : paths.substr(plus + 3);
    }
    return keys;
  }

  /// A meaning, or another one with some of its answers changed.
  Meaning meaning_of(const Json& entry, const std::string& where, Meaning meaning) {
    if (!entry.is_object()) fail(where, "is not an object");
    entry.each_member([&](std::string_view key, const Json& value) {
      if (key == "one_of" && where == "meaning") return;
      const auto axis = std::find(kAxisNames.begin(), kAxisNames.end(), key);
      const bool is_other = key == "why" || key == "total" || key == "total_by";
      if (axis == kAxisNames.end() && !is_other) {
        std::vector<std::string> known = {"why", "total", "total_by"};
        known.insert(known.begin(), kAxisNames.begin(), kAxisNames.end());
        fail_unknown(where, key, known);
      }
      const std::string name = key_in(where, key);
      const std::string word = text(value, name);
      if (key == "why") return;
      if (axis != kAxisNames.end()) {
        const auto holds = std::find(kHoldsNames.begin(), kHoldsNames.end(), word);
        if (holds == kHoldsNames.end())
          fail(name, "is not one of included, excluded, absent, undetermined");
        meaning.axes[std::size_t(axis - kAxisNames.begin())] =
            static_cast<Holds>(holds - kHoldsNames.begin());
      } else if (key == "total") {
        const bool computed = meaning.total.computed;
        meaning.total = total_of(word, name);
        meaning.total.computed = computed;
      } else {
        if (word != "provider" && word != "computed" && word != "none") {
          fail(name, "is not one of provider, computed, none");
        }
        meaning.total.computed = word == "computed";
      }
    });
    return meaning;
  }

  std::vector<Meaning> changed_meanings(const Json& list, const std::string& where) {
    if (list.size() == 0 || !list.is_array()) fail(where, "is not a list of meanings");
    std::vector<Meaning> meanings;
    list.each_item([&](std::size_t, const Json& item) {
      meanings.push_back(meaning_of(item, where, dialect_.meaning));
    });
    return meanings;
  }

  void complete_meanings(const Json& entry) {
    const bool is_open = entry.has("meaning") && entry["meaning"].has("one_of");
    dialect_.meanings = is_open ? changed_meanings(entry["meaning"]["one_of"], "meaning.one_of")
                                : std::vector<Meaning>{dialect_.meaning};
    if (entry.has("variants")) dialect_.variants = changed_meanings(entry["variants"], "variants");
  }

  TotalMeaning total_of(std::string_view formula, std::string_view key) const {
    TotalMeaning total;
    total.words = formula;
    if (formula == "absent")
      total.kind = TotalMeaning::Kind::absent;
    else if (formula == "undetermined")
      total.kind = TotalMeaning::Kind::undetermined;
    else if (formula == "all")
      total.kind = TotalMeaning::Kind::all;
    else {
      total.kind = TotalMeaning::Kind::sum;
      while (!formula.empty()) {
        const auto plus = formula.find('+');
        const auto term = formula.substr(0, plus);
        if (term == "hidden")
          total.hidden = true;
        else
          total.terms |= bit(quantity(term, key));
        formula = plus == std::string_view::npos ? std::string_view() : formula.substr(plus + 1);
      }
    }
    return total;
  }

  void read_breakdown(const Json& value) {
    if (!value.is_object()) fail("breakdown", "is not an object");
    PartsList& parts = dialect_.breakdown;
    if (value.has("list")) parts.list = text(value["list"], "breakdown");
    value.each_member([&](std::string_view key, const Json& item) {
      if (key == "list") return;
      auto* const types = key == "sum_of"   ? &parts.types
                          : key == "beside" ? &parts.beside
                          : key == "unless" ? &parts.unless
                          : key == "within" ? &parts.within
                                            : nullptr;
      if (!types) fail_unknown("breakdown", key, {"list", "sum_of", "beside", "unless", "within"});
      *types = texts(item, "breakdown");
    });
    if (dialect_.breakdown.list.empty()) fail("breakdown.list", "is missing");
  }

  void read_details(const Json& value) {
    if (!value.is_object()) fail("details", "is not an object");
    value.each_member([&](std::string_view name, const Json& paths) {
      const std::string_view key = "details";
      for (const auto& path : texts(paths, key)) {
        dialect_.details.emplace_back(quantity(name, key),
                                      catalogue_.key(path, Catalogue::KeyUse::detail));
      }
    });
  }

  void read_providers(const Json& value) {
    if (value.is_text()) {
      dialect_.providers.push_back({std::string(value.text()), {}});
      return;
    }
    if (!value.is_object())
      fail("provider", "is neither a name nor an object of names and their ids");
    value.each_member([&](std::string_view name, const Json& ids) {
      dialect_.providers.push_back({std::string(name), texts(ids, "provider")});
    });
  }

  void read_partial(const Json& value) {
    if (!value.is_object()) fail("partial", "is not an object");
    value.each_member([&](std::string_view key, const Json& item) {
      const std::string_view name = "partial";
      if (key == "type")
        dialect_.partial.type = texts(item, name);
      else if (key == "all")
        dialect_.partial.all = key_set(item, name);
      else
        fail_unknown(name, key, {"type", "all"});
    });
    if (dialect_.partial.all.none()) fail("partial.all", "is missing");
  }

  StreamRule stream_rule(const Json& value) const {
    const std::string word = text(value, "stream");
    if (word == "final") return StreamRule::final;
    if (word == "last") return StreamRule::last;
    if (word == "progress") return StreamRule::progress;
    if (word == "terminal") return StreamRule::terminal;
    if (word == "replace") return StreamRule::replace;
    if (word == "sum") return StreamRule::sum;
    if (word == "running") return StreamRule::running;
    if (word == "each") return StreamRule::each;
    fail("stream", "is not one of final, last, progress, terminal, replace, sum, running, each");
  }

  Role role(const Json& value) const {
    const std::string word = text(value, "role");
    for (const Role role : {Role::request, Role::aggregate, Role::cumulative, Role::copy}) {
      if (word == usagectl::name_of(role)) return role;
    }
    fail("role", "is not one of request, aggregate, cumulative, copy");
  }

  Catalogue& catalogue_;
  Dialect dialect_;
};

namespace {

constexpr std::size_t kMostMembers = 1000;

bool has_large_object(const Json& value) {
  bool has = value.is_object() && value.size() > kMostMembers;
  const auto look = [&](const auto&, const Json& inner) { has = has || has_large_object(inner); };
  if (value.is_object()) value.each_member(look);
  if (value.is_array()) value.each_item(look);
  return has;
}

}  // namespace

void Catalogue::add(std::string_view json, std::string_view file) {
  JsonParser parser;
  add(json, file, parser);
}

void Catalogue::add(std::string_view json, std::string_view file, JsonParser& parser) {
  const ParsedJson parsed = parser.parse_copy(json);
  // What is wrong would quote the text around the mistake.
  if (parsed.fault) throw InputError(fmt::format("{}:{}: invalid JSON", file, parsed.fault->line));
  if (parsed.invalid_utf8_at) throw InputError(fmt::format("{}: is not UTF-8", file));
  const Json list = dialect_list_in(parsed.root, file);
  const bool is_list = list.is_array();
  // To write each entry of a list as a text of its own. Keys in their order are searched one by
  // one.
  if (is_list && has_large_object(list))
    throw InputError(fmt::format("{}: has an object of more than {} keys", file, kMostMembers));
  nlohmann::ordered_json texts;
  if (is_list) texts = nlohmann::ordered_json::parse(json, nullptr, false);
  if (texts.is_discarded()) throw InputError(fmt::format("{}: invalid JSON", file));
  if (texts.is_object()) texts = texts["dialects"];
  static std::atomic<std::uint64_t> states = 0;
  state_ = ++states;
  EntryReader reader(*this, file);
  const auto add_entry = [&](std::size_t index, const Json& entry) {
    Dialect dialect = reader.read(entry, index);
    dialect.entry = is_list ? texts.at(index).dump() : std::string(json);
    for (const auto& beginning : dialect.envelope.id) {
      const auto known = std::find(id_beginnings_.begin(), id_beginnings_.end(), beginning);
      if (known == id_beginnings_.end()) id_beginnings_.push_back(beginning);
    }
    const auto same = std::find_if(dialects_.begin(), dialects_.end(),
                                   [&](const Dialect& other) { return other.id == dialect.id; });
    if (same != dialects_.end()) {
      *same = std::move(dialect);
    } else {
      dialects_.push_back(std::move(dialect));
    }
  };
  if (is_list)
    list.each_item(add_entry);
  else
    add_entry(0, parsed.root);
}

}  // namespace usagectl
