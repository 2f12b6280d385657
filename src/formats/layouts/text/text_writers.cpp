#include "formats/layouts/text/text_writers.hpp"

#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace usagectl {
namespace {

/// More wordings are those of many things, not of two writers.
constexpr std::size_t kMostWordings = 16;
/// Calls that may stand between the two tellings of one.
constexpr std::size_t kMostBetween = 4;
constexpr std::size_t kSurelyDifferent = 3;
/// Smaller numbers are alike by chance.
constexpr Count kManyTokens = 30;

using Numbers = std::pair<Count, Count>;
using Places = std::vector<std::size_t>;

/// Two calls of a log, by their places in it.
struct Pair {
  std::size_t one = 0;
  std::size_t other = 0;
};

/// Calls with the same numbers, in their order.
struct Open {
  Places places;
  std::size_t begin = 0;  ///< of those that are not far before what is looked for
};

class Wordings {
 public:
  explicit Wordings(const std::vector<WrittenCall>& calls) : calls_(calls) {
    told_.are_copies.resize(calls.size());
    is_taken_.resize(calls.size());
  }

  ToldTwice compare() {
    std::map<std::size_t, Places> by_wording;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      by_wording[calls_[i].wording].push_back(i);
      if (by_wording.size() > kMostWordings) return std::move(told_);
    }
    for (auto one = by_wording.begin(); one != by_wording.end(); ++one) {
      for (auto other = std::next(one); other != by_wording.end(); ++other) {
        // The one that tells fewer calls is the copy; of two alike, the one that comes later.
        const bool is_one_first = one->second.size() != other->second.size()
                                      ? one->second.size() > other->second.size()
                                      : one->second.front() < other->second.front();
        if (is_one_first)
          compare(one->second, other->second);
        else
          compare(other->second, one->second);
      }
    }
    return std::move(told_);
  }

 private:
  Numbers numbers_of(std::size_t call) const { return {calls_[call].input, calls_[call].output}; }

  bool may_be_the_same(std::size_t one, std::size_t other) const {
    const std::string& id = calls_[one].id;
    const std::string& other_id = calls_[other].id;
    return !told_.are_copies[one] && (id.empty() || other_id.empty() || id == other_id);
  }

  void compare(const Places& calls, const Places& copies) {
    if (told_.are_copies[copies.front()]) return;
    std::map<Numbers, Open> by_numbers;
    for (const std::size_t call : calls) by_numbers[numbers_of(call)].places.push_back(call);
    std::vector<Pair> pairs;
    std::set<Count> different;  // outputs: many answers of one token are alike by chance
    std::set<Count> elsewhere;  // the same of calls that stand anywhere
    std::size_t known = 0;
    for (const std::size_t copy : copies) {
      const auto found = by_numbers.find(numbers_of(copy));
      if (found == by_numbers.end()) continue;
      ++known;
      const bool is_many = calls_[copy].input + calls_[copy].output >= kManyTokens;
      if (is_many && elsewhere.size() < kSurelyDifferent) elsewhere.insert(calls_[copy].output);
      const auto call = take_beside(found->second, copy);
      if (!call) continue;
      pairs.push_back({*call, copy});
      if (is_many && different.size() < kSurelyDifferent) different.insert(calls_[copy].output);
    }
    // A third writer may tell the same calls.
    for (const Pair& pair : pairs) is_taken_[pair.one] = false;
    const bool are_most = pairs.size() * 5 >= copies.size() * 4;
    if (are_most && different.size() >= kSurelyDifferent) {
      for (const Pair& pair : pairs) {
        told_.are_copies[pair.other] = true;
        ++told_.copies;
      }
      return;
    }
    const bool may_be = (are_most && !different.empty()) ||
                        (known == copies.size() && elsewhere.size() >= kSurelyDifferent);
    if (may_be && !told_.doubtful) told_.doubtful = copies.front();
  }

  /// The nearest call beside a copy that no other one is the copy of.
  std::optional<std::size_t> take_beside(Open& open, std::size_t copy) {
    // Copies come in their order: what is far before this one is far before the next.
    while (open.begin < open.places.size() && open.places[open.begin] + kMostBetween < copy)
      ++open.begin;
    std::optional<std::size_t> nearest;
    for (std::size_t i = open.begin;
         i < open.places.size() && open.places[i] <= copy + kMostBetween; ++i) {
      const std::size_t call = open.places[i];
      if (is_taken_[call] || !may_be_the_same(call, copy)) continue;
      if (!nearest || distance(call, copy) < distance(*nearest, copy)) nearest = call;
    }
    if (nearest) is_taken_[*nearest] = true;
    return nearest;
  }

  static std::size_t distance(std::size_t one, std::size_t other) {
    return one < other ? other - one : one - other;
  }

  const std::vector<WrittenCall>& calls_;
  std::vector<bool> is_taken_;  ///< calls that have a copy
  ToldTwice told_;
};

}  // namespace

ToldTwice calls_told_twice(const std::vector<WrittenCall>& calls) {
  return Wordings(calls).compare();
}

}  // namespace usagectl
