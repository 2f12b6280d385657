#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "input/json/json.hpp"
#include "input/json/long_text.hpp"

namespace usagectl {

class JsonParser;

/// A list in a large document that is never kept as a tree: its items are parsed in chunks when
/// they are visited, from the text, which must outlive it. In the tree of the document a marked
/// string stands for it, which Json takes for the list.
class LongList {
 public:
  struct Chunk {
    std::size_t begin = 0;  ///< in the text, of the first item
    std::size_t end = 0;    ///< behind the last item
    std::size_t first = 0;  ///< index of the first item
  };

  /// At most so many threads look at it at once.
  LongList(const LongText& text, std::size_t begin, std::size_t end, std::vector<Chunk> chunks,
           std::size_t size, std::size_t threads);
  ~LongList();
  LongList(const LongList&) = delete;
  LongList& operator=(const LongList&) = delete;

  std::size_t begin() const { return begin_; }  ///< in the text, of the bracket
  std::size_t end() const { return end_; }      ///< behind the other bracket
  std::size_t size() const { return size_; }

  /// Whether every item is JSON that can be read as it stands.
  bool is_sound() const;
  /// An item is valid while it is visited, and no longer.
  void visit(const std::function<void(std::size_t, const Json&)>& visit) const;
  /// One item, valid until others far from it are asked for. Null where there is none.
  Json item(std::size_t index) const;

  /// The string that stands for it, as JSON.
  std::string mark() const;
  /// The list that a string stands for; nullptr when it is a string like others.
  static const LongList* marked_by(std::string_view text);

 private:
  struct Parsed;
  class Chunks;
  bool parse(const Chunk& chunk, Parsed& parsed) const;

  const LongText& text_;
  std::size_t begin_;
  std::size_t end_;
  std::vector<Chunk> chunks_;
  std::size_t size_;
  std::size_t threads_;
  mutable std::list<std::pair<std::size_t, std::unique_ptr<Parsed>>>
      recent_;  ///< chunks that items were asked of
};

/// The long lists of objects in a text: none inside another, in their order.
struct LongLists {
  std::vector<std::unique_ptr<LongList>> lists;  ///< empty also where the text is no JSON
  std::uint64_t lines = 0;                       ///< of the text
};
LongLists find_long_lists(const LongText& text, std::size_t threads);

/// The text with the lists replaced by what stands for them.
std::string with_marks(const LongText& text, const std::vector<std::unique_ptr<LongList>>& lists);

}  // namespace usagectl
