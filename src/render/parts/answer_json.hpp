#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/meaning/profile.hpp"

namespace usagectl {

/// The answer on one axis with its evidence. `files` are the names by FileId.
nlohmann::ordered_json answer_json(const Answer& answer, const std::vector<std::string>& files);

/// Every axis by name.
nlohmann::ordered_json answers_json(const Answers& answers, const std::vector<std::string>& files);

}  // namespace usagectl
