#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/meaning/side.hpp"
#include "model/count.hpp"

namespace usagectl {

/// One number of one call on both sides, with what it could be made from.
struct SentAndGot {
  Counts sent;                        ///< by the provider, as written
  Counts own;                         ///< by the client, as written
  std::optional<Count> explicit_key;  ///< "cache_read_input_tokens"
  std::optional<Count> details;       ///< "prompt_tokens_details.cached_tokens"
  std::optional<Count> got;           ///< the client's number
  bool is_sent = false;               ///< the provider gave it
  std::pair<std::size_t, std::size_t> pair;
};

/// One way to get a number from those of the provider.
struct Way {
  std::string_view id;        ///< as contracts name it: "prompt-cached"
  std::string_view words;     ///< "prompt − cached"
  std::string_view cause;     ///< of the deviation, see cause.cpp
  std::string_view untested;  ///< when it gives the same as the first way: "cached is 0 in every
                              ///< call"; empty = nothing worth saying
  std::string_view sentence;  ///< in the place of "input = words"
  std::optional<ExactSum> (*value)(const SentAndGot& call);
};

/// All ways to get one number; the first is what the provider sent.
struct NumberWays {
  std::string_view number;
  Counter counter;
  bool may_be_made;      ///< also where the provider did not give it
  bool may_be_left_out;  ///< by the client
  std::string_view cause_of_loss;
  std::optional<Count> CacheKeys::*explicit_key;  ///< of a cache count; nullptr = another number
  std::optional<Count> CacheKeys::*details;
  std::vector<Way> ways;
};

const std::vector<NumberWays>& all_ways();

SentAndGot sent_and_got(const NumberWays& ways, const Call& sent, const Call& got);

}  // namespace usagectl
