// What the words of a layout file do, each in the smallest file that shows it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "capture/read_file.hpp"
#include "cli/schemas/schemas.hpp"
#include "formats/known_layout.hpp"
#include "formats/layouts/builtin_layouts.hpp"
#include "formats/layouts/layout_check.hpp"
#include "formats/layouts/layout_parser.hpp"
#include "formats/reading_of.hpp"
#include "harness/text_file.hpp"

namespace fs = std::filesystem;

namespace usagectl {
namespace {

/// Reads a text as a file of that name, by a layout that has these members beside its name.
FormatReading read_by(const std::string& members, std::string text,
                      std::string_view path = "x.json", bool from_folder = false) {
  Knowledge known = builtin_knowledge();
  known.formats.insert(known.formats.begin(),
                       format_of(std::make_shared<const Layout>(
                           parse_layout(R"({"layout":"made_up",)" + members + "}", "x.json"))));
  const std::size_t size = text.size();
  text.append(JsonParser::kPadding, '\0');
  FileContext file{0, path, from_folder};
  file.knowledge = &known;
  Observations found;
  JsonParser parser;
  read_text(std::string_view(text).substr(0, size), file, parser, found);
  return FormatReading(std::move(found));
}

const std::string kInOut = R"("counters":{"input":"in","output":"out"})";

std::vector<std::string> models(const FormatReading& reading) {
  std::vector<std::string> names;
  for (const UsageRecord& record : reading.records) names.push_back(record.model);
  return names;
}

std::string fault_of(const std::string& members) {
  try {
    parse_layout(R"({"layout":"made_up",)" + members + "}", "x.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a record of a layout is one only where its conditions hold") {
  const FormatReading reading = read_by(
      R"("records":[{"at":"/*","where":[{"at":"kind","is":["a",7,null]},{"not":"draft"}],"model":"m",)" +
          kInOut + "}]",
      R"([{"kind":"a","in":1,"out":1,"m":"1"},{"kind":7,"in":1,"out":1,"m":"2"},
          {"kind":null,"in":1,"out":1,"m":"3"},{"kind":"b","in":1,"out":1,"m":"4"},
          {"in":1,"out":1,"m":"5"},{"kind":"a","draft":true,"in":1,"out":1,"m":"6"}])");
  CHECK(models(reading) == Names{"1", "2", "3"});
}

TEST_CASE("a condition on a place with a star holds where one of its values is as asked") {
  const std::string layout =
      R"("in":"/*","records":[{"at":"/usage","where":{"at":"/usage/*","is_not":0},"model":"../m",)" +
      kInOut + "}]";
  const FormatReading reading = read_by(layout, R"([{"m":"a","usage":{"in":0,"out":0}},
      {"m":"b","usage":{"in":0,"out":3}},{"m":"c","usage":{"in":0,"out":null}}])");
  CHECK(models(reading) == Names{"b"});
}

TEST_CASE("what a rule ignores may be missing, which is a warning") {
  const FormatReading reading = read_by(
      R"("in":"/*","ignored":[{"at":"","where":{"not":"/usage"},"rule":"call without usage",)"
      R"("missing":"what it used is not known"}],"records":[{"at":"/usage",)" +
          kInOut + "}]",
      R"([{"usage":{"in":1,"out":1}},{"model":"m"}])");
  CHECK(reading.ignored_by.at("call without usage") == 1);
  CHECK(reading.only(Rule::coverage).explanation == "what it used is not known");
  CHECK(reading.only(Rule::coverage).place.pointer == "/1");
}

TEST_CASE("another report of a usage is compared only where its conditions hold") {
  const std::string layout = R"("records":[{"at":"/usage","again":{"at":"../old","counters":)"
                             R"({"input":"in"},"where":{"at":"/old/in","is_not":0}},)" +
                             kInOut + "}]";
  CHECK(read_by(layout, R"({"usage":{"in":1,"out":1},"old":{"in":0}})").findings.empty());
  CHECK(read_by(layout, R"({"usage":{"in":1,"out":1},"old":{"in":2}})").errors() == 1);
}

TEST_CASE("a number that a layout names as a time or an id is no number that nobody understands") {
  const FormatReading reading = read_by(
      R"("records":[{"at":"/*","id":"no","time":"when","by":{"phase":"shift"},)" + kInOut + "}]",
      R"([{"no":7,"when":1777624800,"shift":2,"in":1,"out":1}])");
  CHECK(reading.records.at(0).time == "2026-05-01T08:40:00Z");
  CHECK(reading.findings.empty());
}

TEST_CASE("of several records at one place, the first one whose conditions hold is read") {
  const FormatReading reading =
      read_by(R"("records":[{"at":"/*","where":{"at":"v","begins":"1."},)" + kInOut +
                  R"(},{"at":"/*","counters":{"input":"i","output":"o"}}])",
              R"([{"v":"1.2","in":1,"out":1,"i":9,"o":9},{"v":"2.0","in":9,"out":9,"i":2,"o":2}])");
  REQUIRE(reading.records.size() == 2);
  CHECK(tokens(reading.records[0], Counter::input) == 1);
  CHECK(tokens(reading.records[1], Counter::input) == 2);
}

TEST_CASE("what a rule ignores is counted by its name") {
  const FormatReading reading =
      read_by(R"("lines":true,"known_by":"/in","ignored":[)"
              R"({"at":"","where":{"at":"hit","is":true},"rule":"cached"}],)"
              R"("records":[{"at":"",)" +
                  kInOut + "}]",
              "{\"in\":1,\"out\":1}\n{\"in\":1,\"out\":1,\"hit\":true}\n", "x.jsonl");
  CHECK(reading.records.size() == 1);
  CHECK(reading.ignored_by.at("cached") == 1);
}

TEST_CASE("a value of an earlier line is known to later ones until another takes its place") {
  const std::string lines =
      "{\"model\":\"a\"}\n{\"in\":1,\"out\":1}\n{\"model\":\"b\"}\n"
      "{\"in\":1,\"out\":1}\n{\"in\":1,\"out\":1}\n";
  const FormatReading reading =
      read_by(R"("lines":true,"context":{"m":{"from":"model"}},"known_by":"/in",)"
              R"("records":[{"at":"","model":"@m",)" +
                  kInOut + "}]",
              lines, "x.jsonl");
  CHECK(models(reading) == Names{"a", "b", "b"});
}

TEST_CASE("a condition about a value of an earlier line asks for all that one about a key does") {
  const std::string lines =
      "{\"kind\":\"test\"}\n{\"in\":1,\"out\":1}\n{\"kind\":\"prod\"}\n{\"in\":2,\"out\":1}\n";
  for (const char* const condition :
       {R"("is":"prod")", R"("is_not":"test")", R"("begins":"pr")", R"("matches":"^pr")"}) {
    CAPTURE(condition);
    const FormatReading reading =
        read_by(R"("lines":true,"context":{"k":{"from":"kind"}},"known_by":"/in",)"
                R"("records":[{"at":"","where":{"at":"@k",)" +
                    std::string(condition) + "}," + kInOut + "}]",
                lines, "x.jsonl");
    REQUIRE(reading.records.size() == 1);
    CHECK(reading.records[0].counts[Counter::input] == 2);
  }
}

TEST_CASE("a condition about the name of a place is a mistake") {
  CHECK(fault_of(R"("records":[{"at":"/*","where":{"at":"*1","is":"a"}}])") ==
        "x.json: /records/0/where/at: a condition is about a value, not about the name that a * "
        "stands for");
}

TEST_CASE("of several keys, the first one that has a value is used") {
  const FormatReading reading =
      read_by(R"("records":[{"at":"/*","model":["m","name"],)" + kInOut + "}]",
              R"([{"m":null,"name":"a","in":1,"out":1},
                                      {"m":"b","name":"c","in":1,"out":1}])");
  CHECK(models(reading) == Names{"a", "b"});
}

TEST_CASE("an id of several keys needs all of them, and names those that may be there") {
  const FormatReading reading = read_by(
      R"("records":[{"at":"/*","id":{"all":["turn","step"],"with":"user"},)" + kInOut + "}]",
      R"([{"turn":1,"step":2,"user":"ada","in":1,"out":1},{"turn":1,"in":1,"out":1}])");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].id == "turn 1 step 2 user ada");
  CHECK(reading.records[1].id.empty());
}

TEST_CASE("numbered ids tell records of one document apart") {
  const FormatReading reading =
      read_by(R"("records":[{"at":"/*","id":{"all":"day","numbered":true},"same_id":"growth",)" +
                  kInOut + "}]",
              R"([{"day":"d","in":1,"out":1},{"day":"d","in":2,"out":1}])");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].id == "d");
  CHECK(reading.records[1].id == "d #2");
  CHECK(reading.records[1].same_id == SameId::growth);
}

TEST_CASE("objects of a list are described one by one") {
  const FormatReading reading = read_by(
      R"("in":["","/data/*"],"known_by":"/rows","records":[{"at":"/rows/*","model":"../../m",)" +
          kInOut + "}]",
      R"({"data":[{"m":"a","rows":[{"in":1,"out":1}]},{"m":"b","rows":[{"in":1,"out":1}]}]})");
  CHECK(models(reading) == Names{"a", "b"});
  CHECK(reading.records[1].place.pointer == "/data/1/rows/0");
}

TEST_CASE("a place may lead through a text that holds JSON") {
  const FormatReading reading = read_by(
      R"("json_in_texts":true,"known_by":"/body","records":[{"at":"/body/usage","model":"../m",)" +
          kInOut + "}]",
      R"({"body":"{\"m\":\"a\",\"usage\":{\"in\":1,\"out\":2}}"})");
  CHECK(models(reading) == Names{"a"});
}

TEST_CASE("another report of the same usage is compared, and does not count") {
  const std::string layout = R"("records":[{"at":"/usage","again":{"at":"..","counters":)"
                             R"({"input":"sum_in"}},)" +
                             kInOut + "}]";
  const FormatReading same = read_by(layout, R"({"usage":{"in":1,"out":1},"sum_in":1})");
  CHECK(same.duplicates == 1);
  CHECK(same.findings.empty());
  const FormatReading other = read_by(layout, R"({"usage":{"in":1,"out":1},"sum_in":2})");
  CHECK(other.only(Rule::identity).asserted == Count(2));
}

TEST_CASE("sums that count alone do not count beside the files that they are sums of") {
  const std::string layout =
      R"("records":[{"at":"/sum","role":"aggregate","counted":"alone","rule":"sum of the rest",)" +
      kInOut + "}]";
  const std::string text = R"({"sum":{"in":1,"out":1}})";
  CHECK(read_by(layout, text, "x.json", false).records.at(0).view.rank == 0);
  const FormatReading found = read_by(layout, text, "x.json", true);
  CHECK(found.records.at(0).view.rank == View::kNeverCounted);
  CHECK(found.records.at(0).view.name == "sum of the rest");
}

TEST_CASE("a series has the same name in every file") {
  const FormatReading reading =
      read_by(R"("records":[{"at":"","role":"cumulative","series":"id",)" + kInOut + "}]",
              R"({"id":"s1","in":1,"out":1})");
  REQUIRE(reading.snapshots.size() == 1);
  CHECK(reading.snapshots.begin()->second.series == "made_up:s1");
}

TEST_CASE("a running total that is left out and holds more than the calls beside it is said") {
  const std::string layout =
      R"("lines":true,"records":[{"at":"/call","view":"calls",)" + kInOut +
      R"(},{"at":"/so_far","role":"cumulative","view":"so far","series":"../id",)" + kInOut + "}]";
  const std::string calls = R"({"id":"s1","call":{"in":10,"out":1},"so_far":{"in":10,"out":1}}
{"id":"s1","call":{"in":20,"out":2},"so_far":{"in":30,"out":3}}
)";
  CHECK(read_by(layout, calls, "x.jsonl").findings.empty());
  const FormatReading more =
      read_by(layout, calls + R"({"id":"s2","so_far":{"in":500,"out":50}})" + "\n", "x.jsonl");
  REQUIRE(more.findings.size() == 1);
  CHECK(more.findings.front().cause == "not-counted");
  CHECK(more.findings.front().asserted == 530);
  CHECK(more.findings.front().calculated == 30);
}

TEST_CASE("a usage object that stands twice under one key counts once, and is a finding") {
  const FormatReading reading = read_by(R"("records":[{"at":"/usage",)" + kInOut + "}]",
                                        R"({"usage":{"in":1,"out":1},"usage":{"in":1,"out":1}})");
  CHECK(reading.records.size() == 1);
  CHECK(reading.only(Rule::number).severity == Severity::error);
}

TEST_CASE("a claim of a layout may warn instead of refuting") {
  const FormatReading reading =
      read_by(R"("records":[{"at":"/calls/*",)" + kInOut +
                  R"(}],"claims":[{"count":"/n","of":"/calls/*","severity":"warning"}])",
              R"({"n":2,"calls":[{"in":1,"out":1}]})");
  CHECK(reading.only(Rule::count).severity == Severity::warning);
}

TEST_CASE("a call that is told again is one part of a count and of a sum of numbers") {
  const std::string layout =
      R"("records":[{"at":"/calls/*","id":"id","same_id":"growth",)" + kInOut +
      R"(}],"claims":[{"count":"/n","of":"/calls/*"},{"sum":"/sum","of":"/calls/*/out"}])";
  const std::string calls =
      R"("calls":[{"id":"a","in":1,"out":1},{"id":"a","in":1,"out":5},{"id":"b","in":1,"out":2}])";
  const FormatReading sound = read_by(layout, R"({"n":2,"sum":7,)" + calls + "}");
  CHECK(sound.findings.empty());
  CHECK(sound.checks_held == 2);
  CHECK(read_by(layout, R"({"n":3,"sum":8,)" + calls + "}").errors() == 2);
}

TEST_CASE("a running total does not grow by a call that is told again") {
  const FormatReading reading = read_by(
      R"("records":[{"at":"/calls/*","id":"id",)" + kInOut +
          R"(}],"claims":[{"continuity":"/calls/*/so_far","adds":"/calls/*/in"}])",
      R"({"calls":[{"id":"a","in":4,"out":1,"so_far":4},{"id":"a","in":4,"out":1,"so_far":4},
                   {"id":"b","in":3,"out":1,"so_far":7}]})");
  CHECK(reading.findings.empty());
}

TEST_CASE("a count whose parts are on other lines is not refuted by its own line") {
  const FormatReading reading =
      read_by(R"("lines":true,"known_by":{"any":["/u","/n"]},"records":[{"at":"/u",)" + kInOut +
                  R"(},{"at":"/all","role":"aggregate",)" + kInOut +
                  R"(}],"claims":[{"count":"/n","of":"/u"}])",
              "{\"u\":{\"in\":1,\"out\":1}}\n{\"n\":1,\"all\":{\"in\":1,\"out\":1}}\n", "x.jsonl");
  CHECK(reading.errors() == 0);
  CHECK(reading.only(Rule::count).severity == Severity::warning);
}

TEST_CASE("a running total of a line alone cannot be checked, which is a mistake of the layout") {
  CHECK(fault_of(R"("lines":true,"records":[{"at":""}],"claims":[{"continuity":"/so_far"}])")
            .find("x.json: /claims/0: compares nothing") == 0);
}

TEST_CASE("a path that begins with a slash is a mistake that names the right way") {
  CHECK(fault_of(R"("records":[{"at":"/u","id":"/call"}])")
            .find("x.json: /records/0/id: begins with a slash") == 0);
}

TEST_CASE("a name of the context that is not in it is a mistake") {
  CHECK(fault_of(R"("records":[{"at":"","model":"@m"}])") ==
        "x.json: /records/0: has an @ before what is not a name of \"context\"");
}

TEST_CASE("a mistake in what is no layout quotes nothing of it") {
  for (
      const std::string& members : std::vector<std::string>{
          R"("whispered":1)",
          R"("note":1,"whispered":1,"whispered":2)",
          R"("records":[{"at":"","whispered":1}])",
          R"("records":[{"at":"whispered"}])",
          R"("records":[{"at":"","id":"/whispered"}])",
          R"("records":[{"at":"","model":"@whispered"}])",
          R"("records":[{"at":"","role":"whispered"}])",
          R"("records":[{"at":"","counters":{"whispered":"a"}}])",
          R"("records":[{"at":"","meaning":{"whispered":"a"}}])",
          R"("records":[{"at":"","id":{"from":"a","find":"(whispered"}}])",
          R"("context":{"whispered":1},"records":[{"at":""}])",
          R"("context":{"whispered":{"from":[]}},"records":[{"at":""}])",
          R"("records":[{"at":""}],"claims":[{"whispered":""}])",
          R"("records":[{"at":""}],"claims":[{"sum":"/whispered","of":"","counter":"input"}])",
          R"("records":[{"at":""}],"claims":[{"sum":"whispered","of":""}])",
          R"("records":[{"at":""}],"claims":[{"sum":"","of":"/whispered"}])",
          R"("lines":true,"records":[{"at":""}],"claims":[{"continuity":"/whispered"}])",
          R"("lines":true,"records":[{"at":""}],"claims":[{"sum":"whispered","of":"","lines":"all"}])",
          R"("records":[{"at":""}],"claims":[{"sum":"","of":"","by":"whispered"}])",
          R"("text":{"whispered":1})",
          R"("text":{"lines":[{"whispered":1}]})",
          R"("text":{"lines":[{"find":"(whispered"}]})"}) {
    CAPTURE(members);
    CHECK_FALSE(fault_of(members).empty());
    CHECK(fault_of(members).find("whispered") == std::string::npos);
  }
}

TEST_CASE("a dialect that the catalogue lacks is a mistake with its nearest name") {
  const Layout layout =
      parse_layout(R"({"layout":"x","records":[{"at":"","dialect":"kimi_cly"}]})", "x.json");
  CHECK_THROWS_WITH(check_dialects(layout, *builtin_knowledge().catalogue, "x.json"),
                    "x.json: /records/0/dialect: kimi_cly is unknown; did you mean kimi_cli?");
}

TEST_CASE("a line that matters and has none of the words is a fault of its sample") {
  const LayoutCheck check =
      check_layout(R"({"layout":"x","lines":{"words":"usage"},"records":[{"at":"",)" + kInOut +
                       R"(}],"samples":[{"lines":[{"in":1,"out":1}],"records":[{}]}]})",
                   "x.json");
  REQUIRE(check.faults.size() == 1);
  CHECK(check.faults.front().find("none of the words") != std::string::npos);
}

TEST_CASE("the dialects of the built-in layouts are in the catalogue") {
  for (const auto& layout : builtin_layouts())
    CHECK_NOTHROW(check_dialects(*layout, *builtin_knowledge().catalogue, layout->id));
}

TEST_CASE("every built-in layout has a fixture that it reads") {
  const fs::path fixtures = fs::path(USAGECTL_SOURCE_DIR) / "testdata/formats";
  for (std::size_t i = 0; i < kEmbeddedLayoutsSize; ++i) {
    const std::string file(kEmbeddedLayouts[i].file);
    const std::string name = file.substr(0, file.rfind('.'));
    const Layout layout = parse_layout(kEmbeddedLayouts[i].json, file);
    if (layout.records.empty()) continue;  // numbers that are not usage
    CAPTURE(name);
    std::size_t read = 0;
    for (const fs::path& folder : {fixtures / name, fixtures / "known_layout"}) {
      if (!fs::exists(folder)) continue;
      for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string path = entry.path().lexically_relative(fixtures).string();
        for (const UsageRecord& record : read_fixture(path).records)
          read += record.format == layout.id ? 1 : 0;
      }
    }
    CHECK(read > 0);
  }
}

TEST_CASE("the schema of layouts has the keys that the parser knows, and no others") {
  const auto schema = nlohmann::json::parse(schema_text("layout").value());
  const auto keys_of = [](const nlohmann::json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object["properties"].items()) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return keys;
  };
  // The message about an unlikely key lists those that are known.
  const auto known_in = [](const std::string& fault) {
    const std::string before = "expected one of ";
    std::vector<std::string> keys = {""};
    REQUIRE(fault.find(before) != std::string::npos);
    for (const char c : fault.substr(fault.find(before) + before.size())) {
      if (c == ',')
        keys.emplace_back();
      else if (c != ' ')
        keys.back().push_back(c);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  };
  CHECK(keys_of(schema) == known_in(fault_of(R"("0000000000":1)")));
  CHECK(keys_of(schema["$defs"]["record"]) ==
        known_in(fault_of(R"("records":[{"at":"","0000000000":1}])")));
  CHECK(keys_of(schema["$defs"]["ignored"]) ==
        known_in(fault_of(R"("ignored":[{"at":"","0000000000":1}])")));
  CHECK(keys_of(schema["$defs"]["counters"]) ==
        known_in(fault_of(R"("records":[{"at":"","counters":{"0000000000":1}}])")));
}

}  // namespace usagectl
