#include "analysis/diff/pairing.hpp"

#include <algorithm>

#include "base/model_name.hpp"
#include "base/text_hash.hpp"

namespace usagectl {
namespace {

/// The id of a call by its hash, and where the call is.
struct IdAt {
  std::uint64_t hash;
  std::uint32_t position;
};

/// Ids that occur once, by their hashes.
std::vector<IdAt> ids_of(const CallList& calls) {
  std::vector<IdAt> ids;
  ids.reserve(calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (const std::string_view id = calls.id(i); !id.empty())
      ids.push_back({text_hash(id).low, static_cast<std::uint32_t>(i)});
  }
  std::sort(ids.begin(), ids.end(), [](const IdAt& a, const IdAt& b) { return a.hash < b.hash; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ids.size();) {
    std::size_t end = i + 1;
    while (end < ids.size() && ids[end].hash == ids[i].hash) ++end;
    if (end == i + 1) ids[kept++] = ids[i];
    i = end;
  }
  ids.resize(kept);
  return ids;
}

struct Part {
  std::size_t axis;
  Count tokens;
};

/// The part as either side reports it; nothing where it is 0, or where the sides contradict.
std::optional<Count> shared_part(const Call& a, const Call& b, Counter counter) {
  const Count left = a.given[counter].value_or(0);
  const Count right = b.given[counter].value_or(0);
  if (left == right) return left > 0 ? std::optional(left) : std::nullopt;
  if (left == 0 || right == 0) return std::max(left, right);
  return std::nullopt;
}

/// Finds the one way in which `parts`, each held alike (0), more in b (+1) or more in a (-1),
/// explain the difference. Nothing when there is none or more than one.
std::optional<std::vector<int>> explanation(const std::vector<Part>& parts,
                                            const ExactSum& difference) {
  std::optional<std::vector<int>> found;
  std::size_t ways = 1;
  for (std::size_t i = 0; i < parts.size(); ++i) ways *= 3;
  for (std::size_t way = 0; way < ways; ++way) {
    std::vector<int> signs;
    ExactSum sum;
    for (std::size_t i = 0, rest = way; i < parts.size(); ++i, rest /= 3) {
      const int sign = static_cast<int>(rest % 3) - 1;
      if (sign > 0) sum += parts[i].tokens;
      if (sign < 0) sum -= parts[i].tokens;
      signs.push_back(sign);
    }
    if (!(sum == difference)) continue;
    if (found) return std::nullopt;
    found = std::move(signs);
  }
  return found;
}

std::vector<Part> parts_of_input(const Call& a, const Call& b) {
  constexpr std::pair<std::size_t, Counter> kParts[] = {
      {0, Counter::cache_read}, {1, Counter::cache_write}, {2, Counter::tool_prompt}};
  std::vector<Part> parts;
  for (const auto& [axis, counter] : kParts) {
    if (const auto tokens = shared_part(a, b, counter)) parts.push_back({axis, *tokens});
  }
  return parts;
}

std::vector<Part> parts_of_output(const Call& a, const Call& b) {
  const auto reasoning = shared_part(a, b, Counter::reasoning);
  return reasoning ? std::vector<Part>{{3, *reasoning}} : std::vector<Part>();
}

/// Whether a count of both differs by nothing but parts that one of them holds.
bool may_be_same(const Call& a, const Call& b, Counter counter, const std::vector<Part>& parts) {
  const auto left = a.given[counter];
  const auto right = b.given[counter];
  if (!left || !right || *left == *right) return true;
  ExactSum difference(*right);
  difference -= *left;
  return explanation(parts, difference).has_value();
}

/// Whether both numbers are known, above 0, and differ by nothing but parts.
bool is_explained(const Call& a, const Call& b, Counter counter, const std::vector<Part>& parts) {
  const auto left = a.given[counter];
  const auto right = b.given[counter];
  return left && right && std::max(*left, *right) > 0 && may_be_same(a, b, counter, parts);
}

/// Calls at the same place may be the same only if their numbers show it: two counts that are a
/// part apart in one pair of many are chance.
bool most_may_be_same(const Side& a, const Side& b, const Pairs& pairs, bool one_number_is_enough) {
  std::size_t alike = 0;
  for (const auto& [first, second] : pairs.calls) {
    const Call& left = a.calls[first];
    const Call& right = b.calls[second];
    const std::vector<Part> of_input = parts_of_input(left, right);
    const std::vector<Part> of_output = parts_of_output(left, right);
    const bool is_alike = one_number_is_enough
                              ? is_explained(left, right, Counter::input, of_input) ||
                                    is_explained(left, right, Counter::output, of_output)
                              : may_be_same(left, right, Counter::input, of_input) &&
                                    may_be_same(left, right, Counter::output, of_output);
    alike += is_alike ? 1 : 0;
  }
  return alike * 2 > pairs.calls.size();
}

/// The calls of two lists of other lengths that follow each other in both and have numbers of one
/// call: the longest such list. Nothing unless it is most of the shorter one.
std::vector<std::pair<std::size_t, std::size_t>> aligned(const CallList& of_a,
                                                         const CallList& of_b) {
  constexpr std::size_t kMostCells = 1'000'000;
  if (of_a.empty() || of_b.empty() || of_a.size() > kMostCells / of_b.size()) return {};
  const std::vector<Call> a(of_a.begin(), of_a.end());
  const std::vector<Call> b(of_b.begin(), of_b.end());
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> longest((a.size() + 1) * width, 0);
  std::vector<bool> fits(a.size() * b.size());
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      const bool fit = may_be_same_model(a[i].model, b[j].model) &&
                       is_explained(a[i], b[j], Counter::input, parts_of_input(a[i], b[j])) &&
                       is_explained(a[i], b[j], Counter::output, parts_of_output(a[i], b[j]));
      fits[i * b.size() + j] = fit;
      const std::uint32_t skipped =
          std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
      longest[i * width + j] =
          fit ? std::max(skipped, longest[(i + 1) * width + j + 1] + 1) : skipped;
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t here = longest[i * width + j];
    if (fits[i * b.size() + j] && here == longest[(i + 1) * width + j + 1] + 1) {
      pairs.emplace_back(i++, j++);
    } else if (here == longest[(i + 1) * width + j]) {
      ++i;
    } else {
      ++j;
    }
  }
  if (pairs.size() * 2 <= std::min(a.size(), b.size())) pairs.clear();
  return pairs;
}

class EvidenceReader {
 public:
  EvidenceReader(const Side& a, const Side& b) : a_(a), b_(b) {}

