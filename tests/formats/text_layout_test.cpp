#include <doctest/doctest.h>

#include <string>

#include "base/input_error.hpp"
#include "formats/layouts/layout_check.hpp"
#include "formats/layouts/layout_parser.hpp"
#include "formats/layouts/layout_text.hpp"

using namespace usagectl;

namespace {

std::string layout_with(const std::string& lines) {
  return R"({"layout":"made_up","text":{"lines":)" + lines +
         R"(},"records":[{"at":"","counters":{"input":"in","output":"out"}}]})";
}

std::string fault_of(const std::string& lines) {
  try {
    static_cast<void>(parse_layout(layout_with(lines), "x.json"));
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

const std::string kSound = R"~([{"find":"in (?P<in>\\d+), out (?P<out>\\d+)"}])~";

}  // namespace

TEST_CASE("mistakes in the text section of a layout are named by their place") {
  CHECK(fault_of(kSound) == "none");
  CHECK(fault_of(R"~([{"find":"("}])~").find("x.json: /text/lines/0/find: is not a reg") == 0);
  CHECK(fault_of(R"~([{"find":"in (\\d+)"}])~").find("x.json: /text/lines/0: expected a") == 0);
  CHECK(fault_of(R"~([{"find":"(?P<in>\\d+)","course":"falling"}])~").find("expected one of") !=
        std::string::npos);
  CHECK(fault_of("[]").find("expected \"lines\"") != std::string::npos);
  CHECK(fault_of(R"~([{"find":[{"may_be_missing":"(?P<in>\\d+)"}]}])~").find("first line") !=
        std::string::npos);
}

TEST_CASE("a layout of a text log is written as it was read") {
  const std::string text = layout_with(
      R"~([{"find":["in (?P<in>\\d+)",{"may_be_missing":"out (?P<out>\\d+)"}],"as":"a"},)~"
      R"~({"find":"(?P<key>\\w+)=(?P<value>\\d+)","pairs":true,"needs":"x","second":true}])~");
  const std::string written = layout_text(parse_layout(text, "x.json"));
  CHECK(layout_text(parse_layout(written, "y.json")) == written);
  CHECK(written.find("may_be_missing") != std::string::npos);
  CHECK(written.find("\"needs\": \"x\"") != std::string::npos);
}

TEST_CASE("a sample of a text log is a list of its lines") {
  const std::string layout = layout_with(kSound);
  const auto with_sample = [&](const std::string& input) {
    return layout.substr(0, layout.size() - 1) +
           R"~(,"samples":[{"text":["x in 3, out 4"],"records":[{"tokens":{"input":)~" + input +
           "}}]}]}";
  };
  CHECK(check_layout(with_sample("3"), "x.json").faults.empty());
  REQUIRE(check_layout(with_sample("5"), "x.json").faults.size() == 1);
}
