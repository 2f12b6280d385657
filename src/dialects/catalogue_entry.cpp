// Reads the entries of a catalogue: data in, Dialect out, every mistake named by file, entry, key.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

#include "dialects/catalogue.hpp"

namespace usagectl {

using Entry = nlohmann::ordered_json;

class EntryReader {
 public:
  EntryReader(Catalogue& catalogue, std::string_view file) : catalogue_(catalogue), file_(file) {}

  Dialect read(const Entry& entry, std::size_t index) {
    where_ = fmt::format("entry {}", index + 1);
    if (!entry.is_object()) fail("", "is not an object");
    dialect_ = Dialect();
    dialect_.id = required_text(entry, "id");
    if (dialect_.id.find_first_of("| \t\n") != std::string::npos || dialect_.id.empty()) {
      fail("id", "must be a word");
    }
    where_ = dialect_.id;
    for (const auto& [key, value] : entry.items()) read_member(key, value);
    complete_meanings(entry);
    if (!entry.contains("keys")) fail("keys", "is missing");
    if (!dialect_.envelope_only) {
      if (!entry.contains("counters")) fail("counters", "is missing");
      if (!entry.contains("meaning")) fail("meaning", "is missing");
    }
    dialect_.known |= dialect_.any;
    for (const KeySet& one_of : dialect_.all) dialect_.known |= one_of;
    return std::move(dialect_);
  }

 private:
  [[noreturn]] void fail(std::string_view key, std::string_view what) const {
    if (key.empty()) throw InputError(fmt::format("{}: {}: {}", file_, where_, what));
    throw InputError(fmt::format("{}: {}: \"{}\" {}", file_, where_, key, what));
  }

  std::string text(const Entry& value, std::string_view key) const {
    if (!value.is_string()) fail(key, "is not a string");
    return value.get<std::string>();
  }
  std::string required_text(const Entry& entry, const char* key) const {
    if (!entry.contains(key)) fail(key, "is missing");
    return text(entry.at(key), key);
  }
  std::vector<std::string> texts(const Entry& value, std::string_view key) const {
    if (!value.is_array()) fail(key, "is not a list of strings");
    std::vector<std::string> list;
    for (const auto& item : value) list.push_back(text(item, key));
    return list;
  }
  bool flag(const Entry& value, std::string_view key) const {
    if (!value.is_boolean()) fail(key, "is not true or false");
    return value.get<bool>();
  }

  void read_member(const std::string& key, const Entry& value) {
    if (key == "id") return;
    if (key == "title")
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
      dialect_.meaning = meaning_of(value, key, Meaning());
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
      fail(key, "is not a key of a dialect");
    }
  }

  KeySet key_set(const Entry& value, std::string_view key) {
    KeySet set;
    for (const auto& path : texts(value, key))
      set.set(catalogue_.key(path, Catalogue::KeyUse::asked_for));
    return set;
  }

  void read_keys(const Entry& keys) {
    if (!keys.is_object()) fail("keys", "is not an object");
    for (const auto& [key, value] : keys.items()) {
      if (key == "all") {
        if (!value.is_array() || value.empty()) fail("keys.all", "is not a list of keys");
        for (const auto& item : value) {
          dialect_.all.push_back(
              key_set(item.is_array() ? item : Entry::array({item}), "keys.all"));
        }
      } else if (key == "any") {
        dialect_.any = key_set(value, "keys.any");
      } else if (key == "none") {
        dialect_.none = key_set(value, "keys.none");
      } else {
        fail("keys." + key, "is not one of all, any, none");
      }
    }
    if (dialect_.all.empty()) fail("keys.all", "is missing");
  }

