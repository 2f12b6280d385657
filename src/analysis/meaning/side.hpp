#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analysis/meaning/profile.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// One call of a capture that is compared with another.
struct Call {
  std::string id;
  std::string model;
  Place place;
  Counts counts;
  Counts given;
};

/// How often a key stands in the usage objects of a capture.
struct KeyUse {
  std::uint64_t records = 0;  ///< that have it
  std::uint64_t nulls = 0;    ///< of these, how many say null
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

  std::vector<Call> calls;
  std::map<std::string, KeyUse> keys;
  Tally total;
  Intake intake;
  std::vector<std::string> files;  ///< names by FileId

 private:
  const Catalogue* catalogue_;
  std::map<std::string, Profile, std::less<>> by_dialect_;
  std::uint64_t records_ = 0;
  std::uint64_t content_ = 0;  ///< a sum over the hashes of all records
};

}  // namespace usagectl
