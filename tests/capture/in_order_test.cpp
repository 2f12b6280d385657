#include "capture/in_order.hpp"

#include <doctest/doctest.h>

#include <atomic>
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
      InOrder<int>::Turn turn = 0;
      {
        const std::scoped_lock lock(taking);
        if (next == turns) return;
        mine = next++;
        turn = order.begin();
      }
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
