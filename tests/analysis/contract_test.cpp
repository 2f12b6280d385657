#include "analysis/diff/contract.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

namespace {

std::string fault_of(const std::string& text) {
  try {
    parse_contract(text, "mine.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a total in a contract is a sum of counters") {
  CHECK(fault_of(R"({"meaning":{"total":["input+output+cache_read","absent"]}})").empty());
  CHECK(fault_of(R"({"meaning":{"total":"input and more"}})") ==
        "mine.json: meaning/total: invalid answer; write included, excluded, twice, mixed, absent, "
        "or for the total a sum such as input+output");
}

TEST_CASE("a mistake in what is no contract quotes nothing of it") {
  for (const std::string text :
       {R"({"whispered":1})", R"({"meaning":{"whispered":"included"}})",
        R"({"meaning":{"total":"whispered"}})", R"({"meaning":{"total":"input whispered"}})",
        R"({"meaning":{"total":"input+output"},"whispered":1})",
        R"({"meaning":{"total":"input+output"},"raw":{"whispered":"prompt"}})",
        R"({"meaning":{"total":"input+output"},"raw":{"input":"whispered"}})",
        R"({"meaning":{"total":"input+output"},"raw":{"input":{"whispered":1}}})"}) {
    CAPTURE(text);
    CHECK_FALSE(fault_of(text).empty());
    CHECK(fault_of(text).find("whispered") == std::string::npos);
  }
}
