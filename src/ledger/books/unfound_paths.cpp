#include "ledger/books/unfound_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace usagectl {

void UnfoundPaths::add(LayoutPaths&& read) {
  const auto [known, is_new] = layouts_.try_emplace(read.layout, read);
  if (is_new) return;
  LayoutPaths& all = known->second;
  for (std::size_t i = 0; i < std::min(all.paths.size(), read.paths.size()); ++i) {
    all.paths[i].looked_at += read.paths[i].looked_at;
    all.paths[i].is_found = all.paths[i].is_found || read.paths[i].is_found;
  }
}

std::vector<Finding> UnfoundPaths::findings() const {
  std::vector<Finding> findings;
  for (const auto& [layout, read] : layouts_) {
    for (const LayoutPath& path : read.paths) {
      if (path.is_found || path.looked_at == 0) continue;
      findings.push_back(
          {.rule = Rule::coverage,
           .severity = Severity::warning,
           .place = read.place,
           .explanation = fmt::format("layout {}, {}: {} is in none of {} {}", layout, path.place,
                                      path.path, path.looked_at, path.in)});
    }
  }
  return findings;
}

}  // namespace usagectl
