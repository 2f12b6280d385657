#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/meaning/diff.hpp"
#include "base/input_error.hpp"
#include "model/finding.hpp"

namespace usagectl {

/// What the counts of a capture have to mean: for each axis the answers that are allowed. An axis
/// without any is not bound.
struct Contract {
  std::string id;
  std::string title;
  std::array<std::vector<std::string>, kAnswerNames.size()> allowed;
};

/// Names of the contracts inside the program.
std::vector<std::string> builtin_contracts();

/// A built-in contract by its name, else the file at that path. Throws InputError.
Contract load_contract(const std::string& name_or_path);

/// How a capture stands to a contract, axis by axis; bound axes only.
struct ContractReport {
  Contract contract = {};
  Likeness verdict = Likeness::undetermined;
  Side side;
  std::vector<AxisDifference> meaning = {};  ///< `b` holds what is allowed
};

ContractReport check_contract(Side side, const Contract& contract);

/// What does not keep the contract, or cannot be proved to, as findings of reconcile.
std::vector<Finding> contract_findings(const ContractReport& report);

}  // namespace usagectl
