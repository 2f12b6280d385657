#include "dialects/catalogue.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "formats/reading/knowledge.hpp"

using namespace usagectl;

namespace {

std::string error_of(std::string_view json) {
  Catalogue catalogue;
  try {
    catalogue.add(json, "mine.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

constexpr std::string_view kAcme =
    R"({"id":"acme","keys":{"all":["acme_in","acme_out"]},"counters":{"input":["acme_in"],"output":["acme_out"]},
        "meaning":{"cache_read_in_input":"absent","cache_write_in_input":"absent","tool_prompt_in_input":"absent",
                   "reasoning_in_output":"absent","total":"absent"}})";

}  // namespace

TEST_CASE("every built-in dialect has a title, a source and a confidence") {
  std::set<std::string> ids;
  for (const Dialect& dialect : builtin_knowledge().catalogue->dialects()) {
    CAPTURE(dialect.id);
    CHECK_FALSE(dialect.title.empty());
    CHECK_FALSE(dialect.where.empty());
    CHECK_FALSE(dialect.source.empty());
    CHECK_FALSE(dialect.confidence.empty());
    CHECK(ids.insert(dialect.id).second);
  }
  CHECK(ids.size() >= 72);
}

TEST_CASE("an entry adds a dialect, and one with a known id replaces it") {
  Catalogue catalogue;
  catalogue.add(kAcme, "mine.json");
  REQUIRE(catalogue.find("acme") != nullptr);
  CHECK(catalogue.find("acme")->title.empty());
  std::string titled(kAcme);
  titled.insert(1, R"("title":"Acme",)");
  catalogue.add(titled, "mine.json");
  CHECK(catalogue.dialects().size() == 1);
  CHECK(catalogue.find("acme")->title == "Acme");
}

TEST_CASE("a mistake in a catalogue is named by file, entry and key") {
  CHECK(error_of("{\n") == "mine.json:2: invalid JSON");
  CHECK(error_of("{}") == "mine.json: entry 1: \"id\" is missing");
  CHECK(
      error_of(R"([{"id":"a","keys":{"all":["x"]},"colour":1}])") ==
      "mine.json: a: has an unknown key; expected id, title, where, source, confidence, notes, "
      "keys, envelope, proof, needs, counters, details, meaning, variants, provider, not_counted, "
      "stream, partial, role, breakdown, zero_if_missing, digits, overlap, counts_reasoning, "
      "client, passes_on, fallback, envelope_only, $schema");
  CHECK(error_of(R"([{"id":"a","keys":{"all":["x"]},"sream":1}])") ==
        "mine.json: a: has an unknown key \"sream\"; did you mean stream?");
  CHECK(error_of(R"({"id":"a","keys":{"all":[1]}})") ==
        "mine.json: a: \"keys.all\" is not a string");
  CHECK(error_of(R"({"id":"a","keys":{"all":["x"]},"counters":{"inputs":["x"]}})") ==
        "mine.json: a: \"counters\" names \"inputs\", which is not a counter; did you mean input?");
  CHECK(
      error_of(
          R"({"id":"a","keys":{"all":["x"]},"counters":{},"meaning":{"reasoning_in_output":"yes"}})") ==
      "mine.json: a: \"meaning.reasoning_in_output\" is not one of included, excluded, absent, "
      "undetermined");
  CHECK(
      error_of(
          R"({"id":"a","keys":{"all":["x"]},"counters":{},"meaning":{"total":"input+outputs"}})") ==
      "mine.json: a: \"meaning.total\" names \"outputs\", which is not a counter; did you mean "
      "output?");
}

TEST_CASE("a meaning may be one of several, and another in other releases") {
  const Dialect* const litellm = builtin_knowledge().catalogue->find("litellm.usage");
  CHECK(litellm->meanings.size() == 3);
  CHECK(litellm->meaning.on(Axis::cache_read) == Holds::undetermined);
  CHECK(litellm->meanings.back().on(Axis::cache_read) == Holds::excluded);
  const Dialect* const pi = builtin_knowledge().catalogue->find("pi");
  REQUIRE(pi->variants.size() == 1);
  CHECK(pi->meanings.size() == 1);
  CHECK(pi->variants.front().on(Axis::cache_write) == Holds::excluded);
  CHECK_FALSE(pi->variants.front().total.computed);
  std::string wrong(kAcme);
  wrong.insert(1, R"("variants":[{"colour":"red"}],)");
  CHECK(error_of(wrong) ==
        "mine.json: acme: \"variants\" has an unknown key; expected cache_read_in_input, "
        "cache_write_in_input, tool_prompt_in_input, reasoning_in_output, why, total, total_by");
}

TEST_CASE("a mistake in what is no catalogue quotes nothing of it") {
  const std::string begin = R"({"id":"a","keys":{"all":["x"]},)";
  for (const std::string& json : std::vector<std::string>{
           R"({"id":"whispered","whispered":1})", R"({"dialects":[],"whispered":1})",
           R"({"id":"a","whispered":1,"whispered":2})", R"({"id":"a","keys":{"whispered":["x"]}})",
           begin + R"("envelope":{"whispered":1}})", begin + R"("proof":["whispered"]})",
           begin + R"("counters":{"whispered":1}})", begin + R"("details":{"whispered":1}})",
           begin + R"("meaning":{"whispered":1}})", begin + R"("meaning":{"total":"whispered"}})",
           begin + R"("meaning":{"reasoning_in_output":"whispered"}})",
           begin + R"("breakdown":{"whispered":1}})", begin + R"("partial":{"whispered":1}})",
           begin + R"("provider":{"whispered":1}})", begin + R"("stream":"whispered"})",
           begin + R"("role":"whispered"})", begin + R"("zero_if_missing":["whispered"]})"}) {
    CAPTURE(json);
    CHECK_FALSE(error_of(json).empty());
    CHECK(error_of(json).find("whispered") == std::string::npos);
  }
}

TEST_CASE("a list of dialects that cannot be written again is refused, and nothing of it quoted") {
  CHECK(error_of(R"([{"id":"\ud800 and more"}])") == "mine.json: invalid JSON");
}

TEST_CASE("an entry of thousands of keys is refused before it is written again") {
  std::string entry = R"([{"id":"a")";
  for (int i = 0; i < 2000; ++i) entry += ",\"k" + std::to_string(i) + "\":1";
  CHECK(error_of(entry + "}]") == "mine.json: has an object of more than 1000 keys");
}

TEST_CASE("a catalogue file that is not there is said so") {
  CHECK_THROWS_WITH_AS(load_catalogue("/nonexistent/catalogue.json"),
                       "/nonexistent/catalogue.json: cannot be read: No such file or directory",
                       InputError);
}
