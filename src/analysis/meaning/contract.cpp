#include "analysis/meaning/contract.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "analysis/meaning/embedded_contracts.hpp"
#include "base/text_file.hpp"

namespace usagectl {
namespace {

using nlohmann::json;

std::vector<std::string> read_answers(const json& value, const std::string& where) {
  std::vector<std::string> answers;
  const json list = value.is_array() ? value : json::array({value});
  for (const auto& answer : list) {
    if (!answer.is_string())
      throw InputError(where + " is no answer: expected a text or a list of texts");
    answers.push_back(answer.get<std::string>());
    constexpr std::string_view kKnown[] = {"included", "excluded", "twice", "mixed", "absent"};
    const bool is_formula = answers.back().starts_with("input");
    if (!is_formula &&
        std::find(std::begin(kKnown), std::end(kKnown), answers.back()) == std::end(kKnown)) {
      throw InputError(fmt::format(
          "{}: \"{}\" is no answer; write {}, or for the total a sum such as input+output", where,
          answers.back(), fmt::join(kKnown, ", ")));
    }
  }
  return answers;
}

Contract parse(std::string_view text, const std::string& file) {
  const json document = json::parse(text, nullptr, false);
  if (document.is_discarded()) throw InputError(file + ": is not JSON");
  if (!document.is_object() || !document.contains("meaning") || !document["meaning"].is_object()) {
    throw InputError(file + ": is no contract: expected an object with \"meaning\"");
  }
  Contract contract;
  contract.id = document.value("id", file);
  contract.title = document.value("title", "");
  for (const auto& [axis, answers] : document["meaning"].items()) {
    const auto known = std::find(kAnswerNames.begin(), kAnswerNames.end(), axis);
    if (known == kAnswerNames.end()) {
      throw InputError(fmt::format("{}: \"{}\" is no axis; the axes are {}", file, axis,
                                   fmt::join(kAnswerNames, ", ")));
    }
    contract.allowed[static_cast<std::size_t>(known - kAnswerNames.begin())] =
        read_answers(answers, fmt::format("{}: meaning/{}", file, axis));
  }
  if (document["meaning"].empty()) throw InputError(file + ": binds nothing: \"meaning\" is empty");
  return contract;
}

}  // namespace

std::vector<std::string> builtin_contracts() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kEmbeddedContractsSize; ++i) {
    std::string name(kEmbeddedContracts[i].file);
    names.push_back(name.substr(0, name.rfind(".json")));
  }
  return names;
}

Contract load_contract(const std::string& name_or_path) {
  for (std::size_t i = 0; i < kEmbeddedContractsSize; ++i) {
    if (kEmbeddedContracts[i].file == name_or_path + ".json") {
      return parse(kEmbeddedContracts[i].json, name_or_path);
    }
  }
  if (access(name_or_path.c_str(), R_OK) != 0) {
    throw InputError(fmt::format("{}: neither a built-in contract ({}) nor a file that can be read",
                                 name_or_path, fmt::join(builtin_contracts(), ", ")));
  }
  return parse(read_text_file(name_or_path), name_or_path);
}

std::vector<Finding> contract_findings(const ContractReport& report) {
  std::vector<Finding> findings;
  for (const AxisDifference& axis : report.meaning) {
    if (axis.verdict == Likeness::same) continue;
    Finding finding;
    finding.rule = Rule::identity;
    finding.severity = axis.verdict == Likeness::different ? Severity::error : Severity::warning;
    if (axis.a.example) finding.place = *axis.a.example;
    finding.cause = "contract-broken";
    finding.explanation = axis.verdict == Likeness::different
                              ? fmt::format("{} is {}, and the contract {} asks for {}", axis.axis,
                                            axis.a.value, report.contract.id, axis.b.value)
                              : fmt::format("nothing proves that {} is {}, as the contract {} asks",
                                            axis.axis, axis.b.value, report.contract.id);
    if (axis.verdict != Likeness::different) finding.cause = {};
    findings.push_back(std::move(finding));
  }
  return findings;
}

ContractReport check_contract(Side side, const Contract& contract) {
  ContractReport report{.contract = contract, .side = std::move(side)};
  const Answers answers = report.side.answers();
  report.verdict = Likeness::same;
  for (std::size_t axis = 0; axis < kAnswerNames.size(); ++axis) {
    const auto& allowed = contract.allowed[axis];
    if (allowed.empty()) continue;
    AxisDifference difference;
    difference.axis = kAnswerNames[axis];
    difference.a = answer_at(answers, axis);
    difference.b.value = fmt::format("{}", fmt::join(allowed, " or "));
    const std::string& value = difference.a.value;
    if (value == "absent" || std::find(allowed.begin(), allowed.end(), value) != allowed.end()) {
      difference.verdict = Likeness::same;  // what nobody reports breaks no promise
    } else if (value != "undetermined") {
      difference.verdict = Likeness::different;
    }
    if (difference.verdict == Likeness::different) report.verdict = Likeness::different;
    if (difference.verdict == Likeness::undetermined && report.verdict == Likeness::same) {
      report.verdict = Likeness::undetermined;
    }
    report.meaning.push_back(std::move(difference));
  }
  return report;
}

}  // namespace usagectl
