#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace usagectl {

/// Lets several threads work ahead on numbered turns, while what they bring is used in the order of
/// the turns, one piece at a time: by a thread that has no turns left to take, or by whichever has
/// just brought something.
template <typename Piece>
class InOrder {
 public:
  using Turn = std::uint64_t;

  /// At most `ahead` turns are begun before the first of them has ended, and a turn whose time has
  /// not come holds at most `pieces`: so what waits stays small.
  InOrder(std::size_t ahead, std::size_t pieces, std::function<void(Piece&)> use)
      : ahead_(ahead), most_pieces_(pieces), use_(std::move(use)) {}

  /// Waits until another turn may begin. False when the work was given up.
  bool wait_for_room() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || next_ - current_ < ahead_; });
    return !stopped_;
  }

  /// Begins the next turn: called in the order that the results shall have.
  Turn begin() {
    const std::scoped_lock lock(mutex_);
    return next_++;
  }

  /// Brings a piece of a turn; `is_last` ends it. False when the work was given up.
  bool bring(Turn turn, Piece piece, bool is_last) {
    std::vector<Piece> used;  // before the lock, so that they are destroyed without it
    std::unique_lock lock(mutex_);
    used.swap(used_[std::this_thread::get_id()]);
    changed_.wait(lock, [&] {
      return stopped_ || (turn == current_ && !busy_ && idle_ == 0) ||
             waiting_[turn].pieces.size() < most_pieces_;
    });
    if (stopped_) return false;
    Waiting& mine = waiting_[turn];
    mine.pieces.push_back({std::move(piece), std::this_thread::get_id()});
    mine.is_complete = is_last;
    if (idle_ > 0) {
      changed_.notify_all();
    } else if (!busy_) {
      use_what_is_due(lock);
    }
    return !stopped_;
  }

  /// To be called by each thread when no turn will begin any more: uses what the others bring,
  /// until all turns have ended or the work was given up.
  void use_the_rest() {
    std::unique_lock lock(mutex_);
    ++idle_;
    while (!stopped_ && current_ != next_) {
      if (!busy_ && is_something_due()) {
        use_what_is_due(lock);
      } else {
        changed_.wait(lock);
      }
    }
    --idle_;
  }

  /// Gives everything up; the threads come back from where they wait.
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

  /// Throws what a use threw. To be called when all threads have ended.
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Brought {
    Piece piece;
    std::thread::id by;
  };
  struct Waiting {
    std::deque<Brought> pieces;
    bool is_complete = false;
  };

  bool is_something_due() const {
    const auto due = waiting_.find(current_);
    return due != waiting_.end() && (!due->second.pieces.empty() || due->second.is_complete);
  }

  void use_what_is_due(std::unique_lock<std::mutex>& lock) {
    busy_ = true;
    while (!stopped_) {
      const auto due = waiting_.find(current_);
      if (due == waiting_.end()) break;
      if (!due->second.pieces.empty()) {
        std::optional<Brought> brought = std::move(due->second.pieces.front());
        due->second.pieces.pop_front();
        lock.unlock();
        std::exception_ptr failure;
        try {
          use_(brought->piece);
        } catch (...) {
          failure = std::current_exception();
        }
        if (brought->by == std::this_thread::get_id()) brought.reset();
        lock.lock();
        if (brought) used_[brought->by].push_back(std::move(brought->piece));
        if (failure) {
          failure_ = failure;
          stopped_ = true;
        }
      } else if (due->second.is_complete) {
        waiting_.erase(due);
        ++current_;
      } else {
        break;
      }
      changed_.notify_all();
    }
    busy_ = false;
  }

  const std::size_t ahead_;
  const std::size_t most_pieces_;
  const std::function<void(Piece&)> use_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Turn, Waiting> waiting_;
  /// By the threads that brought them: memory is given back fastest by the thread that took it.
  std::map<std::thread::id, std::vector<Piece>> used_;
  Turn current_ = 0;
  Turn next_ = 0;
  std::size_t idle_ = 0;  ///< threads that only use what others bring
  bool busy_ = false;
  bool stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace usagectl
