#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/meaning/breakdown.hpp"
#include "analysis/meaning/call_list.hpp"
#include "analysis/meaning/profile.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// Keys under which usage objects report the cache: their own, and those in details.
inline constexpr std::array<std::string_view, 4> kCacheReadKeys = {
    "cache_read_input_tokens", "cacheReadInputTokens", "prompt_cache_hit_tokens", "cached_tokens"};
inline constexpr std::array<std::string_view, 3> kCacheReadDetails = {
    "prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens",
    "input_token_details.cache_read"};
inline constexpr std::array<std::string_view, 2> kCacheWriteKeys = {"cache_creation_input_tokens",
                                                                    "cacheWriteInputTokens"};
inline constexpr std::array<std::string_view, 4> kCacheWriteDetails = {
    "prompt_tokens_details.cache_write_tokens", "prompt_tokens_details.cache_creation_tokens",
    "input_tokens_details.cache_write_tokens", "input_token_details.cache_creation"};

/// How often a key is in the usage objects of a capture.
struct KeyUse {
  std::uint64_t records = 0;  ///< that have it
  std::uint64_t nulls = 0;    ///< of these, how many say null
  std::uint64_t of = 0;       ///< records of the kinds that have it
  std::optional<Place> first;
};

/// How records of a kind state a number, over all of them.
struct NumberUse {
  std::uint64_t known = 0;
  std::uint64_t telling = 0;  ///< above 0; of completions: above the requests
  std::optional<Place> example;
};

/// One side of a comparison: what its usage objects mean, and the calls in it.
class Side {
 public:
  /// The catalogue that the records were read with, which must outlive this.
  explicit Side(const Catalogue& catalogue) : catalogue_(&catalogue) {}

  Question question();
  /// Takes over the books of question().
  void finish(Books& books);

  Answers answers() const;
  /// What the catalogue says of the dialects, as far as they agree.
  Answers catalogued() const;
  std::uint64_t records() const { return records_; }
  /// Whether both hold usage objects of the same vocabularies with the same numbers, in any order.
  bool holds_the_same_as(const Side& other) const {
    return records_ == other.records_ && content_ == other.content_;
  }

  std::string name;  ///< as the user named the capture
  CallList calls;
  std::map<std::string, KeyUse, std::less<>> keys;
  Breakdowns sums;
  NumberUse completions;
  NumberUse cost;
  std::array<std::uint64_t, kTokenCounterCount> above_zero{};  ///< records, by counter as written
  std::map<std::string, std::uint64_t, std::less<>> dialects;  ///< records of each
  std::map<std::string, std::set<std::string>> dialects_of_entity;
  /// The response ids of each chain, in their order.
  std::map<std::string, std::vector<std::string>> chains;
  bool has_running_totals = false;  ///< sums that a later capture continues
  std::uint64_t doubts = 0;         ///< errors and warnings about the numbers of single places
  Intake intake;
  std::vector<std::string> files;  ///< names by FileId
  std::vector<FileUse> file_uses;  ///< by FileId

 private:
  CallKind kind_of(const UsageRecord& record);
  void add_keys(const UsageRecord& record);
  void add_numbers(const UsageRecord& record);

  using Kind = std::pair<std::string_view, Role>;  ///< format and role

  const Catalogue* catalogue_;
  std::map<std::string, Profile, std::less<>> by_dialect_;
  /// The keys of the usage objects of a kind that have the same ones.
  struct Shape {
    Kind kind;
    std::vector<std::string_view> paths;
    std::vector<KeyUse*> uses;

    bool fits(const UsageRecord& record) const;
  };

  Shape& shape_of(const UsageRecord& record);

  std::map<Kind, std::uint64_t> records_of_kind_;
  std::map<std::string_view, std::set<Kind>> kinds_of_key_;  ///< by path
  std::vector<Shape> shapes_;                                ///< those met last
  CallKind last_kind_;
  std::uint64_t records_ = 0;
  std::uint64_t content_ = 0;  ///< a sum over the hashes of all records
};

}  // namespace usagectl
