#include "documentation/manual_page.hpp"

#include <cstddef>
#include <vector>

#include "harness/text_file.hpp"

namespace usagectl {
namespace {

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  for (const char character : line) {
    if (character == '\\') continue;  // \- and \& within names
    if (character == ' ' || character == ',' || character == '=' || character == '|') {
      if (!words.back().empty()) words.emplace_back();
    } else if (character != '&') {
      words.back() += character;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

ManualPage read_manual_page(std::string_view mdoc) {
  ManualPage page;
  for (const std::string& line : lines_of(mdoc)) {
    const auto words = words_of(line);
    page.words.insert(words.begin(), words.end());
    if (words.size() < 3 || words[0] != ".It") continue;
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
      if (words[i] == "Fl") page.options.insert("-" + words[i + 1]);
      if (words[i] == "Cm") page.commands.insert(words[i + 1]);
      if (words[i] == "Xr" && words[i + 1].rfind("usagectl-", 0) == 0) {
        page.commands.insert(words[i + 1].substr(9));
      }
    }
  }
  return page;
}

}  // namespace usagectl
