#pragma once

#include <string>
#include <vector>

#include "analysis/diff/contract.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The whole report as text, with a newline at its end.
std::string render(const ContractReport& report, OutputFormat format, const Style& style);

/// The same for several captures.
std::string render(const std::vector<ContractReport>& reports, OutputFormat format,
                   const Style& style);

/// "the contract provider-raw is broken by b.json: input = prompt − cached".
std::string contract_headline(const ContractReport& report);

}  // namespace usagectl
