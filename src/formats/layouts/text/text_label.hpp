#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "input/containers/text_documents.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// What the words right before the counts of a line say of them, where they are none of one call.
enum class TextLabel : std::uint8_t {
  none,
  no_call,     ///< "Estimated", "Token limit:": see says_no_call
  total,       ///< "TOTAL", "session total:"
  may_be_sum,  ///< "Summary:", which may be the name of a task
  so_far,      ///< "usage so far", "cumulative:"
  end,         ///< "Done.", "run finished:"
};
TextLabel label_before(std::string_view before);

/// The same of words behind the counts: "12 in, 3 out in total". Few are looked at.
TextLabel label_behind(std::string_view behind);

/// The words of a line before what counts in it, as far as no number is in them: they tell writers
/// of one log apart.
std::string writer_before(std::string_view before);

/// The label as an object might say it of itself.
LoggedAs logged_as(TextLabel label);
/// The same of the words before an object in a log.
LoggedAs logged_as(std::string_view before);

/// What a record with that label says that may make it the sum of others.
void take_label(TextLabel label, SumOfCalls& sums);

}  // namespace usagectl
