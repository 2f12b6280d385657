#pragma once

#include <string>

#include "model/intake.hpp"

namespace usagectl {

/// The account of everything that was read: "1 file, 3,832 bytes: 31 objects = 30 counted + 1
/// ignored (aggregate beside its details)". Empty buckets are left out, and the others add up.
std::string accounting_text(const Intake& intake);

/// The same for a run that counted nothing: "no usage records: 1 file, …".
std::string nothing_counted_text(const Intake& intake);

}  // namespace usagectl
