#include "golden/golden_case.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "harness/line_diff.hpp"
#include "harness/text_file.hpp"

namespace usagectl {
namespace {

namespace fs = std::filesystem;

long long whole_number(std::string_view digits, const fs::path& file) {
  long long value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, value);
  if (fault != std::errc() || stop != end) {
    throw std::runtime_error(file.string() + ": not a number: " + std::string(digits));
  }
  return value;
}

RunSetting read_setting(const fs::path& file) {
  RunSetting setting;
  const auto text = contents_of(file);
  if (!text) return setting;
  for (const std::string& line : lines_of(*text)) {
    if (line.empty()) continue;
    const auto equals = line.find('=');
    const std::string name = line.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : line.substr(equals + 1);
    if (name == "WIDTH") {
      setting.width = static_cast<int>(whole_number(value, file));
    } else if (name == "NOW") {
      setting.now_seconds = whole_number(value, file);
    } else if (name == "TERMINAL") {
      setting.out_is_terminal = setting.err_is_terminal = value == "1";
    } else if (name == "NO_COLOR") {
      setting.no_color = value;
    } else if (name == "TERM") {
      setting.term = value;
    } else {
      throw std::runtime_error(file.string() + ": unknown name: " + name);
    }
  }
  return setting;
}

/// What a folder holds of an outcome: nothing for a part that is as a clean, silent run has it.
struct Part {
  std::string_view name;
  std::optional<std::string> text;
};

std::vector<Part> parts_of(const Outcome& outcome) {
  std::optional<std::string> err;
  if (!outcome.err.empty()) err = outcome.err;
  std::optional<std::string> exit;
  if (outcome.exit != 0) exit = std::to_string(outcome.exit) + "\n";
  return {{"stdout", outcome.out}, {"stderr", err}, {"exit", exit}};
}

}  // namespace

GoldenCase load_golden_case(const fs::path& folder) {
  GoldenCase golden;
  golden.folder = folder;
  const auto arguments = contents_of(folder / "args");
  if (!arguments) throw std::runtime_error(folder.string() + ": no file args");
  golden.arguments = lines_of(*arguments);
  golden.setting = read_setting(folder / "env");
  return golden;
}

Outcome run_golden_case(const GoldenCase& golden) {
  const fs::path input = golden.folder / "stdin";
  redirect_standard_input(fs::exists(input) ? std::optional(input.string()) : std::nullopt);
  return run_in_process(golden.arguments, golden.setting);
}

std::string compare_with_golden(const GoldenCase& golden, const Outcome& outcome,
                                const fs::path& got) {
  std::string report;
  for (const Part& part : parts_of(outcome)) {
    const fs::path kept = got / (std::string(part.name) + ".got");
    fs::remove(kept);
    const auto expected = contents_of(golden.folder / part.name);
    if (part.name == "stdout" && !expected) {
      report += "stdout: the case has none yet; build the target update-golden and review it\n";
    } else if (expected.value_or("") == part.text.value_or("")) {
      continue;
    }
    save(kept, part.text.value_or(""));
    report += "--- " + (golden.folder / part.name).string() + "\n+++ " + kept.string() + "\n";
    report += line_diff(expected.value_or(""), part.text.value_or(""));
  }
  return report;
}

bool update_golden(const GoldenCase& golden, const Outcome& outcome) {
  bool changed = false;
  for (const Part& part : parts_of(outcome)) {
    const fs::path file = golden.folder / part.name;
    if (contents_of(file) == part.text) continue;
    changed = true;
    if (part.text) {
      save(file, *part.text);
    } else {
      fs::remove(file);
    }
  }
  return changed;
}

}  // namespace usagectl
