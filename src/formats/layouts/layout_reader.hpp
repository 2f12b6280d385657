#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dialects/catalogue.hpp"
#include "formats/layouts/layout.hpp"
#include "formats/layouts/layout_claims.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {

/// Whether all that a layout is known by stands in the document, and a record at one of its places.
bool fits(const Layout& layout, const Json& document);

/// Turns documents of one file into records and claims, as a layout says where they are. The layout
/// must outlive it.
class LayoutReader {
 public:
  LayoutReader(const Layout& layout, const FileContext& file);
  ~LayoutReader();
  LayoutReader(const LayoutReader&) = delete;
  LayoutReader& operator=(const LayoutReader&) = delete;

  void read(const Json& document, const Place& place, Observations& observations);

 private:
  struct Node;
  /// What is made ready once for the records of a place.
  struct Prepared {
    View view;
    std::string
        path;  ///< for what a dialect makes of it; the same for all, so that it is asked once
    std::unique_ptr<Catalogue> own;  ///< of a dialect with the keys that the layout names
    bool is_said = false;            ///< why it is not counted
  };

  /// A value on the way to the one that is read. What is asked of it is asked again for each record
  /// in it, and it may be a map of thousands.
  struct Level {
    Json value;
    std::optional<bool> failed = {};
    std::vector<std::pair<const ValueSource*, Json>> known = {};
  };

  Node& node_at(const PathPattern& pattern);
  void prepare(const LayoutRecord& record);
  void walk(const Json& value, const Node& node);
  void walk_members(const Json& value, const Node& node);
  void read_record(const Json& value, std::size_t index);
  void read_usage(const Json& value, std::size_t index, UsageRecord& record, bool& is_sound);
  void describe(const LayoutRecord& layout, UsageRecord& record);
  void take_unit(const LayoutRecord& layout, UsageRecord& record);
  void say_why(const LayoutRecord& layout, const Place& place) const;
  void say_what_is_open() const;
  bool is_told_again(std::size_t index, const UsageRecord& record);
  void say_empty(const LayoutRecord& layout, const UsageRecord& record) const;
  Json value_of(const ValueSource& source);
  bool says_failed_around();
  std::string text_of(const ValueSource& source, const LayoutRecord& layout);
  Place here() const;

  const Layout& layout_;
  FileContext file_;
  std::string_view format_;
  std::unique_ptr<Node> root_;
  std::vector<Prepared> prepared_;
  LayoutClaims claims_;
  std::map<std::string, UnitId> units_;
  std::unordered_set<std::size_t> told_;         ///< hashes of calls with an id
  std::map<std::string, std::uint64_t> series_;  ///< how many running totals came before

  // Of the document that is being read.
  Observations* observations_ = nullptr;
  Place document_;
  PlaceTokens tokens_;
  std::vector<Level> around_;  ///< values from the document inward, to the one at tokens_
  std::uint64_t records_ = 0;
};

}  // namespace usagectl
