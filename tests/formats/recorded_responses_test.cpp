// An extra corpus of recorded responses with their true counts, where it is at hand: its folder
// holds truth.json, {"<file>": {"tokens": {...}}}.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "capture/read_file.hpp"
#include "formats/reading_of.hpp"
#include "harness/text_file.hpp"

namespace fs = std::filesystem;
using namespace usagectl;

namespace {

fs::path corpus() {
  if (const char* named = std::getenv("USAGECTL_SAMPLES")) return fs::path(named) / "responses";
  return fs::path(USAGECTL_SOURCE_DIR) / ".." / "shared" / "samples" / "responses";
}

}  // namespace

TEST_CASE("every recorded response of the extra corpus gives one request with its true counts") {
  const auto truth_text = contents_of(corpus() / "truth.json");
  if (!truth_text) return;
  const nlohmann::json truths = nlohmann::json::parse(*truth_text);
  for (const auto& item : truths.items()) {
    const std::string& name = item.key();
    const auto& truth = item.value();
    CAPTURE(name);
    std::string text = contents_of(corpus() / name).value();
    // The name is kept from the reader: a response is recognised by its content.
    const FormatReading reading = read_as_file(std::move(text), "response");
    REQUIRE(reading.records.size() == 1);
    CHECK(reading.records.front().role == Role::request);
    for (const auto& told : truth["tokens"].items()) {
      const std::string& counter = told.key();
      const auto& count = told.value();
      CAPTURE(counter);
      std::optional<Count> read;
      for (const Counter known : kCounters) {
        if (name_of(known) == counter) read = reading.records.front().counts[known];
      }
      CHECK(read.has_value() == !count.is_null());
      if (read && !count.is_null()) CHECK(*read == count.get<Count>());
    }
  }
}