  PairEvidence evidence;

  void add(std::pair<std::size_t, std::size_t> pair) {
    const Call& a = a_.calls[pair.first];
    const Call& b = b_.calls[pair.second];
    const auto total_a = a.given[Counter::total];
    const auto total_b = b.given[Counter::total];
    if (total_a && total_b) {
      ++evidence.totals.known;
      evidence.totals.apart += *total_a == *total_b ? 0 : 1;
    }
    std::vector<Part> of_input = parts_of_input(a, b);
    const std::vector<Part> of_output = parts_of_output(a, b);
    const bool input_alike =
        compare(pair, a.given[Counter::input], b.given[Counter::input], of_input);
    const bool output_alike =
        compare(pair, a.given[Counter::output], b.given[Counter::output], of_output);
    if (!input_alike || !output_alike) return;
    of_input.insert(of_input.end(), of_output.begin(), of_output.end());
    compare_totals(pair, total_a, total_b, of_input);
  }

 private:
  /// True when both sides hold every part alike and the wholes are equal.
  bool compare(std::pair<std::size_t, std::size_t> pair, std::optional<Count> a,
               std::optional<Count> b, const std::vector<Part>& parts) {
    if (!a || !b) return false;
    for (const Part& part : parts) ++evidence.axes[part.axis].informative;
    ExactSum difference(*b);
    difference -= *a;
    const auto signs = explanation(parts, difference);
    if (!signs) return false;
    for (std::size_t i = 0; i < parts.size(); ++i)
      vote(evidence.axes[parts[i].axis], (*signs)[i], pair);
    return *a == *b;
  }

  void compare_totals(std::pair<std::size_t, std::size_t> pair, std::optional<Count> a,
                      std::optional<Count> b, const std::vector<Part>& parts) {
    if (!a || !b || parts.empty()) return;
    ++evidence.total.informative;
    if (*a == *b) {
      vote(evidence.total, 0, pair);
      return;
    }
    ExactSum difference(*b);
    difference -= *a;
    if (explanation(parts, difference)) vote(evidence.total, *b > *a ? 1 : -1, pair);
  }

  static void vote(PairVotes& votes, int sign, std::pair<std::size_t, std::size_t> pair) {
    if (sign == 0) ++votes.alike;
    if (sign > 0) ++votes.more_in_b;
    if (sign < 0) ++votes.more_in_a;
    if (!votes.example) votes.example = pair;
  }

  const Side& a_;
  const Side& b_;
};

}  // namespace

std::string_view name_of(PairedBy paired_by) {
  switch (paired_by) {
    case PairedBy::nothing: return "nothing";
    case PairedBy::id: return "id";
    case PairedBy::order: return "order";
  }
  return "nothing";
}

Pairs pair_calls(const Side& a, const Side& b, bool are_reports_of_one) {
  Pairs pairs;
  const std::vector<IdAt> in_a = ids_of(a.calls);
  const std::vector<IdAt> in_b = ids_of(b.calls);
  for (auto left = in_a.begin(), right = in_b.begin(); left != in_a.end() && right != in_b.end();) {
    if (left->hash == right->hash && a.calls.id(left->position) == b.calls.id(right->position))
      pairs.calls.emplace_back(left->position, right->position);
    const bool left_goes_on = left->hash <= right->hash;
    if (right->hash <= left->hash) ++right;
    if (left_goes_on) ++left;
  }
  if (!pairs.calls.empty()) {
    pairs.by = PairedBy::id;
    std::sort(pairs.calls.begin(), pairs.calls.end());
    return pairs;
  }
  // With ids on both sides and none in common these are other calls, unless a client makes ids of
  // its own.
  const bool have_own_ids = a.calls.any_has_id() && b.calls.any_has_id();
  if (a.calls.empty() || b.calls.empty() || (have_own_ids && !are_reports_of_one)) return pairs;
  if (a.calls.size() != b.calls.size()) {
    pairs.calls = aligned(a.calls, b.calls);
    if (!pairs.calls.empty()) pairs.by = PairedBy::order;
    return pairs;
  }
  for (std::size_t i = 0; i < a.calls.size(); ++i) {
    if (!may_be_same_model(a.calls[i].model, b.calls[i].model)) return pairs;
  }
  pairs.by = PairedBy::order;
  for (std::size_t i = 0; i < a.calls.size(); ++i) pairs.calls.emplace_back(i, i);
  if (!most_may_be_same(a, b, pairs, are_reports_of_one && !have_own_ids)) return {};
  return pairs;
}

PairEvidence pair_evidence(const Side& a, const Side& b, const Pairs& pairs) {
  EvidenceReader reader(a, b);
  for (const auto& pair : pairs.calls) reader.add(pair);
  return reader.evidence;
}

}  // namespace usagectl
