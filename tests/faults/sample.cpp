#include "faults/sample.hpp"

#include <filesystem>

#include "analysis/reconcile.hpp"
#include "harness/text_file.hpp"
#include "ledger/read_captures.hpp"

namespace usagectl {

void FileSample::save_below(const std::string& folder) const {
  for (const auto& [name, document] : documents) save(folder + "/" + name, document.dump(1));
  for (const auto& [name, values] : lines) {
    std::string text;
    for (const Json& value : values) text += value.dump() + "\n";
    save(folder + "/" + name, text);
  }
  for (const auto& [name, text] : texts) save(folder + "/" + name, text);
}

ReconcileReport FileSample::check() const {
  const std::string folder = new_folder().string();
  save_below(folder);
  Books books = read_captures({folder}, reconcile_question(), {});
  ReconcileReport report = reconcile(books);
  std::filesystem::remove_all(folder);
  return report;
}

std::optional<long long> with_changed_digits(long long number, Random& random) {
  std::string digits = std::to_string(number);
  const std::size_t at = random.below(digits.size());
  switch (random.below(3)) {
    case 0: {
      const std::size_t other = random.below(digits.size());
      std::swap(digits[at], digits[other]);
      break;
    }
    case 1:
      if (digits.size() < 2) return std::nullopt;
      digits.erase(at, 1);
      break;
    default: digits.insert(at, 1, digits[at]); break;
  }
  if (digits[0] == '0') return std::nullopt;
  const long long changed = std::stoll(digits);
  if (changed == number) return std::nullopt;
  return changed;
}

}  // namespace usagectl
