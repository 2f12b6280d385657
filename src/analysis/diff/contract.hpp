#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/diff/client.hpp"
#include "analysis/diff/pairing.hpp"
#include "analysis/meaning/likeness.hpp"
#include "analysis/meaning/side.hpp"
#include "base/input_error.hpp"
#include "model/finding.hpp"

namespace usagectl {

/// What the counts of a capture have to mean: for each axis the answers that are allowed. An axis
/// without any is not bound.
struct Contract {
  std::string id;
  std::string title;
  std::array<std::vector<std::string>, kAnswerNames.size()> allowed;
  /// How a client may get each number from what the provider sent, see ways_of(). Checked where the
  /// raw response is there.
  std::map<std::string, std::vector<std::string>> raw = {};
};

/// Names of the contracts inside the program.
std::vector<std::string> builtin_contracts();

/// The contract in a text; `name` is named in errors. Throws InputError.
Contract parse_contract(std::string_view text, const std::string& name);
/// A built-in contract by its name, else the file at that path. Throws InputError.
Contract load_contract(const std::string& name_or_path);

/// How a capture stands to a contract, axis by axis; bound axes only.
struct ContractReport {
  Contract contract = {};
  Likeness verdict = Likeness::undetermined;
  Side side;
  std::vector<AxisDifference> meaning = {};  ///< `b` holds what is allowed
  std::string raw = {};                      ///< the raw capture; empty = there is none
  std::vector<ClientNumber> numbers = {};  ///< one for each row of `meaning`, beside a raw capture
};

ContractReport check_contract(Side side, const Contract& contract);

/// Checks what a client made of the numbers that the provider sent it. Throws InputError if the
/// contract is only about meaning.
ContractReport check_contract_against(const Side& raw, Side client, const Contract& contract);

/// What does not keep the contract, or cannot be proved to, as findings.
std::vector<Finding> contract_findings(const ContractReport& report);

}  // namespace usagectl
