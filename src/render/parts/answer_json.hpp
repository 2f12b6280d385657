#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/meaning/profile.hpp"

namespace usagectl {

/// What an axis means and with what evidence. `files` names the files by FileId.
nlohmann::ordered_json answer_json(const Answer& answer, const std::vector<std::string>& files);

/// Every axis by name.
nlohmann::ordered_json answers_json(const Answers& answers, const std::vector<std::string>& files);

}  // namespace usagectl
