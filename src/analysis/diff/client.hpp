#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/diff/pairing.hpp"
#include "analysis/diff/part.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

/// Which side is what the provider sent, where the other one is what a client made of it.
enum class RawSide : std::uint8_t { neither, a, b };

/// By the vocabularies of the usage objects: of a provider on one side, of a client on the other.
/// With the same vocabulary on both, by the formats: a response or stream beside a log.
RawSide raw_side(const Side& a, const Side& b);

/// How a client got one of its numbers from those of the provider.
struct ClientNumber {
  std::string_view number;  ///< "input", "output", "total", "cache_read", "cache_write", …
  std::uint64_t calls = 0;  ///< in which both sides have it
  /// Ids of the ways that give the client's number in every call: "prompt", "prompt-cached".
  std::vector<std::string_view> ways;
  std::string brief;  ///< in a few words: "input = prompt − cached"
  std::string did;    ///< with numbers: "input = prompt − cached in 2 of 2 calls: 18, and the
                      ///< provider said 33"
  bool is_as_sent = true;     ///< the provider's own number in every call
  bool is_left_out = false;   ///< by the client, at least in some calls
  bool is_explained = false;  ///< known how the client got it, or that it left it out
  std::string_view cause;     ///< of the deviation, as findings name it
  std::string untested;       ///< why another way cannot be told apart: "cached is 0 in every call"
  /// The first call that deviates, or else the first.
  std::optional<std::pair<std::size_t, std::size_t>> example;
  std::optional<Count> sent;  ///< in that call, by the provider
  std::optional<Count> got;   ///< in that call, by the client
};

struct ClientReport {
  RawSide raw = RawSide::neither;
  std::vector<ClientNumber> numbers;
};

/// What the client did to each number in the paired calls.
ClientReport compare_with_raw(const Side& a, const Side& b, const Pairs& pairs, RawSide raw);

/// Different where the client is known to have changed or left out a number, and undetermined where
/// its number fits nothing that was sent, or one that clients need not keep is left out.
PartVerdict judge_client(const ClientReport& client);

/// Every way that a contract may allow, of the number with that name; empty = unknown number.
std::vector<std::string_view> ways_of(std::string_view number);

}  // namespace usagectl
