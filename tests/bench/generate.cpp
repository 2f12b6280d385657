// bench_generate: writes the files that the benchmarks read, the same for the same seed, and
// beside them expected.json with what they add up to.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "data_sets.hpp"
#include "output_file.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kUsage =
    R"(usage: bench_generate [--set NAME]… [--scale X] [--seed N] FOLDER

  --set NAME  only this data set: transcripts, transcripts_one_file, codex, usage_log, token_usage,
              sessions, small_files, usage_map, one_id
  --scale X   X times as many bytes (default 1: 1 GB, 1 GB, 550 MB, 1 GB, 217 MB, 512 MB, 30 MB,
              8 MB, 60 MB)
  --seed N    other numbers, texts and ids (default 1)
)";

struct DataSet {
  std::string_view name;
  std::uint64_t bytes;
  std::uint64_t files;
  Truth (*write)(const DataSetPlan& plan);
};

constexpr std::array<DataSet, 9> kDataSets = {{
    {"transcripts", 1'000'000'000, 220,
     [](const DataSetPlan& plan) { return write_transcripts(plan, false); }},
    {"transcripts_one_file", 1'000'000'000, 220,
     [](const DataSetPlan& plan) { return write_transcripts(plan, true); }},
    {"codex", 550'000'000, 200, write_codex},
    {"usage_log", 1'000'000'000, 1, write_usage_log},
    {"token_usage", 217'000'000, 1, write_token_usage},
    {"sessions", 512'000'000, 1, write_sessions},
    {"small_files", 30'000'000, 10'000, write_small_files},
    {"usage_map", 8'000'000, 1, write_usage_map},
    {"one_id", 60'000'000, 1, write_one_id},
}};

struct Options {
  std::vector<std::string_view> sets;
  double scale = 1;
  std::uint64_t seed = 1;
  std::string_view folder;
};

double strict_scale(const std::string& text) {
  std::size_t end = 0;
  const double scale = std::stod(text, &end);
  if (end != text.size() || !std::isfinite(scale) || scale <= 0) throw std::invalid_argument(text);
  return scale;
}

std::uint64_t strict_seed(std::string_view text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::invalid_argument(std::string(text));
  }
  return seed;
}

bool is_set(std::string_view name) {
  return std::any_of(kDataSets.begin(), kDataSets.end(),
                     [&](const DataSet& set) { return set.name == name; });
}

/// Nothing when the arguments make no sense.
std::optional<Options> options_from(const std::vector<std::string_view>& arguments) {
  Options options;
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (at->substr(0, 2) != "--") {
      if (!options.folder.empty()) return std::nullopt;
      options.folder = *at;
      continue;
    }
    const std::string_view option = *at++;
    if (at == arguments.end()) return std::nullopt;
    if (option == "--set" && is_set(*at)) {
      options.sets.push_back(*at);
    } else if (option == "--scale") {
      options.scale = strict_scale(std::string(*at));
    } else if (option == "--seed") {
      options.seed = strict_seed(*at);
    } else {
      return std::nullopt;
    }
  }
  if (options.folder.empty()) return std::nullopt;
  return options;
}

void generate(const Options& options) {
  const Random random(options.seed);
  const Filler filler(random.fork(0));
  std::string expected;
  for (const DataSet& set : kDataSets) {
    const bool wanted =
        options.sets.empty() || std::count(options.sets.begin(), options.sets.end(), set.name) > 0;
    if (!wanted) continue;
    const auto scaled = [&](std::uint64_t full, std::uint64_t least) {
      const double size = std::round(static_cast<double>(full) * options.scale);
      return std::max(static_cast<std::uint64_t>(size), std::min(full, least));
    };
    // The one file holds the lines of the many files, so both are made from one plan.
    const DataSetPlan plan{std::filesystem::path(options.folder) / set.name, scaled(set.bytes, 1),
                           scaled(set.files, 3), random.fork(set.bytes), filler};
    expected += fmt::format("{}\n  \"{}\": {}", expected.empty() ? "" : ",", set.name,
                            set.write(plan).json());
  }
  OutputFile file(std::filesystem::path(options.folder) / "expected.json");
  file.write(fmt::format("{{{}\n}}\n", expected));
  file.close();
}

}  // namespace
}  // namespace usagectl

int main(int argc, char** argv) {
  try {
    const auto options = usagectl::options_from({argv + 1, argv + argc});
    if (!options) {
      fmt::print(stderr, "{}", usagectl::kUsage);
      return 2;
    }
    usagectl::generate(*options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_generate: {}\n", error.what());
    return 2;
  }
  return 0;
}
