#include <array>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

using Document = nlohmann::ordered_json;
using Random = std::minstd_rand;

constexpr int kDocuments = 40;

int number(Random& random, int least, int most) {
  return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
}

Document usage(Random& random, int spelling) {
  const int input = number(random, 100, 90000);
  const int output = number(random, 20, 5000);
  constexpr std::array<std::array<const char*, 2>, 3> kNames = {
      {{"prompt_tokens", "completion_tokens"},
       {"input_tokens", "output_tokens"},
       {"tokensIn", "tokensOut"}}};
  const auto& names = kNames[static_cast<std::size_t>(spelling)];
  return {{names[0], input}, {names[1], output}};
}

/// Rows with usage in an object of its own, rows that are usage, a map by model, a map of lists.
Document make(Random& random) {
  const int shape = number(random, 0, 3);
  const int spelling = number(random, 0, 2);
  const int calls = number(random, 3, 9);
  Document document;
  for (int i = 0; i < calls; ++i) {
    Document call = usage(random, spelling);
    const std::string key = "item-" + std::to_string(i);
    switch (shape) {
      case 0: document["entries"].push_back({{"kind", "llm"}, {"usage", call}}); break;
      case 1:
        call["note"] = key;
        document["entries"].push_back(call);
        break;
      case 2: document["entries"][key] = call; break;
      default: document["entries"][i % 2 == 0 ? "first-1" : "second-2"].push_back(call);
    }
  }
  document["comment"] = "made up";
  return document;
}

struct Sums {
  Count input = 0;
  Count output = 0;
  bool operator==(const Sums&) const = default;
};

Sums sums_of(const Document& document) {
  const FormatReading reading = read_as_file(document.dump(), "made.json");
  CHECK(reading.errors() == 0);
  return {sum(reading, Counter::input), sum(reading, Counter::output)};
}

Document shuffled(const Document& value, Random& random) {
  if (value.is_array()) {
    Document list = Document::array();
    for (const Document& item : value) list.push_back(shuffled(item, random));
    return list;
  }
  if (!value.is_object()) return value;
  std::vector<std::string> keys;
  for (const auto& [key, member] : value.items()) keys.push_back(key);
  for (std::size_t i = keys.size(); i > 1; --i) std::swap(keys[i - 1], keys[random() % i]);
  Document object = Document::object();
  for (const std::string& key : keys) object[key] = shuffled(value[key], random);
  return object;
}

Document renamed(const Document& value) {
  if (value.is_array()) {
    Document list = Document::array();
    for (const Document& item : value) list.push_back(renamed(item));
    return list;
  }
  if (!value.is_object()) return value;
  Document object = Document::object();
  for (const auto& [key, member] : value.items()) {
    const bool is_neutral = key == "entries" || key == "comment" || key == "note" || key == "kind";
    object[is_neutral ? "x" + key + "y" : key] = renamed(member);
  }
  return object;
}

template <class Check>
void for_each_document(Check&& check) {
  Random random(20260101);
  for (int i = 0; i < kDocuments; ++i) {
    const Document document = make(random);
    CAPTURE(document.dump());
    check(document, sums_of(document), random);
  }
}

}  // namespace

TEST_CASE("the order of keys changes no sum") {
  for_each_document([](const Document& document, const Sums& sums, Random& random) {
    CHECK(sums_of(shuffled(document, random)) == sums);
  });
}

TEST_CASE("names that say nothing change no sum") {
  for_each_document([](const Document& document, const Sums& sums, Random&) {
    CHECK(sums_of(renamed(document)) == sums);
  });
}

TEST_CASE("an object around a document changes no sum") {
  for_each_document([](const Document& document, const Sums& sums, Random&) {
    CHECK(sums_of({{"data", document}}) == sums);
  });
}

TEST_CASE("settings, prices, budgets and times beside the usage change no sum") {
  const std::vector<std::pair<const char*, Document>> additions = {
      {"settings", {{"max_tokens", 4096}, {"temperature", 1}}},
      {"pricing", {{"input", 3}, {"output", 15}}},
      {"budget", {{"input_tokens", 100000}, {"output_tokens", 20000}}},
      {"latency_ms", {{"input", 120}, {"output", 300}, {"total", 420}}},
      {"tests", {{"total", 210}, {"passed", 120}}},
      {"context_window", {{"total_tokens", 200000}}}};
  for_each_document([&](const Document& document, const Sums& sums, Random&) {
    for (const auto& addition : additions) {
      CAPTURE(addition.first);
      Document more = document;
      more[addition.first] = addition.second;
      CHECK(sums_of(more) == sums);
    }
  });
}

TEST_CASE("two files that share a list tell as much as one") {
  for_each_document([](const Document& document, const Sums& sums, Random&) {
    const Document& entries = document["entries"];
    if (!entries.is_array()) return;
    Document first = document;
    Document second = document;
    first["entries"] = Document::array();
    second["entries"] = Document::array();
    for (std::size_t i = 0; i < entries.size(); ++i)
      (i * 2 < entries.size() ? first : second)["entries"].push_back(entries[i]);
    const Sums a = sums_of(first);
    const Sums b = sums_of(second);
    CHECK(Sums{a.input + b.input, a.output + b.output} == sums);
  });
}

TEST_CASE("the sum of all usage beside it changes no sum") {
  for_each_document([](const Document& document, const Sums& sums, Random&) {
    Document more = document;
    more["totals"] = {{"input_tokens", sums.input}, {"output_tokens", sums.output}};
    CHECK(sums_of(more) == sums);
  });
}

}  // namespace usagectl
