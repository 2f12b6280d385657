#include "base/nearest_word.hpp"

#include <algorithm>

namespace usagectl {
namespace {

/// Optimal string alignment distance: a swap of neighbours counts as one mistake.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest_word(std::string_view mistyped,
                                        const std::vector<std::string>& known) {
  std::optional<std::string> nearest;
  std::size_t fewest = std::max<std::size_t>(1, mistyped.size() / 3) + 1;
  for (const auto& word : known) {
    const bool begins = mistyped.size() >= 3 && word.starts_with(mistyped);
    const std::size_t mistakes = begins ? 1 : distance(mistyped, word);
    if (mistakes < fewest) {
      fewest = mistakes;
      nearest = word;
    }
  }
  return nearest;
}

}  // namespace usagectl
