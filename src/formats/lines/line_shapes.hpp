#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/usage_values.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/reading/surroundings.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// What a member of such a line is read as; its name and the kind of its value decide.
struct LineMember {
  std::string name;
  JsonKind kind = JsonKind::null;
  MemberName named;            ///< of the line's own members
  UsageValues::MemberUse use;  ///< of members of its usage object
  const UsageValues::Around* around = nullptr;
  bool is_used = false;
  bool is_of_line = false;  ///< one of those that say what call it is
  bool is_id = false;       ///< of the line, and called "id"
};

/// The shapes of the plain lines of a log: the names of their members in order, and of which kind
/// each value is. What a line of a known shape says is read in one walk, as only its values differ
/// from those of the line that the shape was learned from. Shapes share what they begin with.
class LineShapes {
 public:
  enum class Of : std::uint8_t {
    lines,  ///< read_plain_line reads them
    rows,   ///< read_plain_row does
  };

  explicit LineShapes(Of of) : of_(of) {}

  /// Remembers how a line was read. Nothing where its values had a say in that.
  void learn(const Catalogue& catalogue, const Json& line, const PlainLine& read);
  /// False where the shape is not known, or a value is no count: then others have to read it.
  bool read(const Json& line, PlainLine& plain) const;
  /// The members of a line, those of its objects behind each, as far as they are not null. None
  /// where the shape is not known.
  std::vector<LineMember> members_of(const Json& line) const;

 private:
  using State = std::uint32_t;  ///< what a line has had so far
  static constexpr State kNone = 0;
  static constexpr std::size_t kMostStates = 4096;

  struct Member : LineMember {
    State next = kNone;
  };
  struct Members {
    std::vector<Member> known;
    State after_object = kNone;
    bool ends_line = false;
  };

  /// An object of a line while it is learned.
  struct Inside {
    bool is_usage = false;          ///< the usage object, or in it
    bool is_read = false;           ///< its members may be counts
    const KeyNode* node = nullptr;  ///< what dialects know of them
    const UsageValues::Around* around = nullptr;
  };

  /// Whether members are the line's own, which say what call it is.
  bool is_of_line(bool is_usage) const { return !is_usage || of_ == Of::rows; }
  const Member* find(State state, std::string_view name, JsonKind kind) const;
  State add_member(State state, Member&& member);
  bool learn_members(const Catalogue& catalogue, const Json& object, const Inside& inside,
                     State& state);
  bool follow(const Json& object, bool is_usage, State& state, PlainLine& plain,
              Json& named_id) const;
  bool list_members(const Json& object, State& state, std::vector<LineMember>& members) const;

  Of of_;
  std::vector<Members> states_ = std::vector<Members>(2);  ///< the first is kNone
  std::deque<UsageValues::Around> arounds_;
  std::deque<std::string> names_around_;
};

/// The shapes of lines with a usage object that this thread has learned, of whatever file: what
/// reads them is all that decides.
LineShapes& shapes_of_lines(const Catalogue& catalogue);

}  // namespace usagectl
