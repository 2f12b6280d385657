#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/costs/money_text.hpp"
#include "input/json/json.hpp"
#include "model/cost.hpp"

namespace usagectl {

/// What an amount of money is the cost of.
enum class CostOf : std::uint8_t {
  whole,
  input,
  output,
  cache_read,
  cache_write,
  reasoning,
  other
};

/// An amount that an object states, as its key says what it is. Rows of cost_names.def.
struct StatedAmount {
  CostOf of = CostOf::whole;
  std::uint8_t rank = 0;   ///< how far the name says that it is the cost of the usage beside it
  bool is_member = false;  ///< of an object that is called a cost
  Currency currency;
  Amount amount;
  std::string key;  ///< "cost/total"
};

/// The amounts that an object states beside the counts of one usage.
class StatedCost {
 public:
  /// A quick look at a name: false only where it is no cost.
  static bool may_name_cost(std::string_view name) {
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
      if (name[i] == 'r' && name[i + 1] == 'r') return name.find("urrency") != name.npos;
      if ((name[i] | 0x20) != 's') continue;
      const int next = name[i + 1] | 0x20;
      if (next == 'p' || (next == 't' && i > 0 && (name[i - 1] | 0x20) == 'o')) return true;
    }
    return false;
  }

  /// Takes a member of the object that is named so, where it is a cost.
  void take(std::string_view name, const Json& value);

  bool empty() const { return amounts_.empty() && unread_.empty(); }
  /// What the usage cost. Nothing where the object states none, or several that differ.
  std::optional<Cost> whole() const;
  /// Where the object states what the usage cost in a way that leaves open how much: "about $0.1".
  /// Empty where there is no such place, or another one says it.
  std::string unread() const { return whole() ? std::string() : unread_; }
  /// Two costs of the same usage that are not the same, by their keys.
  struct Disagreement {
    ComparedCost cost;
    std::string key;
    std::string other;
    bool is_total_below_part = false;  ///< a total is less than what it is the total of
  };
  std::optional<Disagreement> disagreement() const;
  /// The parts of the cost beside it do not add up to it.
  struct Refuted {
    ComparedCost cost;
    std::string key;
    std::size_t parts = 0;
    bool is_below_its_parts = false;
    bool is_all = false;  ///< nothing but these parts can be in the cost
  };
  /// Compares the whole with its parts, where both are there; `held` is set where they agree.
  std::optional<Refuted> compare_parts(bool& held) const;

  /// The same amounts of more usage. What one of them lacks is not known of both.
  void add(const StatedCost& more);
  /// What the later report of the same usage states goes before what an earlier one did.
  void replace_with(const StatedCost& later) {
    if (!later.empty()) *this = later;
  }

 private:
  bool take_amount(std::string_view name, const Json& value, bool is_member, std::string key);
  void take_members(std::string_view name, const Json& value);
  void take_currency(std::string_view name);
  void take_amount(StatedAmount&& amount);
  void note_unread(const std::string& key) {
    if (unread_.empty()) unread_ = key;
  }
  const StatedAmount* stated_whole(std::optional<bool> of_members) const;
  std::optional<Refuted> compare_parts(bool of_members, bool& held) const;

  std::vector<StatedAmount> amounts_;
  Currency currency_;               ///< that a member of its own names
  std::string unread_;              ///< the first place of money that is not understood
  bool has_other_members_ = false;  ///< a number in a cost object that is not understood
  bool has_other_amounts_ = false;  ///< a cost beside it that is not understood
};

/// The amount that a number or a text of digits is.
std::optional<Amount> read_amount(const Json& value);

/// The same, also written with its currency: "$0.01", "0.01 EUR".
std::optional<WrittenMoney> read_money(const Json& value);

}  // namespace usagectl
