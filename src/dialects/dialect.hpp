#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dialects/envelope.hpp"
#include "dialects/key_table.hpp"
#include "dialects/meaning.hpp"
#include "model/count.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// How several usage objects of one call come together.
enum class StreamRule : std::uint8_t {
  final,     ///< there is one
  last,      ///< the last one that is not null
  progress,  ///< the last one; each tells the state so far, which only grows
  terminal,  ///< the one of the event that ends the call
  replace,   ///< later ones replace earlier ones key by key
  sum,       ///< each reports its own tokens
  running,   ///< running totals of a session
  each,      ///< each is a call of its own
};

/// Where a quantity stands: the first alternative with a value wins; its keys are added up.
struct QuantitySource {
  std::optional<Count> constant;
  std::vector<std::vector<KeyId>> alternatives;
};

/// A list inside a usage object that breaks it down: the object is the sum of the items of some
/// types.
struct PartsList {
  std::string list;                 ///< key of the list; empty = there is none
  std::vector<std::string> types;   ///< whose sum the object is
  std::vector<std::string> beside;  ///< of calls that it leaves out, which were used beside it
  std::vector<std::string> unless;  ///< types beside which it is not
  std::vector<std::string>
      within;  ///< types of the response around it; elsewhere nothing is known of it
};

/// Who writes a dialect, where that is one provider alone or the id of the call tells.
struct ProviderName {
  std::string name;
  std::vector<std::string> id;  ///< beginnings; none = always
};

/// An event that tells a part of the usage, in fewer keys than the dialect asks for.
struct PartialEvent {
  std::vector<std::string> type;
  KeySet all;
};

/// What may be said of the surroundings. A list that is empty asks for nothing.
struct EnvelopeHints {
  std::vector<std::string> object;
  std::vector<std::string> type;
  std::vector<std::string> id;     ///< beginnings
  std::vector<std::string> model;  ///< beginnings, after any "vendor/", in lower case
  std::vector<std::string> path;   ///< a part of the path
  SiblingSet siblings;             ///< one of them
  SiblingSet all_siblings;         ///< all of them
};

/// One bit per part of the surroundings that can prove a dialect, or that it needs.
enum class Hint : std::uint8_t {
  keys = 1,
  object = 2,
  type = 4,
  id = 8,
  model = 16,
  path = 32,
  sibling = 64
};

/// One vocabulary of usage objects: its keys, and what they mean.
struct Dialect {
  std::string id;
  std::string title;
  std::string where;
  std::vector<KeySet> all;  ///< of each set at least one key
  KeySet any;               ///< one of them marks the dialect
  KeySet none;
  KeySet known;  ///< every key it asks for or reads
  EnvelopeHints envelope;
  std::uint8_t proof = 0;  ///< Hints that settle it
  std::uint8_t needs = 0;  ///< Hints of which one must hold where it can be seen
  std::array<QuantitySource, kQuantityCount> quantities;
  std::uint16_t zero_if_missing = 0;  ///< quantities that are left out when they are 0
  Meaning meaning;                    ///< what is said of it
  /// The complete meanings that it may have, of equal standing: `meaning`, or what completes it.
  std::vector<Meaning> meanings;
  /// What it meant in other releases or behind other providers: tried where the numbers refute the
  /// meanings.
  std::vector<Meaning> variants;
  StreamRule stream = StreamRule::final;
  PartsList breakdown;
  PartialEvent partial;
  std::vector<ProviderName> providers;
  /// Parts of a quantity that are no counter: audio within input, rejected predictions within
  /// output.
  std::vector<std::pair<Quantity, KeyId>> details;
  Role role = Role::request;
  bool digits = false;   ///< numbers may be written as strings
  bool overlap = false;  ///< a token may be read and written at once
  /// Who counts output counts reasoning with it, so that more of it is a fault. Elsewhere it may be
  /// an estimate of another tokenizer.
  bool counts_reasoning = false;
  /// Its writer passes on what any provider reported, with a total that may hold more than the
  /// parts it names.
  bool passes_on = false;
  /// Client libraries and agents write it, whatever provider they call.
  bool is_of_client = false;
  bool fallback = false;       ///< for objects that no other dialect knows every count of
  bool envelope_only = false;  ///< an envelope around other dialects
  std::string source;
  std::string confidence;
  std::string notes;
  std::string entry;  ///< the JSON it was read from

  const QuantitySource& at(Quantity quantity) const {
    return quantities[static_cast<std::size_t>(quantity)];
  }
};

}  // namespace usagectl
