#include "capture/in_order.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace usagectl;

namespace {

/// Four threads bring `turns` turns of three pieces each.
void bring_all(InOrder<int>& order, int turns) {
  std::mutex taking;
  int next = 0;
  const auto work = [&] {
    std::mt19937 random(static_cast<unsigned>(turns));
    while (order.wait_for_room()) {
      int mine = 0;
      bool is_over = false;
      InOrder<int>::Turn turn = 0;
      {
        const std::scoped_lock lock(taking);
        is_over = next == turns;
        if (!is_over) {
          mine = next++;
          turn = order.begin();
        }
      }
      if (is_over) return order.use_the_rest();
      for (int piece = 0; piece < 3; ++piece) {
        if (random() % 4 == 0) std::this_thread::yield();
        if (!order.bring(turn, mine * 3 + piece, piece == 2)) return;
      }
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
}

}  // namespace

TEST_CASE("pieces are used in the order of their turns, whichever thread brings them") {
  std::vector<int> used;
  InOrder<int> order(8, 2, [&](int& piece) { used.push_back(piece); });
  bring_all(order, 500);
  REQUIRE(used.size() == 1500);
  for (std::size_t i = 0; i < used.size(); ++i) CHECK(used[i] == static_cast<int>(i));
}

TEST_CASE("a thread without turns uses what the only one that has a turn brings") {
  const auto reader = std::this_thread::get_id();
  std::atomic<bool> is_used_by_another = false;
  InOrder<int> order(8, 2, [&](int&) {
    if (std::this_thread::get_id() != reader) is_used_by_another = true;
  });
  const auto turn = order.begin();
  std::thread idle([&] { order.use_the_rest(); });
  for (int piece = 0; piece < 1000 && !is_used_by_another; ++piece) {
    order.bring(turn, piece, false);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  order.bring(turn, 0, true);
  order.use_the_rest();
  idle.join();
  CHECK(is_used_by_another);
}

TEST_CASE("when using a piece fails, every thread comes back and the failure is thrown") {
  std::atomic<int> used = 0;
  InOrder<int> order(8, 2, [&](int& piece) {
    ++used;
    if (piece == 100) throw std::runtime_error("no more");
  });
  bring_all(order, 500);
  CHECK(used == 101);
  CHECK_THROWS_WITH(order.rethrow(), "no more");
}
