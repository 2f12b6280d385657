#include "input/json/long_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <shared_mutex>
#include <unordered_set>
#include <utility>

#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kMark = "\x01list:";
constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;
constexpr std::size_t kLongBytes = std::size_t{1} << 20;
constexpr std::size_t kLongItems = 1000;
constexpr std::size_t kRecentChunks = 2;

/// The lists that marks may stand for. A document may spell a mark of its own: it stands for
/// nothing.
struct Living {
  std::shared_mutex mutex;
  std::unordered_set<const LongList*> lists;
};

Living& living() {
  static Living all;
  return all;
}

/// Follows the brackets of a text, and notes where the items of its lists may be parted.
class Finder {
 public:
  explicit Finder(const LongText& text) : text_(text) {}

  LongLists find() {
    bool is_line_begun = false;
    text_.each_block([&](std::string_view block) {
      follow(block);
      is_line_begun = !block.empty() && block.back() != '\n';
    });
    // What is not whole is for others to describe.
    if (is_broken_ || !open_.empty()) return {};
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

  void follow(std::string_view block) {
    for (std::size_t i = 0; i < block.size() && !is_broken_; ++i) {
      if (in_string_) {
        i = end_of_string(block, i);
        continue;
      }
      const char c = block[i];
      if (c > ' ' && !open_.empty() && open_.back().is_empty) {
        open_.back().is_empty = false;
        open_.back().may_be_long = open_.back().is_list && c == '{';
      }
      switch (c) {
        case '"': in_string_ = true; break;
        case '{':
        case '[':
          // Deeper than anything that is read, so it is no use to keep it.
          is_broken_ = open_.size() == JsonParser::kDeepestNesting;
          if (!is_broken_) open_.push_back({at_ + i, c == '[', true, false, {}, 0, 0});
          break;
        case '\n': ++line_breaks_; break;
        case ',': comma(at_ + i); break;
        case ']':
        case '}': close(at_ + i, c == ']'); break;
        default: break;
      }
    }
    at_ += block.size();
  }

  /// Of the closing quote, or the end of the block.
  std::size_t end_of_string(std::string_view block, std::size_t i) {
    for (; i < block.size(); ++i) {
      if (is_escaped_) {
        is_escaped_ = false;
      } else if (block[i] == '\\') {
        is_escaped_ = true;
      } else if (block[i] == '"') {
        in_string_ = false;
        break;
      }
    }
    return i;
  }

  void comma(std::size_t at) {
    if (open_.empty() || !open_.back().may_be_long) return;
    Open& list = open_.back();
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
                                                list.commas + 1));
  }

  const LongText& text_;
  std::size_t at_ = 0;             ///< where the block begins
  std::uint64_t line_breaks_ = 0;  ///< outside of strings, where they may stand
  bool in_string_ = false;
  bool is_escaped_ = false;
  bool is_broken_ = false;  ///< no JSON: parsing will say so
  std::vector<Open> open_;
  std::vector<std::unique_ptr<LongList>> found_;
};

}  // namespace

struct LongList::Parsed {
  std::string text;
  JsonParser parser;
  Json items;
};

LongList::LongList(const LongText& text, std::size_t begin, std::size_t end,
                   std::vector<Chunk> chunks, std::size_t size)
    : text_(text), begin_(begin), end_(end), chunks_(std::move(chunks)), size_(size) {
  const std::unique_lock lock(living().mutex);
  living().lists.insert(this);
}

LongList::~LongList() {
  const std::unique_lock lock(living().mutex);
  living().lists.erase(this);
}

bool LongList::parse(const Chunk& chunk, Parsed& parsed) const {
  parsed.text.reserve(chunk.end - chunk.begin + 2 + JsonParser::kPadding);
  parsed.text = '[';
  text_.append(chunk.begin, chunk.end, parsed.text);
  parsed.text += ']';
  const ParsedJson items = parsed.parser.parse(parsed.text);
  parsed.items = items.root;
  return !items.fault && !items.invalid_utf8_at;
}

bool LongList::is_sound() const {
  Parsed parsed;
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    const std::size_t next = i + 1 < chunks_.size() ? chunks_[i + 1].first : size_;
    // A comma too many leaves a chunk without its last item.
    if (!parse(chunks_[i], parsed) || parsed.items.size() != next - chunks_[i].first) return false;
  }
  return true;
}

void LongList::visit(const std::function<void(std::size_t, const Json&)>& visit) const {
  Parsed parsed;
  for (const Chunk& chunk : chunks_) {
    if (!parse(chunk, parsed)) throw ChangedWhileRead();  // it was sound before
    parsed.items.each_item(
        [&](std::size_t index, const Json& item) { visit(chunk.first + index, item); });
  }
}

Json LongList::item(std::size_t index) const {
  if (index >= size_) return {};
  const auto after =
      std::upper_bound(chunks_.begin(), chunks_.end(), index,
                       [](std::size_t wanted, const Chunk& chunk) { return wanted < chunk.first; });
  const auto number = static_cast<std::size_t>(after - chunks_.begin()) - 1;
  auto known = std::find_if(recent_.begin(), recent_.end(),
                            [&](const auto& recent) { return recent.first == number; });
  if (known == recent_.end()) {
    if (recent_.size() == kRecentChunks) recent_.pop_front();
    recent_.emplace_back(number, std::make_unique<Parsed>());
    known = std::prev(recent_.end());
    if (!parse(chunks_[number], *known->second)) throw ChangedWhileRead();
  }
  return known->second->items.item(index - chunks_[number].first);
}

std::string LongList::mark() const {
  return fmt::format("\"\\u0001{}{:x}\"", kMark.substr(1), reinterpret_cast<std::uintptr_t>(this));
}

const LongList* LongList::marked_by(std::string_view text) {
  if (!text.starts_with(kMark)) return nullptr;
  text.remove_prefix(kMark.size());
  std::uintptr_t address = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), address, 16);
  if (error != std::errc() || end != text.data() + text.size()) return nullptr;
  const auto* const list = reinterpret_cast<const LongList*>(address);
  const std::shared_lock lock(living().mutex);
  return living().lists.contains(list) ? list : nullptr;
}

LongLists find_long_lists(const LongText& text) { return Finder(text).find(); }

std::string with_marks(const LongText& text, const std::vector<std::unique_ptr<LongList>>& lists) {
  std::string marked;
  std::size_t at = 0;
  for (const auto& list : lists) {
    text.append(at, list->begin(), marked);
    marked += list->mark();
    at = list->end();
  }
  text.append(at, text.size(), marked);
  return marked;
}

}  // namespace usagectl
