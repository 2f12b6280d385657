#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/time_zone.hpp"
#include "dialects/catalogue.hpp"
#include "dialects/costs/stated_cost.hpp"
#include "formats/layouts/claims/layout_claims.hpp"
#include "formats/layouts/claims/line_claims.hpp"
#include "formats/layouts/layout.hpp"
#include "formats/layouts/layout_fit.hpp"
#include "formats/layouts/path_uses.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/other_usages.hpp"

namespace usagectl {

/// Turns documents of one file into records and claims, as a layout says where they are. The layout
/// must outlive it.
class LayoutReader {
 public:
  /// Whether what is read is one document, or lines that other readers of the file may share.
  enum class Of : std::uint8_t { document, lines };

  LayoutReader(const Layout& layout, const FileContext& file, Of of = Of::document);
  ~LayoutReader();
  LayoutReader(const LayoutReader&) = delete;
  LayoutReader& operator=(const LayoutReader&) = delete;

  /// Reads a document that fits. `entry` is what entry_of() returned.
  void read(const Json& document, std::size_t entry, const Place& place,
            Observations& observations);
  /// Keeps what a line says of later ones, whether or not it fits. Returns whether it says
  /// anything. Comes before the line is read; only where needs_every_line().
  bool remember(const Json& line);
  bool needs_every_line() const { return !layout_.context.empty() || !line_claims_.empty(); }
  /// A line could not be read.
  void missed_line() { line_claims_.missed_line(); }
  /// The last document or line of the file was read.
  void finish(Observations& observations);

 private:
  struct Node;
  /// The views of a usage that has running totals beside others.
  struct ViewsBeside {
    std::map<std::string, std::uint8_t> ranks;  ///< of each unit, by its series
    std::map<std::uint8_t, Place> places;       ///< of the first record of a view, by its rank
    /// What a view holds, by its rank: the last total of each series, or each call by its id.
    std::map<std::uint8_t, std::map<std::string, Counts>> held;
  };
  /// What is made ready once for the records of a place.
  struct Prepared {
    View view;
    std::string
        path;  ///< for what a dialect makes of it; the same for all, so that it is asked once
    std::unique_ptr<Catalogue> own;    ///< of a dialect with the keys that the layout names
    std::vector<std::string> naming;   ///< keys of that dialect which say which call it is
    const Dialect* dialect = nullptr;  ///< that the layout names
    std::optional<TimeZone> zone;      ///< of times that do not name theirs
    bool is_said = false;              ///< why it is not counted
    bool has_running_views = false;    ///< its usage has running totals and other views
  };

  /// A value on the way to the one that is read. What is asked of it is asked again for each record
  /// in it, and it may be a map of thousands.
  struct Level {
    Json value;
    std::optional<bool> failed = {};
    std::vector<std::pair<const ValueSource*, Json>> known = {};
  };

  /// A member that a layout says something of.
  struct FoundMember {
    std::string_view key;
    Json value;
    const Node* below = nullptr;
  };

  Node& node_at(const PathPattern& pattern);
  void prepare(const LayoutRecord& record);
  void read_at(const Json& value, const PathPattern& in, std::size_t at, const Place& place);
  void read_object(const Json& object, const Place& place);
  void walk(const Json& found, const Node& node);
  void note_what_else_is_read(const LayoutRecord& record);
  void look_at_others(const Json& document, const PathPattern& in, const Place& place);
  bool is_read(const PathPattern& in, std::string_view pointer) const;
  bool leave_out(const Node& node, const Json& value);
  void walk_members(const Json& value, const Node& node);
  void read_record(const Json& value, const Node& node);
  std::optional<UsageRecord> read_usage(const Json& value, std::size_t index, Place&& place);
  StatedCost cost_beside(const LayoutRecord& layout) const;
  void take_stated_cost(const LayoutRecord& layout, UsageRecord& record);
  std::optional<UsageRecord> read_whole_value(const Json& value, std::size_t index, Place&& place);
  std::optional<UsageRecord> reject(std::size_t index, const Place& place, std::string problem);
  void say_rejected(std::size_t index);
  void note_paths(std::size_t index, const Json& value);
  void describe(std::size_t index, UsageRecord& record);
  void date(const LayoutRecord& layout, const Prepared& prepared, UsageRecord& record);
  void identify(const LayoutRecord& layout, UsageRecord& record);
  UnitId unit_of(const LayoutRecord& layout, const Prepared& prepared);
  void note_view(const LayoutRecord& layout, const UsageRecord& record, const std::string& series);
  void say_what_is_left_out(const ViewsBeside& beside, std::uint8_t first) const;
  void take_unit(const LayoutRecord& layout, const Prepared& prepared, UsageRecord& record);
  void compare_repeated(const LayoutRecord& layout, const UsageRecord& record);
  void say_why(const LayoutRecord& layout, const Place& place) const;
  void say_what_is_open() const;
  bool is_told_again(std::size_t index, const UsageRecord& record);
  void say_empty(const LayoutRecord& layout, const UsageRecord& record) const;
  bool holds(const Condition& condition);
  bool hold(const std::vector<Condition>& conditions);
  Json follow(const Json& value, const PathPattern& path);
  Json opened(const Json& text);
  Json value_of(const ValueSource& source);
  bool says_failed_around();
  std::string text_of(const ValueSource& source, const PathPattern& at);
  std::string whole_text_of(const ValueSource& source, const PathPattern& at);
  std::string text_of(const Sources& sources, const PathPattern& at);
  std::optional<Count> count_of(const Sources& sources);
  std::string time_of(const Sources& sources, const PathPattern& at);
  Place here() const;

  const Layout& layout_;
  FileContext file_;
  Of of_;
  std::string_view format_;
  std::unique_ptr<Node> root_;
  std::vector<Prepared> prepared_;
  LayoutClaims claims_;
  LineClaims line_claims_;
  PathUses path_uses_;
  OtherUsages others_;
  std::vector<PathPattern> read_otherwise_;  ///< counters of records, and usage that repeats them
  bool has_lists_ = false;                   ///< several records may look at one level
  std::map<std::string, UnitId> units_;
  std::unordered_map<std::string, UnitId> named_units_;  ///< of what may be in other files as well
  std::map<std::string, std::string, std::less<>> remembered_;  ///< by name
  std::map<std::string, std::uint64_t> series_;  ///< how many running totals came before

  std::map<std::string, ViewsBeside> views_;

  // Of the document that is being read.
  Observations* observations_ = nullptr;
  Place document_;
  PlaceTokens tokens_;
  std::vector<Level> around_;       ///< values from the document inward, to the one at tokens_
  std::vector<FoundMember> found_;  ///< of all levels, the innermost last
  std::uint64_t records_ = 0;
  std::uint64_t ignored_ = 0;
  bool is_left_out_ = false;              ///< all of it
  std::unordered_set<std::size_t> told_;  ///< hashes of calls with an id
  std::map<std::string, int> ids_;        ///< how often each was seen, where they are numbered
  std::vector<std::pair<const char*, Json>> opened_;  ///< texts that were read as JSON
  std::vector<std::unique_ptr<JsonParser>> parsers_;  ///< of these
};

}  // namespace usagectl
