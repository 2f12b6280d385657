#include "input/long_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <shared_mutex>
#include <unordered_set>
#include <utility>

#include "input/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kMark = "\x01list:";
constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;
constexpr std::size_t kLongBytes = std::size_t{1} << 20;
constexpr std::size_t kLongItems = 1000;
constexpr std::size_t kRecentChunks = 2;

/// The lists that marks may stand for. A document may spell a mark of its own: it stands for nothing.
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
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<std::unique_ptr<LongList>> find() {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      switch (text_[at]) {
        case '"':
          at = end_of_string(at);
          break;
        case '{': open_.push_back({at, false, {}, 0, 0}); break;
        case '[': open_.push_back({at, begins_with_object(at), {}, 0, 0}); break;
        case ',': comma(at); break;
        case ']':
        case '}':
          if (open_.empty()) return {};
          close(at);
          break;
        default: break;
      }
    }
    // What is not whole is for others to describe.
    if (!open_.empty()) return {};
    return std::move(found_);
  }

 private:
  struct Open {
    std::size_t begin = 0;
    bool may_be_long = false;  ///< a list of objects
    std::vector<LongList::Chunk> chunks;
    std::size_t commas = 0;
    std::size_t in_chunks = 0;  ///< items that stand in chunks
  };

  /// Of the closing quote, or the end of the text.
  std::size_t end_of_string(std::size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return at;
  }

  bool begins_with_object(std::size_t at) const {
    const auto first = text_.find_first_not_of(" \t\r\n", at + 1);
    return first != std::string_view::npos && text_[first] == '{';
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

  void close(std::size_t at) {
    Open list = std::move(open_.back());
    open_.pop_back();
    const bool is_list = text_[list.begin] == '[';
    if (is_list != (text_[at] == ']')) return;  // no JSON: parsing will say so
    if (!list.may_be_long || at - list.begin < kLongBytes || list.commas + 1 < kLongItems) return;
    const std::size_t begin = list.chunks.empty() ? list.begin + 1 : list.chunks.back().end + 1;
    list.chunks.push_back({begin, at, list.in_chunks});
    std::erase_if(found_, [&](const auto& inner) { return inner->begin() > list.begin; });
    found_.push_back(std::make_unique<LongList>(text_, list.begin, at + 1, std::move(list.chunks), list.commas + 1));
  }

  std::string_view text_;
  std::vector<Open> open_;
  std::vector<std::unique_ptr<LongList>> found_;
};

}  // namespace

struct LongList::Parsed {
  std::string text;
  JsonParser parser;
  Json items;
};

LongList::LongList(std::string_view text, std::size_t begin, std::size_t end, std::vector<Chunk> chunks,
                   std::size_t size)
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
  parsed.text += text_.substr(chunk.begin, chunk.end - chunk.begin);
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
    parse(chunk, parsed);
    parsed.items.each_item([&](std::size_t index, const Json& item) { visit(chunk.first + index, item); });
  }
}

Json LongList::item(std::size_t index) const {
  if (index >= size_) return {};
  const auto after = std::upper_bound(chunks_.begin(), chunks_.end(), index,
                                      [](std::size_t wanted, const Chunk& chunk) { return wanted < chunk.first; });
  const auto number = static_cast<std::size_t>(after - chunks_.begin()) - 1;
  auto known = std::find_if(recent_.begin(), recent_.end(), [&](const auto& recent) { return recent.first == number; });
  if (known == recent_.end()) {
    if (recent_.size() == kRecentChunks) recent_.pop_front();
    recent_.emplace_back(number, std::make_unique<Parsed>());
    known = std::prev(recent_.end());
    parse(chunks_[number], *known->second);
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

std::vector<std::unique_ptr<LongList>> find_long_lists(std::string_view text) { return Finder(text).find(); }

std::string with_marks(std::string_view text, const std::vector<std::unique_ptr<LongList>>& lists) {
  std::string marked;
  std::size_t at = 0;
  for (const auto& list : lists) {
    marked += text.substr(at, list->begin() - at);
    marked += list->mark();
    at = list->end();
  }
  marked += text.substr(at);
  return marked;
}

}  // namespace usagectl
