// Stated totals are kept while a run is small: a group for each line of a long log takes more than
// what it shows.

#include <algorithm>

#include "ledger/ledger.hpp"

namespace usagectl {

void Ledger::keep_no_totals() {
  Question& question = books_.question;
  if (question.wants_claims || !question.wants_totals) return;
  question.wants_totals = false;
  // The file that is being read may refer to its groups further on.
  std::fill(groups_of_file_.begin(), groups_of_file_.end(), GroupId{0});
  books_.groups.resize(1);
  books_.groups.shrink_to_fit();
  books_.group_by_key = {};
  books_.sum_claims = {};
  books_.count_claims = {};
}

}  // namespace usagectl
