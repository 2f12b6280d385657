#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/usage_values.hpp"
#include "formats/inference/key_book.hpp"
#include "formats/inference/usage_census.hpp"

namespace usagectl {

/// How often the catalogue read what the names say, by the keys that it knows.
using Agreed = std::unordered_map<KeySet, std::uint64_t>;

/// What is said around an object.
struct SaidAround {
  bool speaks = false;  ///< of tokens or calls
  bool has_model = false;
  bool tells_call = false;     ///< a time, an id or a session
  bool has_agent = false;      ///< and whose call it is
  bool is_text = false;        ///< it tells of a text, whose length may be counted in tokens
  bool is_other_unit = false;  ///< it is of milliseconds, characters, tests
  bool is_of_calls = false;    ///< what is around it counts calls, so that its "total" does
  bool is_document = false;    ///< it is all there is: what is called so far is its total
};

/// A usage object in the making.
class UsageKeys {
 public:
  UsageKeys(const Catalogue& catalogue, Agreed& agreed) : catalogue_(catalogue), agreed_(agreed) {}

  void add(std::string_view key, const KeyWords& words, const Json& value);
  /// {"sum": 300, "mean": 150.0, "max": 200} under the name of a counter: its sum is what was used.
  /// False for other objects.
  bool add_statistics(std::string_view key, const KeyWords& words, const Json& value);
  std::optional<SeenUsage> usage(const Json& object, const SaidAround& said);

 private:
  bool has(Quantity quantity) const;
  void add(const CounterName& counter, PathPattern&& path, const Json& value);
  void take_bare_total();
  void take_calls(std::string_view key, const Json& value);
  bool adds_up() const;
  void ask_catalogue(const Json& object, SeenUsage& usage) const;

  const Catalogue& catalogue_;
  Agreed& agreed_;
  std::vector<std::pair<Quantity, PathPattern>> keys_;
  std::vector<std::pair<std::string, Json>> running_;
  std::vector<std::pair<std::string, Json>> running_calls_;
  std::optional<std::tuple<CounterName, PathPattern, Json>> bare_total_;
  Counts given_;
  std::string requests_key_;
  std::optional<Count> requests_;
  bool says_tokens_ = false;
  bool any_number_ = false;
};

/// Usage whose counters stand in objects of their own.
std::optional<SeenUsage> usage_in_catalogue(const Catalogue& catalogue, const Json& value);

PathPattern path_of(std::string_view key);
std::optional<Counter> counter_of(Quantity quantity);

}  // namespace usagectl
