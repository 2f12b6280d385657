// Runs a fuzz target over the files of some folders, and over each file cut short at a few places,
// so that what a fuzzer once found stays found in every build.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::vector<char> characters(std::istreambuf_iterator<char>(stream), {});
  return Bytes(characters.begin(), characters.end());
}

}  // namespace

int main(int count, char** folders) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i) {
    if (!std::filesystem::exists(folders[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folders[i])) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);  // the last line names the culprit when the target ends the process
    const Bytes whole = bytes_of(file);
    constexpr std::array<std::size_t, 5> eighths = {8, 7, 4, 2, 1};
    for (const std::size_t part : eighths) {
      // A copy of exactly this size, so that the address sanitizer sees a read past its end.
      const Bytes piece(whole.begin(),
                        whole.begin() + static_cast<std::ptrdiff_t>(whole.size() * part / 8));
      LLVMFuzzerTestOneInput(piece.data(), piece.size());
    }
  }
  if (files.empty()) std::puts("no corpus");
  return files.empty() ? 1 : 0;
}
