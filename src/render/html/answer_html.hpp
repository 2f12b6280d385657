#pragma once

#include <string>
#include <vector>

#include "analysis/meaning/profile.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// What shows an answer: "arithmetic: 3 records for it, 1 against it; such as log.jsonl:3 /usage".
/// Empty where nothing does.
std::string evidence_text(const Answer& answer, const std::vector<std::string>& files);

/// An answer with its evidence on demand.
Html answer_html(const Answer& answer, const std::vector<std::string>& files);

}  // namespace usagectl
