#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/diff/diff.hpp"

namespace usagectl {

/// One comparison: schema usagectl.diff/1.
nlohmann::ordered_json diff_json(const DiffReport& report);

/// A number that a client made from what the provider sent. `client` is the side with the call.
nlohmann::ordered_json client_number_json(const ClientNumber& number);

}  // namespace usagectl
