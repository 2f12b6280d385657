#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/causes/case.hpp"

namespace usagectl {

/// Why a claim fails, as far as its numbers show.
struct Explanation {
  std::string_view cause;                  ///< the one that is certain; empty = none is
  std::vector<std::string_view> possible;  ///< where none is: those that fit, all of them as well
  Shown shown = Shown::vague;
  std::string sentence;  ///< empty = there is nothing to say
  std::vector<Witness> witnesses;
  Counts mended;  ///< of the one object whose number was changed: as it should be written

  bool is_certain() const { return !cause.empty(); }
};

/// Says it in a finding of the claim.
void say(const Explanation& explanation, Finding& finding);

/// What the fits say together: the best of them where it stands alone.
Explanation choose(std::vector<Fit> fits);

/// Looks for the smallest change under which all numbers of the case hold at once. Where two fit as
/// well, both are told and none is certain; where none does, what comes closest is told.
Explanation explain(const Case& of);

}  // namespace usagectl
