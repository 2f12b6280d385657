#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/causes/claim_case.hpp"
#include "analysis/causes/explain.hpp"
#include "analysis/causes/second_reading.hpp"

namespace usagectl {

/// Objects whose total is not what their own numbers give, and nobody said why.
class ObjectFaults {
 public:
  explicit ObjectFaults(const Books& books);

  bool empty() const { return faults_.empty(); }
  /// Adds what is needed to explain them.
  void ask(SecondQuestion& question) const;
  /// A record of the second reading.
  void hear(const UsageRecord& record);

  /// Names causes in the findings. `said` tells what a claim says of the part at a place: that is
  /// then the cause here as well.
  void name(Books& books, const ClaimSurroundings& around, const KeptParts& kept,
            const std::function<const Explanation*(const Place&)>& said);

 private:
  struct Fault {
    std::size_t finding = 0;
    std::optional<CasePart> object;
    std::vector<GroupId> groups;
  };
  using Document = std::pair<FileId, std::uint64_t>;
  using ByPointer = std::multimap<std::string, std::size_t, std::less<>>;

  void share(const Explanation& explanation, const CasePart& object, Books& books) const;

  const Books& books_;
  std::vector<Fault> faults_;
  std::map<Document, ByPointer> in_document_;
  std::map<Document, ByPointer> parts_in_document_;  ///< findings that a part exceeds its whole
  std::map<Document, std::vector<std::size_t>> claims_in_document_;
};

}  // namespace usagectl
