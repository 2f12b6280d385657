#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layouts/layout.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Which paths of a layout that a person gave lead anywhere in a file; keeps nothing for others.
class PathUses {
 public:
  explicit PathUses(const Layout& layout);

  /// Whether the record has a value at one of the sources, or of the keys below it.
  using HasSource = std::function<bool(const Sources& sources)>;
  using HasKey = std::function<bool(const PathPattern& key)>;
  void note_record(std::size_t index, const HasSource& has_source, const HasKey& has_key);
  /// A value at a place that claims are about.
  void note_place(const PathPattern& place);
  /// An object of the layout was read.
  void note_object();
  /// What was found, once.
  LayoutPaths take(FileId file);
  bool empty() const { return paths_.empty(); }

 private:
  struct Path {
    LayoutPath use;
    const LayoutRecord* record = nullptr;  ///< nullptr: a place of a claim
    const Sources* sources = nullptr;
    std::vector<const PathPattern*> keys;  ///< spellings of one counter
    const PathPattern* place = nullptr;    ///< of records, or of what a claim is about
  };

  void add_record(const LayoutRecord& record, const std::string& at);

  const Layout& layout_;
  std::vector<Path> paths_;
};

}  // namespace usagectl
