#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dialects/catalogue.hpp"
#include "formats/reading/usage_search.hpp"
#include "input/json/json.hpp"
#include "model/counts.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// Usage objects of lines or documents that their format doesn't read: the usage of a call that is
/// read, again; a total so far; or something else, which is not counted, and said.
class OtherUsages {
 public:
  using IsRead = UsageSearch::IsRead;

  /// Forgets what was read of the line or document before.
  void begin() { read_.clear(); }
  /// A usage object that is read. Of several views of the same usage, one is counted.
  void read(const Counts& counts, bool is_counted) { read_.push_back({counts, is_counted}); }
  /// Looks through the line or document for usage objects that are not read. `tell_what_is_read` is
  /// called where there are any, before they are compared.
  void look(const Catalogue& catalogue, const Json& document, const Place& place,
            const IsRead& is_read, Observations& observations,
            const std::function<void()>& tell_what_is_read = {});
  /// Says what is not counted, after the last line or document.
  void finish(Observations& observations);

 private:
  struct Read {
    Counts counts;
    bool is_counted = false;
  };
  /// The usage objects at one place of the lines, one after another.
  struct AtPlace {
    std::optional<Counts> last;
    bool may_be_running = false;  ///< the last one differs, and the next shows whether it is a sum
    Place place_of_last;
    bool is_number = false;
    std::uint64_t others = 0;
    Place first;  ///< of the others
  };
  /// Input and output, or a mark and the total, of what is read.
  struct Key {
    Count input = 0;
    Count output = 0;
    Counts counts = {};  ///< all of it
    bool is_before(const Key& other) const {
      return input != other.input ? input < other.input : output < other.output;
    }
  };

  /// One that was found in the line or document.
  struct Other {
    Counts counts;
    std::string pointer;
    std::string_view rule = {};  ///< that leaves it out, static storage; empty = none yet
    bool is_number = false;      ///< a number of tokens alone
  };

  using List = std::vector<Other*>;

  void take_lists(std::vector<Other>& others);
  void take_parts(const List& list);
  void take_running(const List& list) const;
  void judge(const Other& other, AtPlace& at, const Place& place, Observations& observations);
  void index();
  void add_keys(const Counts& counts);
  void sort_keys();
  bool repeats(const Counts& counts) const;
  bool holds_number(const Counts& counts) const;
  bool goes_on(const Counts& last, const Counts& counts) const;
  static void note_other(AtPlace& at, const Place& place);

  UsageSearch search_;
  std::vector<Read> read_;
  std::vector<Key> keys_;       ///< sorted
  std::vector<Count> numbers_;  ///< counts of what is read, sorted
  Tally counted_;
  std::map<std::string, AtPlace, std::less<>> at_;  ///< by pointer, without positions in lists
};

}  // namespace usagectl
