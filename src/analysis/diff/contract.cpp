#include "analysis/diff/contract.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "analysis/meaning/embedded_contracts.hpp"
#include "base/nearest_word.hpp"
#include "base/text_file.hpp"

namespace usagectl {
namespace {

using nlohmann::json;

/// "input+output", as the answers to what a total holds are written.
bool is_sum_of_counters(std::string_view text) {
  while (true) {
    const std::size_t plus = text.find('+');
    const std::string_view term = text.substr(0, plus);
    const bool is_known =
        term == "hidden" ||
        std::find(kQuantityNames.begin(), kQuantityNames.end(), term) != kQuantityNames.end();
    if (!is_known) return false;
    if (plus == std::string_view::npos) return true;
    text.remove_prefix(plus + 1);
  }
}

std::vector<std::string> read_answers(const json& value, const std::string& where) {
  std::vector<std::string> answers;
  const json list = value.is_array() ? value : json::array({value});
  for (const auto& answer : list) {
    if (!answer.is_string())
      throw InputError(where + ": invalid answer: expected a text or a list of texts");
    answers.push_back(answer.get<std::string>());
    constexpr std::string_view kKnown[] = {"included", "excluded", "twice", "mixed", "absent"};
    if (!is_sum_of_counters(answers.back()) &&
        std::find(std::begin(kKnown), std::end(kKnown), answers.back()) == std::end(kKnown)) {
      throw InputError(
          fmt::format("{}: invalid answer; write {}, or for the total a sum such as input+output",
                      where, fmt::join(kKnown, ", ")));
    }
  }
  return answers;
}

std::vector<std::string> read_ways(const json& value, const std::string& number,
                                   const std::string& file) {
  const std::vector<std::string_view> known = ways_of(number);
  if (known.empty()) {
    throw InputError(
        fmt::format("{}: raw: unknown number; the numbers are input, output, total, cache_read, "
                    "cache_write and "
                    "reasoning",
                    file));
  }
  std::vector<std::string> ways;
  const json list = value.is_array() ? value : json::array({value});
  for (const auto& way : list) {
    const std::string text = way.is_string() ? way.get<std::string>() : way.dump();
    if (std::find(known.begin(), known.end(), text) == known.end()) {
      throw InputError(
          fmt::format("{}: raw/{}: unknown way; write {}", file, number, fmt::join(known, ", ")));
    }
    ways.push_back(text);
  }
  return ways;
}

/// A mistyped "raw" would check nothing.
void check_keys(const json& document, const std::string& file) {
  const std::vector<std::string> known = {"$schema", "id",     "title", "meaning",
                                          "raw",     "source", "notes"};
  for (const auto& [key, member] : document.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto nearest = nearest_word(key, known);
    throw InputError(
        nearest ? fmt::format("{}: unknown key \"{}\"; did you mean {}?", file, key, *nearest)
                : fmt::format("{}: unknown key; the keys are {}", file, fmt::join(known, ", ")));
  }
  for (const char* const key : {"$schema", "id", "title", "source", "notes"}) {
    if (document.contains(key) && !document[key].is_string())
      throw InputError(fmt::format("{}: {}: expected a text", file, key));
  }
  if (document.contains("raw") && !document["raw"].is_object())
    throw InputError(file + ": raw: expected an object of numbers and ways");
}

std::string text_of(const json& document, const char* key, const std::string& otherwise) {
  const auto found = document.find(key);
  return found != document.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

}  // namespace

Contract parse_contract(std::string_view text, const std::string& file) {
  const json document = json::parse(text, nullptr, false);
  if (document.is_discarded()) throw InputError(file + ": is not JSON");
  if (!document.is_object() || !document.contains("meaning") || !document["meaning"].is_object()) {
    throw InputError(file + ": not a contract: expected an object with \"meaning\"");
  }
  check_keys(document, file);
  Contract contract;
  contract.id = text_of(document, "id", file);
  contract.title = text_of(document, "title", "");
  for (const auto& [axis, answers] : document["meaning"].items()) {
    const auto known = std::find(kAnswerNames.begin(), kAnswerNames.end(), axis);
    if (known == kAnswerNames.end()) {
      throw InputError(fmt::format("{}: meaning: unknown axis; the axes are {}", file,
                                   fmt::join(kAnswerNames, ", ")));
    }
    contract.allowed[static_cast<std::size_t>(known - kAnswerNames.begin())] =
        read_answers(answers, fmt::format("{}: meaning/{}", file, axis));
  }
  if (document.contains("raw")) {
    for (const auto& [number, ways] : document["raw"].items())
      contract.raw[number] = read_ways(ways, number, file);
  }
  if (document["meaning"].empty()) throw InputError(file + ": binds nothing: \"meaning\" is empty");
  return contract;
}

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
      return parse_contract(kEmbeddedContracts[i].json, name_or_path);
    }
  }
  if (access(name_or_path.c_str(), R_OK) != 0) {
    throw InputError(fmt::format("{}: neither a built-in contract ({}) nor a file that can be read",
                                 name_or_path, fmt::join(builtin_contracts(), ", ")));
  }
  return parse_contract(read_text_file(name_or_path), name_or_path);
}

