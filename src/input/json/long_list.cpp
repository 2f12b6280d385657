#include "input/json/long_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <system_error>
#include <thread>
#include <unordered_set>
#include <utility>

#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kMark = "\x01list:";
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

}  // namespace

struct LongList::Parsed {
  std::string text;
  JsonParser parser;
  Json items;
};

LongList::LongList(const LongText& text, std::size_t begin, std::size_t end,
                   std::vector<Chunk> chunks, std::size_t size, std::size_t threads)
    : text_(text),
      begin_(begin),
      end_(end),
      chunks_(std::move(chunks)),
      size_(size),
      threads_(threads) {
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
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> is_sound = true;
  const auto check = [&] {
    Parsed parsed;
    for (std::size_t i = next++; i < chunks_.size() && is_sound; i = next++) {
      const std::size_t end = i + 1 < chunks_.size() ? chunks_[i + 1].first : size_;
      // A comma too many leaves a chunk without its last item.
      if (!parse(chunks_[i], parsed) || parsed.items.size() != end - chunks_[i].first)
        is_sound = false;
    }
  };
  std::vector<std::future<void>> others;
  try {
    for (std::size_t i = 1; i < threads_; ++i)
      others.push_back(std::async(std::launch::async, check));
  } catch (const std::system_error&) {
    // Those there are do the work of those that cannot be started.
  }
  check();
  for (auto& other : others) other.get();
  return is_sound;
}

/// Parses the chunks of a list one after the other: on a thread of its own, a few of them ahead,
/// where the list may have several.
class LongList::Chunks {
 public:
  explicit Chunks(const LongList& list) : list_(list) {
    if (list.threads_ == 1 || list.chunks_.size() == 1) return;
    try {
      ahead_ = std::thread([this] { parse_all(); });
    } catch (const std::system_error&) {
      // They are parsed when they are asked for.
    }
  }
  Chunks(const Chunks&) = delete;
  Chunks& operator=(const Chunks&) = delete;
  ~Chunks() {
    if (!ahead_.joinable()) return;
    {
      const std::scoped_lock lock(mutex_);
      is_stopped_ = true;
      changed_.notify_all();
    }
    ahead_.join();
  }

  /// The items of the next chunk, valid until that of another is asked for. Throws
  /// ChangedWhileRead.
  const Json& next() {
    if (!ahead_.joinable()) return parse(asked_++);
    std::unique_lock lock(mutex_);
    released_ = asked_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return parsed_ > asked_ || failure_; });
    if (parsed_ == asked_) std::rethrow_exception(failure_);
    return places_[asked_++ % kPlaces].items;
  }

 private:
  static constexpr std::size_t kPlaces = 4;

  const Json& parse(std::size_t i) {
    Parsed& place = places_[i % kPlaces];
    if (!list_.parse(list_.chunks_[i], place)) throw ChangedWhileRead();  // it was sound before
    return place.items;
  }

  void parse_all() {
    try {
      for (std::size_t i = 0; i < list_.chunks_.size(); ++i) {
        {
          std::unique_lock lock(mutex_);
          changed_.wait(lock, [&] { return is_stopped_ || i < released_ + kPlaces; });
          if (is_stopped_) return;
        }
        parse(i);
        const std::scoped_lock lock(mutex_);
        parsed_ = i + 1;
        changed_.notify_all();
      }
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      failure_ = std::current_exception();
      changed_.notify_all();
    }
  }

  const LongList& list_;
  std::array<Parsed, kPlaces> places_;
  std::size_t asked_ = 0;  ///< chunks that were asked for
  std::mutex mutex_;       ///< of what follows
  std::condition_variable changed_;
  std::size_t parsed_ = 0;
  std::size_t released_ = 0;  ///< chunks that are no longer looked at
  bool is_stopped_ = false;
  std::exception_ptr failure_;
  std::thread ahead_;  ///< not started where each is parsed when it is asked for
};

void LongList::visit(const std::function<void(std::size_t, const Json&)>& visit) const {
  Chunks chunks(*this);
  for (const Chunk& chunk : chunks_) {
    chunks.next().each_item(
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
