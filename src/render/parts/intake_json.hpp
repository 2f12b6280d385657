#pragma once

#include <nlohmann/json_fwd.hpp>

#include "model/intake.hpp"

namespace usagectl {

/// The "inputs" of every JSON report: what was read, and in which bucket it ended.
nlohmann::ordered_json intake_json(const Intake& intake);

}  // namespace usagectl