std::vector<Finding> contract_findings(const ContractReport& report) {
  std::vector<Finding> findings;
  for (std::size_t row = 0; row < report.meaning.size(); ++row) {
    const AxisDifference& axis = report.meaning[row];
    if (axis.verdict == Likeness::same) continue;
    const bool is_broken = axis.verdict == Likeness::different;
    Finding finding;
    finding.rule = report.raw.empty() ? Rule::identity : Rule::parity;
    finding.severity = is_broken ? Severity::error : Severity::warning;
    if (axis.a.example) finding.place = *axis.a.example;
    if (is_broken) finding.cause = "contract-broken";
    finding.explanation = is_broken
                              ? fmt::format("{} is {}, and the contract {} asks for {}", axis.axis,
                                            axis.a.value, report.contract.id, axis.b.value)
                              : fmt::format("nothing proves that {} is {}, as the contract {} asks",
                                            axis.axis, axis.b.value, report.contract.id);
    if (row < report.numbers.size()) {
      const ClientNumber& number = report.numbers[row];
      finding.counter = number.number;
      if (is_broken) {
        finding.cause = number.cause;
        finding.asserted = number.got;
        finding.calculated = number.sent;
        finding.basis = "sent by the provider";
        finding.explanation = fmt::format("{}; the contract {} asks for {}", number.did,
                                          report.contract.id, axis.b.value);
      }
    }
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

ContractReport check_contract_against(const Side& raw, Side client, const Contract& contract) {
  if (contract.raw.empty()) {
    throw InputError(fmt::format(
        "{}: says nothing of raw responses: \"raw\" is missing, so it takes one capture",
        contract.id));
  }
  const Pairs pairs = pair_calls(raw, client, true);
  const ClientReport made = compare_with_raw(raw, client, pairs, RawSide::a);
  ContractReport report{.contract = contract, .side = std::move(client)};
  report.raw = raw.name;
  report.verdict = Likeness::same;
  for (const std::string_view name :
       {"input", "output", "total", "cache_read", "cache_write", "reasoning"}) {
    const auto allowed = contract.raw.find(std::string(name));
    if (allowed == contract.raw.end()) continue;
    AxisDifference row;
    row.axis = name;
    row.b.value = fmt::format("{}", fmt::join(allowed->second, " or "));
    const auto number = std::find_if(made.numbers.begin(), made.numbers.end(),
                                     [&](const ClientNumber& one) { return one.number == name; });
    ClientNumber found;
    found.number = name;
    if (number != made.numbers.end()) found = *number;
    if (found.example) row.a.example = report.side.calls[found.example->second].place;
    row.a.value = found.did;
    row.evidence = found.untested;
    const bool is_allowed =
        std::any_of(found.ways.begin(), found.ways.end(), [&](std::string_view way) {
          return std::find(allowed->second.begin(), allowed->second.end(), way) !=
                 allowed->second.end();
        });
    if (found.did.empty() && !pairs.calls.empty()) {
      row.verdict = Likeness::same;  // reported by nobody
      row.a.value = "absent";
    } else if (found.did.empty()) {
      row.a.value = "undetermined";
    } else if (is_allowed || (found.is_as_sent && found.calls == 0)) {
      row.verdict = Likeness::same;
    } else {
      row.verdict = Likeness::different;
    }
    report.verdict = worse(report.verdict, row.verdict);
    report.meaning.push_back(std::move(row));
    report.numbers.push_back(std::move(found));
  }
  return report;
}

}  // namespace usagectl
