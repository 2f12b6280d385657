#pragma once

#include "model/intake.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// What was not read and what is doubtful, as sections; empty where there is neither. The other
/// reports have it on standard error, which nobody sees who is given the page.
Html intake_remarks(const Intake& intake, int level = 2);

/// The account of everything that was read, for the foot of a page.
Html intake_footer(const Intake& intake);

}  // namespace usagectl
