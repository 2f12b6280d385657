#pragma once

#include <nlohmann/json_fwd.hpp>

#include "model/intake.hpp"

namespace usagectl {

/// The "inputs" of every JSON report: the files, bytes and objects read, by bucket.
nlohmann::ordered_json intake_json(const Intake& intake);

}  // namespace usagectl