  void read_envelope(const Entry& envelope) {
    if (!envelope.is_object()) fail("envelope", "is not an object");
    for (const auto& [key, value] : envelope.items()) {
      const auto list = texts(value, "envelope." + key);
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
        fail("envelope." + key,
             "is not one of object, type, id, model, path, sibling, all_siblings");
      }
    }
  }

  std::uint8_t hints(const Entry& value, std::string_view key) const {
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
        fail(key,
             fmt::format("names \"{}\", not one of keys, object, type, id, model, path, sibling",
                         name));
    }
    return static_cast<std::uint8_t>(set);
  }

  Quantity quantity(std::string_view name, std::string_view key) const {
    const auto found = std::find(kQuantityNames.begin(), kQuantityNames.end(), name);
    if (found == kQuantityNames.end())
      fail(key, fmt::format("names \"{}\", which is not a counter", name));
    return static_cast<Quantity>(found - kQuantityNames.begin());
  }
  static std::uint16_t bit(Quantity quantity) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(quantity));
  }

  void read_counters(const Entry& counters) {
    if (!counters.is_object()) fail("counters", "is not an object");
    for (const auto& [name, value] : counters.items()) {
      const std::string key = "counters." + name;
      QuantitySource& source = dialect_.quantities[std::size_t(quantity(name, key))];
      if (value.is_number_integer()) {
        if (value.get<std::int64_t>() < 0) fail(key, "is negative");
        source.constant = value.get<std::int64_t>();
        continue;
      }
      for (const auto& alternative : texts(value, key))
        source.alternatives.push_back(sum_of(alternative, key));
    }
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
  Meaning meaning_of(const Entry& entry, const std::string& where, Meaning meaning) {
    if (!entry.is_object()) fail(where, "is not an object");
    for (const auto& [key, value] : entry.items()) {
      const std::string name = where + "." + key;
      if (key == "one_of" && where == "meaning") continue;
      const std::string word = text(value, name);
      if (key == "why") continue;
      const auto axis = std::find(kAxisNames.begin(), kAxisNames.end(), key);
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
      } else if (key == "total_by") {
        if (word != "provider" && word != "computed" && word != "none") {
          fail(name, "is not one of provider, computed, none");
        }
        meaning.total.computed = word == "computed";
      } else {
        fail(name, "is not an axis of a meaning");
      }
    }
    return meaning;
  }

  std::vector<Meaning> changed_meanings(const Entry& list, const std::string& where) {
    if (!list.is_array() || list.empty()) fail(where, "is not a list of meanings");
    std::vector<Meaning> meanings;
    for (const auto& item : list) meanings.push_back(meaning_of(item, where, dialect_.meaning));
    return meanings;
  }

  void complete_meanings(const Entry& entry) {
    const bool is_open = entry.contains("meaning") && entry["meaning"].contains("one_of");
    dialect_.meanings = is_open ? changed_meanings(entry["meaning"]["one_of"], "meaning.one_of")
                                : std::vector<Meaning>{dialect_.meaning};
    if (entry.contains("variants"))
      dialect_.variants = changed_meanings(entry["variants"], "variants");
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

  void read_breakdown(const Entry& value) {
    if (!value.is_object()) fail("breakdown", "is not an object");
    for (const auto& [key, item] : value.items()) {
      const std::string name = "breakdown." + key;
      if (key == "list")
        dialect_.breakdown.list = text(item, name);
      else if (key == "sum_of")
        dialect_.breakdown.types = texts(item, name);
      else if (key == "unless")
        dialect_.breakdown.unless = texts(item, name);
      else if (key == "within")
        dialect_.breakdown.within = texts(item, name);
      else
        fail(name, "is not one of list, sum_of, unless, within");
    }
    if (dialect_.breakdown.list.empty()) fail("breakdown.list", "is missing");
  }

  void read_details(const Entry& value) {
    if (!value.is_object()) fail("details", "is not an object");
    for (const auto& [name, paths] : value.items()) {
      const std::string key = "details." + name;
      for (const auto& path : texts(paths, key)) {
        dialect_.details.emplace_back(quantity(name, key),
                                      catalogue_.key(path, Catalogue::KeyUse::detail));
      }
    }
  }

  void read_providers(const Entry& value) {
    if (value.is_string()) {
      dialect_.providers.push_back({value.get<std::string>(), {}});
      return;
    }
    if (!value.is_object())
      fail("provider", "is neither a name nor an object of names and their ids");
    for (const auto& [name, ids] : value.items())
      dialect_.providers.push_back({name, texts(ids, "provider." + name)});
  }

  void read_partial(const Entry& value) {
    if (!value.is_object()) fail("partial", "is not an object");
    for (const auto& [key, item] : value.items()) {
      const std::string name = "partial." + key;
      if (key == "type")
        dialect_.partial.type = texts(item, name);
      else if (key == "all")
        dialect_.partial.all = key_set(item, name);
      else
        fail(name, "is not one of type, all");
    }
    if (dialect_.partial.all.none()) fail("partial.all", "is missing");
  }

  StreamRule stream_rule(const Entry& value) const {
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

  Role role(const Entry& value) const {
    const std::string word = text(value, "role");
    for (const Role role : {Role::request, Role::aggregate, Role::cumulative, Role::copy}) {
      if (word == usagectl::name_of(role)) return role;
    }
    fail("role", "is not one of request, aggregate, cumulative, copy");
  }

  Catalogue& catalogue_;
  std::string file_;
  std::string where_;
  Dialect dialect_;
};

void Catalogue::add(std::string_view json, std::string_view file) {
  Entry document;
  try {
    document = Entry::parse(json);
  } catch (const nlohmann::json::parse_error& error) {
    // The library's own message quotes the text around the mistake.
    const auto before = json.substr(0, std::min(json.size(), error.byte));
    throw InputError(fmt::format("{}:{}: invalid JSON", file,
                                 1 + std::count(before.begin(), before.end(), '\n')));
  }
  const bool is_list = document.is_array();
  Entry list = Entry::array();
  if (is_list)
    list = std::move(document);
  else
    list.push_back(std::move(document));
  static std::atomic<std::uint64_t> states = 0;
  state_ = ++states;
  EntryReader reader(*this, file);
  for (std::size_t i = 0; i < list.size(); ++i) {
    Dialect dialect = reader.read(list[i], i);
    dialect.entry = is_list ? list[i].dump() : std::string(json);
    for (const auto& beginning : dialect.envelope.id) {
      if (std::find(id_beginnings_.begin(), id_beginnings_.end(), beginning) ==
          id_beginnings_.end()) {
        id_beginnings_.push_back(beginning);
      }
    }
    const auto same = std::find_if(dialects_.begin(), dialects_.end(),
                                   [&](const Dialect& other) { return other.id == dialect.id; });
    if (same != dialects_.end()) {
      *same = std::move(dialect);
    } else {
      dialects_.push_back(std::move(dialect));
    }
  }
}

}  // namespace usagectl
