// Follows the brackets of a large text to find its long lists, and where their items may be parted.
#include <algorithm>
#include <cstring>
#include <utility>

#include "input/json/json_marks.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/long_list.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;
constexpr std::size_t kLongBytes = std::size_t{1} << 20;
constexpr std::size_t kLongItems = 1000;

class Finder {
 public:
  Finder(const LongText& text, std::size_t threads) : text_(text), threads_(threads) {}

  LongLists find() {
    bool is_line_begun = false;
    text_.each_block([&](std::string_view block) {
      follow(block);
      is_line_begun = !block.empty() && block.back() != '\n';
    });
    // What is not whole is for others to describe.
    if (is_broken_ || !open_.empty() || marks_.is_in_string()) return {};
    return {std::move(found_), line_breaks_ + (is_line_begun ? 1 : 0)};
  }

 private:
  struct Open {
    std::size_t begin = 0;
    bool is_list = false;
    bool is_empty = true;      ///< so far
    bool may_be_long = false;  ///< a list of objects
    std::vector<LongList::Chunk> chunks;
    std::size_t commas = 0;
    std::size_t in_chunks = 0;  ///< items that stand in chunks
  };

  /// All blocks but the last one are of whole 64 bytes.
  void follow(std::string_view block) {
    for (std::size_t i = 0; i < block.size() && !is_broken_; i += JsonMarks::kAtOnce) {
      if (block.size() - i >= JsonMarks::kAtOnce) {
        follow_marks(block.data() + i, at_ + i);
      } else {
        char rest[JsonMarks::kAtOnce];
        std::memset(rest, ' ', sizeof rest);
        std::memcpy(rest, block.data() + i, block.size() - i);
        follow_marks(rest, at_ + i);
      }
    }
    at_ += block.size();
  }

  void follow_marks(const char* bytes, std::size_t at) {
    for (std::uint64_t marks = marks_.next(bytes); marks != 0; marks &= marks - 1) {
      const auto i = static_cast<std::size_t>(__builtin_ctzll(marks));
      switch (const char c = bytes[i]) {
        case '{':
        case '[': open(at + i, c == '['); break;
        case '\n': ++line_breaks_; break;
        case ',': comma(at + i); break;
        default: close(at + i, c == ']'); break;
      }
      if (is_broken_) return;
    }
  }

  void open(std::size_t at, bool is_list) {
    // Deeper than anything that is read, so it is no use to keep it.
    is_broken_ = open_.size() == JsonParser::kDeepestNesting;
    if (is_broken_) return;
    if (!open_.empty() && open_.back().is_empty) {
      open_.back().is_empty = false;
      open_.back().may_be_long = open_.back().is_list && !is_list;
    }
    open_.push_back({at, is_list, true, false, {}, 0, 0});
  }

  void comma(std::size_t at) {
    if (open_.empty()) return;
    Open& list = open_.back();
    list.is_empty = false;
    if (!list.may_be_long) return;
    ++list.commas;
    const std::size_t begin = list.chunks.empty() ? list.begin + 1 : list.chunks.back().end + 1;
    if (at - begin < kChunkBytes) return;
    list.chunks.push_back({begin, at, list.in_chunks});
    list.in_chunks = list.commas;
  }

  void close(std::size_t at, bool is_list) {
    is_broken_ = open_.empty() || open_.back().is_list != is_list;
    if (is_broken_) return;
    Open list = std::move(open_.back());
    open_.pop_back();
    if (!list.may_be_long || at - list.begin < kLongBytes || list.commas + 1 < kLongItems) return;
    const std::size_t begin = list.chunks.empty() ? list.begin + 1 : list.chunks.back().end + 1;
    list.chunks.push_back({begin, at, list.in_chunks});
    std::erase_if(found_, [&](const auto& inner) { return inner->begin() > list.begin; });
    found_.push_back(std::make_unique<LongList>(text_, list.begin, at + 1, std::move(list.chunks),
                                                list.commas + 1, threads_));
  }

  const LongText& text_;
  const std::size_t threads_;
  JsonMarks marks_;
  std::size_t at_ = 0;             ///< where the block begins
  std::uint64_t line_breaks_ = 0;  ///< outside of strings, where they may stand
  bool is_broken_ = false;         ///< no JSON: parsing will say so
  std::vector<Open> open_;
  std::vector<std::unique_ptr<LongList>> found_;
};

}  // namespace

LongLists find_long_lists(const LongText& text, std::size_t threads) {
  return Finder(text, threads).find();
}

}  // namespace usagectl
