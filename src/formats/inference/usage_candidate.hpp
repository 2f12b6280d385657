#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "formats/inference/usage_relations.hpp"

namespace usagectl {

/// One of several things at a place that may tell the same usage.
struct Candidate {
  const PlaceNode* node = nullptr;
  bool is_self = false;  ///< the object that the others stand in
  std::vector<ToldUsage> usages;

  /// The ways to tell all of it, the finest first.
  std::vector<UsageView> views() const;

  bool is_called_total() const;
  bool is_called_parts() const;
  bool is_called_latest() const;
  bool is_called_span() const;
};

/// Whether the names say that one sums up the other.
bool names_relate(const Candidate& a, const Candidate& b);
/// Whether it is a list or a map, however few stand in it.
bool lists_parts(const Candidate& candidate);
/// {"usage": {…}, "token_usage": {…}}
bool both_generic(const Candidate& a, const Candidate& b);

/// The most records of a view at one instance.
std::uint64_t most_records(const UsageView& view);

/// Whether both report anything at one instance: answers of two providers stand in rows apart.
bool report_of_one_object(const UsageView& a, const UsageView& b);

/// Whether no row of a list or map has two of the usages, each of which is that of one place.
bool stand_in_rows_apart(const PlaceNode& star, const std::vector<ToldUsage>& usages);

using Places = std::vector<const PlaceNode*>;
/// A list that may have been cut to its last ones.
bool is_list_of_round_length(const Places& places);
bool tells_of_days(const Places& places);
/// A map of models or providers, from which nobody takes any away.
bool is_by_model(const Places& places);

/// By what is told: input and output, each call, its model; then the more records the finer.
std::tuple<bool, bool, bool, std::size_t, bool> fineness(const UsageView& view);

/// All candidates but one, as one thing.
Candidate all_but(const std::vector<Candidate>& candidates, std::size_t one);
/// Takes one out of them.
Candidate pick(std::vector<Candidate>& candidates, std::size_t one);

}  // namespace usagectl
