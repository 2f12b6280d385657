#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "dialects/atoms.hpp"
#include "dialects/dialect.hpp"
#include "dialects/usage_values.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// The quantities of one usage object, as a dialect finds them under its keys.
struct Quantities {
  std::array<std::optional<Count>, kQuantityCount> values;
  std::array<std::optional<KeyId>, kQuantityCount> keys;  ///< the first key each was read from

  std::optional<Count> operator[](Quantity quantity) const {
    return values[static_cast<std::size_t>(quantity)];
  }
  std::optional<KeyId> key(Quantity quantity) const {
    return keys[static_cast<std::size_t>(quantity)];
  }
};

Quantities quantities_of(const Dialect& dialect, const UsageValues& values);

/// Why a meaning cannot be the right one for an object.
enum class Refutation : std::uint8_t {
  none,
  total_above,  ///< the total exceeds what it should add up to
  total_below,
  input_part,   ///< cache counts exceed the input that should hold them
  output_part,  ///< reasoning exceeds the output that should hold it
  fresh,        ///< the fresh input given is not what remains
  visible,      ///< the visible output given is not what remains
};

/// Those of one trial, in the order in which they were found. In place, as half of the trials of an
/// open meaning are refuted.
class Refutations {
 public:
  void push_back(Refutation refutation) { found_.at(size_++) = refutation; }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const Refutation* begin() const { return found_.data(); }
  const Refutation* end() const { return found_.data() + size_; }

 private:
  static constexpr std::size_t kMost = 3;  // of the input, the output and the total
  std::array<Refutation, kMost> found_{};
  std::uint8_t size_ = 0;
};

/// One complete meaning, tried on one object.
struct Trial {
  std::uint16_t dialect = 0;
  const Meaning* meaning = nullptr;  ///< that it completes
  std::array<Holds, kAxisCount> axes{};
  Counts counts;
  Atoms atoms;
  Refutations refutations;
  std::optional<Count> expected_total;
  std::optional<Count> expected_part;  ///< fresh or visible, where that is refuted
  std::uint64_t held = 0;
  bool input_is_too_large = false;  ///< it does not fit in 64 bits with what it should hold
  bool output_is_too_large = false;
};

/// Tries a meaning on these quantities, with every answer to what it leaves open. It must outlive
/// the trials.
void try_meaning(const Dialect& dialect, std::uint16_t index, const Meaning& meaning,
                 const Quantities& quantities, std::vector<Trial>& trials);

/// Every meaning there is: each part in or outside, and a total that holds each token once.
const Meaning& any_meaning();

}  // namespace usagectl
